/// The time a till's drawer is one person's to answer for, from its float to its count.
public struct Shift: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    public let till: String
    /// Given when the shift is closed: its Z number.
    public let number: DocumentNumber?
    public let openedBy: Int64
    public let openedAt: Timestamp
    /// The cash in the drawer at the start, 0 or more.
    public let float: Money
    public let closing: Closing?

    /// How a shift ended. Never changes.
    public struct Closing: Hashable, Sendable, Codable {
        public let closedBy: Int64
        public let closedAt: Timestamp
        /// What should have been in the drawer.
        public let expected: Money
        /// What was counted, before `expected` was shown.
        public let counted: Money
        /// Why the count was off; nil where it was not.
        public let reason: String?

        public init(
            closedBy: Int64, closedAt: Timestamp, expected: Money, counted: Money, reason: String?
        ) {
            self.closedBy = closedBy
            self.closedAt = closedAt
            self.expected = expected
            self.counted = counted
            self.reason = reason
        }

        /// counted − expected
        public var variance: Money { counted - expected }
    }

    public init(
        id: Int64, till: String, number: DocumentNumber? = nil, openedBy: Int64, openedAt: Timestamp,
        float: Money, closing: Closing? = nil
    ) {
        self.id = id
        self.till = till
        self.number = number
        self.openedBy = openedBy
        self.openedAt = openedAt
        self.float = float
        self.closing = closing
    }

    public var isOpen: Bool { closing == nil }
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

/// What the documents of a shift come to; summed from what they store, never computed anew.
public struct ShiftReport: Hashable, Sendable, Codable {
    public let shift: Shift
    /// Documents settled in the shift.
    public let sales: Int
    /// Σ totals of the sales, before refunds.
    public let salesTotal: Money
    public let refunds: Int
    /// Σ amounts of the refunds, as a positive figure.
    public let refundsTotal: Money
    /// Σ cash rounding of sales and refunds.
    public let rounding: Money
    /// Σ tax of the sales less that of the refunds.
    public let tax: Money
    /// What came in by each method, less what went back by it.
    public let tenders: [TenderSum]
    public let movements: [CashMovement]
    /// float + cash sales − cash refunds + paid in − paid out − drops
    public let expected: Money

    public struct TenderSum: Hashable, Sendable, Codable {
        public let methodID: String
        public let kind: PaymentKind
        public let count: Int
        /// What was taken, change already taken off.
        public let taken: Money
        public let refunded: Money

        public init(methodID: String, kind: PaymentKind, count: Int, taken: Money, refunded: Money) {
            self.methodID = methodID
            self.kind = kind
            self.count = count
            self.taken = taken
            self.refunded = refunded
        }
    }

    public init(
        shift: Shift, sales: Int, salesTotal: Money, refunds: Int, refundsTotal: Money, rounding: Money,
        tax: Money, tenders: [TenderSum], movements: [CashMovement]
    ) {
        self.shift = shift
        self.sales = sales
        self.salesTotal = salesTotal
        self.refunds = refunds
        self.refundsTotal = refundsTotal
        self.rounding = rounding
        self.tax = tax
        self.tenders = tenders
        self.movements = movements
        let currency = shift.float.currency
        let cash = tenders.filter { $0.kind == .cash }.map { $0.taken - $0.refunded }
        let moved = movements.map { movement in
            switch movement.kind {
            case .paidIn: movement.amount
            case .paidOut, .drop: .zero(currency) - movement.amount
            }
        }
        expected = shift.float + .sum(cash, currency: currency) + .sum(moved, currency: currency)
    }

    /// Σ tenders = net sales with tax + rounding: what `verify` checks.
    public var isBalanced: Bool {
        let currency = shift.float.currency
        return Money.sum(tenders.map { $0.taken - $0.refunded }, currency: currency)
            == salesTotal - refundsTotal + rounding
    }
}
