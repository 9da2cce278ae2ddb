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
            let cart = SQLiteCartService(state: try StateDatabase.inMemory(), store: "kiosk")
            return MadeStore(
                services: StoreServices(
                    auth: base.auth, accounts: base.accounts, catalog: base.catalog, orders: base.orders,
                    payments: base.payments, discounts: base.discounts, cart: cart, policy: base.policy,
                    counter: base.counter), held: made.held)
        }
    }

    @Test("Cart, undo and checkout are there again after the program has ended, and the file is private")
    func reopened() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state/state.db")
        let owner = CartOwner.user(1)
        let first = try StateDatabase.open(at: path)
        let service = SQLiteCartService(state: first, store: "a")
        _ = try await service.apply(.add(line(1), by: 2), to: owner)
        let cart = try await service.apply(.add(line(2), by: 1), to: owner).0
        let checkout = PendingCheckout(orderKey: try .of("k"), draft: try cart.orderDraft())
        try await service.save(checkout, for: owner)
        try first.close()

        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let second = try StateDatabase.open(at: path)
        let again = SQLiteCartService(state: second, store: "a")
        #expect(try await again.cart(of: owner) == cart)
        #expect(try await again.checkout(of: owner) == checkout)
        #expect(try await again.undo(owner).lines.map(\.productID) == [1])
        #expect(try await SQLiteCartService(state: second, store: "b").cart(of: owner) == Cart())
        try second.close()
    }

    @Test("Two programs on one file see each other's changes and lose none")
    func shared() async throws {
        let directory = try TemporaryDirectory()
        let services = try (0..<2).map { _ in
            SQLiteCartService(state: try StateDatabase.open(at: directory.file("state.db")), store: "a")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, service) in services.enumerated() {
                group.addTask {
                    for step in 0..<30 {
                        _ = try await service.apply(
                            .add(line(Int64(1 + (index + step) % 3)), by: 1), to: .user(1))
                        if step % 10 == 9 { _ = try await service.undo(.user(1)) }
                    }
                }
            }
            try await group.waitForAll()
        }
        let carts = [try await services[0].cart(of: .user(1)), try await services[1].cart(of: .user(1))]
        #expect(carts[0] == carts[1])
        #expect(carts[0].pieces == 54)
        #expect((48...Cart.undoDepth).contains(carts[0].undoSteps.count))
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
        let service = SQLiteCartService(state: state, store: "a")
        try await state.write { db in
            try db.execute(sql: "INSERT INTO cart VALUES ('a', 1, 1, '{}')")
        }
        await #expect {
            _ = try await service.cart(of: .user(1))
        } throws: { error in
            if case .storage(let fault)? = error as? StoreError { fault.kind == .corrupt } else { false }
        }
        #expect(try await service.cart(of: .user(2)) == Cart())
        try state.close()
    }
}
