import StoreDomain

/// One product in full.
public struct ProductState: Feature {
    public static let kind = ScreenKind.product

    public internal(set) var product: Product
    public internal(set) var error: StoreError?
    /// For those who may see it; nil until it is loaded.
    public private(set) var cost: ProductCost?
    private var firstLine = 0

    /// What is known of the product already; the rest is loaded.
    public init(_ product: Product) { self.product = product }

    public var takesNumbers: Bool { true }
    public func copied(_ desk: Desk) -> Copied? { product.sku.map { .sku($0) } }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }
    public var scroll: Int? {
        get { firstLine }
        set { firstLine = newValue ?? 0 }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        [Hint(.addOne), Hint(.takeOne), Hint(.checkout), Hint(.back), Hint(.openCart)]
    }

    public func openAvailability(_ desk: Desk) -> Availability { desk.number == nil ? .absent : .enabled }

    /// A number, then Enter: that many in the cart.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        count.map { desk.set(product, to: $0) } ?? []
    }

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        let costs: [Step] = desk.principal.allows(.seeCost) ? [.ask(.product(.cost(product.id)))] : []
        if costs.isEmpty { cost = nil }
        return [.ask(.product(.load(product.id)))] + costs
    }
    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        // Another one may stand here now, who does not see what it costs.
        case .stockChanged, .reachable, .renewed: return enter(&desk)
        case .changedElsewhere(let changes):
            return changes.touches(product: product.id) ? enter(&desk) : []
        case .orderChanged, .resized: return []
        }
    }

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .product(let action) = reply else { return [] }
        switch action {
        case .loaded(.success(let product)):
            self.product = product
            error = nil
        case .loaded(.failure(let error)):
            self.error = error
            desk.say(error)
        case .costed(.success(let cost)):
            guard cost.productID == product.id else { return [] }
            self.cost = cost
        case .costed(.failure(let error)):
            cost = nil
            desk.say(error)
        }
        return []
    }
}

public enum ProductRequest: Hashable, Codable, Sendable {
    case load(Int64)
    /// What it costs the shop.
    case cost(Int64)

    var terms: Terms {
        switch self {
        case .load:
            Terms(
                slot: "product", title: "Loading the product", isPublic: true, screen: .product,
                keepsBack: .onScreen)
        case .cost: Terms(slot: "product cost", screen: .product)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> ProductAction {
        switch self {
        case .load(let id):
            .loaded(
                await .of { () throws(StoreError) in try await outside.services.catalog.product(id) })
        case .cost(let id): .costed(await .cost(of: id, outside, principal))
        }
    }
}

public enum ProductAction: Hashable, Codable, Sendable {
    case loaded(Answer<Product>)
    case costed(Answer<ProductCost>)

    var failure: StoreError? {
        switch self {
        case .loaded(let answer): answer.failure
        case .costed(let answer): answer.failure
        }
    }
}

extension Answer<ProductCost> {
    /// What a product costs, for the screens that show it.
    static func cost(of id: Int64, _ outside: Outside, _ principal: Principal) async -> Answer<ProductCost> {
        await .of { () throws(StoreError) in
            guard let stock = outside.services.counter?.stock else { throw .unsupported("what goods cost") }
            return try await stock.cost(of: id, as: principal)
        }
    }
}
