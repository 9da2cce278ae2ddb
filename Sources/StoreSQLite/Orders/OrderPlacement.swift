import GRDB
import StoreDomain

/// Placing one order, within one transaction. The number of statements does not depend on that of the lines.
struct OrderPlacement {
    let db: Database
    let policy: ShopPolicy
    let now: Timestamp

    /// The order's id: a new one's, or that of the order an earlier try with this key made.
    func place(_ draft: OrderDraft, key: IdempotencyKey, for user: User) throws -> Int64 {
        let request = IdempotentRequest(
            .order, key: key, userID: user.id, content: draft.fingerprintText)
        if let earlier = try request.earlierOrder(in: db) { return earlier }

        // What unpaid orders hold no longer is on sale again.
        try OrderCancellation(db: db, now: now).cancelExpired(after: policy.pendingMinutes)

        let offers = try self.offers(draft)
        try checkStock(draft, offers)
        let prices = PriceBreakdown(
            lines: try draft.lines.map { try offers.line($0, currency: policy.currency) },
            discount: try DiscountRecord.request(draft.discountCode, in: db, currency: policy.currency),
            policy: policy, at: now)
        if let agreement = draft.agreement, !agreement.isKept(by: prices) {
            throw StoreError.priceChanged(prices)
        }

        let orderID = try insertOrder(prices, user: user)
        try insertItems(draft, orderID: orderID)
        try takeStock(draft.demand, orderID: orderID)
        if let code = prices.discountCode { try DiscountRecord.count(1, of: code, in: db) }
        try request.remember(orderID: orderID, at: now, in: db)
        return orderID
    }

    /// What the catalogue says of the products of an order.
    private struct Offers {
        struct Offer {
            let name: String
            let priceMinor: Int64
            let stock: Int
        }

        var byID: [Int64: Offer] = [:]

        func offer(_ productID: Int64) throws -> Offer {
            guard let offer = byID[productID] else { throw StoreError.notFound(.product(productID)) }
            return offer
        }

        func line(_ line: OrderDraft.Line, currency: Currency) throws -> PricedLine {
            let offer = try offer(line.productID)
            return PricedLine(
                name: offer.name, unitPrice: Money(minorUnits: offer.priceMinor, currency: currency),
                quantity: line.quantity)
        }
    }

    private func offers(_ draft: OrderDraft) throws -> Offers {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, name, price_minor, stock FROM product
                WHERE id IN (SELECT value FROM json_each(?)) AND archived = 0
                """)
        var offers = Offers()
        for row in try Row.fetchAll(statement, arguments: [JSONArray.text(draft.lines.map(\.productID))]) {
            offers.byID[row["id"]] = Offers.Offer(
                name: row["name"], priceMinor: row["price_minor"], stock: row["stock"])
        }
        return offers
    }

    /// The first line that there is too little for is named.
    private func checkStock(_ draft: OrderDraft, _ offers: Offers) throws {
        let demand = draft.demand
        for line in draft.lines {
            let offer = try offers.offer(line.productID)
            guard offer.stock >= demand[line.productID] ?? 0 else {
                throw StoreError.insufficientStock(
                    productID: line.productID, name: offer.name, available: offer.stock)
            }
        }
    }

    private func insertOrder(_ prices: PriceBreakdown, user: User) throws -> Int64 {
        try db.run(
            """
            INSERT INTO orders (user_id, status, subtotal_minor, discount_minor, tax_minor, total_minor,
                discount_code, created_at, updated_at)
            VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                user.id, prices.subtotal.minorUnits, prices.discount.minorUnits, prices.tax.minorUnits,
                prices.total.minorUnits, prices.discountCode, now.milliseconds, now.milliseconds,
            ])
        return db.lastInsertedRowID
    }

    private func insertItems(_ draft: OrderDraft, orderID: Int64) throws {
        try db.run(
            """
            INSERT INTO order_item
                (order_id, product_id, product_name, sku, quantity, unit_price_minor, total_minor)
            SELECT ?, product.id, product.name, product.sku, line.value ->> 1, product.price_minor,
                product.price_minor * (line.value ->> 1)
            FROM json_each(?) AS line CROSS JOIN product ON product.id = line.value ->> 0
            ORDER BY line.key
            """, [orderID, JSONArray.text(draft.lines.map { ($0.productID, $0.quantity) })])
    }

    private func takeStock(_ demand: [Int64: Int], orderID: Int64) throws {
        let pairs = JSONArray.text(demand.map { ($0.key, $0.value) })
        try db.run(
            """
            UPDATE product SET stock = stock - (line.value ->> 1)
            FROM json_each(?) AS line WHERE product.id = line.value ->> 0
            """, [pairs])
        try db.run(
            """
            INSERT INTO stock_movement (product_id, kind, quantity, order_id, created_at)
            SELECT line.value ->> 0, 'sale', -(line.value ->> 1), ?, ? FROM json_each(?) AS line
            """, [orderID, now.milliseconds, pairs])
    }
}
