import Foundation
import ProgramKit
import StoreDomain
import StorePostgres
import StoreSQLite
import StoreService
import StoreServer

/// An open store, whatever keeps it.
enum OpenStore: Sendable {
    case file(LocalStore)
    case postgres(PostgresStore)

    /// Opens what the settings name.
    ///
    /// - Parameter makesStore: whether to make one where there is none.
    static func open(
        _ address: DatabaseAddress, _ settings: Settings, purpose: StorePurpose, makesStore: Bool
    ) async throws -> OpenStore {
        let (clock, ids) = (settings.clock, SystemIDs())
        if makesStore { try requireContract(settings.policy.currency) }
        switch address {
        case .file(let path):
            let store = try LocalStore(
                path: path, statePath: nil, mode: makesStore ? .existingOrNew : .existing, purpose: purpose,
                policy: settings.policy, clock: clock, zones: SystemZones.shared, ids: ids)
            do { try requireContract(store.identity.currency) } catch {
                // What went wrong first is what counts.
                try? store.close()
                throw error
            }
            return .file(store)
        case .postgres(let address, _):
            let seed = StoreSeed(policy: settings.policy, uuid: ids.idempotencyKey().text, now: clock.now())
            var limits = PostgresLimits()
            limits.seed = UInt64.random(in: 0...(.max))
            return .postgres(
                try await PostgresStore(
                    address, connections: settings.databaseConnections, seed: makesStore ? seed : nil,
                    purpose: purpose, clock: clock, zones: SystemZones.shared,
                    cart: SQLiteCartService(state: try .inMemory(), store: "server", clock: clock),
                    limits: limits, changesAt: settings.changesAddress(of: address)))
        }
    }

    /// The API writes money with two decimals.
    private static func requireContract(_ currency: Currency) throws {
        guard currency.isOfTheContract else {
            throw ProgramFailure(
                "the API writes money with two decimals, so a shop in \(currency.code) is not served; use its file with storefront --db"
            )
        }
    }

    var services: StoreServices {
        switch self {
        case .file(let store): store.services
        case .postgres(let store): store.services.services
        }
    }

    /// What is due by the clock.
    var due: DueWork {
        switch self {
        case .file(let store): store.due
        case .postgres(let store): store.services.due
        }
    }

    /// Every change, whoever made it.
    var changes: any ChangeFeed {
        switch self {
        case .file(let store): store.changes
        case .postgres(let store): store.services.changes
        }
    }

    /// Whether the changes of others are heard as well.
    var hearsAll: Bool {
        switch self {
        case .file: true
        case .postgres(let store): store.hearsOthers
        }
    }

    var identity: ShopIdentity {
        switch self {
        case .file(let store): store.identity
        case .postgres(let store): store.identity
        }
    }

    /// The file's path, or the database and its server.
    var name: String {
        switch self {
        case .file(let store): store.path
        case .postgres(let store): store.database.address.name
        }
    }

    /// What the routes stand on.
    func parts(_ authority: TokenAuthority, ids: any IDSource) -> ServerParts {
        switch self {
        case .file(let store):
            ServerParts(
                services: store.services, tokens: store.tokens, answering: store.answering,
                authority: authority, ids: ids, currency: store.identity.currency, changes: changes,
                version: store.changeCount())
        case .postgres(let store):
            ServerParts(
                services: store.services.services, tokens: store.services.tokens,
                answering: store.services.answering, authority: authority, ids: ids,
                currency: store.identity.currency, changes: changes)
        }
    }

    /// Every violation that a look over the whole store finds, as a line.
    func violations(_ progress: ServerProgress) async throws -> [String] {
        defer { progress.finish() }
        return switch self {
        case .file(let store):
            try await StoreVerifier(store.database, zones: SystemZones.shared).verify {
                progress.show("checking \($0.check.rawValue)")
            }
            .map { "\($0.check.rawValue): \($0.sentence)" }
        case .postgres(let store):
            try await PostgresVerifier(store.database, zones: SystemZones.shared).verify {
                progress.show("checking \($0.rawValue)")
            }
            .map { "\($0.check.rawValue): \($0.sentence)" }
        }
    }

    /// Closing moves what is in a file's WAL into the store.
    func close() throws {
        switch self {
        case .file(let store): try store.close()
        case .postgres(let store): store.close()
        }
    }
}

extension Settings {
    /// Where servers on the database hear of each other's changes.
    ///
    /// - Throws: for an address that libpq cannot read.
    func changesAddress(of database: PostgresAddress) throws(StoreError) -> PostgresAddress {
        let uri = self[ServerSettings.databaseListenURL]
        return uri.isEmpty ? database : try PostgresAddress(uri: uri)
    }

    /// At most; two a core where nothing is set.
    var databaseConnections: Int {
        let set = self[ServerSettings.databaseConnections]
        return set > 0 ? set : 2 * ProcessInfo.processInfo.activeProcessorCount
    }
}
