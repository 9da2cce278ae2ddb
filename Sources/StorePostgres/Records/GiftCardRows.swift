import StoreCrypto
import StoreDomain
import StoreService

/// Gift cards as rows of `gift_card` and `gift_card_movement`.
struct GiftCardRows {
    let db: PostgresConnection

    private static let select = """
        SELECT gift_card.id, last_four, account_id, COALESCE(gift_card.name, users.name), balance, expires_at,
            gift_card.created_at
        FROM gift_card LEFT JOIN users ON users.id = gift_card.account_id
        """

    static func digest(_ code: GiftCardCode) -> PostgresValue {
        .bytes(Fingerprint.bytes(of: "gift-card|\(code.text)"))
    }

    /// - Parameter locks: whether nobody else may take from it until the transaction ends.
    func find(_ code: GiftCardCode, locks: Bool) throws -> GiftCard? {
        try db.row(
            "\(Self.select) WHERE code_digest = $1 \(lock(locks))", [Self.digest(code)], card)
    }

    func find(_ id: Int64, locks: Bool) throws -> GiftCard? {
        try db.row("\(Self.select) WHERE gift_card.id = $1 \(lock(locks))", [id], card)
    }

    func credit(of accountID: Int64, locks: Bool) throws -> GiftCard? {
        // Of two tills that give a customer their first credit, one waits for the other.
        if locks { db.hold("store-credit|\(accountID)") }
        return try db.row("\(Self.select) WHERE account_id = $1 \(lock(locks))", [accountID], card)
    }

    private func lock(_ locks: Bool) -> String { locks ? "FOR NO KEY UPDATE OF gift_card" : "" }

    func all(_ query: GiftCardQuery) throws -> [GiftCard] {
        try db.rows(
            """
            \(Self.select) WHERE (NOT $1::boolean OR balance > 0)
                AND ($2::text IS NULL OR last_four ILIKE '%' || $2 OR COALESCE(gift_card.name, users.name) ILIKE $2 || '%')
            ORDER BY gift_card.id DESC LIMIT $3
            """, [query.withBalance, query.text?.cleanText.likePattern, query.limit], card)
    }

    /// Cards with a code that a customer's orders sold or were paid with, the latest first.
    func all(ofCustomer id: Int64, limit: Int) throws -> [GiftCard] {
        try db.rows(
            """
            \(Self.select) WHERE account_id IS NULL AND gift_card.id IN (
                SELECT card_id FROM gift_card_movement
                WHERE order_id IN (SELECT id FROM orders WHERE user_id = $1))
            ORDER BY gift_card.id DESC LIMIT $2
            """, [id, limit], card)
    }

    func expired(by now: Timestamp, limit: Int, locks: Bool) throws -> [GiftCard] {
        try db.rows(
            """
            \(Self.select) WHERE expires_at <= $1 AND balance > 0 ORDER BY gift_card.id LIMIT $2 \(lock(locks))
            """, [now, limit], card)
    }

    private func card(_ row: inout PostgresRow) throws -> GiftCard {
        let id = try row.next(Int64.self)
        let (lastFour, account) = try (row.optional(String.self), row.optional(Int64.self))
        return try GiftCard(
            id: id, holder: account.map { .account($0) } ?? .bearer(lastFour: lastFour ?? ""),
            name: row.optional(), balance: row.money(), expiresAt: row.optional(), createdAt: row.next())
    }

    /// In their order, each with the number of its refund, or else of its sale.
    func movements(of cardID: Int64) throws -> [GiftCardMovement] {
        try db.rows(
            """
            SELECT movement.id, kind, movement.amount, left_amount, movement.order_id,
                COALESCE(refund.number_kind, orders.number_kind), COALESCE(refund.number_till, orders.number_till),
                COALESCE(refund.number_position, orders.number_position), person, movement.reason,
                movement.created_at
            FROM gift_card_movement AS movement LEFT JOIN orders ON orders.id = movement.order_id
            LEFT JOIN refund ON refund.id = movement.refund_id
            WHERE card_id = $1 ORDER BY movement.id
            """, [cardID]
        ) { row in
            try GiftCardMovement(
                id: row.next(), kind: row.word(), amount: row.money(), left: row.money(),
                orderID: row.optional(), number: row.documentNumber(), by: row.optional(),
                reason: row.optional(), at: row.next())
        }
    }

    /// The cards that orders sold, by order.
    func sold(_ ids: PostgresValue) throws -> [Int64: [SoldGiftCard]] {
        try db.groups(
            """
            SELECT issue.order_id, gift_card.id, last_four, issue.amount,
                -(SELECT COALESCE(SUM(back.amount), 0) FROM gift_card_movement AS back
                    WHERE back.card_id = gift_card.id AND back.kind = 'take-back'), balance
            FROM gift_card_movement AS issue JOIN gift_card ON gift_card.id = issue.card_id
            WHERE issue.order_id = ANY($1::int[]) AND issue.kind = 'issue' ORDER BY issue.order_id, issue.id
            """, [ids]
        ) { row in
            (
                try row.next(),
                try SoldGiftCard(
                    id: row.next(), lastFour: row.next(), amount: row.money(), returned: row.money(),
                    balance: row.money())
            )
        }
    }

    func insert(_ new: NewGiftCard, _ id: Int64, at now: Timestamp) {
        db.later(
            """
            INSERT INTO gift_card (id, code_digest, last_four, account_id, name, expires_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                id, new.code.map(Self.digest), new.code?.lastFour, new.accountID,
                new.accountID == nil ? new.name : nil, new.expiresAt, now,
            ])
    }

    func insert(
        _ new: NewCardMovement, of cardID: Int64, orderID: Int64?, paymentID: Int64?, refundID: Int64?,
        by: Int64?,
        at now: Timestamp
    ) {
        db.later("UPDATE gift_card SET balance = balance + $1 WHERE id = $2", [new.amount, cardID])
        if let renewal = new.renewal {
            db.later("UPDATE gift_card SET expires_at = $1 WHERE id = $2", [renewal.until, cardID])
        }
        db.later(
            """
            INSERT INTO gift_card_movement (card_id, kind, amount, left_amount, order_id, payment_id, refund_id,
                shift_id, person, reason, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                cardID, new.kind.rawValue, new.amount, new.left, orderID, paymentID,
                new.isOfRefund ? refundID : nil, new.shiftID, by, new.reason, now,
            ])
    }
}
