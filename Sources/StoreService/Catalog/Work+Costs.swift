import StoreDomain

extension Work {
    /// Changes whose movements say what they cost, with what is kept of their products.
    func priced(_ changes: Changes) throws -> Changes {
        guard !changes.movements.isEmpty else { return changes }
        let returned = Set(
            changes.movements.compactMap { movement -> Int64? in
                guard movement.kind == .return, case .standing(let id)? = movement.order else { return nil }
                return id
            })
        let goods = returned.isEmpty ? [:] : try tx.soldGoods(of: returned.sorted())
        let books = try tx.costBooks(of: Set(changes.movements.map(\.productID)).sorted())
        var changes = changes
        let (movements, averages) = Costing.priced(
            changes.movements, books: books, goods: goods, currency: try tx.shop().currency)
        changes.movements = movements
        changes.averages = averages
        changes.takenIn = Set(books.filter { !$0.value.pending.isEmpty }.keys)
        return changes
    }

    /// What the goods of an order cost that becomes paid, by product, where that is known.
    ///
    /// - Parameter changes: with the movements' cost.
    func costs(of reference: Changes.OrderReference, paidBy changes: Changes) throws -> [Int64: Int64] {
        var goods: [Int64: GoodsCost] = [:]
        if case .standing(let id) = reference {
            goods = try tx.soldGoods(of: [id])[id]?.mapValues(\.sold) ?? [:]
        }
        // One that was cancelled takes its goods once more.
        for movement in changes.movements where movement.kind == .sale && movement.order == reference {
            goods[movement.productID] = GoodsCost(
                pieces: -movement.quantity, cost: movement.cost?.minorUnits)
        }
        return goods.knownCosts
    }
}

extension Changes {
    /// What the goods that come back cost, by product, where that is known.
    var costsBack: [Int64: Int64] {
        movements.filter { $0.isOfRefund && $0.quantity > 0 }.reduce(into: [Int64: GoodsCost]()) {
            $0[$1.productID, default: GoodsCost()].add(
                GoodsCost(pieces: $1.quantity, cost: $1.cost?.minorUnits))
        }.knownCosts
    }
}

extension [Int64: GoodsCost] {
    /// Of goods that there are.
    var knownCosts: [Int64: Int64] { compactMapValues { $0.pieces > 0 ? $0.cost : nil } }
}

/// Takes in the movements that somebody else wrote, and checks what is kept.
public enum CostCount {
    private static let stride = 200

    /// Takes in all that waits.
    static func catchUp(_ tx: any CostTransaction) throws {
        while true {
            let ids = try tx.productsToCost(limit: stride)
            guard !ids.isEmpty else { return }
            try tx.keep(tx.costBooks(of: ids).mapValues(\.stock.average))
        }
    }

    /// The products whose cost is not what their movements come to, one sentence each, at most `limit`.
    public static func differences(_ tx: any CostTransaction, limit: Int) throws -> [String] {
        var found: [String] = []
        var last: Int64 = 0
        while found.count < limit {
            let histories = try tx.costHistories(after: last, limit: stride)
            guard let end = histories.last?.productID else { break }
            last = end
            found += histories.compactMap(\.difference)
        }
        return Array(found.prefix(limit))
    }
}
