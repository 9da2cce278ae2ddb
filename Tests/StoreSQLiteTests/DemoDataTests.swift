import CCrypt
import Foundation
import GRDB
import StoreDomain
import StoreTesting
import Testing

@testable import StoreSQLite

@Suite("Demo data") struct DemoDataTests {
    private func demo(products: Int = DemoData.defaultProducts) throws -> LocalStore {
        try LocalStore.temporaryDemo(
            products: products, policy: ShopPolicy(), clock: TestClock(), ids: RandomSource())
    }

    @Test(arguments: [0, 1, 240, 2_500]) func everyInvariantHolds(products: Int) async throws {
        let store = try demo(products: products)
        #expect(try await StoreVerifier(store.database).verify().isEmpty)
        let page = try await store.services.catalog.page(ProductQuery(), at: .last, perPage: 20)
        #expect(page.total == Count(products))
        try store.close()
        #expect(!FileManager.default.fileExists(atPath: store.path))
    }
}
