import ProgramKit
import StoreDomain
import StoreRemote
import StoreSQLite

/// A server and how it is reached.
struct RemotePlace: Sendable {
    let address: ServerAddress
    /// nil for the system's.
    let authorities: String?
    /// The terminal's own state: carts, by the server's address.
    let statePath: String
    /// Where sessions are kept; nil for memory alone.
    let sessions: String?
    let isReadOnly: Bool

    /// nil when the settings name no server.
    init?(_ settings: Settings, _ places: Places) {
        guard let address = settings[SettingTable.remote] else { return nil }
        self.init(address, settings, places)
    }

    init(_ address: ServerAddress, _ settings: Settings, _ places: Places) {
        self.address = address
        let authorities = settings[SettingTable.authorities]
        self.authorities = authorities.isEmpty ? nil : authorities
        statePath = places.state
        isReadOnly = settings[SettingTable.readOnly]
        sessions = places.sessions
    }

    /// A kiosk's: nothing of it is kept.
    init(_ address: ServerAddress, authorities: String?) {
        self.address = address
        self.authorities = authorities
        statePath = ""
        sessions = nil
        isReadOnly = false
    }

    /// Connects to nothing yet.
    ///
    /// - Parameter state: the cart's file, open.
    func open(
        _ state: StateDatabase, policy: ShopPolicy, clock: any StoreClock,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) -> RemoteStore {
        RemoteStore(
            address: address, transport: CurlTransport(authorities: authorities), tokenDirectory: sessions,
            cart: SQLiteCartService(state: state, store: address.text, clock: clock), policy: policy,
            clock: clock, isReadOnly: isReadOnly,
            surroundings: RemoteSurroundings(sleep: sleep, jitter: { .random(in: .min ... .max) }))
    }
}
