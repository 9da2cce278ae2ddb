import StoreDomain

/// A store file and the terminal's state beside it, open, with every service on top.
public final class LocalStore: Sendable {
    public let services: StoreServices
    public let transfer: any CatalogTransferService
    /// What a server needs beside the services.
    public let tokens: any TokenService
    public let answering: any AnsweringService
    /// For backup, verification and demo data.
    public let database: StoreDatabase
    /// The settings in force; the currency is the store's own.
    public let policy: ShopPolicy
    public let identity: StoreIdentity
    private let state: StateDatabase
    private let temporary: TemporaryStorePlace?

    public var path: String { database.path }
    /// True when nothing can be changed, as the file or its directory cannot be written.
    public var isReadOnly: Bool { database.isReadOnly }
    public var isDemo: Bool { identity.isDemo }
    /// Tells this store from every other.
    public var storeID: String { identity.uuid }

    /// Opens the store at `path`, making it when `mode` allows.
    ///
    /// - Parameter statePath: the terminal's state file; nil keeps carts in memory, as a kiosk does.
    /// - Throws: `storage`, as `StoreDatabase.open`.
    public convenience init(
        path: String, statePath: String?, mode: StoreDatabase.OpenMode = .existingOrNew,
        purpose: StorePurpose = .till, policy: ShopPolicy, clock: any StoreClock, ids: any IDSource
    ) throws(StoreError) {
        let seed = StoreSeed(
            currency: policy.currency, uuid: ids.idempotencyKey().text, now: clock.now())
        try self.init(
            owning: StoreDatabase.open(at: path, mode: mode, createdAs: seed), purpose: purpose,
            policy: policy, clock: clock
        ) { () throws(StoreError) in
            if let statePath { try .open(at: statePath) } else { try .inMemory() }
        }
    }

    /// A throw-away store with demo data: lies in a private directory under the system's for temporary files,
    /// never waits for the disk, and is gone when it is closed. What killed sessions left behind is removed.
    ///
    /// - Parameter progress: hears how many products are there, now and then.
    public static func temporaryDemo(
        products: Int = DemoData.defaultProducts, purpose: StorePurpose = .till, policy: ShopPolicy,
        clock: any StoreClock, ids: any IDSource, progress: (Int) -> Void = { _ in }
    ) throws(StoreError) -> LocalStore {
        let place = try TemporaryStorePlace()
        let database: StoreDatabase
        do throws(StoreError) {
            let now = clock.now()
            let seed = StoreSeed(
                currency: policy.currency, isDemo: true, uuid: ids.idempotencyKey().text, now: now)
            database = try StoreDatabase.open(
                at: place.path, kind: .store, mode: .existingOrNew, durability: .none
            ) { db in
                try db.insert(seed)
                try DemoData.fill(
                    db, products: products, seed: DemoData.defaultSeed, now: now, progress: progress)
            }
        } catch {
            place.remove()
            throw error
        }
        return try LocalStore(
            owning: database, purpose: purpose, policy: policy, clock: clock, temporary: place,
            openingState: StateDatabase.inMemory)
    }

    /// Takes over `database`, the state that `openingState` opens, and the throw-away store's place: closes both
    /// and removes the place when it throws.
    init(
        owning database: StoreDatabase, purpose: StorePurpose, policy: ShopPolicy, clock: any StoreClock,
        temporary: TemporaryStorePlace? = nil, openingState: () throws(StoreError) -> StateDatabase
    ) throws(StoreError) {
        var opened: StateDatabase?
        let (state, identity): (StateDatabase, StoreIdentity)
        do throws(StoreError) {
            state = try openingState()
            opened = state
            identity = try database.readBlocking { try $0.fetchStoreIdentity() }
        } catch {
            // The first error is the one to tell.
            try? opened?.close()
            try? database.close()
            temporary?.remove()
            throw error
        }
        var policy = policy
        policy.currency = identity.currency
        let hasher = PasswordHasher()
        self.database = database
        self.state = state
        self.policy = policy
        self.identity = identity
        self.temporary = temporary
        tokens = SQLiteTokenService(database: database, clock: clock)
        answering = SQLiteAnsweringService(
            database: database, clock: clock, policy: policy, offer: purpose.offer)
        transfer = SQLiteCatalogTransfer(database: database, clock: clock, policy: policy)
        services = StoreServices(
            auth: SQLiteAuthService(
                database: database, clock: clock, hasher: hasher,
                firstAccountIsAdmin: purpose.firstAccountIsAdmin),
            accounts: SQLiteAccountService(database: database, clock: clock, hasher: hasher),
            catalog: SQLiteCatalogService(database: database, clock: clock, policy: policy),
            orders: SQLiteOrderService(database: database, clock: clock, policy: policy),
            payments: SQLitePaymentService(
                database: database, clock: clock, policy: policy, offer: purpose.offer),
            discounts: SQLiteDiscountService(database: database, clock: clock, policy: policy),
            cart: SQLiteCartService(state: state, store: identity.uuid))
    }

    /// Closes both files; a throw-away store is removed. To be called before the program ends, else the next
    /// start looks the whole file over, as after a crash.
    public func close() throws(StoreError) {
        defer { temporary?.remove() }
        try state.close()
        try database.close()
    }
}

/// Who opens a store, and with it what is offered to whoever comes through it.
public enum StorePurpose: Hashable, Sendable {
    /// The terminal program.
    case till
    /// A server of the REST API.
    ///
    /// - Parameters:
    ///   - firstAccountIsAdmin: false in production, where anybody could be the first to knock.
    ///   - takesPayments: whether orders can be paid online.
    case server(firstAccountIsAdmin: Bool, takesPayments: Bool)

    var firstAccountIsAdmin: Bool {
        switch self {
        case .till: true
        case .server(let firstAccountIsAdmin, _): firstAccountIsAdmin
        }
    }

    var offer: PaymentOffer {
        switch self {
        case .till: .till
        case .server(_, let takesPayments): takesPayments ? .server : .serverWithoutPayments
        }
    }
}
