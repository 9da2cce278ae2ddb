import GRDB
import StoreDomain

extension DemoWriter {
    /// Writes sales with their lines, movements of stock, payments and refunds, into a store that has none.
    func insert(_ orders: DemoOrders, prices products: [Sold], random: inout DemoRandom) throws {
        let policy = ShopPolicy(currency: currency)
        let codes = Dictionary(
            try DiscountRecord.all(in: db, currency: currency).map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first })
        var uses: [String: Int] = [:]
        var rows = SaleRows()
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
            rows.append(sale, figures)
            for line in sale.lines { rows.append(line.quantity, of: products[line.product], sale) }
            try rows.appendPayment(sale, figures.total, random: &random)
        }
        try rows.write(to: db)
        for (code, count) in uses.sorted(by: { $0.key < $1.key }) {
            try DiscountRecord.count(count, of: code, in: db)
        }
    }
}

/// The rows of sales, numbered from 1.
private struct SaleRows {
    private var orders = RowBatch(
        "orders",
        [
            "id", "user_id", "status", "subtotal_minor", "discount_minor", "tax_minor", "total_minor",
            "refunded_minor", "discount_code", "created_at", "updated_at",
        ])
    private var items = RowBatch(
        "order_item",
        ["order_id", "product_id", "product_name", "sku", "quantity", "unit_price_minor", "total_minor"])
    private var movements = RowBatch(
        "stock_movement", ["product_id", "kind", "quantity", "order_id", "created_at"])
    private var payments = RowBatch(
        "payment",
        [
            "id", "order_id", "method_id", "amount_minor", "tendered_minor", "change_minor", "approval_code",
            "taken_by", "created_at",
        ])
    private var refunds = RowBatch("refund", ["payment_id", "amount_minor", "created_at"])
    private var orderID: Int64 = 0
    private var paymentID: Int64 = 0

    func write(to db: Database) throws {
        for batch in [orders, items, movements, payments, refunds] { try batch.write(to: db) }
    }

    /// Begins the next order; what is appended then is of it.
    mutating func append(_ sale: DemoOrders.Sale, _ figures: PriceBreakdown) {
        orderID += 1
        orders.append([
            orderID, sale.buyer.accountID, sale.status.rawValue, figures.subtotal.minorUnits,
            figures.discount.minorUnits, figures.tax.minorUnits, figures.total.minorUnits,
            sale.refunded(of: figures.total), figures.discountCode, sale.placedAt.milliseconds,
            sale.endedAt.milliseconds,
        ])
    }

    mutating func append(_ quantity: Int, of product: DemoWriter.Sold, _ sale: DemoOrders.Sale) {
        items.append([
            orderID, product.id, product.name, product.sku, quantity, product.price.minorUnits,
            (product.price * quantity).minorUnits,
        ])
        movements.append([product.id, "sale", -quantity, orderID, sale.placedAt.milliseconds])
        guard !sale.status.keepsItsGoods else { return }
        movements.append([product.id, "return", quantity, orderID, sale.endedAt.milliseconds])
    }

    mutating func appendPayment(_ sale: DemoOrders.Sale, _ total: Money, random: inout DemoRandom) throws {
        guard sale.status != .pending, sale.status != .cancelled else { return }
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
        paymentID += 1
        payments.append([
            paymentID, orderID, payment.method.id, payment.amount.minorUnits, payment.tendered?.minorUnits,
            payment.change?.minorUnits, payment.approvalCode,
            sale.tender == .demoCard ? sale.buyer.accountID : DemoOrders.Buyer.staff.accountID,
            payment.paidAt.milliseconds,
        ])
        let refunded = sale.refunded(of: total)
        guard refunded > 0 else { return }
        refunds.append([paymentID, refunded, sale.endedAt.milliseconds])
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
