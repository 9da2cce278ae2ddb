import GRDB
import StoreDomain

extension DemoWriter {
    /// Writes sales with their lines, movements of stock, payments and refunds.
    func insert(_ orders: DemoOrders, prices products: [Sold], random: inout DemoRandom) throws {
        let policy = ShopPolicy(currency: currency)
        let codes = Dictionary(
            try DiscountRecord.all(in: db, currency: currency).map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first })
        var uses: [String: Int] = [:]
        for sale in orders.sales {
            let lines = sale.lines.map {
                PricedLine(
                    name: products[$0.product].name, unitPrice: products[$0.product].price,
                    quantity: $0.quantity)
            }
            let discount = sale.discountCode.flatMap { codes[$0] }
            let figures = PriceBreakdown(
                lines: lines, discount: discount.map(DiscountRequest.known) ?? .none, policy: policy,
                at: sale.placedAt)
            if let code = figures.discountCode, sale.status != .cancelled { uses[code, default: 0] += 1 }
            let id = try insert(sale, figures)
            try insert(sale, lines, products, orderID: id)
            if let payment = try insertPayment(sale, figures.total, orderID: id, random: &random) {
                try insertRefund(sale, figures.total, paymentID: payment)
            }
        }
        for (code, count) in uses.sorted(by: { $0.key < $1.key }) {
            try DiscountRecord.count(count, of: code, in: db)
        }
    }

    private func insert(_ sale: DemoOrders.Sale, _ figures: PriceBreakdown) throws -> Int64 {
        try db.run(
            """
            INSERT INTO orders (user_id, status, subtotal_minor, discount_minor, tax_minor, total_minor,
                refunded_minor, discount_code, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                sale.buyer.accountID, sale.status.rawValue, figures.subtotal.minorUnits,
                figures.discount.minorUnits, figures.tax.minorUnits, figures.total.minorUnits,
                sale.refunded(of: figures.total), figures.discountCode, sale.placedAt.milliseconds,
                sale.endedAt.milliseconds,
            ])
        return db.lastInsertedRowID
    }

    private func insert(
        _ sale: DemoOrders.Sale, _ lines: [PricedLine], _ products: [Sold], orderID: Int64
    ) throws {
        for (line, priced) in zip(sale.lines, lines) {
            let product = products[line.product]
            try db.run(
                """
                INSERT INTO order_item
                    (order_id, product_id, product_name, sku, quantity, unit_price_minor, total_minor)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    orderID, product.id, product.name, product.sku, line.quantity,
                    priced.unitPrice.minorUnits, priced.total.minorUnits,
                ])
            try move(product.id, "sale", -line.quantity, orderID, at: sale.placedAt)
            if !sale.status.keepsItsGoods {
                try move(product.id, "return", line.quantity, orderID, at: sale.endedAt)
            }
        }
    }

    private func move(
        _ productID: Int64, _ kind: String, _ quantity: Int, _ orderID: Int64, at time: Timestamp
    )
        throws
    {
        try db.run(
            """
            INSERT INTO stock_movement (product_id, kind, quantity, order_id, created_at)
            VALUES (?, ?, ?, ?, ?)
            """, [productID, kind, quantity, orderID, time.milliseconds])
    }

    /// - Returns: the payment's id; nil when nothing was paid.
    private func insertPayment(
        _ sale: DemoOrders.Sale, _ total: Money, orderID: Int64, random: inout DemoRandom
    ) throws -> Int64? {
        guard sale.status != .pending, sale.status != .cancelled else { return nil }
        let request: PaymentRequest
        switch sale.tender {
        case .cash:
            // Notes: the next multiple of ten.
            let tendered = (total.minorUnits + 999) / 1000 * 1000
            request = PaymentRequest(methodID: "cash", tenderedMinor: tendered)
        case .card:
            request = PaymentRequest(
                methodID: "card", approvalCode: String(100_000 + random.below(900_000)))
        case .demoCard: request = PaymentRequest(methodID: "demo-card")
        }
        let payment = try request.settle(total: total, by: sale.tender.method, at: sale.paidAt)
        try db.run(
            """
            INSERT INTO payment (order_id, method_id, amount_minor, tendered_minor, change_minor, approval_code,
                taken_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                orderID, payment.method.id, payment.amount.minorUnits, payment.tendered?.minorUnits,
                payment.change?.minorUnits, payment.approvalCode,
                sale.tender == .demoCard ? sale.buyer.accountID : DemoOrders.Buyer.staff.accountID,
                payment.paidAt.milliseconds,
            ])
        return db.lastInsertedRowID
    }

    private func insertRefund(_ sale: DemoOrders.Sale, _ total: Money, paymentID: Int64) throws {
        let amount = sale.refunded(of: total)
        guard amount > 0 else { return }
        try db.run(
            "INSERT INTO refund (payment_id, amount_minor, created_at) VALUES (?, ?, ?)",
            [paymentID, amount, sale.endedAt.milliseconds])
    }
}

extension DemoOrders.Sale {
    fileprivate var paidAt: Timestamp { placedAt.advanced(bySeconds: 180) }

    /// When the status became what it is.
    fileprivate var endedAt: Timestamp {
        switch status {
        case .pending: placedAt
        case .paid: paidAt
        case .cancelled: placedAt.advanced(bySeconds: 3_600)
        case .refunded, .partiallyRefunded: placedAt.advanced(bySeconds: 7_200)
        }
    }

    /// In minor units.
    fileprivate func refunded(of total: Money) -> Int64 {
        switch status {
        case .refunded: total.minorUnits
        case .partiallyRefunded: max(1, total.minorUnits * Int64(refundedPercent) / 100)
        case .pending, .paid, .cancelled: 0
        }
    }
}

extension DemoOrders.Buyer {
    /// The accounts are the store's first, in the order of `DemoData.accounts`.
    fileprivate var accountID: Int64 {
        switch self {
        case .admin: 1
        case .staff: 2
        case .customer: 3
        }
    }
}

extension DemoOrders.Tender {
    fileprivate var method: PaymentMethod {
        switch self {
        case .cash: .cash
        case .card: .externalCard
        case .demoCard: .simulatedCard
        }
    }
}
