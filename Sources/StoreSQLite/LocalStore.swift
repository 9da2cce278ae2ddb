import StoreCrypto
import StoreDomain
import StoreService
import Synchronization

/// A store file and the terminal's state beside it, open, with every service on top.
public final class LocalStore: Sendable {
    public let services: StoreServices
    public let transfer: any CatalogTransferService
    /// What a server needs beside the services.
    public let tokens: any TokenService
    public let answering: any AnsweringService
    /// What is due by the clock.
    public let due: DueWork
    /// Every change, this program's own and those of others.
    public let changes: any ChangeFeed
    /// For a kiosk on the store.
    public let visitors: VisitorDesk
    /// For backup, verification and demo data.
    public let database: StoreDatabase
    /// The store's own policy as it was when the store was opened.
    public let policy: ShopPolicy
    public let identity: ShopIdentity
    /// nil where nothing outlives the program.
    public let signIns: SignInMemory?
    private let engine: SQLiteEngine
    private let clock: any StoreClock
    private let state: StateDatabase
    private let temporary: TemporaryStorePlace?
    /// nil for a throw-away store, which nobody else changes.
    private let link: FileLink?
    /// Opened when it is asked for; nil before, and where the file cannot tell.
    private let version = Mutex<FileVersion?>(nil)

    public var path: String { database.path }
    /// True when nothing can be changed, as the file or its directory cannot be written.
    public var isReadOnly: Bool { database.isReadOnly }
    public var isDemo: Bool { identity.isDemo }
    /// The number of the schema's last migration: an older store was migrated when it was opened.
    public var schema: Int { FileKind.store.version }
    /// Tells this store from every other.
    public var storeID: String { identity.uuid }

    /// Opens the store at `path`, making it when `mode` allows.
    ///
    /// - Parameters:
    ///   - statePath: the terminal's state file; nil keeps carts in memory, as a kiosk does.
    ///   - policy: what a new store starts with, and an older one that has no policy yet.
    ///   - hasher: makes and checks the hashes of passwords.
    ///   - told: what messages call the file; nil for its path.
    /// - Throws: `storage`, as `StoreDatabase.open`; everything is closed then.
    public convenience init(
        path: String, statePath: String?, mode: StoreDatabase.OpenMode = .existingOrNew,
        purpose: StorePurpose = .till(), policy: ShopPolicy, clock: any StoreClock, zones: any ZoneSource,
        ids: any IDSource, hasher: any PasswordHashing = PasswordHasher(), told: String? = nil
    ) throws(StoreError) {
        let seed = StoreSeed(policy: policy, uuid: ids.idempotencyKey().text, now: clock.now())
        try self.init(
            owning: StoreDatabase.open(at: path, mode: mode, createdAs: seed, told: told), purpose: purpose,
            clock: clock, zones: zones, hasher: hasher
        ) { () throws(StoreError) in
            if let statePath { try .open(at: statePath) } else { try .inMemory() }
        }
    }

    /// A throw-away store with demo data: lies in a private directory under the system's for temporary files,
    /// never waits for the disk, and is gone when it is closed. What killed sessions left behind is removed.
    ///
    /// - Parameter progress: hears how many products are there, now and then; what it throws gives the store up.
    public static func temporaryDemo(
        products: Int = DemoData.defaultProducts, purpose: StorePurpose = .till(), policy: ShopPolicy,
        clock: any StoreClock, zones: any ZoneSource, ids: any IDSource,
        progress: (Int) throws -> Void = { _ in }
    ) throws(StoreError) -> LocalStore {
        let place = try TemporaryStorePlace()
        let database: StoreDatabase
        do throws(StoreError) {
            let now = clock.now()
            let seed = StoreSeed(policy: policy, isDemo: true, uuid: ids.idempotencyKey().text, now: now)
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
            owning: database, purpose: purpose, clock: clock, zones: zones, temporary: place,
            openingState: StateDatabase.inMemory)
    }

