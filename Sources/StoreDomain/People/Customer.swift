/// Which customers, the latest first.
public struct CustomerQuery: Hashable, Sendable, Codable {
    /// What they are found by; nil for all of them.
    public var words: CustomerWords?
    /// Only those who came before this one: the last of the page before.
    public var after: Int64?
    /// 1…500
    public var limit: Int

    public init(words: CustomerWords? = nil, after: Int64? = nil, limit: Int = 100) {
        self.words = words
        self.after = after
        self.limit = limit
    }

    public static let limits = 1...500
}

/// A stretch of the customers.
public struct CustomerPage: Hashable, Sendable, Codable {
    public let customers: [User]
    /// Behind whom the next page begins; nil where there are no more.
    public let next: Int64?

    public init(customers: [User], next: Int64?) {
        self.customers = customers
        self.next = next
    }
}

/// What a customer's orders come to.
public struct CustomerFigures: Hashable, Sendable, Codable {
    /// All of them, whatever became of them.
    public let orders: Int
    /// Those that were paid, also where something came back since.
    public let paid: Int
    /// What was paid for them less what was refunded; gift cards are no part of it.
    public let spent: Money
    /// When the latest was placed; nil without one.
    public let lastAt: Timestamp?

    public init(orders: Int, paid: Int, spent: Money, lastAt: Timestamp?) {
        self.orders = orders
        self.paid = paid
        self.spent = spent
        self.lastAt = lastAt
    }
}

/// What a shop knows of a customer.
public struct CustomerRecord: Hashable, Sendable, Codable {
    public let user: User
    public let figures: CustomerFigures
    /// The latest orders, the last one first.
    public let orders: [Order]
    /// Store credit; nil where there never was any.
    public let credit: GiftCard?
    /// Gift cards that the customer bought or paid with, the latest first.
    public let cards: [GiftCard]
    /// What the customer brought back without a receipt, the latest first.
    public let returns: [LooseReturn]

    /// So many orders are shown, and so many cards.
    public static let shown = 50

    public init(
        user: User, figures: CustomerFigures, orders: [Order], credit: GiftCard?, cards: [GiftCard],
        returns: [LooseReturn]
    ) {
        self.user = user
        self.figures = figures
        self.orders = orders
        self.credit = credit
        self.cards = cards
        self.returns = returns
    }
}

/// Everything that a shop keeps about a customer.
public struct CustomerExport: Hashable, Sendable, Codable {
    public let user: User
    /// Every order, the latest first.
    public let orders: [Order]
    /// What came back of them.
    public let refunds: [Refund]
    public let returns: [LooseReturn]
    /// Store credit with its movements.
    public let credit: GiftCardHistory?
    /// Gift cards that the customer bought or paid with.
    public let cards: [GiftCard]
    /// Keys that open the account in a kiosk.
    public let keys: [VisitorKey]
    /// Records of the journal that name the account, which they do by its number.
    public let journal: [JournalRecord]
    /// When the customer was last seen (`KnownAccount`); nil where never.
    public let lastSeenAt: Timestamp?
    public let at: Timestamp

    public init(
        user: User, orders: [Order], refunds: [Refund], returns: [LooseReturn], credit: GiftCardHistory?,
        cards: [GiftCard], keys: [VisitorKey], journal: [JournalRecord], lastSeenAt: Timestamp?,
        at: Timestamp
    ) {
        self.user = user
        self.orders = orders
        self.refunds = refunds
        self.returns = returns
        self.credit = credit
        self.cards = cards
        self.keys = keys
        self.journal = journal
        self.lastSeenAt = lastSeenAt
        self.at = at
    }
}

// MARK: - Accounts that were emptied

extension User {
    /// What an account is called once its name was erased.
    public static let formerName = "Former customer"

    /// Where the e-mail of an emptied account would arrive: nowhere. Nobody registers with an address there.
    public static let formerDomain = "erased.invalid"

    /// Whether name and e-mail were erased. Nobody signs in to such an account, and nobody finds it.
    public var isErased: Bool { User.isErased(email) }

    static func isErased(_ email: String) -> Bool { email.lowercased().hasSuffix("@\(formerDomain)") }
}

extension Email {
    /// That of an account whose name was erased.
    public init(formerAccount id: Int64) throws(StoreError) {
        try self.init("former-\(id)@\(User.formerDomain)")
    }
}
