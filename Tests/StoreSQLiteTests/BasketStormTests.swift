import Foundation
import GRDB
import StoreContracts
import StoreDomain
import FaultTesting
import Testing

@testable import StoreSQLite

@Suite("Programs of one person on one state file, some killed at any moment", .serialized)
struct BasketStormTests {
    @Test("No basket is lost, none is shared, none is doubled")
    func baskets() async throws {
        let seed: UInt64 = 0x42_6173_6B65
        var random = SplitMix64(seed: seed)
        let directory = try TemporaryDirectory()
        let path = directory.file("state.db")
        try StateDatabase.open(at: path).close()
        var acknowledged: Set<Int64> = []
        var killed = 0
        for round in 0..<8 {
            let what: Comment = "seed \(seed), round \(round)"
            let programs = try (0..<4).map { number in
                try StormProcess(
                    "baskets", store: path, name: String(1 + round * 4 + number),
                    seed: seed &+ UInt64(round * 4 + number), tries: 60)
            }
            for program in programs { try program.go() }
            var lines: [String] = []
            for program in programs {
                for _ in 0..<Int.random(in: 1...30, using: &random) {
                    lines += program.nextLine().map { [$0] } ?? []
                }
                if Bool.random(using: &random) {
                    // The moment itself: nothing is waited for.
                    usleep(.random(in: 0...5_000, using: &random))
                    lines += program.kill()
                    killed += 1
                } else {
                    lines += program.remainingLines()
                    #expect(program.status() == 0, what)
                }
            }
            #expect(lines.filter { $0.hasPrefix("wrong") } == [], what)
            for line in lines where line.hasPrefix("put ") {
                acknowledged.insert(try #require(Int64(line.dropFirst(4)), what))
            }
            try await check(path, acknowledged, what)
        }
        #expect(killed > 4 && acknowledged.count > 100)
    }

    /// Every token that was acknowledged is in exactly one basket, every other in one at most; and with all
    /// sessions at their end, every basket can be taken up.
    private func check(_ path: String, _ acknowledged: Set<Int64>, _ what: Comment) async throws {
        let state = try StateDatabase.open(at: path)
        let carts = SQLiteCartService(state: state, store: "storm", clock: TestClock())
        let left = try await carts.leftBehind(by: .user(1))
        let tokens = left.flatMap { $0.cart.lines.map(\.productID) }
        #expect(Set(tokens).count == tokens.count, "\(what): a token is in two baskets")
        #expect(acknowledged.subtracting(tokens) == [], "\(what): tokens are lost")
        let full = try await state.read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM basket WHERE json_array_length(content, '$.lines') > 0")
        }
        #expect(full == left.count, what)
        #expect(try await state.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok", what)
        let broken = try await state.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
        #expect(broken == 0, what)
        try state.close()
    }
}
