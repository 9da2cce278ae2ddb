/// The time a till's drawer is one person's to answer for, from its float to its count: open, then counting
/// from its first count on, then closed. A shift that is being counted takes no money any more, so that what
/// was counted holds; a closed one never changes.
public struct Shift: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    public let till: String
    /// Given when the shift is closed: its Z number.
    public let number: DocumentNumber?
    public let openedBy: Int64
    public let openedAt: Timestamp
    /// The cash in the drawer at the start, 0 or more.
    public let float: Money
    /// What was counted, in its order: nothing while the shift is open, at most `maximumCounts`.
    public let counts: [Count]
    public let closing: Closing?

    /// A count and one recount; both are kept.
    public static let maximumCounts = 2

    /// What a person found in the drawer.
    public struct Count: Hashable, Sendable, Codable {
        public let drawer: DrawerCount
        public let by: Int64
        public let at: Timestamp

        public init(_ drawer: DrawerCount, by: Int64, at: Timestamp) {
            self.drawer = drawer
            self.by = by
            self.at = at
        }
    }

    /// What a shift goes through, in this order.
    public enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
        case open, counting, closed
    }

    /// How a shift ended. Never changes.
    public struct Closing: Hashable, Sendable, Codable {
        public let closedBy: Int64
        public let closedAt: Timestamp
        /// What should have been in the drawer.
        public let expected: Money
        /// What was counted last.
        public let counted: Money
        /// Why the count was off; nil where it was not.
        public let reason: String?
        /// What stays in the drawer for the next shift, 0…`counted`; nil where nobody said.
        public let nextFloat: Money?
        /// What the till has sold and given back in all its closed shifts, this one included.
        public let perpetual: PerpetualTotals?
        /// The journal's last hash: that of the record of this closing.
        public let journalHash: String?

        public init(
            closedBy: Int64, closedAt: Timestamp, expected: Money, counted: Money, reason: String?,
            nextFloat: Money? = nil, perpetual: PerpetualTotals? = nil, journalHash: String? = nil
        ) {
            self.closedBy = closedBy
            self.closedAt = closedAt
            self.expected = expected
            self.counted = counted
            self.reason = reason
            self.nextFloat = nextFloat
            self.perpetual = perpetual
            self.journalHash = journalHash
        }

        /// counted − expected
        public var variance: Money { counted - expected }
        /// counted − next float: what is taken to the bank.
        public var banked: Money? { nextFloat.map { counted - $0 } }
    }

    public init(
        id: Int64, till: String, number: DocumentNumber? = nil, openedBy: Int64, openedAt: Timestamp,
        float: Money, counts: [Count] = [], closing: Closing? = nil
    ) {
        self.id = id
        self.till = till
        self.number = number
        self.openedBy = openedBy
        self.openedAt = openedAt
        self.float = float
        self.counts = counts
        self.closing = closing
    }

    /// Not closed: open, or being counted.
    public var isOpen: Bool { closing == nil }

    public var stage: Stage { closing != nil ? .closed : counts.isEmpty ? .open : .counting }

    /// Whether the drawer may be counted (once more).
    public var mayBeCounted: Bool { isOpen && counts.count < Self.maximumCounts }

    /// The same shift with one count more.
    public func counted(_ count: Count) -> Shift {
        Shift(
            id: id, till: till, number: number, openedBy: openedBy, openedAt: openedAt, float: float,
            counts: counts + [count], closing: closing)
    }

    /// The same shift, closed.
    public func closed(_ closing: Closing, number: DocumentNumber) -> Shift {
        Shift(
            id: id, till: till, number: number, openedBy: openedBy, openedAt: openedAt, float: float,
            counts: counts, closing: closing)
    }
}

/// What a till has sold and given back since its first shift.
public struct PerpetualTotals: Hashable, Sendable, Codable {
    public let sales: Money
    /// A positive figure.
    public let refunds: Money

    public init(sales: Money, refunds: Money) {
        self.sales = sales
        self.refunds = refunds
    }

    public var net: Money { sales - refunds }
}

/// Cash that enters or leaves a drawer without a sale.
public enum CashMovementKind: String, Hashable, Sendable, Codable, CaseIterable {
    case paidIn = "paid-in"
    case paidOut = "paid-out"
    /// Taken to the safe or the bank.
    case drop
}

/// One such movement, with its reason.
public struct CashMovement: Hashable, Sendable, Codable {
    public let kind: CashMovementKind
    /// More than 0, whichever way it went.
    public let amount: Money
    /// 1…200 characters.
    public let reason: String
    public let by: Int64
    public let at: Timestamp

    /// - Throws: `invalid` for an amount of nothing or less, or without a reason.
    public init(kind: CashMovementKind, amount: Money, reason: String, by: Int64, at: Timestamp)
        throws(StoreError)
    {
        guard amount.minorUnits > 0 else { throw .invalid([FieldProblem("amount", "must be 0.01 or more")]) }
        self.kind = kind
        self.amount = amount
        self.reason = try Reason.checked(reason)
        self.by = by
        self.at = at
    }
}

/// Why somebody did what the books must explain.
public enum Reason {
    /// The reason, trimmed.
    ///
    /// - Throws: `invalid` unless it has 1…200 characters.
    public static func checked(_ text: String) throws(StoreError) -> String {
        let trimmed = text.cleanText
        guard (1...200).contains(trimmed.count) else {
            throw .invalid([FieldProblem("reason", "must be 1 to 200 characters")])
        }
        return trimmed
    }
}
