/// Who a kiosk's visitor is by the SSH key that he has come with. One service speaks for one visitor: the key is the
/// kiosk's word, never the visitor's.
public protocol VisitorService: Sendable {
    /// The key; nil where the visitor came without one.
    var key: KeyFingerprint? { get }

    /// Signs in whom the key belongs to; nil where it is nobody's. Makes no account.
    func recognize() async throws(StoreError) -> Session?

    /// Signs in whom the key belongs to, with a new account where it is nobody's.
    ///
    /// - Throws: `invalid` without a key.
    func remember() async throws(StoreError) -> Session

    /// The keys of the account, the oldest first.
    func keys(as principal: Principal) async throws(StoreError) -> [VisitorKey]

    /// Makes the visitor's key one of the account's.
    ///
    /// - Throws: `invalid` for another account's, and for one too many.
    func addKey(as principal: Principal) async throws(StoreError) -> [VisitorKey]

    /// Takes a key from the account.
    func remove(_ key: KeyFingerprint, as principal: Principal) async throws(StoreError) -> [VisitorKey]

    /// A new code; earlier ones of the account are good no longer.
    func makeCode(as principal: Principal) async throws(StoreError) -> VisitorCode

    /// Makes the visitor's key one of the account's whose code this is, and signs in there.
    ///
    /// - Throws: `invalid` for a code that is not good, and where the key is another account's; `signInMustWait` after
    ///   too many of them.
    func useCode(_ typed: String) async throws(StoreError) -> Session

    /// Gives an account that has none an e-mail, a name and a password, to sign in with anywhere.
    ///
    /// - Throws: `emailTaken`; `invalid` for an account that has them.
    func setPassword(_ registration: Registration, as principal: Principal) async throws(StoreError)
        -> Session

    /// Empties the account: no name, no e-mail, no password and no key is left of it. Its orders stay.
    ///
    /// - Throws: `invalid` for an account that no visitor made, and while an order waits to be paid.
    func forget(as principal: Principal) async throws(StoreError)
}
