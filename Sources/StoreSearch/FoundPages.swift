import StoreDomain

/// Where in an order to begin reading, in which direction, and how much.
public struct PageStart: Sendable {
    public var cursor: PageCursor?
    /// Whether rows are read in the opposite order.
    public var isBackward: Bool
    public var skip: Int
    public var limit: Int

    public init(cursor: PageCursor? = nil, isBackward: Bool = false, skip: Int = 0, limit: Int) {
        self.cursor = cursor
        self.isBackward = isBackward
        self.skip = skip
        self.limit = limit
    }

    /// A cursor of another order of products.
    public static let foreignCursor = StoreError.invalid([
        FieldProblem("cursor", "belongs to another order of products")
    ])
}

/// Pages of products that were found, in an order of the catalogue.
public struct FoundPages {
    private let total: Int
    private let perPage: Int
    private let cursor: (Product) -> PageCursor
    private let products: (PageStart) throws -> [Product]

    /// - Parameters:
    ///   - cursor: the product's in the order.
    ///   - products: reads from a start on; in the order, also where it reads backward.
    public init(
        total: Int, perPage: Int, cursor: @escaping (Product) -> PageCursor,
        products: @escaping (PageStart) throws -> [Product]
    ) {
        self.total = total
        self.perPage = perPage
        self.cursor = cursor
        self.products = products
    }

    /// - Throws: what reading the products throws.
    public func page(at position: PagePosition) throws -> ProductPage {
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            return page(number, overflow ? [] : try products(PageStart(skip: skip, limit: perPage)))
        case .after(let cursor, let number):
            return page(number, try products(PageStart(cursor: cursor, limit: perPage)))
        case .before(let cursor, let number):
            let products = try products(PageStart(cursor: cursor, isBackward: true, limit: perPage))
            guard number > 1, products.count == perPage else { return try page(at: .first) }
            return page(number, products)
        case .last:
            let pages = max(1, (total + perPage - 1) / perPage)
            let start = PageStart(isBackward: true, limit: total - (pages - 1) * perPage)
            return page(pages, try products(start))
        }
    }

    private func page(_ number: Int, _ products: [Product]) -> ProductPage {
        ProductPage(
            products: products, number: number, perPage: perPage, total: Count(total),
            first: products.first.map(cursor), last: products.last.map(cursor))
    }
}
