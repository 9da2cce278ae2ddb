import StoreDomain

/// Stock that is booked by hand.
public struct StockRoom: StockService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func adjust(_ adjustment: StockAdjustment, as principal: Principal) async throws(StoreError)
        -> Product
    {
        try await core.write(as: principal, needing: .adjustStock) { work in
            try work.book(adjustment)
            return try work.product(adjustment.productID)
        }
    }

    public func book(_ adjustments: [StockAdjustment], as principal: Principal) async throws(StoreError)
        -> [Product]
    {
        guard (1...1_000).contains(adjustments.count) else {
            throw .invalid([FieldProblem("adjustments", "must be 1 to 1,000")])
        }
        return try await core.write(as: principal, needing: .adjustStock) { work in
            // In one order, so that two who book at once wait for each other only once.
            for adjustment in adjustments.sorted(by: { $0.productID < $1.productID }) {
                try work.book(adjustment)
            }
            var seen: Set<Int64> = []
            return try adjustments.map(\.productID).filter { seen.insert($0).inserted }
                .map { try work.product($0) }
        }
    }

    public func low(limit: Int, as principal: Principal) async throws(StoreError) -> [LowStock] {
        try await core.read(as: principal, needing: .adjustStock) { work in
            let since = Timestamp(
                milliseconds: work.now.milliseconds - Int64(LowStock.days) * 24 * 60 * 60 * 1_000)
            return try work.tx.lowStock(
                atMost: work.tx.policy().policy.lowStock, since: since, limit: max(0, min(limit, 500)))
        }
    }

    public func explanation(of productID: Int64, limit: Int, as principal: Principal)
        async throws(StoreError) -> StockExplanation
    {
        try await core.read(as: principal, needing: .adjustStock) { work in
            let product = try work.product(productID)
            let limit = max(0, min(limit, 1_000))
            let movements = try work.movements(of: productID, limit: limit + 1)
            return StockExplanation(
                product: product, movements: Array(movements.prefix(limit)), isCut: movements.count > limit,
                cost: work.principal.allows(.seeCost) ? try work.cost(of: product) : nil)
        }
    }

    public func movements(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [StockMovement]
    {
        try await core.read(as: principal, needing: .adjustStock) { work in
            _ = try work.product(productID)
            return try work.movements(of: productID, limit: max(0, min(limit, 1_000)))
        }
    }

    public func toCount(as principal: Principal) async throws(StoreError) -> [DueCount] {
        try await core.read(as: principal, needing: .adjustStock) { work in
            try work.tx.productsToCount(limit: 500)
        }
    }

    public func cost(of productID: Int64, as principal: Principal) async throws(StoreError) -> ProductCost {
        try await core.read(as: principal, needing: .seeCost) { work in
            try work.cost(of: work.product(productID))
        }
    }
}

extension Work {
    /// With what they cost only for those who may see it.
    fileprivate func movements(of productID: Int64, limit: Int) throws -> [StockMovement] {
        let movements = try tx.movements(of: productID, limit: limit)
        return principal.allows(.seeCost) ? movements : movements.map(\.withoutCost)
    }

    fileprivate func cost(of product: Product) throws -> ProductCost {
        ProductCost(
            productID: product.id, stock: product.stock,
            try tx.costBooks(of: [product.id])[product.id]
                ?? CostBook(count: product.stock.count ?? 0, average: nil),
            latest: try tx.latestCost(of: product.id), currency: try tx.shop().currency)
    }

    /// - Throws: `notFound`, `invalid` for what nobody counts, `insufficientStock`.
    fileprivate func book(_ adjustment: StockAdjustment) throws {
        let product = try product(adjustment.productID)
        guard let count = product.stock.count else {
            throw StoreError.invalid([FieldProblem("product", "\(product.name) sells without counting")])
        }
        // Goods arrive whatever the books say before.
        guard count + adjustment.quantity >= 0 || adjustment.kind == .receiving else {
            throw StoreError.insufficientStock(
                productID: product.id, name: product.name, available: max(0, count))
        }
        if let cost = adjustment.unitCost, cost.currency != (try tx.shop().currency) {
            throw StoreError.invalid([
                FieldProblem("unit_cost", "must be in \(try tx.shop().currency.code)")
            ])
        }
        guard count + adjustment.quantity <= Product.maximumStock else {
            throw StoreError.invalid([FieldProblem("quantity", "would exceed 1,000,000,000 in stock")])
        }
        var changes = Changes()
        if adjustment.quantity != 0 {
            changes.movements = [
                NewMovement(
                    productID: product.id, kind: adjustment.kind, quantity: adjustment.quantity,
                    reason: adjustment.reason, unitCost: adjustment.unitCost)
            ]
        }
        if adjustment.kind == .count { changes.counted = [product.id] }
        changes.journal = [
            JournalEntry(
                .stockMoved,
                [
                    "product": .integer(product.id), "kind": .text(adjustment.kind.rawValue),
                    "quantity": .integer(Int64(adjustment.quantity)), "reason": .text(adjustment.reason),
                    "cost": .optional(adjustment.unitCost?.minorUnits),
                ])
        ]
        try apply(changes)
    }
}
