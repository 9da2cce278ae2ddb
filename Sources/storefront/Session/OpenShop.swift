import Dispatch
import StoreDomain
import StoreRemote
import StoreSQLite
import StorefrontTUI
import TerminalNcurses

/// The shop of a session: a store file, or a server with the cart's file beside it.
enum OpenShop {
    case local(LocalStore)
    case remote(RemoteStore, ShopPolicy, StateDatabase)

    var services: StoreServices {
        switch self {
        case .local(let store): store.services
        case .remote(let store, _, _): store.services
        }
    }

    /// The store's own; for a server the settings', until the server has told its own.
    var policy: ShopPolicy {
        switch self {
        case .local(let store): store.policy
        case .remote(_, let settings, _): settings
        }
    }

    var local: LocalStore? { if case .local(let store) = self { store } else { nil } }
    var remote: RemoteStore? { if case .remote(let store, _, _) = self { store } else { nil } }

    /// Who signed in here last; nil where nothing outlives the program.
    var signIns: SignInMemory? {
        switch self {
        case .local(let store): store.signIns
        case .remote(let store, _, let state): SignInMemory(state: state, store: store.address.text)
        }
    }

    /// Closes it on a thread of its own: reads that are still under way come to their end on the program's
    /// one thread, which must not wait for them here.
    func close() async throws(StoreError) {
        let result = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: Result { () throws(StoreError) in try closeBlocking() })
            }
        }
        try result.get()
    }

    /// Ends the session with a server, if there is one, and waits for its answer a moment.
    func signOut(on executor: OneThreadExecutor) async {
        guard let remote, let session = remote.session else { return }
        await waitAtMost(.seconds(2), on: executor, sleep: { try await executor.sleep(for: $0) }) {
            // Its token is forgotten here in any case, and the server ends it by its time.
            try? await remote.services.auth.signOut(session)
        }
    }

    private func closeBlocking() throws(StoreError) {
        switch self {
        case .local(let store): try store.close()
        case .remote(_, _, let state): try state.close()
        }
    }

    /// Closes it for somebody who does not wait: a transaction that is held up by another program is given
    /// up with this one. What was to be paid is asked for again at the next start.
    func close(within limit: Duration, on executor: OneThreadExecutor) async {
        await waitAtMost(limit, on: executor, sleep: { try await executor.sleep(for: $0) }) {
            try? await close()
        }
    }
}
