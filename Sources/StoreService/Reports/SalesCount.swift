import StoreDomain

/// Counts every document of a shop: to make the sums, and to check them.
public enum SalesCount {
    /// So many documents are loaded at once, and so many sums written.
    private static let stride = 500
    private static let most = 50_000

    /// Makes the sums anew.
    public static func make(_ tx: any CountingTransaction, zones: any ZoneSource) throws {
        try tx.clearSums()
        try tx.setSalesCounted()
        var sums = SalesSums()
        try run(tx, zones: zones) { add in
            add(&sums)
            guard sums.figures.count >= most else { return }
            try tx.add(sums.rows)
            sums = SalesSums()
        }
        try tx.add(sums.rows)
    }

    /// Adds what others wrote.
    public static func catchUp(_ tx: any CountingTransaction, zones: any ZoneSource) throws {
        try tx.holdWaitingSales()
        let sales = try tx.waitingSales()
        guard !sales.isEmpty else { return }
        try tx.add(waiting(sales, tx, zones).rows)
        try tx.clearWaiting(sales)
    }

    private static func waiting(
        _ sales: WaitingSales, _ tx: any CountingTransaction, _ zones: any ZoneSource
    ) throws -> SalesSums {
        var sums = SalesSums()
        guard !sales.isEmpty else { return sums }
        let calendar = try ShopCalendar(tx.policyHistory(), zones: zones)
        let goods = try tx.soldGoods(of: sales.orders.map(\.order.id))
        for (order, cashier) in sales.orders {
            sums.add(
                sale: order, cashier: cashier, costs: goods[order.id]?.mapValues(\.sold).knownCosts ?? [:],
                at: calendar.moment(order.paidAt ?? order.createdAt))
        }
        let costs = try tx.costsBack(of: sales.refunds.map(\.id) + sales.returns)
        for (id, order) in sales.refunds {
            for refund in try tx.refunds(of: order.id) where refund.id == id {
                sums.add(
                    refund, of: order, isExchange: refund.exchangeID != nil, costs: costs[id] ?? [:],
                    at: calendar.moment(refund.at))
            }
        }
        for id in sales.returns {
            if let back = try tx.looseReturn(id) {
                sums.add(back, costs: costs[id] ?? [:], at: calendar.moment(back.at))
            }
        }
        return sums
    }

    /// The days on which the sums are not what the documents come to, one sentence each, at most `limit`.
    public static func differences(_ tx: any CountingTransaction, zones: any ZoneSource, limit: Int) throws
        -> [String]
    {
        guard try tx.salesAreCounted() else { return [] }
        // What the documents come to, less what the sums say.
        var sums = SalesSums()
        for dimension in SalesDimension.ofDocuments {
            for sum in try tx.sums(SalesQuery([.allDays(dimension)], by: .dayAndKey)) {
                sums.add(sum.place, sum.figures.negated)
            }
        }
        try run(tx, zones: zones) { add in add(&sums) }
        for row in try waiting(tx.waitingSales(), tx, zones).rows { sums.add(row.place, row.figures.negated) }
        var days: [ShopDay: [SalesDimension: [String]]] = [:]
        for row in sums.rows {
            days[row.place.day, default: [:]][row.place.dimension, default: []].append(row.place.key)
        }
        let found = days.sorted { $0.key < $1.key }.prefix(limit).map { day, dimensions in
            let what = dimensions.sorted { $0.key.rawValue < $1.key.rawValue }.map { dimension, keys in
                dimension == .product ? named(keys) : dimension.word
            }.joined(separator: ", ")
            return "The sums of \(day.text) (\(what)) are not what the documents of that day come to."
        }
        let wrong = try tx.wrongCategories()
        return found
            + wrong.prefix(limit - found.count).map { dimension, day in
                "What is kept of \(day.text) (\(dimension.word)) is not what its products come to."
            }
    }

    /// "products 3, 7"; many of them are only counted.
    private static func named(_ keys: [String]) -> String {
        let named = keys.prefix(8).joined(separator: ", ")
        return "\(SalesDimension.product.word) \(named)\(keys.count > 8 ? " and \(keys.count - 8) more" : "")"
    }

    private static func run(
        _ tx: any CountingTransaction, zones: any ZoneSource,
        _ body: ((inout SalesSums) -> Void) throws -> Void
    ) throws {
        let calendar = try ShopCalendar(tx.policyHistory(), zones: zones)
        var last: Int64 = 0
        while true {
            let orders = try tx.paidOrders(after: last, limit: stride)
            guard let end = orders.last?.order.id else { break }
            last = end
            let goods = try tx.soldGoods(of: orders.map(\.order.id))
            try body { sums in
                for (order, cashier) in orders {
                    let moment = calendar.moment(order.paidAt ?? order.createdAt)
                    sums.add(
                        sale: order, cashier: cashier,
                        costs: goods[order.id]?.mapValues(\.sold).knownCosts ?? [:], at: moment)
                }
            }
        }
        last = 0
        while true {
            let orders = try tx.refundedOrders(after: last, limit: stride)
            guard let end = orders.last?.id else { break }
            last = end
            for order in orders {
                let refunds = try tx.refunds(of: order.id)
                let costs = try tx.costsBack(of: refunds.map(\.id))
                try body { sums in
                    for refund in refunds {
                        sums.add(
                            refund, of: order, isExchange: refund.exchangeID != nil,
                            costs: costs[refund.id] ?? [:], at: calendar.moment(refund.at))
                    }
                }
            }
        }
        last = 0
        while true {
            let ids = try tx.looseReturns(after: last, limit: stride)
            guard let end = ids.last else { break }
            last = end
            let costs = try tx.costsBack(of: ids)
            for id in ids {
                guard let back = try tx.looseReturn(id) else { continue }
                try body { sums in
                    sums.add(back, costs: costs[id] ?? [:], at: calendar.moment(back.at))
                }
            }
        }
    }
}

/// What counting all documents needs of a store.
public typealias CountingTransaction = SellingTransaction & CardTransaction & SalesTransaction
    & CostTransaction

extension SalesDimension {
    /// What is said of it where it is wrong.
    fileprivate var word: String {
        switch self {
        case .hour: "hours"
        case .product: "products"
        case .productMonth: "products of the month"
        case .cashier: "cashiers"
        case .tender: "tenders"
        case .taxRate: "tax"
        case .discount: "discounts"
        case .reason: "refunds"
        case .category: "categories"
        case .categoryMonth: "categories of the month"
        }
    }
}
