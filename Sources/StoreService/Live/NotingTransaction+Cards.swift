import StoreDomain

extension NotingTransaction: CardTransaction {
    func giftCard(code: GiftCardCode) throws -> GiftCard? { try tx.giftCard(code: code) }
    func giftCard(_ id: Int64) throws -> GiftCard? { try tx.giftCard(id) }
    func credit(of accountID: Int64) throws -> GiftCard? { try tx.credit(of: accountID) }
    func giftCards(_ query: GiftCardQuery) throws -> [GiftCard] { try tx.giftCards(query) }

    func expiredCards(by now: Timestamp, limit: Int) throws -> [GiftCard] {
        try tx.expiredCards(by: now, limit: limit)
    }

    func cardMovements(of cardID: Int64) throws -> [GiftCardMovement] { try tx.cardMovements(of: cardID) }

    func lowestPrices(of productIDs: [Int64], since: Timestamp) throws -> [Int64: Money] {
        try tx.lowestPrices(of: productIDs, since: since)
    }

    func looseReturn(_ id: Int64) throws -> LooseReturn? { try tx.looseReturn(id) }
    func looseReturn(_ number: DocumentNumber) throws -> LooseReturn? { try tx.looseReturn(number) }

    func keptReturn(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptReturn? {
        try tx.keptReturn(key, userID: userID, content: content)
    }
}
