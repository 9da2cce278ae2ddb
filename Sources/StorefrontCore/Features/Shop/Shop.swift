import StoreDomain

/// The pane of the shop that has the keys.
public enum ShopPane: Hashable, Codable, Sendable { case search, categories, table }

/// The shop: which products are wanted, which are there, which one is selected.
public struct ShopState: Feature {
    public static let kind = ScreenKind.shop

    public internal(set) var search = TextInput(limit: 100, content: .codes)
    public internal(set) var category: String?
    public internal(set) var sort: ProductSort = .automatic
    public internal(set) var pane: ShopPane = .table
    public internal(set) var categories: [CategoryCount] = []
    /// The page that is shown; nil before the first came.
    public internal(set) var page: ProductPage?
    public internal(set) var error: StoreError?
    /// The page that was asked for and has not come; nil while none is on its way.
    var wanted: Wanted?
    var list = List()
    /// What the page that is shown was asked with.
    var pageQuery: ProductQuery?
    /// What the last page of all products said.
    var uncounted: Int?

    /// Where the selection goes on a new page.
    public enum Landing: Hashable, Codable, Sendable {
        /// On the same product when it is there, else where it was on the same page, else at the top.
        case sameProduct
        case top, bottom
    }

    /// Which page is on its way, and where the selection goes on it.
    struct Wanted: Hashable, Codable, Sendable {
        let position: PagePosition
        let landing: Landing
    }

    public init() {}

    public var isLoading: Bool { wanted != nil }

    public var pageEnds: PageEnds? {
        PageEnds(hasPrevious: page?.hasPrevious ?? false, hasNext: page?.hasNext ?? false)
    }

    public var query: ProductQuery { ProductQuery(text: search.text, category: category, sort: sort) }
    public var hasFilters: Bool { !search.isEmpty || category != nil || sort != .automatic }

    /// Whether the page that is shown answers what is wanted now.
    var showsQuery: Bool { pageQuery == query }

    /// The row of the category in the side bar; 0 is "All".
    public var categorySelection: Int { (categories.firstIndex { $0.name == category } ?? -1) + 1 }

    /// Within the page.
    public var selection: Int { list.selection }

    public var selected: Product? {
        guard let products = page?.products, products.indices.contains(selection) else { return nil }
        return products[selection]
    }

    /// How many products there are, those without a category included.
    public var totalCount: Int { max(uncounted ?? 0, categories.reduce(0) { $0 + $1.count }) }

