import StoreDomain
import StoreService

extension MemoryTransaction {
    private var onSale: [Product] {
        store.products.values.map(\.product).filter { !$0.isArchived }.sorted { $0.id > $1.id }
    }

    func categories() -> [CategoryCount] {
        Dictionary(grouping: onSale.compactMap(\.category)) { $0 }
            .map { CategoryCount(name: $0.key, count: $0.value.count) }.sorted { $0.name < $1.name }
    }

    func productsOnSale(_ ids: [Int64]) -> [Product] {
        ids.compactMap { product($0) }.filter { !$0.isArchived }
    }

    func productOnSale(code: String) -> Product? {
        guard let code = ProductCode(code) else { return nil }
        if let exact = onSale.first(where: { $0.isKnown(by: code) }) { return exact }
        let meant = onSale.filter { $0.isMeant(by: code.completions) }
        return meant.count == 1 ? meant[0] : nil
    }

    func product(_ id: Int64) -> Product? { store.products[id]?.product }

    func productID(_ identity: ProductIdentity) -> Int64? {
        store.products.values.first { stored in
            switch identity {
            case .sku(let sku): stored.product.sku.flatMap { ProductCode($0) } == ProductCode(sku)
            case .barcode(let barcode):
                stored.product.barcode.flatMap { ProductCode($0) } == ProductCode(barcode)
            case .handle(let handle): stored.handle == handle
            }
        }?.product.id
    }

    func insertProduct(_ draft: ProductDraft, handle: String?, at now: Timestamp) -> Int64 {
        let id = store.newID(.product)
        let product = Product(
            draft, id: id, stock: draft.stock, isArchived: false, createdAt: now, updatedAt: now)
        store.products[id] = MemoryStore.StoredProduct(
            product: product, handle: handle, words: ProductWords(product))
        return id
    }

    func updateProduct(_ old: Product, to draft: ProductDraft, isArchived: Bool, at now: Timestamp) -> Bool {
        let new = Product(
            draft, id: old.id, stock: old.stock.counted(like: draft.stock), isArchived: isArchived,
            createdAt: old.createdAt,
            updatedAt: old.updatedAt)
        guard new != old else { return false }
        // Movements may have changed the pieces since `old` was loaded.
        let stock = store.products[old.id]?.product.stock ?? old.stock
        let stored = Product(
            draft, id: old.id, stock: stock.counted(like: draft.stock), isArchived: isArchived,
            createdAt: old.createdAt,
            updatedAt: now)
        if stored.category != store.products[old.id]?.product.category { store.categoryChanges += 1 }
        store.products[old.id]?.product = stored
        store.products[old.id]?.words = ProductWords(stored)
        return true
    }

    func export(after id: Int64, limit: Int) -> [(product: Product, handle: String?)] {
        onSale.reversed().filter { $0.id > id }.prefix(limit).map { ($0, store.products[$0.id]?.handle) }
    }

    func movements(of productID: Int64, limit: Int) -> [StockMovement] {
        Array(store.movements.filter { $0.productID == productID }.reversed().prefix(limit))
    }

    func productsToCount(limit: Int) -> [DueCount] {
        let due = store.countDue.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.compactMap { id, since in
            product(id).map { DueCount(product: $0, since: since) }
        }
        return Array(due.filter(\.product.stock.isTracked).prefix(limit))
    }

    // MARK: - Pages

    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) -> ProductPage {
        let found = found(query)
        let pages = max(1, (found.count + perPage - 1) / perPage)
        func start(at cursor: PageCursor) -> Int {
            guard case .integer(let id)? = cursor.values.first else { return 0 }
            return found.firstIndex { $0.id == id } ?? 0
        }
        let number: Int
        var first: Int
        switch position {
        case .number(let asked):
            let (skipped, overflow) = (asked - 1).multipliedReportingOverflow(by: perPage)
            (number, first) = (asked, overflow ? found.count : skipped)
        case .last: (number, first) = (pages, (pages - 1) * perPage)
        case .after(let cursor, let asked): (number, first) = (asked, start(at: cursor) + 1)
        case .before(let cursor, let asked):
            first = start(at: cursor) - perPage
            // Fewer than a page stand before it: the first page then, and a full one.
            number = first <= 0 || asked <= 1 ? 1 : asked
            if number == 1 { first = 0 }
        }
        let rows = Array(found.dropFirst(first).prefix(perPage))
        return ProductPage(
            products: rows, number: number, perPage: perPage, total: Count(found.count),
            first: rows.first.map { PageCursor([.integer($0.id)]) },
            last: rows.last.map { PageCursor([.integer($0.id)]) })
    }

    private func found(_ query: ProductQuery) -> [Product] {
        let question = SearchQuestion(query.text)
        let code = ProductCode(query.text)
        let ranked = store.products.values.filter {
            !$0.product.isArchived && (query.category == nil || $0.product.category == query.category)
        }.compactMap { stored -> (MemoryStore.StoredProduct, SearchTier)? in
            guard let code else { return (stored, SearchTier.code) }
            return stored.tier(question, code).map { (stored, $0) }
        }
        return ranked.sorted { left, right in
            let (first, second) = (left.0.product, right.0.product)
            return switch query.sort {
            case .automatic: (left.1.rawValue, second.id) < (right.1.rawValue, first.id)
            case .newest: first.id > second.id
            case .name: (left.0.nameKey, first.id) < (right.0.nameKey, second.id)
            case .priceUp: (first.price, first.id) < (second.price, second.id)
            case .priceDown: (first.price, first.id) > (second.price, second.id)
            }
        }.map(\.0.product)
    }
}

extension MemoryStore.StoredProduct {
    /// What names are ordered by: byte by byte, as an index has them.
    fileprivate var nameKey: String { product.name.folded }

    /// How well it matches, the best first; nil when it does not.
    fileprivate func tier(_ question: SearchQuestion?, _ code: ProductCode) -> SearchTier? {
        product.isKnown(by: code) ? .code : question?.tier(of: words)
    }
}

extension Product {
    fileprivate init(
        _ draft: ProductDraft, id: Int64, stock: Stock, isArchived: Bool, createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.init(
            id: id, sku: draft.sku, barcode: draft.barcode, name: draft.name, description: draft.description,
            price: draft.price, stock: stock, category: draft.category,
            taxClass: draft.taxClass, isArchived: isArchived, createdAt: createdAt, updatedAt: updatedAt)
    }
}
