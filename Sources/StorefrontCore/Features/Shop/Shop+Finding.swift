import StoreDomain

/// Filters and pages.
extension ShopState {
    // MARK: - Filters

    /// Shows the category of a row of the side bar, 0 being "All"; the last one beyond the end.
    mutating func choose(sideBarRow row: Int, _ desk: Desk) -> [Step] {
        let row = min(row, categories.count)
        return show(category: row < 1 ? nil : categories[row - 1].name, desk)
    }

    public mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step] {
        switch choice {
        case .category(let category): return show(category: category, desk)
        case .sort(let sort):
            guard sort != self.sort else { return [] }
            self.sort = sort
            return load(at: .first, landing: .sameProduct, desk)
        case .command, .status, .theme, .product, .parkedSale, .tender, .reason, .refundMethod,
            .customer, .newCustomer, .country, .office, .macro, .tester:
            return []
        }
    }

    private mutating func show(category: String?, _ desk: Desk) -> [Step] {
        guard category != self.category else { return [] }
        self.category = category
        return load(at: .first, landing: .sameProduct, desk)
    }

    mutating func clearFilters(_ desk: Desk) -> [Step] {
        search.set("")
        category = nil
        sort = .automatic
        return load(at: .first, landing: .sameProduct, desk)
    }

    /// Searches for words that are known from the start.
    mutating func look(for words: String, _ desk: Desk) -> [Step] {
        search.set(words)
        return load(at: .first, landing: .top, desk)
    }

    /// As for the next customer: all products, nothing searched for.
    mutating func startOver() {
        search.set("")
        category = nil
        sort = .automatic
        pane = .table
    }

    var categoryPicker: Picker {
        let all = Picker.Item(.category(nil), label: "All", detail: "\(totalCount)")
        let items = categories.map {
            Picker.Item(.category($0.name), label: $0.name, detail: "\($0.count)")
        }
        return Picker(.categories, title: "Category", items: [all] + items, selected: .category(category))
    }

    var sortPicker: Picker {
        let searching = !query.words.isEmpty
        let items = ProductSort.allCases.compactMap { sort -> Picker.Item? in
            // Without a search, "automatic" is what "newest" says.
            if sort == .newest, !searching { return nil }
            return Picker.Item(.sort(sort), label: sort.title(searching: searching))
        }
        return Picker(.sorts, title: "Sort by", items: items, selected: .sort(sort))
    }

    // MARK: - Loading

    /// - Parameter keepsAnchor: the product to stay on is the one that was remembered before.
    mutating func load(
        at position: PagePosition, landing: Landing, keepsAnchor: Bool = false, _ desk: Desk
    ) -> [Step] {
        wanted = Wanted(position: position, landing: landing)
        if landing == .sameProduct, !keepsAnchor { list.remember(selected?.id) }
        return [
            .ask(
                .shop(
                    .page(query, position, perPage: max(1, desk.viewport.shopRows), landing: landing)))
        ]
    }

    /// The same page once more, or the one that is on its way, and the categories: anything may have changed.
    mutating func refresh(_ desk: Desk) -> [Step] { refreshPage(desk) + [.ask(.shop(.categories))] }

    /// The same page once more, or the one that is on its way: stock may have changed.
    mutating func refreshPage(_ desk: Desk) -> [Step] {
        let number = showsQuery ? page?.number : nil
        guard let wanted else { return load(at: .number(number ?? 1), landing: .sameProduct, desk) }
        return load(at: wanted.position, landing: wanted.landing, keepsAnchor: true, desk)
    }

    /// The page with the selected row, for another number of rows.
    mutating func refit(_ desk: Desk) -> [Step] {
        guard let page, showsQuery else {
            return isLoading ? load(at: .first, landing: .top, desk) : []
        }
        let row = page.firstRow - 1 + selection
        let number = row / max(1, desk.viewport.shopRows) + 1
        return load(at: .number(number), landing: .sameProduct, desk)
    }

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .shop(let action) = reply else { return [] }
        switch action {
        case .page(let query, let landing, let answer):
            wanted = nil
            switch answer {
            case .success(let page): return show(page, of: query, landing, desk)
            case .failure(let error):
                self.error = error
                if page != nil { desk.say(error) }
            }
        case .categories(.success(let categories)): self.categories = categories
        case .categories(.failure(let error)): desk.say(error)
        // Heard by the program, wherever a code was scanned.
        case .code: break
        }
        return []
    }

    private mutating func show(
        _ page: ProductPage, of query: ProductQuery, _ landing: Landing, _ desk: Desk
    ) -> [Step] {
        error = nil
        // Rows left since the page was asked for: the last page there is takes its place.
        if page.products.isEmpty, page.number > 1 { return load(at: .last, landing: .bottom, desk) }
        let isSameQuery = pageQuery == query
        self.page = page
        if query.category == nil, query.words.isEmpty, page.total.isExact { uncounted = page.total.value }
        pageQuery = query
        switch landing {
        case .top: list = List()
        case .bottom: list.walk(.last, of: page.products.count)
        case .sameProduct:
            list.restore(in: page.products.map(\.id), orRow: isSameQuery ? selection : 0)
        }
        return []
    }
}

