import GRDB
import StoreDomain

/// The baskets of one store in one transaction, as one session sees them: its own, and those that are left behind.
struct BasketShelf {
    let db: Database
    let store: String
    /// nil while this session has no number: then it has no basket either.
    let session: Int64?
    /// Whether another session lives.
    let isLive: (Int64) -> Bool

    /// A basket that no living session has.
    private struct Left {
        let id: Int64
        let owner: CartOwner
        /// This session had it last.
        let wasOurs: Bool
        let content: BasketRecord.Content
        let hasCheckout: Bool
        let hasSteps: Bool
        let changedAt: Timestamp?

        /// There is something in it that can be sold, or that was.
        var isWorthTaking: Bool { !content.lines.isEmpty || hasCheckout }

        var basket: LeftBasket {
            LeftBasket(
                id: id, owner: owner,
                cart: Cart(
                    lines: content.lines, discountCode: content.discountCode, terms: content.terms),
                changedAt: changedAt,
                hasCheckout: hasCheckout)
        }
    }

    /// The basket that this session has.
    func held(by owner: CartOwner) throws -> BasketRecord? {
        guard let session else { return nil }
        return try db.value(
            Int64.self,
            "SELECT id FROM basket WHERE store = ? AND owner = ? AND session = ? AND is_held",
            [store, owner.number, session]
        ).map { BasketRecord(db: db, id: $0) }
    }

    /// What `owner` could take up, the latest first.
    func leftBehind(by owner: CartOwner) throws -> [LeftBasket] {
        try left(by: owner).filter(\.isWorthTaking).map(\.basket)
    }

    /// The basket that `owner` goes on with where this session has none; nil where there is none or none can be
    /// told from the others.
    func choice(for owner: CartOwner) throws -> LeftBasket.ID? {
        let all = try left(by: owner)
        let full = all.filter(\.isWorthTaking)
        let ours = full.filter(\.wasOurs)
        if ours.count == 1 { return ours[0].id }
        if full.count == 1 { return full[0].id }
        // The steps of undo are all that an empty one has: those of the latest count.
        return full.isEmpty ? all.first(where: \.hasSteps)?.id : nil
    }

    /// Whether `owner`'s basket of that number is another living session's.
    func isElsewhere(_ id: Int64, of owner: CartOwner) throws -> Bool {
        guard let holder = try holder(of: id, by: [owner]) else { return false }
        return holder.isHeld && holder.session != session && isLive(holder.session)
    }

    /// Makes a left behind basket this session's and `owner`'s, and leaves behind what that had. Returns nil
    /// when it is gone or not left behind.
    func takeUp(_ id: LeftBasket.ID, for owner: CartOwner) throws -> BasketRecord? {
        guard let session, let holder = try holder(of: id, by: [owner, .guest]), isLeft(holder) else {
            return nil
        }
        try letGo(owner)
        try db.run(
            "UPDATE basket SET owner = ?, session = ?, is_held = 1 WHERE id = ?", [owner.number, session, id])
        return BasketRecord(db: db, id: id)
    }

    /// Leaves behind what this session has for `owner`. Returns its number.
    @discardableResult
    func letGo(_ owner: CartOwner) throws -> LeftBasket.ID? {
        guard let record = try held(by: owner) else { return nil }
        try db.run("UPDATE basket SET is_held = 0 WHERE id = ?", [record.id])
        return record.id
    }

    /// Makes what this session has for `owner` another person's, and leaves behind what that person had here.
    func handOver(from owner: CartOwner, to other: CartOwner) throws {
        guard owner != other, let record = try held(by: owner) else { return }
        guard try record.sale() == nil, try record.checkout() == nil, try record.parking() == nil else {
            throw StoreError.keyBusy
        }
        try letGo(other)
        try db.run("UPDATE basket SET owner = ? WHERE id = ?", [other.number, record.id])
    }

    /// Removes the empty ones that no session has.
    func sweep(_ owner: CartOwner) throws {
        for left in try left(by: owner) where !left.isWorthTaking {
            try BasketRecord(db: db, id: left.id).delete()
        }
    }

    // MARK: - Rows

    private func holder(of id: Int64, by owners: [CartOwner]) throws -> (session: Int64, isHeld: Bool)? {
        let statement = try db.cachedStatement(
            sql: "SELECT session, is_held, owner FROM basket WHERE id = ? AND store = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id, store]),
            owners.contains(CartOwner(number: row["owner"]))
        else { return nil }
        return (row["session"], row["is_held"])
    }

    private func isLeft(_ holder: (session: Int64, isHeld: Bool)) -> Bool {
        !holder.isHeld || holder.session != session && !isLive(holder.session)
    }

    /// The latest first; those of earlier builds last.
    private func left(by owner: CartOwner) throws -> [Left] {
        try db.rows(
            """
            SELECT id, session, is_held, content, checkout IS NOT NULL AS has_checkout, changed_at,
                EXISTS (SELECT 1 FROM basket_step WHERE basket = basket.id) AS has_steps
            FROM basket WHERE store = ? AND owner = ? ORDER BY changed_at DESC, id DESC
            """, [store, owner.number]
        ) { row -> Left? in
            let holder: (session: Int64, isHeld: Bool) = (row["session"], row["is_held"])
            guard isLeft(holder) else { return nil }
            return Left(
                id: row["id"], owner: owner, wasOurs: holder.session == session,
                content: try BasketRecord.decode(BasketRecord.Content.self, row["content"]),
                hasCheckout: row["has_checkout"], hasSteps: row["has_steps"],
                changedAt: (row["changed_at"] as Int64?).map { Timestamp(milliseconds: $0) })
        }.compactMap { $0 }
    }
}
