import GRDB
import StoreDomain
import StoreService

extension SQLiteTransaction: CardTransaction {
    private var cards: GiftCardRecord { GiftCardRecord(db: db, currency: currency) }
    private var returns: LooseReturnRecord { LooseReturnRecord(db: db, currency: currency) }

    func giftCard(code: GiftCardCode) throws -> GiftCard? { try cards.find(code) }
    func giftCard(_ id: Int64) throws -> GiftCard? { try cards.find(id) }
    func credit(of accountID: Int64) throws -> GiftCard? { try cards.credit(of: accountID) }
    func giftCards(_ query: GiftCardQuery) throws -> [GiftCard] { try cards.all(query) }

    func expiredCards(by now: Timestamp, limit: Int) throws -> [GiftCard] {
        try cards.expired(by: now, limit: limit)
    }

    func cardMovements(of cardID: Int64) throws -> [GiftCardMovement] { try cards.movements(of: cardID) }

    func lowestPrices(of productIDs: [Int64], since: Timestamp) throws -> [Int64: Money] {
        try returns.lowestPrices(of: productIDs, since: since)
    }

    func looseReturn(_ id: Int64) throws -> LooseReturn? { try returns.find(id) }

    func looseReturn(_ number: DocumentNumber) throws -> LooseReturn? {
        try returns.id(of: number).flatMap { try returns.find($0) }
    }

    func keptReturn(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptReturn? {
        try returns.kept(key, userID: userID, content: content)
    }
}
