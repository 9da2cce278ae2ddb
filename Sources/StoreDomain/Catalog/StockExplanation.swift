/// Why a product has the stock that it has: its movements, and what there was after each.
public struct StockExplanation: Hashable, Sendable, Codable {
    public let product: Product
    /// The latest first.
    public let movements: [StockMovement]
    /// Earlier movements are left out.
    public let isCut: Bool
    /// What the product costs; nil where the reader may not see that.
    public let cost: ProductCost?

    public init(product: Product, movements: [StockMovement], isCut: Bool, cost: ProductCost? = nil) {
        self.product = product
        self.movements = movements
        self.isCut = isCut
        self.cost = cost
    }

    /// Each movement with the stock after it, the latest first; none for what nobody counts.
    public var steps: [(movement: StockMovement, stock: Int)] {
        guard var stock = product.stock.count else { return [] }
        return movements.map { movement in
            defer { stock -= movement.quantity }
            return (movement, stock)
        }
    }

    /// What there was before the first movement here.
    public var start: Int? { product.stock.count.map { $0 - movements.reduce(0) { $0 + $1.quantity } } }
}
