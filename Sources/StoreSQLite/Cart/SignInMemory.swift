import GRDB
import StoreDomain

/// Who signed in last at a store, by e-mail alone, in the terminal's state file.
public struct SignInMemory: Sendable {
    private let state: StateDatabase
    private let store: String

    /// - Parameter store: the store's uuid, or a server's address.
    public init(state: StateDatabase, store: String) {
        self.state = state
        self.store = store
    }

    /// nil where none has signed in.
    public func email() async throws(StoreError) -> String? {
        try await state.read { [store] db in
            try db.value(String.self, "SELECT email FROM last_sign_in WHERE store = ?", [store])
        }
    }

    public func keep(_ email: String) async throws(StoreError) {
        try await state.write { [store] db in
            try db.run(
                """
                INSERT INTO last_sign_in VALUES (?, ?) ON CONFLICT (store) DO UPDATE SET email = excluded.email
                """, [store, email])
        }
    }
}
