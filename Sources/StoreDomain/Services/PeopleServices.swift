/// Accounts as everybody meets them: register, sign in, sign out.
public protocol AuthService: Sendable {
    /// Makes a customer's account, or the admin's when the store has none yet, and signs in.
    ///
    /// - Throws: `emailTaken`.
    func register(_ registration: Registration) async throws(StoreError) -> Session

    /// - Throws: `wrongCredentials` alike for an unknown e-mail and a wrong password, after the same time;
    ///   `signInMustWait`.
    func signIn(email: String, password: Secret) async throws(StoreError) -> Session

    /// The account of a session as it is now.
    ///
    /// - Throws: `signInRequired` when the session no longer counts.
    func currentUser(of session: Session) async throws(StoreError) -> User

    /// Ends a session for good.
    func signOut(_ session: Session) async throws(StoreError)

    /// Whether there is no account at all yet.
    func isEmpty() async throws(StoreError) -> Bool
}

/// Accounts as an admin manages them. Every method needs `manageAccounts`.
public protocol AccountService: Sendable {
    /// By e-mail.
    func accounts(as principal: Principal) async throws(StoreError) -> [KnownAccount]
    /// - Throws: `emailTaken`; `invalid` for a role that the store does not have.
    func add(_ registration: Registration, role: String, as principal: Principal) async throws(StoreError)
        -> User
    /// Somebody else whose password is set is signed out everywhere.
    ///
    /// - Throws: `invalid` when the password breaks a rule, `notFound`.
    func setPassword(_ password: Secret, of email: String, as principal: Principal) async throws(StoreError)
    /// - Throws: `notFound`; `invalid` for a role that the store does not have, or when it would leave the
    ///   store without an admin.
    func setRole(_ role: String, of email: String, as principal: Principal) async throws(StoreError) -> User
    /// Ends every sign-in of an account, at every server and terminal of the shop.
    ///
    /// - Throws: `notFound`.
    func signOutEverywhere(_ email: String, as principal: Principal) async throws(StoreError)
    /// The store's roles, by name.
    func roles(as principal: Principal) async throws(StoreError) -> [Role]
    /// Adds a role, or changes what one of this name may do. Needs `manageRights`.
    ///
    /// - Throws: `invalid` for a change of `admin`, who may do everything.
    func save(_ role: Role, as principal: Principal) async throws(StoreError)
}