    /// The same, in memory alone: no file is made, so none is left, whatever ends the program.
    public static func demoInMemory(
        products: Int = DemoData.defaultProducts, purpose: StorePurpose, policy: ShopPolicy,
        clock: any StoreClock, zones: any ZoneSource, ids: any IDSource,
        hasher: any PasswordHashing = PasswordHasher()
    ) throws(StoreError) -> LocalStore {
        let now = clock.now()
        let seed = StoreSeed(policy: policy, isDemo: true, uuid: ids.idempotencyKey().text, now: now)
        let database = try StoreDatabase.inMemory { db in
            try db.insert(seed)
            try DemoData.fill(
                db, products: products, seed: DemoData.defaultSeed, now: now, progress: { _ in })
        }
        return try LocalStore(
            owning: database, purpose: purpose, clock: clock, zones: zones, hasher: hasher,
            openingState: StateDatabase.inMemory)
    }

    /// Takes over `database`, the state that `openingState` opens, and the throw-away store's place: closes both
    /// and removes the place when it throws.
    init(
        owning database: StoreDatabase, purpose: StorePurpose, clock: any StoreClock, zones: any ZoneSource,
        temporary: TemporaryStorePlace? = nil, hasher: any PasswordHashing = PasswordHasher(),
        openingState: () throws(StoreError) -> StateDatabase
    ) throws(StoreError) {
        var opened: StateDatabase?
        let (state, identity, policy): (StateDatabase, ShopIdentity, ShopPolicy)
        do throws(StoreError) {
            state = try openingState()
            opened = state
            identity = try database.readBlocking { try $0.fetchShop() }
            policy = try database.readBlocking { try PolicyRecord.latest(in: $0).policy }
            // A throw-away store counts when somebody asks: its start must not wait for that.
            if temporary == nil, !database.path.isEmpty, !database.isReadOnly {
                try database.countSales(identity.currency, zones: zones)
            }
        } catch {
            // The first error is the one to tell.
            try? opened?.close()
            try? database.close()
            temporary?.remove()
            throw error
        }
        link = temporary == nil && !database.path.isEmpty ? FileLink(database) : nil
        engine = SQLiteEngine(database, currency: identity.currency)
        self.clock = clock
        let core = StoreCore(
            engine: engine, clock: clock, zones: zones,
            chain: purpose.chain, digest: Fingerprint.hex, changes: ChangeHub(link: link))
        let all = EngineServices(
            core: core, hasher: hasher,
            cart: SQLiteCartService(state: state, store: identity.uuid, clock: clock), offer: purpose.offer,
            firstAccountIsAdmin: purpose.firstAccountIsAdmin, visitor: purpose.visitor)
        self.database = database
        self.identity = identity
        self.policy = policy
        self.state = state
        signIns = temporary == nil ? SignInMemory(state: state, store: identity.uuid) : nil
        self.temporary = temporary
        services = all.services
        transfer = all.transfer
        tokens = all.tokens
        answering = all.answering
        due = all.due
        changes = all.changes
        visitors = all.visitors
    }

    /// Makes a store without goods one of a country: its currency and its rules.
    ///
    /// - Returns: the policy from now on.
    /// - Throws: `invalid` for a store that has goods or sales in another currency.
    public func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy {
        try await engine.setCurrency(CountryPreset(country).currency, at: clock.now())
        return try await services.policy.apply(country, checksOnly: false, as: .operatorOfStore).policy
    }

    /// Tells the number of the file's changes from now on: a larger number after each change, whichever program makes it. Nil for a store
    /// of memory alone, and for one that cannot be written, which has no count of changes.
    public func changeCount() -> @Sendable () -> Int? {
        guard !database.path.isEmpty, !database.isReadOnly, let opened = try? FileVersion(path: database.path)
        else { return { nil } }
        version.withLock { version in
            version?.close()
            version = opened
        }
        return { opened.now() }
    }

    /// Closes both files; a throw-away store is removed. Called before the program ends, else the next start
    /// looks the whole file over, as after a crash.
    public func close() throws(StoreError) {
        defer { temporary?.remove() }
        link?.close()
        // Before the store's own connections: one that may only read leaves the WAL behind.
        version.withLock { version in
            version?.close()
            version = nil
        }
        try state.close()
        try database.close()
    }
}
