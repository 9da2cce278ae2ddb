import StoreDomain

/// PINs and approvals as an engine keeps them.
public protocol StaffTransaction: ShopTransaction {
    /// What every PIN of the shop is hashed with; nil before the first.
    func pinSetting() throws -> String?
    /// Keeps it, once.
    func setPINSetting(_ setting: String) throws
    /// nil for an account that never had a PIN or a badge and where no PIN was wrong.
    func pin(of accountID: Int64) throws -> StoredPIN?
    /// All of them, by account.
    func pins() throws -> [Int64: StoredPIN]
    /// Whose PIN has this hash.
    func pinHolder(_ hash: String) throws -> Int64?
    /// Whose badge this is.
    func badgeHolder(_ badge: Badge) throws -> Int64?
    /// Stores it, new or changed. The caller has looked whether another account has PIN or badge.
    func save(_ pin: StoredPIN, of accountID: Int64) throws

    /// Some accounts of these roles, by name.
    func accounts(inRoles roles: [String], limit: Int) throws -> [User]

    func approval(_ id: Int64) throws -> Approval?
    /// Those that wait or are granted, in the order of their numbers.
    func openApprovals() throws -> [Approval]
    /// Those that were asked during a shift, in the order of their numbers.
    func approvals(ofShift id: Int64) throws -> [Approval]
    /// Stores a new one under a number of its own, which is returned.
    func insert(_ approval: Approval) throws -> Int64
    /// Stores what became of it: stage, approver, and when and how that was.
    func update(_ approval: Approval) throws
}

/// An account's PIN, and how often wrong ones were typed where its owner is signed in.
public struct StoredPIN: Hashable, Sendable {
    /// nil for an account without a PIN.
    public var hash: String?
    public var failures: Int
    /// nil for an account without a badge.
    public var badge: Badge?

    public init(hash: String? = nil, failures: Int = 0, badge: Badge? = nil) {
        self.hash = hash
        self.failures = failures
        self.badge = badge
    }

    public var isLocked: Bool { failures >= PIN.failures }
}
