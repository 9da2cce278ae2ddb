import StoreDomain

/// What a shop keeps of a kiosk's visitors beside their accounts.
public protocol VisitorTransaction: ShopTransaction {
    /// Whose a key is; nil for nobody's.
    func visitorKey(_ fingerprint: KeyFingerprint) throws -> StoredVisitorKey?
    /// The keys of an account, or of all with nil, the oldest first.
    func visitorKeys(of accountID: Int64?) throws -> [StoredVisitorKey]
    func insert(_ key: StoredVisitorKey) throws
    func noteSeen(_ fingerprint: KeyFingerprint, at now: Timestamp) throws
    /// False when there was none.
    func removeVisitorKey(_ fingerprint: KeyFingerprint) throws -> Bool

    /// A visitor has made this account.
    func noteVisitor(_ accountID: Int64, at now: Timestamp) throws
    func isVisitor(_ accountID: Int64) throws -> Bool
    /// Accounts that visitors made before `cutoff`, that have no order, and with none of whose keys anybody has come
    /// since; the oldest first.
    func idleVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64]
    /// Accounts that visitors made whose orders are all finished, the last of them before `cutoff`, and with none of
    /// whose keys anybody has come since; the oldest first.
    func finishedVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64]
    /// Forgets an account's keys and codes, that a visitor made it, and when it was last seen.
    func forgetVisitor(_ accountID: Int64) throws

    /// Gives an account another e-mail, name and password.
    ///
    /// - Throws: `emailTaken`.
    func setPerson(_ id: Int64, email: Email, name: String, passwordHash: String, at now: Timestamp) throws

    /// The account's only code; others of it are gone, and those that ran out by `now`.
    func save(visitorCode code: String, of accountID: Int64, until expiry: Timestamp, now: Timestamp) throws
    /// Whose code it is; it is gone then. nil for one that is not good.
    func takeVisitorCode(_ code: String, now: Timestamp) throws -> Int64?
}

/// A key with the account that it belongs to.
public struct StoredVisitorKey: Hashable, Sendable {
    public let accountID: Int64
    public let key: VisitorKey

    public init(accountID: Int64, key: VisitorKey) {
        self.accountID = accountID
        self.key = key
    }
}
