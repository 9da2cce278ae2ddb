import Foundation
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
        let code = code.trimmedText
        return code.isEmpty
            ? nil : onSale.first { $0.barcode == code || $0.sku?.lowercased() == code.lowercased() }
    }

    func product(_ id: Int64) -> Product? { store.products[id]?.product }

    func productID(_ identity: ProductIdentity) -> Int64? {
        store.products.values.first { stored in
            switch identity {
            case .sku(let sku): stored.product.sku?.lowercased() == sku.lowercased()
            case .barcode(let barcode): stored.product.barcode == barcode
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
        let stored = Product(
            draft, id: old.id, stock: old.stock.counted(like: draft.stock), isArchived: isArchived,
            createdAt: old.createdAt,
            updatedAt: now)
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
        let question = query.text.folded.words
        let typed = query.text.trimmedText
        let ranked = store.products.values.filter {
            !$0.product.isArchived && (query.category == nil || $0.product.category == query.category)
        }.compactMap { stored in
            typed.isEmpty ? (stored, 0) : stored.tier(question, typed).map { (stored, $0) }
        }
        return ranked.sorted { left, right in
            let (first, second) = (left.0.product, right.0.product)
            return switch query.sort {
            case .automatic: (left.1, second.id) < (right.1, first.id)
            case .newest: first.id > second.id
            case .name: (left.0.words.name, first.id) < (right.0.words.name, second.id)
            case .priceUp: (first.price, first.id) < (second.price, second.id)
            case .priceDown: (first.price, first.id) > (second.price, second.id)
            }
        }.map(\.0.product)
    }
}

/// A product's text as search compares it.
struct ProductWords: Sendable {
    let name: String
    let inName: [String]
    let all: [String]

    init(_ product: Product) {
        name = product.name.folded
        inName = name.words
        all =
            inName
            + [product.description, product.sku ?? "", product.barcode ?? ""].flatMap { $0.folded.words }
    }
}

extension MemoryStore.StoredProduct {
    /// How well it matches, the best first; nil when it does not.
    fileprivate func tier(_ question: [String], _ typed: String) -> Int? {
        if product.barcode == typed || product.sku?.lowercased() == typed.lowercased() { return 0 }
        guard !question.isEmpty,
            question.allSatisfy({ word in words.all.contains { $0.begins(with: word) } })
        else { return nil }
        if question.allSatisfy({ word in words.inName.contains { $0.holds(word) } }) { return 1 }
        return question.allSatisfy { word in words.inName.contains { $0.begins(with: word) } } ? 2 : 3
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

extension String {
    fileprivate var folded: String {
        folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    fileprivate var words: [String] {
        split { !$0.isLetter && !$0.isNumber }.prefix(12).map(String.init)
    }

    private var isCJK: Bool { unicodeScalars.contains { $0.value >= 0x2E80 } }

    /// Whether it begins with a word; in scripts without blanks, whether it has it.
    fileprivate func begins(with word: String) -> Bool {
        hasPrefix(word) || (isCJK && contains(word))
    }

    /// Whether it is the word; in scripts without blanks, whether it ends with it.
    fileprivate func holds(_ word: String) -> Bool { self == word || (isCJK && hasSuffix(word)) }
}