    public var field: TextInput? { pane == .search ? search : nil }
    public func copied(_ desk: Desk) -> Copied? { selected?.sku.map { .sku($0) } }
    public func selectedRow(_ desk: Desk) -> Int? { selection }
    public var takesNumbers: Bool { true }
    public var hasPanes: Bool { true }
    public var showsTheShop: Bool { true }
    /// Letters replace a search that is under way, whatever comes of it; the first page counts all products.
    public var typesAhead: Bool { page != nil }
    public var backWaits: Bool { hasFilters || pane != .table }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }

    public func hints(_ desk: Desk) -> [Hint] {
        if pane == .search {
            return [
                Hint(.open, "to the list"), Hint(.down, "to the list"), Hint(.back, "clear"),
                Hint(.openCart),
            ]
        }
        return [
            Hint(.search), Hint(.addOne), Hint(.takeOne), Hint(.open, "details"), Hint(.checkout),
            Hint(.openCart), Hint(.category), Hint(.sort), Hint(.clearFilters, "clear"), Hint(.pageDown),
            Hint(.account, desk.user == nil ? "sign in" : "account"), Hint(.openOrders), Hint(.palette),
        ]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] { refresh(desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch walk {
        case .up: return move(by: -(count ?? 1), desk)
        case .down: return move(by: count ?? 1, desk)
        case .halfPageUp: return move(by: -max(1, desk.viewport.shopRows / 2), desk)
        case .halfPageDown: return move(by: max(1, desk.viewport.shopRows / 2), desk)
        case .pageUp: return turnPage(forward: false, landing: .top, desk)
        case .pageDown: return turnPage(forward: true, landing: .top, desk)
        case .first: return goToEnd(last: false, desk)
        case .last: return goToEnd(last: true, desk)
        }
    }

    private mutating func move(by rows: Int, _ desk: Desk) -> [Step] {
        if pane == .categories {
            return choose(sideBarRow: max(0, categorySelection + rows), desk)
        }
        pane = .table
        guard let page else { return [] }
        let wanted = selection + rows
        if wanted < 0, page.hasPrevious, selection == 0 {
            return turnPage(forward: false, landing: .bottom, desk)
        }
        if wanted >= page.products.count, page.hasNext, selection == page.products.count - 1 {
            return turnPage(forward: true, landing: .top, desk)
        }
        list.select(wanted, of: page.products.count)
        return []
    }

    private mutating func turnPage(forward: Bool, landing: Landing, _ desk: Desk) -> [Step] {
        // A page is under way: keys that come meanwhile would count it twice.
        guard let page, !isLoading else { return [] }
        if forward {
            guard page.hasNext else {
                list.walk(.last, of: page.products.count)
                return []
            }
            let position = page.last.map { PagePosition.after($0, number: page.number + 1) }
            return load(at: position ?? .number(page.number + 1), landing: landing, desk)
        }
        guard page.hasPrevious else {
            list.walk(.first, of: page.products.count)
            return []
        }
        let position = page.first.map { PagePosition.before($0, number: page.number - 1) }
        return load(at: position ?? .number(page.number - 1), landing: landing, desk)
    }

    private mutating func goToEnd(last: Bool, _ desk: Desk) -> [Step] {
        guard let page else { return [] }
        if last ? page.hasNext : page.hasPrevious {
            return load(at: last ? .last : .first, landing: last ? .bottom : .top, desk)
        }
        list.walk(last ? .last : .first, of: page.products.count)
        return []
    }

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        let panes: [ShopPane] =
            desk.viewport.hasSideBar ? [.search, .categories, .table] : [.search, .table]
        let index = panes.firstIndex(of: pane) ?? 0
        pane = panes[(index + (forward ? 1 : panes.count - 1)) % panes.count]
        if pane == .search { search.selectAll() }
        return []
    }

    /// Goes to the search; what stands there is selected, so that the first letter replaces it.
    mutating func goToSearch() {
        pane = .search
        search.selectAll()
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        switch pane {
        case .categories:
            pane = .table
            return []
        case .search:
            pane = .table
            // Scanned into the search: its page may not be there yet, so the store is asked for the code.
            let code = search.text.cleanText
            return ScannedCode.isOne(code) ? desk.lookUp(code, count: 1) : []
        case .table:
            guard let selected else { return [] }
            return count.map { desk.set(selected, to: $0) } ?? [.push(.product(ProductState(selected)))]
        }
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard let count = page?.products.count, row < count else { return false }
        pane = .table
        list.select(row, of: count)
        return true
    }

    public func opens(row: Int) -> Bool { selection == row && pane == .table }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        guard pane == .search else { return [] }
        let before = query.words
        search.apply(edit)
        return query.words == before ? [] : load(at: .first, landing: .top, desk)
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        if pane == .search || pane == .categories {
            let hadText = pane == .search && !search.isEmpty
            pane = .table
            guard hadText else { return [] }
            search.set("")
            return load(at: .first, landing: .sameProduct, desk)
        }
        if hasFilters { return clearFilters(desk) }
        // Nothing has begun here yet: back to how to begin.
        return desk.isFresh ? [.start(.welcome(WelcomeState()))] : []
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { refresh(desk) }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .stockChanged, .reachable: return refresh(desk)
        case .changedElsewhere(let changes):
            if changes.catalogue { return refresh(desk) }
            let isInSight = page?.products.contains { changes.touches(product: $0.id) } ?? false
            return isInSight ? refreshPage(desk) : []
        case .orderChanged, .renewed: return []
        case .resized(let old):
            if !desk.viewport.hasSideBar, pane == .categories { pane = .table }
            return desk.viewport.shopRows == old.shopRows ? [] : refit(desk)
        }
    }
}
