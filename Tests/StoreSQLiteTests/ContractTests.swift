import StoreTesting
import Testing

@Suite("The services on SQLite keep their contracts", .serialized)
struct ContractTests {
    @Test("Accounts", arguments: AuthContract.cases)
    func auth(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }

    @Test("The catalogue", arguments: CatalogContract.cases)
    func catalog(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }

    @Test("Orders", arguments: OrderContract.cases)
    func orders(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }

    @Test("Sales by day", arguments: SalesContract.cases)
    func sales(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }

    @Test("Payments and discounts", arguments: PaymentContract.cases)
    func payments(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }

    @Test("Carts", arguments: CartContract.cases)
    func carts(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }

    @Test("Checkouts", arguments: CheckoutContract.cases)
    func checkouts(promise: ContractCase) async throws { try await promise.run(on: SQLiteFixture.make) }
}
