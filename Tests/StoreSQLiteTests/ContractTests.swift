import StoreContracts
import Testing

@Suite("The services on SQLite keep their contracts", .serialized)
struct ContractTests {
    @Test("Every promise", arguments: Contracts.all)
    func promise(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }

    @Test("Every promise to a kiosk's visitors", arguments: VisitorContract.cases)
    func visitors(promise: VisitorCase) async throws {
        try await promise.run { clock in
            let all = try SQLiteFixture.engine(clock: clock)
            return (all.services.visitors, all.services.services, all.directory)
        }
    }
}
