import StoreDomain

/// What goods cost: kept of each product with its movements.
public protocol CostTransaction: ShopTransaction {
    /// What is kept of products, and the movements that it does not have yet.
    func costBooks(of productIDs: [Int64]) throws -> [Int64: CostBook]
    /// Products of which movements wait, by id, at most `limit`.
    func productsToCost(limit: Int) throws -> [Int64]
    /// Keeps what products come to; none of their movements waits any more.
    func keep(_ averages: [Int64: StockAverage?]) throws
    /// What one piece of the latest delivery that said so cost.
    func latestCost(of productID: Int64) throws -> Money?

    /// What the latest sale of orders took, by order and product: one that was cancelled may be sold once more.
    func soldGoods(of orderIDs: [Int64]) throws -> [Int64: [Int64: SoldGoods]]
    /// What came back by refunds and by returns without a receipt cost, by refund and product, where all of it is known.
    func costsBack(of refundIDs: [Int64]) throws -> [Int64: [Int64: Int64]]

    /// Counted products with something on the books or below nothing, those worth most first, at most `limit`.
    func stockValues(limit: Int) throws -> [StockValue]
    /// What all of them come to.
    func stockTotal() throws -> SalesFigures
    /// Products behind `id`, by id, at most `limit`, with all of their movements.
    func costHistories(after id: Int64, limit: Int) throws -> [CostHistory]
}

extension SoldGoods {
    /// - Parameters:
    ///   - sold: what orders took, the latest last.
    ///   - back: what came back of them by refunds.
    public static func byOrder(
        sold: [(order: Int64, product: Int64, goods: GoodsCost)],
        back: [(order: Int64, product: Int64, goods: GoodsCost)]
    ) -> [Int64: [Int64: SoldGoods]] {
        var found: [Int64: [Int64: SoldGoods]] = [:]
        for (order, product, goods) in sold {
            found[order, default: [:]][product] = SoldGoods(sold: goods, held: goods)
        }
        for (order, product, goods) in back {
            guard let known = found[order]?[product] else { continue }
            var held = known.held
            held.add(GoodsCost(pieces: -goods.pieces, cost: goods.cost.map { -$0 }))
            found[order]?[product] = SoldGoods(sold: known.sold, held: held)
        }
        return found
    }
}

/// A product as a report of the stock has it.
public struct StockValue: Hashable, Sendable {
    public let productID: Int64
    public let name: String
    public let count: Int
    public let average: StockAverage?

    public init(productID: Int64, name: String, count: Int, average: StockAverage?) {
        self.productID = productID
        self.name = name
        self.count = count
        self.average = average
    }

    public var figures: SalesFigures {
        var figures = SalesFigures()
        figures.stock = Int64(count)
        guard count > 0 else { return figures }
        if let average {
            figures.stockCosted = Int64(count)
            figures.stockValue = average.value
        } else {
            figures.stockUncosted = Int64(count)
        }
        return figures
    }
}

/// All that moved a product, and what is kept of it.
public struct CostHistory: Hashable, Sendable {
    public struct Movement: Hashable, Sendable {
        public let id: Int64
        public let quantity: Int
        public let cost: Int64?
        /// What is kept has it already.
        public let isTakenIn: Bool

        public init(id: Int64, quantity: Int, cost: Int64?, isTakenIn: Bool) {
            self.id = id
            self.quantity = quantity
            self.cost = cost
            self.isTakenIn = isTakenIn
        }
    }

    public let productID: Int64
    public let name: String
    /// What there was before the first movement.
    public let initialCount: Int
    public let kept: StockAverage?
    /// In their order.
    public let movements: [Movement]

    public init(
        productID: Int64, name: String, initialCount: Int, kept: StockAverage?, movements: [Movement]
    ) {
        self.productID = productID
        self.name = name
        self.initialCount = initialCount
        self.kept = kept
        self.movements = movements
    }

    /// Counts it anew from the movements; one sentence for what is not as they say, at most one a product.
    public var difference: String? {
        var stock = CostedStock(count: initialCount)
        for movement in movements where movement.isTakenIn {
            // What goes out takes its share, whatever was written.
            let cost = stock.move(movement.quantity, cost: movement.quantity > 0 ? movement.cost : nil)
            guard movement.quantity < 0, let written = movement.cost, written != cost else { continue }
            return """
                Movement \(movement.id) of product \(productID) (\(name)) says a cost of \(written), but it took goods \
                worth \(cost.map(String.init) ?? "nobody knows how much") (minor units).
                """
        }
        guard kept != stock.average else { return nil }
        return """
            Product \(productID) (\(name)) keeps a cost of \(Self.words(kept)), but its movements come to \
            \(Self.words(stock.average)) (minor units).
            """
    }

    private static func words(_ average: StockAverage?) -> String {
        average.map { "\($0.value) for \($0.pieces)" } ?? "nothing known"
    }
}
