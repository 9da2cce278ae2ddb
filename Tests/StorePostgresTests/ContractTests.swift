import StoreContracts
import Testing

@Suite("The services on PostgreSQL keep their contracts", .serialized)
struct ContractTests {
    @Test("Every promise", arguments: Contracts.all)
    func promise(promise: ContractCase) async throws { try await promise.run(on: PostgresFixture.make) }
}
