import GRDB
import StoreDomain
import Synchronization

/// The baskets and checkouts of one session in the terminal's state file. Every change is one transaction with
/// its step of undo.
public final class SQLiteCartService: CartService {
    private let state: StateDatabase
    private let store: String
    private let clock: any StoreClock
    private let memory = Mutex(Memory())

    private struct Memory {
        /// What was read or written last, so that a scan reads no steps of undo. It counts only while the file
        /// says the same revision.
        var latest: BasketRecord.Stored?
        /// What this session let go of last, by owner.
        var letGo: [CartOwner: LeftBasket.ID] = [:]
    }

    /// - Parameter store: whose baskets they are: the store's uuid, or a server's address.
    public init(state: StateDatabase, store: String, clock: any StoreClock) {
        self.state = state
        self.store = store
        self.clock = clock
    }

    public func cart(of owner: CartOwner) async throws(StoreError) -> Cart {
        let known = latest
        let stored = try await state.read { [self] db in
            try shelf(db).held(by: owner)?.load(known: known)
        }
        return keep(stored)
    }

    // MARK: - Sessions

    public func open(for owner: CartOwner) async throws(StoreError) -> OpenedBasket {
        let (known, letGo) = (latest, letGo(by: owner))
        // Who finds nothing to take up writes nothing.
        let found = try await state.read { [self] db -> (OpenedBasket, BasketRecord.Stored?)? in
            let shelf = shelf(db)
            let held = try shelf.held(by: owner)
            guard try held != nil || shelf.choice(for: owner) == nil else { return nil }
            let isElsewhere = try held == nil && letGo.map { try shelf.isElsewhere($0, of: owner) } == true
            let stored = try held?.load(known: known)
            let opened = OpenedBasket(
                cart: stored?.cart ?? Cart(), origin: isElsewhere ? .elsewhere : .own,
                leftBehind: try shelf.leftBehind(by: owner).count)
            return (opened, stored)
        }
        if let (opened, stored) = found {
            _ = keep(stored)
            return opened
        }
        let now = clock.now()
        let (opened, stored) = try await write { [self] shelf in
            let (record, origin) = try present(owner, shelf, letGo: letGo, at: now)
            let stored = try record.load(known: known)
            let opened = OpenedBasket(
                cart: stored.cart, origin: origin, leftBehind: try shelf.leftBehind(by: owner).count)
            return (opened, stored)
        }
        _ = keep(stored)
        return opened
    }

    public func leftBehind(by owner: CartOwner) async throws(StoreError) -> [LeftBasket] {
        try await state.read { [self] db in try shelf(db).leftBehind(by: owner) }
    }

    public func takeUp(_ id: LeftBasket.ID, for owner: CartOwner) async throws(StoreError) -> Cart? {
        let stored = try await write { shelf in try shelf.takeUp(id, for: owner)?.load(known: nil) }
        return stored.map { keep($0) }
    }

    public func handOver(from owner: CartOwner, to other: CartOwner) async throws(StoreError) {
        try await write { shelf in try shelf.handOver(from: owner, to: other) }
        memory.withLock { $0.latest = nil }
    }

    public func letGo(_ owner: CartOwner) async throws(StoreError) {
        let id = try await write { shelf in try shelf.letGo(owner) }
        memory.withLock {
            $0.letGo[owner] = id
            $0.latest = nil
        }
    }

    // MARK: - Changes

    public func apply(_ changes: [CartChange], to owner: CartOwner) async throws(StoreError) -> (
        Cart, [CartNote]
    ) {
        let (latest, now) = (latest, clock.now())
        let (stored, notes) = try await write { [self] shelf in
            let record = try own(owner, shelf, at: now)
            var stored = try record.load(known: latest)
            var notes: [CartNote] = []
            // Each leaves its own step to be undone.
            for change in changes {
                var cart = stored.cart
                notes = cart.apply(change)
                stored = try record.save(
                    cart, over: stored, step: change.isForgotten ? .forget : .change, at: now)
            }
            return (stored, notes)
        }
        return (keep(stored), notes)
    }

    public func undo(_ owner: CartOwner) async throws(StoreError) -> Cart {
        try await transact(owner, step: .undo) { cart, _ in
            cart.undo()
            return []
        }.0
    }

    public func redo(_ owner: CartOwner) async throws(StoreError) -> Cart {
        try await transact(owner, step: .redo) { cart, _ in
            cart.redo()
            return []
        }.0
    }

    public func adopt(guestCartFor userID: Int64) async throws(StoreError) -> (OpenedBasket, [CartNote]) {
        let owner = CartOwner.user(userID)
        let (known, letGo, now) = (latest, letGo(by: owner), clock.now())
        let (opened, stored, notes) = try await write { [self] shelf in
            let (record, origin) = try present(owner, shelf, letGo: letGo, at: now)
            let before = try record.load(known: known)
            var cart = before.cart
            var notes: [CartNote] = []
            var joined = 0
            if let guest = try shelf.held(by: .guest) {
                let guestCart = try guest.load(known: nil).cart
                notes = cart.merge(guestCart)
                joined = guestCart.pieces
                try guest.delete()
            }
            let stored = try record.save(cart, over: before, step: .change, at: now)
            let opened = OpenedBasket(
                cart: stored.cart, origin: origin, leftBehind: try shelf.leftBehind(by: owner).count,
                joined: joined)
            return (opened, stored, notes)
        }
        _ = keep(stored)
        return (opened, notes)
    }

