import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

/// Gift cards as rows of `gift_card` and `gift_card_movement`.
struct GiftCardRecord {
    let db: Database
    let currency: Currency

    private static let select = """
        SELECT gift_card.id, last_four, account_id, COALESCE(gift_card.name, account.name), balance_minor, expires_at,
            gift_card.created_at
        FROM gift_card LEFT JOIN account ON account.id = gift_card.account_id
        """

    static func digest(_ code: GiftCardCode) -> Data { Data(Fingerprint.bytes(of: "gift-card|\(code.text)")) }

    func find(_ code: GiftCardCode) throws -> GiftCard? {
        try db.first("\(Self.select) WHERE code_digest = ?", [Self.digest(code)], card)
    }

    func find(_ id: Int64) throws -> GiftCard? {
        try db.first("\(Self.select) WHERE gift_card.id = ?", [id], card)
    }

    func credit(of accountID: Int64) throws -> GiftCard? {
        try db.first("\(Self.select) WHERE account_id = ?", [accountID], card)
    }

    func all(_ query: GiftCardQuery) throws -> [GiftCard] {
        let text = query.text?.cleanText.likePattern
        return try db.list(
            """
            \(Self.select) WHERE (?1 = 0 OR balance_minor > 0)
                AND (?2 IS NULL OR last_four LIKE '%' || ?2 ESCAPE '\\'
                    OR COALESCE(gift_card.name, account.name) LIKE ?2 || '%' ESCAPE '\\')
            ORDER BY gift_card.id DESC LIMIT ?3
            """, [query.withBalance, text, query.limit], card)
    }

    /// Cards with a code that a customer's orders sold or were paid with, the latest first.
    func all(ofCustomer id: Int64, limit: Int) throws -> [GiftCard] {
        try db.list(
            """
            \(Self.select) WHERE account_id IS NULL AND gift_card.id IN (
                SELECT card_id FROM gift_card_movement
                WHERE order_id IN (SELECT id FROM orders WHERE user_id = ?))
            ORDER BY gift_card.id DESC LIMIT ?
            """, [id, limit], card)
    }

    func expired(by now: Timestamp, limit: Int) throws -> [GiftCard] {
        try db.list(
            "\(Self.select) WHERE expires_at <= ? AND balance_minor > 0 ORDER BY gift_card.id LIMIT ?",
            [now.milliseconds, limit], card)
    }

    private func card(_ columns: inout Columns) throws -> GiftCard {
        let id: Int64 = columns.next()
        let lastFour: String? = columns.optional()
        let account: Int64? = columns.optional()
        return GiftCard(
            id: id, holder: account.map { .account($0) } ?? .bearer(lastFour: lastFour ?? ""),
            name: columns.optional(), balance: columns.money(currency),
            expiresAt: (columns.optional() as Int64?).map { Timestamp(milliseconds: $0) },
            createdAt: columns.timestamp())
    }

    /// In their order, each with the number of its refund, or else of its sale.
    func movements(of cardID: Int64) throws -> [GiftCardMovement] {
        try db.list(
            """
            SELECT movement.id, kind, movement.amount_minor, left_minor, movement.order_id,
                COALESCE(refund.number_kind, orders.number_kind), COALESCE(refund.number_till, orders.number_till),
                COALESCE(refund.number_position, orders.number_position), person, movement.reason,
                movement.created_at
            FROM gift_card_movement AS movement LEFT JOIN orders ON orders.id = movement.order_id
            LEFT JOIN refund ON refund.id = movement.refund_id
            WHERE card_id = ? ORDER BY movement.id
            """, [cardID]
        ) { columns in
            GiftCardMovement(
                id: columns.next(), kind: try columns.word(), amount: columns.money(currency),
                left: columns.money(currency), orderID: columns.optional(),
                number: try columns.documentNumber(), by: columns.optional(), reason: columns.optional(),
                at: columns.timestamp())
        }
    }

    /// The cards that orders sold, by order.
    func sold(_ ids: RowValues) throws -> [Int64: [SoldGiftCard]] {
        try db.groups(
            """
            SELECT issue.order_id, gift_card.id, last_four, issue.amount_minor,
                -(SELECT COALESCE(SUM(back.amount_minor), 0) FROM gift_card_movement AS back
                    WHERE back.card_id = gift_card.id AND back.kind = 'take-back'), balance_minor
            FROM \(ids.source) AS wanted CROSS JOIN gift_card_movement AS issue
                ON issue.order_id = wanted.column2 AND issue.kind = 'issue'
            JOIN gift_card ON gift_card.id = issue.card_id
            ORDER BY wanted.column1, issue.id
            """, ids.arguments
        ) { columns in
            (
                columns.next(),
                SoldGiftCard(
                    id: columns.next(), lastFour: columns.next(), amount: columns.money(currency),
                    returned: columns.money(currency), balance: columns.money(currency))
            )
        }
    }

    /// - Returns: its id.
    func insert(_ new: NewGiftCard, at now: Timestamp) throws -> Int64 {
        try db.run(
            """
            INSERT INTO gift_card (code_digest, last_four, account_id, name, expires_at, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                new.code.map(Self.digest), new.code?.lastFour, new.accountID,
                new.accountID == nil ? new.name : nil, new.expiresAt?.milliseconds, now.milliseconds,
            ])
        return db.lastInsertedRowID
    }

    func insert(
        _ new: NewCardMovement, of cardID: Int64, orderID: Int64?, paymentID: Int64?, refundID: Int64?,
        by: Int64?,
        at now: Timestamp
    ) throws {
        try db.run(
            "UPDATE gift_card SET balance_minor = balance_minor + ? WHERE id = ?",
            [new.amount.minorUnits, cardID])
        if let renewal = new.renewal {
            try db.run(
                "UPDATE gift_card SET expires_at = ? WHERE id = ?", [renewal.until?.milliseconds, cardID])
        }
        try db.run(
            """
            INSERT INTO gift_card_movement (card_id, kind, amount_minor, left_minor, order_id, payment_id, refund_id,
                shift_id, person, reason, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                cardID, new.kind.rawValue, new.amount.minorUnits, new.left.minorUnits, orderID, paymentID,
                new.isOfRefund ? refundID : nil, new.shiftID, by, new.reason, now.milliseconds,
            ])
    }
}
