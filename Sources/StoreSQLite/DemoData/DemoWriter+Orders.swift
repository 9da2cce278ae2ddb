import GRDB
import StoreDomain

extension DemoWriter {
    /// Writes sales with their lines, movements of stock, payments and refunds, into a store that has none.
    func insert(_ orders: DemoOrders, prices products: [Sold], random: inout DemoRandom) throws {
        let codes = Dictionary(
            try DiscountRecord.all(in: db, currency: policy.currency).map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first })
        var uses: [String: Int] = [:]
        var rows = try DemoSaleRows(
            policy: policy, untracked: Set(products.filter { !$0.isTracked }.map(\.id)), now: now)
        for product in products where product.delivered.count > 0 {
            rows.deliver(
                product.id, product.delivered.count, at: product.delivered.at,
                unitCost: product.delivered.unitCost)
        }
        for sale in orders.sales {
            let lines = sale.lines.map {
                let product = products[$0.product]
                return SaleLine(
                    productID: product.id, name: product.name, sku: product.sku, quantity: $0.quantity,
                    unitPrice: product.price)
            }
            let discount = sale.discountCode.flatMap { codes[$0] }
            let priced = PricedSale(
                lines, discount: .code(discount.map(DiscountRequest.known) ?? .none), policy: policy,
                at: sale.placedAt)
            if let code = priced.breakdown.discountCode, sale.status != .cancelled {
                uses[Discount.key(code), default: 0] += 1
            }
            try rows.append(sale, priced, random: &random)
        }
        try rows.write(to: db)
        try DiscountRecord.count(uses, in: db)
    }
}

extension DemoOrders.Sale {
    var paidAt: Timestamp { placedAt.advanced(bySeconds: 180) }

    /// When the status became what it is.
    var endedAt: Timestamp {
        switch status {
        case .pending: placedAt
        case .paid: paidAt
        case .cancelled: placedAt.advanced(bySeconds: 3_600)
        case .refunded, .partiallyRefunded: placedAt.advanced(bySeconds: 7_200)
        }
    }

    var isPaid: Bool {
        switch status {
        case .paid, .refunded, .partiallyRefunded: true
        case .pending, .cancelled: false
        }
    }
}

extension DemoOrders.Buyer {
    /// The accounts are the store's first, in the order of `DemoData.accounts`.
    var accountID: Int64 {
        switch self {
        case .admin: 1
        case .staff: 2
        case .customer: 3
        }
    }
}

extension DemoOrders.Tender {
    var method: PaymentMethod {
        switch self {
        case .cash: .cash
        case .card: .externalCard
        case .demoCard: .simulatedCard
        }
    }
}
