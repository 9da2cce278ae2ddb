import Foundation
import StoreContracts
import StoreCrypto
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("The number of a file's changes", .timeLimit(.minutes(20))) struct FileVersionTests {
    private func open(_ path: String) throws -> LocalStore {
        try LocalStore(
            path: path, statePath: nil, policy: ShopPolicy(), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
    }

    @Test func everyProgramsCommitIsCountedAtOnce() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("store.db")
        let (own, other) = (try open(path), try open(path))
        let count = own.changeCount()
        var last = try #require(count())
        for store in [own, other, own] {
            _ = try await own.services.catalog.page(ProductQuery(), at: .number(1), perPage: 20)
            #expect(count() == last)
            _ = try await store.services.catalog.add(
                ProductDraft(name: "Mug", price: .zero(.usd), stock: .counted(1)), as: .operatorOfStore)
            let now = try #require(count())
            #expect(now > last)
            last = now
        }
        try other.close()
        try own.close()
        // It was closed in time: the last one to close a file takes the WAL away.
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }

    @Test func aStoreOfMemoryAloneHasNone() throws {
        let store = try LocalStore.demoInMemory(
            products: 1, purpose: .till(), policy: ShopPolicy(), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
        #expect(store.changeCount()() == nil)
        try store.close()
    }
}
