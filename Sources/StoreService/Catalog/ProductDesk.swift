import StoreDomain

/// Products as the back office sees them: archived ones, how prices came about, and many prices at once.
public struct ProductDesk: ProductService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func product(_ id: Int64, as principal: Principal) async throws(StoreError) -> Product {
        try await core.read(as: principal, needing: .manageProducts) { work in try work.product(id) }
    }

    public func archived(finding text: String, limit: Int, as principal: Principal) async throws(StoreError)
        -> [Product]
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            try work.tx.archivedProducts(finding: text.cleanText, limit: max(0, min(limit, 500)))
        }
    }

    public func prices(of id: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [PriceChange]
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            _ = try work.product(id)
            return try work.tx.priceChanges(ofProduct: id, limit: max(0, min(limit, 1_000)))
        }
    }

    // MARK: - Batches

    public func plan(_ draft: PriceBatchDraft, as principal: Principal) async throws(StoreError) -> PricePlan
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            PricePlan(try work.products(of: draft).compactMap { try draft.line(for: $0) })
        }
    }

    public func apply(_ draft: PriceBatchDraft, agreement: String, as principal: Principal)
        async throws(StoreError) -> PriceBatch
    {
        try await core.write(as: principal, needing: .manageProducts) { work in
            var changes: [(product: Product, line: PriceLine)] = []
            for found in try work.products(of: draft) {
                // Loaded by its number, it stays as it is until the end.
                let product = try work.product(found.id)
                if let line = try draft.line(for: product) { changes.append((product, line)) }
            }
            guard PricePlan(changes.map(\.line)).agreement == agreement else {
                throw StoreError.invalid([
                    FieldProblem("agreement", "is not what the prices come to now: look at them again")
                ])
            }
            guard !changes.isEmpty else {
                throw StoreError.invalid([FieldProblem("goods", "have the prices already")])
            }
            let batch = PriceBatch(
                id: 0, title: draft.rule.words, count: changes.count, by: work.principal.userID,
                at: work.now, takenBackAt: nil)
            let id = try work.tx.insert(batch)
            for (product, line) in changes { try work.setPrice(line.new, of: product, batch: id) }
            try work.record(
                .pricesChanged,
                [
                    "batch": .integer(id), "rule": .text(draft.rule.words),
                    "prices": .array(
                        changes.map(\.line).map { line in
                            .object([
                                "product": .integer(line.productID), "from": .minor(line.old),
                                "to": .minor(line.new),
                            ])
                        }),
                ])
            return try work.priceBatch(id)
        }
    }

    public func batches(limit: Int, as principal: Principal) async throws(StoreError) -> [PriceBatch] {
        try await core.read(as: principal, needing: .manageProducts) { work in
            try work.tx.priceBatches(limit: max(0, min(limit, 500)))
        }
    }

    public func takeBack(_ batchID: Int64, as principal: Principal) async throws(StoreError) -> PriceTakeBack
    {
        try await core.write(as: principal, needing: .manageProducts) { work in
            let batch = try work.priceBatch(batchID)
            guard batch.takenBackAt == nil else {
                throw StoreError.invalid([FieldProblem("batch", "was taken back already")])
            }
            var restored = 0
            var kept: [PriceLine] = []
            for change in try work.tx.priceChanges(ofBatch: batchID) {
                let product = try work.product(change.productID)
                guard product.price == change.to else {
                    kept.append(
                        PriceLine(
                            productID: product.id, name: product.name, sku: product.sku, old: product.price,
                            new: change.from))
                    continue
                }
                try work.setPrice(change.from, of: product, batch: batchID)
                restored += 1
            }
            try work.tx.markTakenBack(batchID, by: work.principal.userID, at: work.now)
            try work.record(
                .pricesTakenBack,
                [
                    "batch": .integer(batchID), "restored": .integer(Int64(restored)),
                    "kept": .array(kept.map { .integer($0.productID) }),
                ])
            return PriceTakeBack(batch: try work.priceBatch(batchID), restored: restored, kept: kept)
        }
    }
}

extension Work {
    /// By id.
    fileprivate func products(of draft: PriceBatchDraft) throws -> [Product] {
        let most = PriceBatchDraft.maximumCount
        let tooMany = StoreError.invalid([FieldProblem("goods", "must be at most \(most) products")])
        let found: [Product]
        switch draft.goods {
        case .products(let ids):
            guard ids.count <= most else { throw tooMany }
            found = try Set(ids).map { try product($0) }
        case .found(let text, let category):
            let query = ProductQuery(text: text, category: category)
            var page = try tx.page(query, at: .first, perPage: 500)
            var all = page.products
            while page.hasNext, let last = page.last {
                guard all.count <= most else { throw tooMany }
                page = try tx.page(query, at: .after(last, number: page.number + 1), perPage: 500)
                all += page.products
            }
            guard all.count <= most else { throw tooMany }
            found = all
        }
        return found.sorted { $0.id < $1.id }
    }

    fileprivate func setPrice(_ price: Money, of product: Product, batch: Int64) throws {
        _ = try updateProduct(
            product, to: ProductPatch(price: price).applied(to: product), isArchived: product.isArchived,
            batch: batch)
    }

    fileprivate func priceBatch(_ id: Int64) throws -> PriceBatch {
        guard let batch = try tx.priceBatch(id) else { throw StoreError.notFound(.priceBatch(id)) }
        return batch
    }
}
