import StoreDomain

/// The pane of the shop that has the keys.
public enum ShopPane: Hashable, Sendable { case search, categories, table }

/// The shop: which products are wanted, which are there, which one is selected.
public struct ShopState: Hashable, Sendable {
    public internal(set) var search = TextInput(limit: 100)
    public internal(set) var category: String?
    public internal(set) var sort: ProductSort = .automatic
    public internal(set) var pane: ShopPane = .table
    public internal(set) var categories: [CategoryCount] = []
    /// The page that is shown; nil before the first came.
    public internal(set) var page: ProductPage?
    /// Within the page.
    public internal(set) var selection = 0
    public internal(set) var error: StoreError?
    /// What the page that is shown was asked with.
    var pageQuery: ProductQuery?
    /// The page under way, and where to put the selection when it comes.
    var pending: PendingPage?

    struct PendingPage: Hashable, Sendable {
        let request: RequestID
        let landing: Landing
        let query: ProductQuery
    }

    /// Where the selection goes on a new page.
    enum Landing: Hashable, Sendable {
        /// On the same product when it is there, else at the top.
        case sameProduct(Int64?)
        case top, bottom
    }

    public var isLoading: Bool { pending != nil }
    public var query: ProductQuery { ProductQuery(text: search.text, category: category, sort: sort) }
    public var hasFilters: Bool { !search.isEmpty || category != nil || sort != .automatic }

    /// Whether the page that is shown answers what is wanted now.
    var showsQuery: Bool { pageQuery == query }

    /// The row of the category in the side bar; 0 is "All".
    public var categorySelection: Int { (categories.firstIndex { $0.name == category } ?? -1) + 1 }

    public var selected: Product? {
        guard let products = page?.products, products.indices.contains(selection) else { return nil }
        return products[selection]
    }

    /// How many products there are, those without a category included.
    public var totalCount: Int { max(uncounted ?? 0, categories.reduce(0) { $0 + $1.count }) }
    /// What the last page of all products said.
    var uncounted: Int?
}

extension ProductSort {
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
