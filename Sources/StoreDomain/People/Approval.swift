/// What somebody needs another person for: a permission, and how far it has to go.
public struct ApprovalNeed: Hashable, Sendable, Codable {
    public let permission: Permission
    /// Of the price, for a permission with a limit in percent.
    public let share: Rate?
    /// For a permission with a limit in money.
    public let amount: Money?

    public init(_ permission: Permission, share: Rate? = nil, amount: Money? = nil) {
        self.permission = permission
        self.share = share
        self.amount = amount
    }

    /// Whether a role may do it by itself to this extent.
    public func isHeld(by role: Role) -> Bool { role.allows(permission, share: share, amount: amount) }

    /// "discount a line by hand (15 %)".
    public var words: String {
        if let share { return "\(permission.verb) (\(share.percentText))" }
        if let amount { return "\(permission.verb) (\(amount.displayText))" }
        return permission.verb
    }
}

/// An action that somebody may do only once another person has approved it, and what became of that. It stands for
/// one action: what is approved is told by a digest of its content.
public struct Approval: Hashable, Sendable, Codable, Identifiable {
    /// How far it has come.
    public enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nobody has answered yet.
        case waiting
        /// Somebody has said yes, and the action is not done yet.
        case granted
        case refused
        /// The action is done.
        case used
        /// Nobody answered in time, or what was granted was not done in time.
        case expired
        /// The one who asked does without it.
        case withdrawn

        public var isOpen: Bool { self == .waiting || self == .granted }
    }

    /// Somebody by number and name.
    public struct Person: Hashable, Sendable, Codable {
        public let id: Int64
        public let name: String

        public init(id: Int64, name: String) {
            self.id = id
            self.name = name
        }

        public init(_ user: User) { self.init(id: user.id, name: user.name) }
    }

    public private(set) var id: Int64
    public let need: ApprovalNeed
    /// What is to be done, in a few words: "Sale at till 1".
    public let title: String
    /// All of it, a line each, for whoever answers.
    public let lines: [String]
    /// Tells this content from any other, and from the same of somebody else.
    public let digest: String
    public let till: String?
    /// The shift that was open at the till when it was asked.
    public let shiftID: Int64?
    public let asker: Person
    public let askedAt: Timestamp
    public var stage = Stage.waiting
    /// Who said yes or no.
    public var approver: Person?
    public var answeredAt: Timestamp?
    /// Whether the answer was given by a PIN where it was asked.
    public var isByPIN = false
    /// The names of those who may answer, some of them where there are many.
    public var candidates: [String] = []

    public init(
        id: Int64, need: ApprovalNeed, title: String, lines: [String], digest: String, till: String?,
        shiftID: Int64?, asker: Person, askedAt: Timestamp
    ) {
        self.id = id
        self.need = need
        self.title = title
        self.lines = lines
        self.digest = digest
        self.till = till
        self.shiftID = shiftID
        self.asker = asker
        self.askedAt = askedAt
    }

    /// Seconds within which it is answered, and once more within which the action is done.
    public static let lifetime: Int64 = 120
    /// So many who may answer are named.
    public static let mostCandidates = 8

    /// When it is over unless something happens; nil once it is.
    public var goodUntil: Timestamp? {
        switch stage {
        case .waiting: askedAt.advanced(bySeconds: Self.lifetime)
        case .granted: (answeredAt ?? askedAt).advanced(bySeconds: Self.lifetime)
        case .refused, .used, .expired, .withdrawn: nil
        }
    }

    public func isOver(at now: Timestamp) -> Bool { goodUntil.map { $0 < now } ?? true }

    /// Whether this person may say yes or no to it.
    public func mayBeAnswered(by user: User) -> Bool { user.id != asker.id && need.isHeld(by: user.role) }

    /// "Ada asks to discount a line by hand (15 %)".
    public var question: String { "\(asker.name) asks to \(need.words)" }

    /// The same with its number, as an engine gave it.
    public func with(id: Int64) -> Approval {
        var copy = self
        copy.id = id
        return copy
    }
}