    // MARK: - Checkouts

    public func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout? {
        try await state.read { [self] db in try shelf(db).held(by: owner)?.checkout() }
    }

    public func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError) {
        let now = clock.now()
        try await write { [self] shelf in try own(owner, shelf, at: now).save(checkout) }
    }

    public func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart {
        try await transact(owner, step: .forget) { cart, record in
            if let checkout = try record.checkout(), !keepingCart { cart.takeOut(checkout.draft) }
            try record.forgetCheckout()
            return []
        }.0
    }

    // MARK: - Sales at a till

    public func sale(of owner: CartOwner) async throws(StoreError) -> PendingSale? {
        try await state.read { [self] db in try shelf(db).held(by: owner)?.sale() }
    }

    public func save(_ sale: PendingSale, for owner: CartOwner) async throws(StoreError) {
        let now = clock.now()
        try await write { [self] shelf in try own(owner, shelf, at: now).save(sale) }
    }

    public func finishSale(of owner: CartOwner, isSold: Bool) async throws(StoreError) -> Cart {
        try await transact(owner, step: isSold ? .forget : .change) { cart, record in
            if let sale = try record.sale(), isSold { cart.takeOut(sale.draft) }
            try record.forgetCheckout()
            return []
        }.0
    }

    // MARK: - Parking

    public func parking(of owner: CartOwner) async throws(StoreError) -> PendingParking? {
        try await state.read { [self] db in try shelf(db).held(by: owner)?.parking() }
    }

    public func save(_ parking: PendingParking, for owner: CartOwner) async throws(StoreError) {
        let now = clock.now()
        try await write { [self] shelf in try own(owner, shelf, at: now).save(parking) }
    }

    public func finishParking(of owner: CartOwner, with sale: ParkedSale?) async throws(StoreError) -> Cart {
        // What is put aside is elsewhere now; behind what is taken up, undo goes back as behind any change.
        let isPutAside = if case .park? = try await parking(of: owner)?.deed { sale != nil } else { false }
        return try await transact(owner, step: isPutAside ? .forget : .change) { cart, record in
            if let parking = try record.parking(), let sale { cart.finish(parking.deed, with: sale) }
            try record.forgetCheckout()
            return []
        }.0
    }

    // MARK: - Transactions

    /// One transaction: the cart as stored, changed by `body` and stored again.
    private func transact(
        _ owner: CartOwner, step: BasketRecord.Step,
        _ body: @escaping @Sendable (inout Cart, BasketRecord) throws -> [CartNote]
    ) async throws(StoreError) -> (Cart, [CartNote]) {
        let (known, now) = (latest, clock.now())
        let (stored, notes) = try await write { [self] shelf in
            let record = try own(owner, shelf, at: now)
            let before = try record.load(known: known)
            var cart = before.cart
            let notes = try body(&cart, record)
            return (try record.save(cart, over: before, step: step, at: now), notes)
        }
        return (keep(stored), notes)
    }

    /// One transaction of a session that has a number from here on.
    private func write<T: Sendable>(
        _ body: @escaping @Sendable (BasketShelf) throws -> T
    ) async throws(StoreError) -> T {
        let session = try await state.session()
        return try await state.write { [self] db in try body(shelf(db, session)) }
    }

    private func shelf(_ db: Database) -> BasketShelf { shelf(db, state.knownSession) }

    private func shelf(_ db: Database, _ session: Int64?) -> BasketShelf {
        BasketShelf(db: db, store: store, session: session, isLive: { [state] in state.isLive($0) })
    }

    /// The basket that this session has, made where it has none.
    private func own(_ owner: CartOwner, _ shelf: BasketShelf, at now: Timestamp) throws -> BasketRecord {
        if let held = try shelf.held(by: owner) { return held }
        guard let session = shelf.session else { fatalError("a session that writes has a number") }
        return try BasketRecord.make(shelf.db, store: store, owner: owner, session: session, at: now)
    }

    /// The basket that this session has, takes up or begins with.
    private func present(
        _ owner: CartOwner, _ shelf: BasketShelf, letGo: LeftBasket.ID?, at now: Timestamp
    ) throws -> (BasketRecord, OpenedBasket.Origin) {
        if let held = try shelf.held(by: owner) { return (held, .own) }
        if let id = try shelf.choice(for: owner), let taken = try shelf.takeUp(id, for: owner) {
            let isEmpty = try taken.load(known: nil).cart.isEmpty
            try shelf.sweep(owner)
            return (taken, isEmpty ? .own : .takenUp)
        }
        try shelf.sweep(owner)
        let isElsewhere = try letGo.map { try shelf.isElsewhere($0, of: owner) } == true
        return (try own(owner, shelf, at: now), isElsewhere ? .elsewhere : .own)
    }

    private var latest: BasketRecord.Stored? { memory.withLock { $0.latest } }

    private func letGo(by owner: CartOwner) -> LeftBasket.ID? { memory.withLock { $0.letGo[owner] } }

    private func keep(_ stored: BasketRecord.Stored?) -> Cart {
        guard let stored else { return Cart() }
        memory.withLock { $0.latest = stored }
        return stored.cart
    }
}
