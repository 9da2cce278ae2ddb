import StoreCrypto
import StoreDomain
import StoreService

/// A store in a PostgreSQL database, open, with every service on top.
public final class PostgresStore: Sendable {
    public let services: EngineServices
    /// What the services stand on.
    public let engine: PostgresEngine
    /// For verification.
    public let database: PostgresDatabase
    public let identity: ShopIdentity
    /// nil for a store that neither tells nor hears of changes.
    private let link: PostgresLink?

    /// Opens the store, bringing the database up to date; makes one in an empty database when `seed` says with
    /// what.
    ///
    /// - Parameters:
    ///   - connections: how many the store takes at most.
    ///   - cart: the terminal's own state, which a server does not have.
    ///   - hasher: makes and checks hashes of passwords.
    ///   - changesAt: where programs on the store tell each other what they change, on one connection more: the
    ///     database itself, not a pooler that shares connections. nil leaves that out.
    /// - Throws: `storage` with one sentence when the database cannot be reached or is no store's; all
    ///   connections are closed then, and nothing was changed.
    public init(
        _ address: PostgresAddress, connections: Int, seed: StoreSeed?, purpose: StorePurpose,
        clock: any StoreClock, zones: any ZoneSource, cart: any CartService,
        hasher: any PasswordHashing = PasswordHasher(), limits: PostgresLimits = PostgresLimits(),
        changesAt: PostgresAddress? = nil
    ) async throws(StoreError) {
        database = PostgresDatabase(address, connections: connections, limits: limits)
        let isShared: Bool
        do {
            let errors = database.errors
            try await database.write { db in try PostgresSchema.prepare(db, errors, seed: seed) }
            // In a transaction of its own: programs that run already go on selling meanwhile.
            try await database.write { db in try SearchUpkeep(db: db).settle(inserted: .max) }
            (identity, isShared) = try await database.read { db in
                (try Self.identity(db), try OtherServiceBridge.isThere(db))
            }
            try await database.countSales(identity, zones: zones)
        } catch {
            database.close()
            throw error
        }
        engine = PostgresEngine(database, identity: identity, chain: purpose.chain, isShared: isShared)
        link = changesAt.flatMap { PostgresLink($0, limits) }
        services = EngineServices(
            core: StoreCore(
                engine: engine, clock: clock, zones: zones,
                chain: purpose.chain, digest: Fingerprint.hex, changes: ChangeHub(link: link)),
            hasher: hasher, cart: cart, offer: purpose.offer, firstAccountIsAdmin: purpose.firstAccountIsAdmin
        )
    }

    /// Whether it hears what others change.
    public var hearsOthers: Bool { link != nil }

    /// Ends all connections when what is under way is done.
    public func close() {
        link?.close()
        database.close()
    }

    static func identity(_ db: PostgresConnection) throws -> ShopIdentity {
        let shop = try db.row("SELECT uuid, currency, is_demo FROM store") { row in
            let (uuid, code) = try (row.next(String.self), row.next(String.self))
            let isDemo = try row.next(Bool.self)
            return Currency(code: code).map { ShopIdentity(uuid: uuid, currency: $0, isDemo: isDemo) }
        }
        guard let shop, let shop else { throw PostgresFailure.corrupt("no row in store") }
        return shop
    }
}
