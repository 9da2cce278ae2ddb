import StoreDomain

/// What the shop sells: reading and changing it.
public struct Catalog: CatalogService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage
    {
        var problems: [FieldProblem] = []
        if !(1...500).contains(perPage) { problems.append(FieldProblem("per_page", "must be 1 to 500")) }
        if case .number(let number) = position, number < 1 {
            problems.append(FieldProblem("page", "must be 1 or more"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return try await core.engine.read { tx in try tx.page(query, at: position, perPage: perPage) }
    }

    public func product(_ id: Int64) async throws(StoreError) -> Product {
        let found = try await products([id])
        guard let product = found.first else { throw .notFound(.product(id)) }
        return product
    }

    public func product(code: String) async throws(StoreError) -> Product {
        let found = try await core.engine.read { tx in try tx.productOnSale(code: code) }
        guard let found else { throw .notFound(.productCode(code)) }
        return found
    }

    public func products(_ ids: [Int64]) async throws(StoreError) -> [Product] {
        try await core.engine.read { tx in try tx.productsOnSale(ids) }
    }

    public func categories() async throws(StoreError) -> [CategoryCount] {
        try await core.engine.read { tx in try tx.categories() }
    }

    public func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        try await core.write(as: principal, needing: .manageProducts) { work in
            let id = try work.insertProduct(draft, handle: nil)
            let product = try work.product(id)
            try work.record(
                .productAdded,
                [
                    "product": .integer(id), "price": .minor(product.price),
                    "stock": .stock(product.stock),
                ])
            return product
        }
    }

    public func edit(_ id: Int64, _ patch: ProductPatch, seen: ProductVersion?, as principal: Principal)
        async throws(StoreError) -> Product
    {
        try await core.write(as: principal, needing: .manageProducts) { work in
            let old = try work.product(id)
            // Asked again after a lost answer, it is done already.
            if let seen, !seen.holds(for: old, changing: patch), try !patch.isDone(in: old) {
                throw StoreError.changedMeanwhile(old)
            }
            let isArchived = patch.isArchived ?? old.isArchived
            guard try work.updateProduct(old, to: patch.applied(to: old), isArchived: isArchived) else {
                return old
            }
            let new = try work.product(id)
            try work.record(
                .productChanged,
                [
                    "product": .integer(id), "archived": .bool(new.isArchived),
                    "from": .object(["price": .minor(old.price), "stock": .stock(old.stock)]),
                    "to": .object(["price": .minor(new.price), "stock": .stock(new.stock)]),
                ])
            return new
        }
    }
}

extension Work {
    func product(_ id: Int64) throws -> Product {
        guard let product = try tx.product(id) else { throw StoreError.notFound(.product(id)) }
        return product
    }

    /// - Throws: `taken` for a SKU or barcode in use, `invalid` for a price in another currency.
    func insertProduct(_ draft: ProductDraft, handle: String?) throws -> Int64 {
        try check(draft, changing: nil)
        return try tx.insertProduct(draft, handle: handle, at: now)
    }

    /// Makes a product what `draft` says; books a change of its stock as a correction. What is no longer counted
    /// is booked off, what is counted from now on is booked in.
    ///
    /// - Parameter batch: the batch of prices that this is a part of.
    /// - Returns: false when it was all that already.
    /// - Throws: `taken`, `invalid` as `insertProduct`.
    func updateProduct(_ old: Product, to draft: ProductDraft, isArchived: Bool, batch: Int64? = nil) throws
        -> Bool
    {
        try check(draft, changing: old)
        let correction = old.stock.correction(to: draft.stock)
        var changes = Changes()
        if correction != 0 {
            changes.movements = [NewMovement(productID: old.id, kind: .correction, quantity: correction)]
        }
        // A movement is booked while the product is counted.
        if old.stock.isTracked { try apply(changes) }
        let isChanged = try tx.updateProduct(old, to: draft, isArchived: isArchived, at: now)
        if !old.stock.isTracked { try apply(changes) }
        if draft.price != old.price {
            try tx.insert(
                PriceChange(
                    productID: old.id, from: old.price, to: draft.price, by: principal.userID, batchID: batch,
                    at: now))
        }
        return isChanged || correction != 0
    }

    private func check(_ draft: ProductDraft, changing old: Product?) throws {
        let currency = try tx.shop().currency
        guard draft.price.currency == currency else {
            throw StoreError.invalid([FieldProblem("price", "must be in \(currency.code)")])
        }
        if let sku = draft.sku, let owner = try tx.productID(.sku(sku)), owner != old?.id {
            throw StoreError.taken(field: "sku", value: sku)
        }
        // What it has it keeps, even where another product of an older store has the same article's code.
        if let barcode = draft.barcode, barcode != old?.barcode,
            let owner = try tx.productID(.barcode(barcode)),
            owner != old?.id
        {
            throw StoreError.taken(field: "barcode", value: barcode)
        }
    }
}
