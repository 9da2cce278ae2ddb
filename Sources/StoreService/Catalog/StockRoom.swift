import StoreDomain

/// Stock that is booked by hand.
public struct StockRoom: StockService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func adjust(_ adjustment: StockAdjustment, as principal: Principal) async throws(StoreError)
        -> Product
    {
        try await core.write(as: principal, needing: .adjustStock) { work in
            let product = try work.product(adjustment.productID)
            guard let count = product.stock.count else {
                throw StoreError.invalid([FieldProblem("product", "\(product.name) sells without counting")])
            }
            // Goods arrive whatever the books say before.
            guard count + adjustment.quantity >= 0 || adjustment.kind == .receiving else {
                throw StoreError.insufficientStock(
                    productID: product.id, name: product.name, available: max(0, count))
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
            try work.apply(changes)
            return try work.product(product.id)
        }
    }

    public func movements(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [StockMovement]
    {
        try await core.read(as: principal, needing: .adjustStock) { work in
            _ = try work.product(productID)
            return try work.tx.movements(of: productID, limit: max(0, min(limit, 1_000)))
        }
    }

    public func toCount(as principal: Principal) async throws(StoreError) -> [DueCount] {
        try await core.read(as: principal, needing: .adjustStock) { work in
            try work.tx.productsToCount(limit: 500)
        }
    }
}
