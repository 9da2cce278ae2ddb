import Foundation
import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Several programs on one file", .serialized) struct SharedFileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("They write, checkpoint, read, open and close at once, one is killed, and nothing is lost")
    func storm() async throws {
        let path = directory.file("store.db")
        let new = try StoreDatabase.open(at: path, createdAs: .test())
        try await DemoData.fill(new, now: .test)
        try new.close()
        try await receive(1_000_000, into: path)
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        let before = try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM orders") ?? 0 }

        let victim = try Program(path, seconds: 600)
        let others = try (0..<3).map { _ in try Program(path, seconds: 3) }
        var acknowledged = 0
        for program in others { acknowledged += try program.orders() }
        victim.kill()
        #expect(acknowledged > 0)

        let after = try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM orders") ?? 0 }
        #expect(after >= before + acknowledged)
        #expect(try await StoreVerifier(store).verify() == [])
        try store.close()
        #expect(try directory.names() == ["store.db", "store.db-lock"])
    }

    /// Of each product that is counted so many pieces more, that nothing is sold out meanwhile.
    private func receive(_ pieces: Int, into path: String) async throws {
        let shop = try LocalStore(
            path: path, statePath: nil, policy: ShopPolicy(), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
        let products = try await shop.transfer.exportProducts(after: 0, limit: 500, as: .operatorOfStore)
        _ = try await #require(shop.services.counter).stock.book(
            products.filter(\.product.stock.isTracked).map {
                try StockAdjustment(
                    productID: $0.product.id, kind: .receiving, quantity: pieces, reason: "for the storm")
            }, as: .operatorOfStore)
        try shop.close()
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
