/// What is kept of a product's cost, and the movements that it does not have yet: another service wrote them, or a
/// version that knew no cost.
public struct CostBook: Hashable, Sendable {
    /// A movement that is not in the average yet.
    public struct Pending: Hashable, Sendable {
        public let quantity: Int
        /// What those that came in cost together; nil for none of its own.
        public let cost: Int64?

        public init(quantity: Int, cost: Int64?) {
            self.quantity = quantity
            self.cost = cost
        }
    }

    /// The pieces on the books, with those of `pending`.
    public let count: Int
    /// Without `pending`.
    public let average: StockAverage?
    /// In their order.
    public let pending: [Pending]

    public init(count: Int, average: StockAverage?, pending: [Pending] = []) {
        self.count = count
        self.average = average
        self.pending = pending
    }

    /// With what was pending.
    public var stock: CostedStock {
        var stock = CostedStock(count: count - pending.reduce(0) { $0 + $1.quantity }, average: average)
        for movement in pending { stock.move(movement.quantity, cost: movement.cost) }
        return stock
    }
}

/// Pieces of one product with what they cost together, in minor units; nil where the cost of any of them is not known.
public struct GoodsCost: Hashable, Sendable {
    public private(set) var pieces: Int
    public private(set) var cost: Int64?

    public init(pieces: Int = 0, cost: Int64? = 0) {
        self.pieces = pieces
        self.cost = cost
    }

    public mutating func add(_ other: GoodsCost) {
        pieces += other.pieces
        cost = cost.flatMap { own in other.cost.map { own + $0 } }
    }

    /// Takes pieces out with their share of the cost, so that the last one takes what is left.
    ///
    /// - Returns: what they cost; nil where that is not known, or where there are not so many.
    mutating func take(_ quantity: Int) -> Int64? {
        guard let cost, quantity <= pieces else { return nil }
        let share = StockAverage.share(of: cost, quantity, among: pieces)
        pieces -= quantity
        self.cost = cost - share
        return share
    }
}

/// What an order took of one product.
public struct SoldGoods: Hashable, Sendable {
    /// What it sold: what its sale took, less what was given up when it was cancelled.
    public let sold: GoodsCost
    /// What is left of that with its buyer.
    public let held: GoodsCost

    public init(sold: GoodsCost, held: GoodsCost) {
        self.sold = sold
        self.held = held
    }
}

/// Gives movements their cost, as the last step before they are stored.
public enum Costing {
    /// - Parameters:
    ///   - books: of every product that moves.
    ///   - goods: by order and product, of the orders of which something comes back.
    /// - Returns: the movements with their cost, and what is to be kept of each product.
    public static func priced(
        _ movements: [NewMovement], books: [Int64: CostBook], goods: [Int64: [Int64: SoldGoods]],
        currency: Currency
    ) -> (movements: [NewMovement], averages: [Int64: StockAverage?]) {
        var stocks = books.mapValues(\.stock)
        var held = goods.mapValues { $0.mapValues(\.held) }
        let priced = movements.map { movement -> NewMovement in
            guard var stock = stocks[movement.productID] else { return movement }
            defer { stocks[movement.productID] = stock }
            let cost: Int64?
            if movement.kind == .return, case .standing(let order)? = movement.order {
                // It comes back at what it went out for. Where nobody knows that, the stock takes it at the average,
                // but what was sold keeps its unknown cost.
                cost = held[order]?[movement.productID]?.take(movement.quantity)
                stock.move(movement.quantity, cost: cost)
            } else {
                let own = movement.unitCost.map {
                    StockAverage.share(of: $0.minorUnits, movement.quantity, among: 1)
                }
                cost = stock.move(movement.quantity, cost: movement.quantity > 0 ? own : nil)
            }
            return movement.costing(cost, currency)
        }
        return (priced, stocks.mapValues(\.average))
    }
}

extension NewMovement {
    /// - Parameter total: what all of it cost; nil where that is not known.
    fileprivate func costing(_ total: Int64?, _ currency: Currency) -> NewMovement {
        let unit = total.map {
            Money(
                minorUnits: StockAverage.share(of: $0, 1, among: Int(quantity.magnitude)), currency: currency)
        }
        return NewMovement(
            productID: productID, kind: kind, quantity: quantity, order: order, reason: reason,
            unitCost: quantity > 0 ? unitCost ?? unit : unit,
            cost: total.map { Money(minorUnits: $0, currency: currency) }, isOfRefund: isOfRefund)
    }
}

/// What a product costs the shop: for those who may see it.
public struct ProductCost: Hashable, Sendable, Codable {
    public let productID: Int64
    public let stock: Stock
    /// What one piece costs by moving average; nil where that is not known.
    public let average: Money?
    /// What is on the books is worth; nil where that is not known, and for a product that nobody counts.
    public let value: Money?
    /// What one piece of the latest delivery cost that said so.
    public let latest: Money?

    public init(productID: Int64, stock: Stock, average: Money?, value: Money?, latest: Money?) {
        self.productID = productID
        self.stock = stock
        self.average = average
        self.value = value
        self.latest = latest
    }

    public init(productID: Int64, stock: Stock, _ book: CostBook, latest: Money?, currency: Currency) {
        let costed = book.stock
        func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
        self.init(
            productID: productID, stock: stock, average: costed.average.map { money($0.unitCost) },
            value: stock.isTracked ? costed.value.map(money) : nil, latest: latest)
    }
}
