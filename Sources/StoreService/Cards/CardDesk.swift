import StoreDomain

/// Gift cards and store credit.
public struct CardDesk: GiftCardService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func card(code: GiftCardCode, as principal: Principal) async throws(StoreError) -> GiftCard {
        try await core.read(as: principal, needing: .sell) { work in
            guard let card = try work.tx.giftCard(code: code) else {
                throw StoreError.paymentRefused(.cardUnknown)
            }
            guard !card.isExpired(at: work.now) else { throw StoreError.paymentRefused(.cardExpired) }
            return card
        }
    }

    public func credit(of customerID: Int64, as principal: Principal) async throws(StoreError) -> GiftCard? {
        try await core.read(as: principal) { work in
            if work.principal.userID != customerID { try work.principal.require(.sell) }
            return try work.tx.credit(of: customerID)
        }
    }

    public func cards(_ query: GiftCardQuery, as principal: Principal) async throws(StoreError) -> [GiftCard]
    {
        try await core.read(as: principal, needing: .seeAllOrders) { work in
            guard (1...500).contains(query.limit) else {
                throw StoreError.invalid([FieldProblem("limit", "must be 1 to 500")])
            }
            return try work.tx.giftCards(query)
        }
    }

    public func history(of cardID: Int64, as principal: Principal) async throws(StoreError)
        -> GiftCardHistory
    {
        try await core.read(as: principal, needing: .seeAllOrders) { work in
            let card = try work.giftCard(cardID)
            return GiftCardHistory(card: card, movements: try work.tx.cardMovements(of: cardID))
        }
    }

    public func issue(_ issue: GiftCardIssue, as principal: Principal) async throws(StoreError) -> GiftCard {
        try await core.write(as: principal, needing: .manageDiscounts) { work in
            let policy = try work.tx.policy().policy
            guard issue.amount.currency == policy.currency else {
                throw StoreError.invalid([FieldProblem("amount", "must be in \(policy.currency.code)")])
            }
            if let standing = try work.tx.giftCard(code: issue.code) {
                let first = try work.tx.cardMovements(of: standing.id).first
                guard first?.amount == issue.amount, first?.orderID == nil, standing.name == issue.name else {
                    throw StoreError.taken(field: "code", value: "\u{2026}\(issue.code.lastFour)")
                }
                return standing
            }
            let applied = try work.apply(GiftCards.issue(issue, policy, at: work.now))
            guard let id = applied.cardIDs.first else { fatalError("a card that was just made has no id") }
            return try work.giftCard(id)
        }
    }

    public func expire(_ cardID: Int64?, reason: String, as principal: Principal) async throws(StoreError)
        -> [GiftCard]
    {
        let reason = try Reason.checked(reason)
        return try await core.write(as: principal, needing: .manageDiscounts) { work in
            let cards =
                try cardID.map { [try work.giftCard($0)] }
                ?? work.tx.expiredCards(by: work.now, limit: Self.mostAtOnce)
            let changes = GiftCards.expire(cards, reason: reason)
            try work.apply(changes)
            return try cards.filter { !$0.balance.isZero }.map { try work.giftCard($0.id) }
        }
    }

    /// How many cards one call books off.
    public static let mostAtOnce = 500
}

extension Work {
    /// - Throws: `notFound`.
    func giftCard(_ id: Int64) throws -> GiftCard {
        guard let card = try tx.giftCard(id) else { throw StoreError.notFound(.giftCard(id)) }
        return card
    }

    /// What the cards and the credit hold that tenders name.
    func storedValue(of tenders: [PaymentRequest], _ methods: [PaymentMethod], customerID: Int64?) throws
        -> StoredValue
    {
        var value = StoredValue()
        // In one order, so that two tills that take from the same cards wait for each other, not both for ever.
        let codes = Set(tenders.compactMap(\.cardCode)).sorted { $0.text < $1.text }
        for code in codes { value.cards[code] = try tx.giftCard(code: code) }
        let credits = methods.filter { $0.kind == .storeCredit }.map(\.id)
        if let customerID, tenders.contains(where: { credits.contains($0.methodID ?? "") }) {
            value.credit = try tx.credit(of: customerID)
        }
        return value
    }

    /// The cards that an order sold or was paid with.
    func cards(of order: Order) throws -> [Int64: GiftCard] {
        let ids = Set(order.payments.compactMap(\.card?.id) + order.giftCards.map(\.id)).sorted()
        return try ids.reduce(into: [:]) { $0[$1] = try tx.giftCard($1) }
    }
}

extension Order {
    /// The answer to who sold the cards: with their codes, which they made.
    func told(_ cards: [GiftCardSale]) -> Order {
        guard !giftCards.isEmpty else { return self }
        return with(giftCards: zip(giftCards, cards).map { $0.with(code: $1.code) })
    }
}

extension Changes {
    /// The cards that a new sale has sold.
    ///
    /// - Parameter ids: those of the new cards, in their order.
    func soldCards(_ ids: [Int64]) -> [SoldGiftCard] {
        cardMovements.compactMap { movement in
            guard movement.kind == .issue, case .new(let place) = movement.card,
                let code = newCards[place].code
            else { return nil }
            return SoldGiftCard(id: ids[place], lastFour: code.lastFour, amount: movement.amount)
        }
    }
}
