import StoreDomain

/// A delivery or a count while it is scanned: what came, or what is there, product by product.
public struct StockSheet: Hashable, Codable, Sendable {
    public enum Kind: Hashable, Codable, Sendable {
        case receiving
        /// - Parameter isBlind: what the books say is not shown before the count is done.
        case count(isBlind: Bool)
    }

    public struct Line: Hashable, Codable, Sendable {
        public let product: Product
        /// What the books said when the product was scanned first: what is sold meanwhile is no difference.
        public var expected: Int { product.stock.count ?? 0 }
        public internal(set) var quantity: Int
        /// What one piece of a delivery cost; nil where nobody says so.
        public internal(set) var cost: Money?
        /// Whether the cost is the supplier's list's, and nobody set it.
        var costIsOfList = false
        /// What the supplier's list says; nil for what is not on it, or where there is none.
        public internal(set) var announced: Int?
        /// Whether it is there for the list alone: nothing of it was scanned, or all of that was taken out.
        var isOnlyListed = false
        /// Whether somebody typed the cost, or loaded it, who may see what goods cost, and somebody else stands here now
        /// who may not: it is booked and not shown.
        public internal(set) var hidesCost = false

        /// The cost, for whoever stands here.
        public var shownCost: Money? { hidesCost ? nil : cost }
        var delivery: DeliveryDifference { DeliveryDifference(announced: announced, counted: quantity) }
    }

    public let kind: Kind
    /// What the supplier's list is called that the delivery is held against; nil without one.
    public internal(set) var listName: String?
    /// The latest first.
    public internal(set) var lines: [Line] = []
    public internal(set) var list = List()

    init(_ kind: Kind) { self.kind = kind }

    public var pieces: Int { lines.reduce(0) { $0 + $1.quantity } }

    /// What the lines of a delivery whose cost is said and shown cost together; nil where none is.
    public var cost: Money? {
        let costs = lines.filter { $0.quantity > 0 }.compactMap { line in
            line.shownCost.map { $0 * line.quantity }
        }
        return costs.first.map { .sum(costs, currency: $0.currency) }
    }

    public var selected: Line? { list.row(of: lines.count).map { lines[$0] } }

    /// One that was scanned: more of a line that is there, else a new one. It is selected then.
    mutating func add(_ product: Product, _ count: Int) {
        if let row = lines.firstIndex(where: { $0.product.id == product.id }) {
            lines[row].quantity += count
            lines[row].isOnlyListed = false
            list.select(row, of: lines.count)
        } else {
            lines.insert(Line(product: product, quantity: count), at: 0)
            list.select(0, of: lines.count)
        }
    }

    mutating func set(to quantity: Int) {
        guard let row = list.row(of: lines.count) else { return }
        lines[row].quantity = quantity
        lines[row].isOnlyListed = false
    }

    /// - Parameter cost: nil for nothing typed: who does not see a cost leaves it as it is.
    /// - Throws: `invalid` for what no piece can cost, which would be refused when the delivery is booked.
    mutating func set(cost: Money?) throws(StoreError) {
        guard let row = list.row(of: lines.count), cost != nil || !lines[row].hidesCost else { return }
        _ = try StockAdjustment(
            productID: lines[row].product.id, kind: .receiving, quantity: max(1, lines[row].quantity),
            reason: "Delivered", unitCost: cost)
        lines[row].cost = cost
        lines[row].costIsOfList = false
        lines[row].hidesCost = false
    }

    /// Holds what is scanned against a supplier's list: what it says stands in the lines, and where it has a cost and
    /// nobody typed one, that is the line's. An earlier list is forgotten.
    mutating func hold(against delivery: ExpectedDelivery) {
        forgetList()
        listName = delivery.name
        for expected in delivery.lines {
            if let row = lines.firstIndex(where: { $0.product.id == expected.product.id }) {
                lines[row].announced = expected.pieces
                guard lines[row].cost == nil, let cost = expected.unitCost else { continue }
                lines[row].cost = cost
                lines[row].costIsOfList = true
            } else {
                lines.append(
                    Line(
                        product: expected.product, quantity: 0, cost: expected.unitCost,
                        costIsOfList: expected.unitCost != nil, announced: expected.pieces,
                        isOnlyListed: true))
            }
        }
        // Those of the earlier list that stayed for the cost that somebody typed.
        lines.removeAll { $0.isOnlyListed && $0.announced == nil }
        list.select(0, of: lines.count)
    }

    private mutating func forgetList() {
        for row in lines.indices {
            lines[row].announced = nil
            guard lines[row].costIsOfList else { continue }
            lines[row].cost = nil
            lines[row].costIsOfList = false
            lines[row].hidesCost = false
        }
        lines.removeAll { $0.isOnlyListed && $0.cost == nil }
    }

    /// Somebody else stands here now, who may see what goods cost or may not.
    mutating func showCosts(_ isShown: Bool) {
        for row in lines.indices { lines[row].hidesCost = !isShown && lines[row].cost != nil }
    }

    /// How a delivery differs from the supplier's list, line by line; none without one.
    public func delivery(of line: Line) -> DeliveryDifference? { listName == nil ? nil : line.delivery }

    /// How it differs as a whole, as one clause; nil where it does not, or without a list.
    public var differences: String? { listName == nil ? nil : lines.map(\.delivery).summary }

    mutating func takeOut() {
        guard let row = list.row(of: lines.count) else { return }
        // What is on the list stays, as missing.
        guard lines[row].announced != nil else {
            lines.remove(at: row)
            return
        }
        lines[row].quantity = 0
        lines[row].isOnlyListed = true
    }

    /// What is booked of a line.
    public func difference(of line: Line) -> Int {
        switch kind {
        case .receiving: line.quantity
        case .count: line.quantity - line.expected
        }
    }

    /// - Throws: `invalid` for a reason that is none.
    func adjustments(_ reason: String) throws(StoreError) -> [StockAdjustment] {
        var adjustments: [StockAdjustment] = []
        for line in lines.reversed() {
            switch kind {
            case .receiving:
                guard line.quantity > 0 else { continue }
                adjustments.append(
                    try StockAdjustment(
                        productID: line.product.id, kind: .receiving, quantity: line.quantity, reason: reason,
                        unitCost: line.cost))
            case .count:
                adjustments.append(
                    try StockAdjustment(
                        productID: line.product.id, kind: .count, quantity: difference(of: line),
                        reason: reason))
            }
        }
        guard !adjustments.isEmpty else { throw .invalid([FieldProblem("goods", "are none yet")]) }
        return adjustments
    }
}
