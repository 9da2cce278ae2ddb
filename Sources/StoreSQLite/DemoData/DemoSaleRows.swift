import GRDB
import StoreDomain

/// The rows of the demo shop's sales, numbered from 1, as they are in the end.
struct DemoSaleRows {
    private let policy: ShopPolicy
    private let untracked: Set<Int64>
    private var orders = RowBatch(
        "orders",
        [
            "id", "user_id", "status", "subtotal_minor", "discount_minor", "tax_minor", "tax_mode",
            "total_minor", "rounding_minor", "refunded_minor", "discount_code",
            "created_at",
            "updated_at", "number_kind", "number_till", "number_position",
        ])
    private var items = RowBatch(
        "order_item",
        [
            "id", "order_id", "product_id", "product_name", "sku", "quantity", "unit_price_minor",
            "total_minor", "order_discount_minor", "tax_minor", "tax_rate_numerator",
            "tax_rate_denominator", "returned",
        ])
    private var movements = RowBatch(
        "stock_movement",
        [
            "product_id", "kind", "quantity", "order_id", "reason", "person", "unit_cost_minor", "cost_minor",
            "refund_id", "created_at",
        ])
    /// What goods cost, by product.
    private var stocks: [Int64: CostedStock] = [:]
    private var payments = RowBatch(
        "payment",
        [
            "id", "order_id", "method_id", "amount_minor", "tendered_minor", "change_minor", "approval_code",
            "taken_by", "created_at", "shift_id",
        ])
    private var shifts: DemoShifts
    private var refunds: [NewRefund] = []
    private var orderID: Int64 = 0
    private var itemID: Int64 = 0
    private var paymentID: Int64 = 0
    private var receipts = 0

    private static let receiptSeries = NumberSeries(.receipt, till: Till.standard)
    private static let refundSeries = NumberSeries(.refund, till: Till.standard)

    /// - Parameter untracked: the products whose sales move nothing.
    init(policy: ShopPolicy, untracked: Set<Int64>, now: Timestamp) throws(StoreError) {
        self.policy = policy
        self.untracked = untracked
        shifts = try DemoShifts(policy.currency, now: now)
    }

    func write(to db: Database) throws {
        try shifts.write(to: db)
        for batch in [orders, items, payments] { try batch.write(to: db) }
        let records = RefundRecord(db: db, currency: policy.currency)
        for refund in refunds { _ = try records.insert(refund, exchangeID: nil) }
        try movements.write(to: db)
        for (id, stock) in stocks {
            guard let average = stock.average else { continue }
            try db.run(
                "UPDATE product SET cost_pieces = ?, cost_value_minor = ? WHERE id = ?",
                [average.pieces, average.value, id])
        }
        let last = [Self.receiptSeries: receipts, Self.refundSeries: refunds.count].filter { $0.value > 0 }
        try NumberRecord.setLast(last, in: db)
    }

    /// - Parameter random: makes up what a card terminal prints.
    mutating func append(_ sale: DemoOrders.Sale, _ priced: PricedSale, random: inout DemoRandom) throws {
        orderID += 1
        let order = try order(of: sale, priced, random: &random)
        let refund = try refund(of: sale, order)
        let returned = refund?.lines.reduce(into: [Int64: Int]()) { $0[$1.itemID] = $1.quantity } ?? [:]
        append(order, sale, refunded: refund?.amount)
        for (item, line) in zip(order.items, priced.lines) {
            append(item, line, returned: returned[item.id] ?? 0, sale, refund?.reason)
        }
        let shift = order.paidAt.flatMap { shifts.shift(at: $0) }
        for payment in order.payments { append(payment, sale, in: shift) }
        if let shift { shifts.note(sale: order.total, order.payments, in: shift) }
        if let refund {
            let shift = shifts.shift(at: refund.at)
            if let shift { shifts.note(refund, in: shift) }
            refunds.append(NewRefund(refund, shiftID: shift))
        }
    }

    // MARK: - Documents

    private mutating func order(
        of sale: DemoOrders.Sale, _ priced: PricedSale, random: inout DemoRandom
    ) throws -> Order {
        let items = priced.lines.map { line in
            itemID += 1
            return OrderItem(
                id: itemID, orderID: orderID, productID: line.line.productID, productName: line.line.name,
                sku: line.line.sku, quantity: line.line.quantity, unitPrice: line.line.unitPrice,
                total: line.line.gross, lineDiscount: line.lineDiscount, orderDiscount: line.orderDiscount,
                tax: line.tax, taxRate: line.taxRate)
        }
        let settlement = sale.isPaid ? try settlement(of: sale, priced.total, random: &random) : nil
        if sale.isPaid { receipts += 1 }
        let payments = (settlement?.payments ?? []).map { payment in
            paymentID += 1
            return Payment(
                id: paymentID, method: payment.method, amount: payment.amount, tendered: payment.tendered,
                change: payment.change, approvalCode: payment.approvalCode, paidAt: payment.paidAt)
        }
        let figures = priced.breakdown
        return Order(
            id: orderID, userID: sale.buyer.accountID,
            number: sale.isPaid ? DocumentNumber(series: Self.receiptSeries, position: receipts) : nil,
            status: sale.isPaid ? .paid : sale.status, items: items, subtotal: figures.subtotal,
            discount: figures.discount, tax: figures.tax, taxMode: priced.taxMode,
            exempted: priced.exempted, total: priced.total, rounding: settlement?.rounding,
            discountCode: figures.discountCode, payments: payments, createdAt: sale.placedAt,
            updatedAt: sale.endedAt)
    }

