import StoreContracts
import Testing

@Suite("The services keep their contracts, whatever engine they stand on")
struct MemoryContractTests {
    @Test("In memory", arguments: Contracts.all)
    func memory(promise: ContractCase) async throws { try await promise.run(on: MemoryFixture.make) }

    @Test("A kiosk's visitors in memory", arguments: VisitorContract.cases)
    func visitors(promise: VisitorCase) async throws {
        try await promise.run { clock in
            let all = try MemoryFixture.engine(clock: clock)
            return (all.visitors, all.services, all)
        }
    }
}
