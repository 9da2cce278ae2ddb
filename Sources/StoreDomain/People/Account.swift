/// A person known to the shop. The password's hash never leaves the store.
public struct User: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    public let email: String
    /// 1…255 characters.
    public let name: String
    public let role: Role
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(
        id: Int64, email: String, name: String, role: Role, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.role = role
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// An account as who manages accounts sees it.
public struct KnownAccount: Hashable, Sendable, Codable {
    public let user: User
    /// When somebody last signed in to it, took over a till by its PIN, or went on with it in a program that remembers
    /// who was signed in; to the hour. nil where nobody has since it is noted.
    public let lastSeenAt: Timestamp?

    public init(_ user: User, lastSeenAt: Timestamp?) {
        self.user = user
        self.lastSeenAt = lastSeenAt
    }
}

/// A signed-in user and, where the services need one, the token that proves it.
public struct Session: Hashable, Sendable, Codable {
    public let user: User
    public let token: Secret?
    /// What others approve of the one thing that is being done; nil as a rule.
    public let approving: Approving?
    /// When the person signed in at a terminal on the store itself: what is signed out everywhere is what began before.
    /// nil over a server, whose token says it, and where nobody signs in.
    public let since: Timestamp?

    /// Who stands behind what the user may only ask for.
    public enum Approving: Hashable, Sendable, Codable {
        /// Somebody will be asked: what it would come to is looked at.
        case assumed
        /// People of these roles have said yes.
        case by([Role])
    }

    public init(
        user: User, token: Secret? = nil, approving: Approving? = nil, since: Timestamp? = nil
    ) {
        self.user = user
        self.token = token
        self.approving = approving
        self.since = since
    }

    /// The same sign-in with the account as it is now.
    public func with(_ user: User) -> Session {
        Session(user: user, token: token, approving: approving, since: since)
    }

    /// Whether both came of one sign-in of one account, whatever the account was at the time.
    public func isSameSignIn(as other: Session) -> Bool {
        user.id == other.user.id && token == other.token && since == other.since
    }
}

/// On whose behalf a service acts.
public enum Principal: Hashable, Sendable, Codable {
    case guest
    case user(Session)
    /// Whoever runs a command on the store file itself: has every permission, as file access is the proof.
    case operatorOfStore

    /// Checks a permission and, where it has a limit, the extent.
    ///
    /// - Throws: `signInRequired` for a guest, `notAllowed` for a role that lacks it or exceeds its limit,
    ///   `approvalNeeded` where the role may ask for it and nobody has said yes.
    public func require(_ permission: Permission, share: Rate? = nil, amount: Money? = nil) throws(StoreError)
    {
        switch self {
        case .guest: throw .signInRequired
        case .operatorOfStore: return
        case .user(let session):
            let role = session.user.role
            if role.allows(permission, share: share, amount: amount) { return }
            guard role.mayAsk(for: permission) else { throw .notAllowed(permission) }
            let need = ApprovalNeed(permission, share: share, amount: amount)
            switch session.approving {
            case .assumed: return
            case .by(let roles) where roles.contains(where: need.isHeld): return
            case .by, nil: throw .approvalNeeded(need, nil)
            }
        }
    }

    /// Whether it may be done by oneself or with somebody's approval, to some extent.
    public func mayTry(_ permission: Permission) -> Bool {
        switch self {
        case .guest: false
        case .operatorOfStore: true
        case .user(let session):
            session.user.role.allows(permission) || session.user.role.mayAsk(for: permission)
        }
    }

    /// The same, as if somebody had approved all that may be asked for: for looking at what it would come to.
    public var assumingApproval: Principal { approving(.assumed) }

    /// The same with others behind it.
    public func approving(_ approving: Session.Approving?) -> Principal {
        guard case .user(let session) = self else { return self }
        return .user(
            Session(
                user: session.user, token: session.token, approving: approving, since: session.since))
    }

    public func allows(_ permission: Permission) -> Bool {
        switch self {
        case .guest: false
        case .operatorOfStore: true
        case .user(let session): session.user.role.allows(permission)
        }
    }

    /// The signed-in user's id, if there is one.
    public var userID: Int64? {
        if case .user(let session) = self { session.user.id } else { nil }
    }
}

/// Text that must not be seen: a password or a token. Prints as dots wherever it is interpolated, dumped or
/// logged.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The text itself, for the one place that needs it.
    public let revealed: String

    public init(_ text: String) { revealed = text }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Written as dots: whoever keeps a session's actions keeps no password. A test that plays a session back
/// sets `CodingUserInfoKey.revealsSecrets`.
extension Secret: Codable {
    public init(from decoder: any Decoder) throws {
        revealed = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let isRevealed =
            CodingUserInfoKey.revealsSecrets.map { encoder.userInfo[$0] as? Bool == true } ?? false
        try container.encode(isRevealed ? revealed : description)
    }
}

extension CodingUserInfoKey {
    /// Set to true, secrets are written as they are.
    public static let revealsSecrets = CodingUserInfoKey(rawValue: "storefront.revealsSecrets")
}