    private func settlement(of sale: DemoOrders.Sale, _ total: Money, random: inout DemoRandom) throws
        -> Settlement
    {
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
        return try Settlement(
            of: total, by: [request], methods: [sale.tender.method], rounding: policy.cashRounding,
            principal: .operatorOfStore, at: sale.paidAt)
    }

    private func refund(of sale: DemoOrders.Sale, _ order: Order) throws -> Refund? {
        let lines: [RefundDraft.Line]
        switch sale.status {
        case .pending, .paid, .cancelled: return nil
        case .refunded: lines = order.items.map { RefundDraft.Line(itemID: $0.id, quantity: $0.quantity) }
        case .partiallyRefunded:
            let item = order.items[sale.returnedLine]
            lines = [RefundDraft.Line(itemID: item.id, quantity: 1, restocks: false)]
        }
        let draft = try RefundDraft(
            orderID: order.id, lines: lines, reason: lines.count == 1 ? "Damaged" : "Not as expected",
            approvalCode: order.payments.first?.approvalCode)
        let changes = try Refunding.refund(
            draft, of: order,
            Refunding.Facts(
                basis: Refunding.Basis(
                    earlier: [], methods: [sale.tender.method], rounding: policy.cashRounding,
                    principal: .operatorOfStore),
                operatorID: DemoOrders.Buyer.staff.accountID,
                till: Till.standard, shiftID: nil, numbers: (Self.refundSeries, refunds.count), tracked: [],
                now: sale.endedAt))
        return changes.newRefund?.refund
    }

    // MARK: - Rows

    private mutating func append(_ order: Order, _ sale: DemoOrders.Sale, refunded: Money?) {
        orders.append([
            order.id, order.userID, sale.status.rawValue, order.subtotal.minorUnits,
            order.discount.minorUnits, order.tax.minorUnits, order.taxMode.rawValue,
            order.total.minorUnits, order.rounding.minorUnits,
            refunded?.minorUnits ?? 0, order.discountCode, order.createdAt.milliseconds,
            order.updatedAt.milliseconds, order.number?.series.kind.rawValue, order.number?.series.till,
            order.number?.position,
        ])
    }

    private mutating func append(
        _ item: OrderItem, _ line: PricedSale.Line, returned: Int, _ sale: DemoOrders.Sale, _ reason: String?
    ) {
        items.append([
            item.id, item.orderID, item.productID, item.productName, item.sku, item.quantity,
            item.unitPrice.minorUnits, item.total.minorUnits,
            item.orderDiscount.minorUnits, item.tax.minorUnits, line.taxRate.numerator,
            line.taxRate.denominator, returned,
        ])
        guard !untracked.contains(item.productID) else { return }
        let out = move(item.productID, .sale, -item.quantity, of: item.orderID, at: sale.placedAt)
        switch sale.status {
        case .pending, .paid: break
        case .cancelled:
            move(item.productID, .return, item.quantity, of: item.orderID, cost: out, at: sale.endedAt)
        case .refunded, .partiallyRefunded:
            guard returned > 0 else { return }
            let refund = Int64(refunds.count + 1)
            let back = out.map { StockAverage(pieces: item.quantity, value: $0).cost(of: returned) }
            move(
                item.productID, .return, returned, of: item.orderID, cost: back, reason: reason,
                refund: refund,
                at: sale.endedAt)
            guard sale.status == .partiallyRefunded else { return }
            move(item.productID, .loss, -returned, reason: reason, refund: refund, at: sale.endedAt)
        }
    }

    /// What there was before the first sale.
    mutating func deliver(_ productID: Int64, _ count: Int, at time: Timestamp, unitCost: Int64?) {
        move(
            productID, .receiving, count, cost: unitCost.map { $0 * Int64(count) }, reason: "First delivery",
            at: time)
    }

    /// - Returns: what it cost; nil where nobody knows that.
    @discardableResult
    private mutating func move(
        _ productID: Int64, _ kind: StockMovementKind, _ quantity: Int, of orderID: Int64? = nil,
        cost own: Int64? = nil, reason: String? = nil, refund: Int64? = nil, at time: Timestamp
    ) -> Int64? {
        let cost = stocks[productID, default: CostedStock(count: 0)].move(quantity, cost: own)
        let unit = cost.map { StockAverage(pieces: Int(quantity.magnitude), value: $0).unitCost }
        movements.append([
            productID, kind.rawValue, quantity, orderID, reason,
            kind == .sale || kind == .return ? nil : DemoOrders.Buyer.staff.accountID, unit, cost, refund,
            time.milliseconds,
        ])
        return cost
    }

    private mutating func append(_ payment: Payment, _ sale: DemoOrders.Sale, in shift: Int64?) {
        payments.append([
            payment.id, orderID, payment.method.id, payment.amount.minorUnits, payment.tendered?.minorUnits,
            payment.change?.minorUnits, payment.approvalCode,
            sale.tender == .demoCard ? sale.buyer.accountID : DemoOrders.Buyer.staff.accountID,
            payment.paidAt.milliseconds, shift,
        ])
    }
}