extension ProductSort {
    /// The one that a click on the title of names leads to: by name, and from there back.
    public var afterNameTitle: ProductSort { self == .name ? .automatic : .name }

    /// The one that a click on the title of prices leads to: upwards, and from there downwards.
    public var afterPriceTitle: ProductSort { self == .priceUp ? .priceDown : .priceUp }

    /// Through all that columns show, and back.
    var next: ProductSort {
        switch self {
        case .automatic, .newest: .name
        case .name: .priceUp
        case .priceUp: .priceDown
        case .priceDown: .automatic
        }
    }

    /// As the screen names it; a search changes what "automatic" means.
    public func title(searching: Bool) -> String {
        switch self {
        case .automatic: searching ? "Best match" : "Newest"
        case .newest: "Newest"
        case .name: "Name"
        case .priceUp: "Price, low first"
        case .priceDown: "Price, high first"
        }
    }
}

public enum ShopRequest: Hashable, Codable, Sendable {
    case page(ProductQuery, PagePosition, perPage: Int, landing: ShopState.Landing)
    case categories
    /// The product with this code, or of this label of a scale.
    case code(String, label: ScaleLabel? = nil, count: Int)

    var terms: Terms {
        switch self {
        case .page:
            Terms(
                slot: "page", title: "Loading products", isPublic: true, screen: .shop, keepsBack: .onScreen)
        case .categories: Terms(isPublic: true, screen: .shop, keepsBack: .onScreen)
        case .code: Terms(title: "Looking up the code", keepsBack: .all)
        }
    }

    func answered(by outside: Outside) async -> ShopAction {
        let catalog = outside.services.catalog
        return switch self {
        case .page(let query, let position, let perPage, let landing):
            .page(
                query, landing,
                await .of { () throws(StoreError) in
                    try await catalog.page(query, at: position, perPage: perPage)
                })
        case .categories:
            .categories(await .of { () throws(StoreError) in try await catalog.categories() })
        case .code(let code, let label, let count):
            .code(
                code, label: label, count: count,
                await .of { () throws(StoreError) in
                    guard let label else { return try await catalog.product(code: code) }
                    return try await catalog.product(of: label)
                })
        }
    }
}

public enum ShopAction: Hashable, Codable, Sendable {
    case page(ProductQuery, ShopState.Landing, Answer<ProductPage>)
    case categories(Answer<[CategoryCount]>)
    case code(String, label: ScaleLabel?, count: Int, Answer<Product>)

    var failure: StoreError? {
        switch self {
        case .page(_, _, let answer): answer.failure
        case .categories(let answer): answer.failure
        case .code(_, _, _, let answer): answer.failure
        }
    }
}

extension CatalogService {
    /// The product that a scale's label is on: by the article as its SKU or barcode, with or without its zeros in
    /// front, or by the label's code without weight and price as its barcode.
    ///
    /// - Throws: `notFound` with the label's code.
    fileprivate func product(of label: ScaleLabel) async throws(StoreError) -> Product {
        let short = String(label.article.drop { $0 == "0" })
        for code in [label.article, label.blankCode, short] where !code.isEmpty {
            do throws(StoreError) { return try await product(code: code) } catch {
                guard case .notFound = error else { throw error }
            }
        }
        throw .notFound(.productCode(label.code))
    }
}
