import GRDB
import StoreDomain
import Synchronization

/// The terminal's carts and checkouts in its state file. Every change is one transaction with its step of
/// undo.
public final class SQLiteCartService: CartService {
    private let state: StateDatabase
    private let store: String
    /// What was read or written last, so that a scan reads no steps of undo. It counts only while the file
    /// says the same revision.
    private let latest = Mutex<(owner: CartOwner, stored: CartRecord.Stored)?>(nil)

    /// - Parameter store: whose carts they are: the store's uuid, or a server's address.
    public init(state: StateDatabase, store: String) {
        self.state = state
        self.store = store
    }

    public func cart(of owner: CartOwner) async throws(StoreError) -> Cart {
        let known = known(owner)
        let stored = try await state.read { [store] db in
            try CartRecord(db: db, store: store, owner: owner).load(known: known)
        }
        return keep(stored, of: owner)
    }

    public func apply(_ change: CartChange, to owner: CartOwner) async throws(StoreError) -> (
        Cart, [CartNote]
    ) {
        try await transact(owner, undo: .push) { cart, _ in cart.apply(change) }
    }

    public func undo(_ owner: CartOwner) async throws(StoreError) -> Cart {
        try await transact(owner, undo: .pop) { cart, _ in
            cart.undo()
            return []
        }.0
    }

    public func adopt(guestCartFor userID: Int64) async throws(StoreError) -> (Cart, [CartNote]) {
        try await transact(.user(userID), undo: .push) { [store] cart, db in
            let record = CartRecord(db: db, store: store, owner: .guest)
            let guest = try record.load(known: nil)
            _ = try record.save(Cart(), over: guest, undo: .clear)
            return cart.merge(guest.cart)
        }
    }

    public func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout? {
        try await state.read { [store] db in try CartRecord(db: db, store: store, owner: owner).checkout() }
    }

    public func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError) {
        try await state.write { [store] db in
            try CartRecord(db: db, store: store, owner: owner).save(checkout)
        }
    }

    public func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart {
        try await transact(owner, undo: .clear) { [store] cart, db in
            let record = CartRecord(db: db, store: store, owner: owner)
            if let checkout = try record.checkout(), !keepingCart { cart.takeOut(checkout.draft) }
            try record.forgetCheckout()
            return []
        }.0
    }

    /// One transaction: the cart as stored, changed by `body` and stored again.
    private func transact(
        _ owner: CartOwner, undo: CartRecord.Undo,
        _ body: @escaping @Sendable (inout Cart, Database) throws -> [CartNote]
    ) async throws(StoreError) -> (Cart, [CartNote]) {
        let known = known(owner)
        let (stored, notes) = try await state.write { [store] db in
            let record = CartRecord(db: db, store: store, owner: owner)
            let before = try record.load(known: known)
            var cart = before.cart
            let notes = try body(&cart, db)
            return (try record.save(cart, over: before, undo: undo), notes)
        }
        return (keep(stored, of: owner), notes)
    }

    private func known(_ owner: CartOwner) -> CartRecord.Stored? {
        latest.withLock { $0?.owner == owner ? $0?.stored : nil }
    }

    private func keep(_ stored: CartRecord.Stored, of owner: CartOwner) -> Cart {
        latest.withLock { $0 = (owner, stored) }
        return stored.cart
    }
}
