import StoreContracts
import Testing

@Suite("The services keep their contracts, whatever engine they stand on")
struct MemoryContractTests {
    @Test("In memory", arguments: Contracts.all)
    func memory(promise: ContractCase) async throws { try await promise.run(on: MemoryFixture.make) }
}
