/// The order in which products are listed.
public enum ProductSort: String, Hashable, Sendable, Codable, CaseIterable {
    /// Best match first when there is a search, else newest first.
    case automatic
    case newest
    case name
    case priceUp = "price"
    case priceDown = "-price"
}

/// Which products, in which order.
public struct ProductQuery: Hashable, Sendable, Codable {
    /// Words to find in name, description, SKU and barcode; blank for all products.
    public var text: String
    /// A category's name; nil for all.
    public var category: String?
    public var sort: ProductSort

    public init(text: String = "", category: String? = nil, sort: ProductSort = .automatic) {
        self.text = text
        self.category = category
        self.sort = sort
    }

    /// The words of the search, as the index splits text: runs of letters, marks and digits, folded.
    public var words: [String] { SearchWords.split(text) }
}

/// Where a page starts: by number, or (cheaper) next to a page that is known.
public enum PagePosition: Hashable, Sendable, Codable {
    /// Counted from 1.
    case number(Int)
    case last
    /// The page behind the one that ended with this cursor, and the number it will have.
    case after(PageCursor, number: Int)
    /// The page before the one that began with this cursor, and the number it will have.
    case before(PageCursor, number: Int)

    public static let first = PagePosition.number(1)
}

/// A row's place in an order: the values of the sort columns, the id last. Made by a service, opaque to
/// others.
public struct PageCursor: Hashable, Sendable, Codable {
    public enum Value: Hashable, Sendable, Codable {
        case integer(Int64)
        case text(String)
    }

    public let values: [Value]

    public init(_ values: [Value]) { self.values = values }
}

/// How many there are.
public struct Count: Hashable, Sendable, Codable {
    public let value: Int
    /// False when counting stopped there: there are `value` or more.
    public let isExact: Bool

    public init(_ value: Int, isExact: Bool = true) {
        self.value = value
        self.isExact = isExact
    }

    /// The number of pages of `perPage` rows, at least 1; nil when the count is not exact.
    public func pages(perPage: Int) -> Int? {
        isExact ? max(1, (value + perPage - 1) / perPage) : nil
    }
}

/// One page of the catalogue.
public struct ProductPage: Hashable, Sendable, Codable {
    public let products: [Product]
    /// Counted from 1.
    public let number: Int
    public let perPage: Int
    public let total: Count
    /// Cursors of the first and last row; nil on an empty page or where the service has none.
    public let first: PageCursor?
    public let last: PageCursor?

    public init(
        products: [Product], number: Int, perPage: Int, total: Count, first: PageCursor? = nil,
        last: PageCursor? = nil
    ) {
        self.products = products
        self.number = number
        self.perPage = perPage
        self.total = total
        self.first = first
        self.last = last
    }

    /// The number of the first row among all, counted from 1.
    public var firstRow: Int { (number - 1) * perPage + 1 }
    public var lastRow: Int { firstRow + products.count - 1 }

    /// Whether a page follows.
    public var hasNext: Bool { lastRow < total.value || (!total.isExact && products.count == perPage) }
    public var hasPrevious: Bool { number > 1 }
}
