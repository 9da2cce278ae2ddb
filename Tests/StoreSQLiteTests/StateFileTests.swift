import Foundation
import GRDB
import StoreContracts
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Carts in the state file", .serialized)
struct StateFileTests {
    private func line(_ id: Int64) -> CartLine {
        CartLine(productID: id, name: "Product \(id)", unitPriceMinor: 100, knownStock: 9_999, quantity: 0)
    }

    @Test("Carts in memory keep the same contract", arguments: CartContract.cases)
    func inMemory(promise: ContractCase) async throws {
        try await promise.run { options, clock in
            let made = try await SQLiteFixture.make(options, clock)
            let base = made.services
            let cart = SQLiteCartService(state: try StateDatabase.inMemory(), store: "kiosk", clock: clock)
            return MadeStore(
                services: StoreServices(
                    auth: base.auth, accounts: base.accounts, catalog: base.catalog, orders: base.orders,
                    payments: base.payments, discounts: base.discounts, cart: cart, policy: base.policy,
                    counter: base.counter), held: made.held)
        }
    }

    private func service(_ state: StateDatabase, _ store: String = "a") -> SQLiteCartService {
        SQLiteCartService(state: state, store: store, clock: TestClock())
    }

    @Test("Cart, steps and checkout are there again after the program has ended, and the file is private")
    func reopened() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state/state.db")
        let owner = CartOwner.user(1)
        let first = try StateDatabase.open(at: path)
        _ = try await service(first).apply(.add(line(1), by: 2), to: owner)
        _ = try await service(first).apply(.add(line(2), by: 1), to: owner)
        _ = try await service(first).apply(.add(line(3), by: 1), to: owner)
        let cart = try await service(first).undo(owner)
        let checkout = PendingCheckout(orderKey: try .of("k"), draft: try cart.orderDraft())
        try await service(first).save(checkout, for: owner)
        try first.close()

        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let second = try StateDatabase.open(at: path)
        let again = service(second)
        #expect(try await again.cart(of: owner) == Cart(), "it is no one's before it is taken up")
        #expect(try await service(second, "b").open(for: owner) == OpenedBasket(cart: Cart()))
        #expect(try await again.open(for: owner) == OpenedBasket(cart: cart, origin: .takenUp))
        #expect(try await again.cart(of: owner) == cart)
        #expect(try await again.checkout(of: owner) == checkout)
        #expect(try await again.redo(owner).lines.map(\.productID) == [1, 2, 3])
        #expect(try await again.undo(owner).lines.map(\.productID) == [1, 2])
        #expect(try await again.undo(owner).lines.map(\.productID) == [1])
        try second.close()
    }

    @Test("What undo goes back to after a sale was taken up is in the file, too, and what was parked is not")
    func parking() async throws {
        let state = try StateDatabase.inMemory()
        let (owner, till) = (CartOwner.user(1), service(state))
        let (basket, _) = try await till.apply(.add(line(1), by: 2), to: owner)
        let bare = Cart(lines: basket.lines)
        let sale = ParkedSale(
            id: 1, code: "10", label: "", basket: bare, till: "1", parkedBy: 1, at: Timestamp(seconds: 0))
        try await till.save(
            PendingParking(parkingKey: .of("a"), deed: .park(bare, label: "", till: "1")), for: owner)
        _ = try await till.finishParking(of: owner, with: sale)
        // Another service on the file has not seen what this one did.
        #expect(try await service(state).undo(owner).isEmpty)
        try await till.save(PendingParking(parkingKey: .of("b"), deed: .takeUp(code: "10")), for: owner)
        let taken = try await till.finishParking(of: owner, with: sale)
        #expect(taken.lines == basket.lines && service(state) !== till)
        #expect(try await service(state).cart(of: owner) == taken)
        #expect(try await service(state).undo(owner).isEmpty)
        #expect(try await service(state).redo(owner).lines == basket.lines)
    }

    @Test("Who signed in last is kept by store")
    func lastSignIn() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state.db")
        let first = try StateDatabase.open(at: path)
        #expect(try await SignInMemory(state: first, store: "a").email() == nil)
        try await SignInMemory(state: first, store: "a").keep("one@example.com")
        try await SignInMemory(state: first, store: "a").keep("two@example.com")
        try first.close()
        let second = try StateDatabase.open(at: path)
        #expect(try await SignInMemory(state: second, store: "a").email() == "two@example.com")
        #expect(try await SignInMemory(state: second, store: "b").email() == nil)
        try second.close()
    }

    @Test("A store file is no state file, and a damaged one is refused in words")
    func foreign() async throws {
        let directory = try TemporaryDirectory()
        let store = try StoreDatabase.open(at: directory.file("store.db"), createdAs: .test())
        try store.close()
        #expect {
            _ = try StateDatabase.open(at: directory.file("store.db"))
        } throws: { error in
            if case .storage(let fault)? = error as? StoreError { fault.kind == .notAStore } else { false }
        }
        let state = try StateDatabase.open(at: directory.file("state.db"))
        let service = service(state)
        try await state.write { db in
            try db.execute(
                sql: """
                    INSERT INTO basket (store, owner, session, is_held, revision, content)
                    VALUES ('a', 1, 0, 0, 1, '{}')
                    """)
        }
        await #expect {
            _ = try await service.open(for: .user(1))
        } throws: { error in
            if case .storage(let fault)? = error as? StoreError { fault.kind == .corrupt } else { false }
        }
        #expect(try await service.cart(of: .user(2)) == Cart())
        try state.close()
    }
}
