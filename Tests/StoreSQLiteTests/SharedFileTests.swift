import Foundation
import GRDB
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Several programs on one file", .serialized) struct SharedFileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("They write, checkpoint, read, open and close at once, one is killed, and nothing is lost")
    func storm() async throws {
        let path = directory.file("store.db")
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        try await DemoData.fill(store, now: .test)
        try await store.write {
            try $0.execute(
                sql:
                    "UPDATE product SET initial_stock = initial_stock + 1000000, stock = stock + 1000000 WHERE tracks_stock = 1"
            )
        }
        let before = try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM orders") ?? 0 }

        let victim = try Program(path, seconds: 600)
        let others = try (0..<3).map { _ in try Program(path, seconds: 3) }
        var acknowledged = 0
        for program in others { acknowledged += try program.orders() }
        victim.kill()
        #expect(acknowledged > 0)

        let after = try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM orders") ?? 0 }
        #expect(after >= before + acknowledged)
        #expect(try await StoreVerifier(store).verify().isEmpty)
        try store.close()
        #expect(try directory.names() == ["store.db", "store.db-lock"])
    }
}

/// A program that uses a store hard for a while.
private struct Program {
    private let process = Process()
    private let output = Pipe()

    init(_ path: String, seconds: Int) throws {
        let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        process.executableURL = products.appendingPathComponent("storefront-bench")
        process.arguments = ["storm-worker", path, String(seconds)]
        process.standardOutput = output
        try process.run()
    }

    /// Waits for its end; how many orders it was told are stored.
    func orders() throws -> Int {
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try #require(Int(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)))
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
