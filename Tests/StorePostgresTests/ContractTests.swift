import PostgresTesting
import StoreContracts
import Testing

@Suite("The services on PostgreSQL keep their contracts", .serialized)
struct ContractTests {
    @Test("Every promise", arguments: Contracts.all)
    func promise(promise: ContractCase) async throws { try await promise.run(on: PostgresFixture.make) }

    @Test("Every promise to a kiosk's visitors", arguments: VisitorContract.cases)
    func visitors(promise: VisitorCase) async throws {
        try await promise.run { clock in
            let shop = try await TestShop(clock: clock, connections: 2, in: TestDatabase(isShared: true))
            return (shop.store.services.visitors, shop.services, shop)
        }
    }
}
