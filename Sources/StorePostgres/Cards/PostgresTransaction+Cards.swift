import StoreDomain
import StoreService

extension PostgresTransaction: CardTransaction {
    private var cards: GiftCardRows { GiftCardRows(db: db) }
    private var returns: LooseReturnRows { LooseReturnRows(db: db) }

    func giftCard(code: GiftCardCode) throws -> GiftCard? { try cards.find(code, locks: locks) }
    func giftCard(_ id: Int64) throws -> GiftCard? { id.isRowID ? try cards.find(id, locks: locks) : nil }

    func credit(of accountID: Int64) throws -> GiftCard? {
        accountID.isRowID ? try cards.credit(of: accountID, locks: locks) : nil
    }

    func giftCards(_ query: GiftCardQuery) throws -> [GiftCard] { try cards.all(query) }

    func expiredCards(by now: Timestamp, limit: Int) throws -> [GiftCard] {
        try cards.expired(by: now, limit: limit, locks: locks)
    }

    func cardMovements(of cardID: Int64) throws -> [GiftCardMovement] {
        cardID.isRowID ? try cards.movements(of: cardID) : []
    }

    func lowestPrices(of productIDs: [Int64], since: Timestamp) throws -> [Int64: Money] {
        try returns.lowestPrices(of: productIDs, since: since)
    }

    func looseReturn(_ id: Int64) throws -> LooseReturn? { id.isRowID ? try returns.find(id) : nil }

    func looseReturn(_ number: DocumentNumber) throws -> LooseReturn? {
        try returns.id(of: number).flatMap { try returns.find($0) }
    }

    func keptReturn(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptReturn? {
        try returns.kept(key, userID: userID, content: content, locks: locks)
    }
}
