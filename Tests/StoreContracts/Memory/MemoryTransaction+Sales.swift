import StoreDomain
import StoreService

extension MemoryTransaction {
    func salesAreCounted() -> Bool { true }
    func setSalesCounted() {}
    func tryToHoldCategories() -> Bool { true }
    func categoryChanges() -> Int64 { store.categoryChanges }

    func clearSums(_ dimension: SalesDimension, _ day: ShopDay) {
        store.categorySums = store.categorySums.filter {
            $0.key.dimension != dimension || $0.key.day != day
        }
    }

    func clearSums() {
        store.sums = SalesSums()
        store.categorySums = [:]
    }

    func add(_ sums: [SalesSum]) {
        for sum in sums {
            if SalesDimension.ofDocuments.contains(sum.place.dimension) {
                store.sums.add(sum.place, sum.figures)
            } else {
                store.categorySums[sum.place, default: SalesFigures()].add(sum.figures)
            }
        }
    }

    func sums(_ query: SalesQuery) -> [SalesSum] {
        let kept = store.sums.rows + store.categorySums.map { SalesSum($0.key, $0.value) }
        let rows = kept.filter { row in
            query.parts.contains {
                $0.dimension == row.place.dimension && $0.from <= row.place.day && row.place.day <= $0.to
            }
        }
        guard let first = query.parts.first else { return [] }
        var groups: [SalesSum.Place: SalesFigures] = [:]
        for row in rows {
            let place = SalesSum.Place(
                first.dimension, query.day(of: row) ?? first.from, key(of: row, query.grouping))
            if let keys = query.keys, !keys.contains(place.key) { continue }
            groups[place, default: SalesFigures()].add(row.figures)
        }
        let sums = groups.map { SalesSum($0.key, $0.value) }.sorted { left, right in
            let (l, r) = (left.place, right.place)
            guard !query.hasDays else { return (l.day, l.key) < (r.day, r.key) }
            return (right.figures.turnover.magnitude, l.key) < (left.figures.turnover.magnitude, r.key)
        }
        return Array(sums.prefix(query.limit ?? sums.count))
    }

    private func key(of row: SalesSum, _ grouping: SalesQuery.Grouping) -> String {
        switch grouping {
        case .day: ""
        case .key, .dayAndKey, .weekdayAndKey: row.place.key
        case .category:
            Int64(row.place.key).flatMap { store.products[$0]?.product.category } ?? ""
        }
    }

    func paidOrders(after id: Int64, limit: Int) -> [(order: Order, cashier: Int64?)] {
        let paid = store.orders.values.filter { $0.id > id && $0.status.hasPayments }.sorted { $0.id < $1.id }
        return paid.prefix(limit).compactMap { stored in
            order(stored.id).map { order in
                (order, order.payments.last.flatMap { store.takerOfPayment[$0.id] })
            }
        }
    }

    func refundedOrders(after id: Int64, limit: Int) -> [Order] {
        let ids = Set(store.refunds.map(\.orderID)).filter { $0 > id }.sorted()
        return ids.prefix(limit).compactMap { order($0) }
    }

    func looseReturns(after id: Int64, limit: Int) -> [Int64] {
        Array(store.looseReturns.keys.filter { $0 > id }.sorted().prefix(limit))
    }
}

extension SalesQuery {
    fileprivate var hasDays: Bool {
        switch grouping {
        case .day, .dayAndKey, .weekdayAndKey: true
        case .key, .category: false
        }
    }

    /// The day that stands for a row's; nil where none does.
    fileprivate func day(of row: SalesSum) -> ShopDay? {
        switch grouping {
        case .day, .dayAndKey: row.place.day
        // The days of a week repeat after seven.
        case .weekdayAndKey: ShopDay(number: row.place.day.number % 7)
        case .key, .category: nil
        }
    }
}
