/// Why a stock changed.
public enum StockMovementKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Placing an order took it; quantity below 0.
    case sale
    /// A cancelled order or a refund put it back; quantity above 0.
    case `return`
    /// Delivered; quantity above 0.
    case receiving
    /// Counted: what was there differs from what the books said.
    case count
    /// Broken, stolen or spoiled; quantity below 0.
    case loss
    /// Typed over, as in a product's form or an import.
    case correction

    /// The kinds that a person books by hand.
    public static let byHand: [StockMovementKind] = [.receiving, .count, .loss, .correction]
}

/// One change of a product's stock: Σ movements + initial stock = stock, for ever.
public struct StockMovement: Hashable, Sendable, Codable {
    public let productID: Int64
    public let kind: StockMovementKind
    /// What it added; negative where it took away, never 0.
    public let quantity: Int
    /// The order that it belongs to; nil for what is booked by hand.
    public let orderID: Int64?
    /// Who booked it; nil for the store's operator, or for a movement from before persons were kept.
    public let by: Int64?
    public let reason: String?
    /// What one unit cost the shop, rounded; nil where that is not known, or where the reader may not see it.
    public let unitCost: Money?
    /// What all of it cost, exactly; nil as `unitCost`, and for movements from before it was kept.
    public let cost: Money?
    public let at: Timestamp

    public init(
        productID: Int64, kind: StockMovementKind, quantity: Int, orderID: Int64? = nil, by: Int64? = nil,
        reason: String? = nil, unitCost: Money? = nil, cost: Money? = nil, at: Timestamp
    ) {
        self.productID = productID
        self.kind = kind
        self.quantity = quantity
        self.orderID = orderID
        self.by = by
        self.reason = reason
        self.unitCost = unitCost
        self.cost = cost
        self.at = at
    }

    /// For those who may not see what goods cost.
    public var withoutCost: StockMovement {
        StockMovement(
            productID: productID, kind: kind, quantity: quantity, orderID: orderID, by: by, reason: reason,
            at: at)
    }
}

/// What somebody books by hand.
public struct StockAdjustment: Hashable, Sendable, Codable {
    public let productID: Int64
    public let kind: StockMovementKind
    /// What is added; negative where something is gone.
    public let quantity: Int
    public let reason: String
    public let unitCost: Money?

    /// - Throws: `invalid` for a kind that only documents book, a quantity whose sign does not suit the kind,
    ///   a cost that is negative, too high, or of what goes out, or no reason.
    public init(
        productID: Int64, kind: StockMovementKind, quantity: Int, reason: String, unitCost: Money? = nil
    ) throws(StoreError) {
        let suits =
            switch kind {
            case .receiving: quantity > 0
            case .loss: quantity < 0
            // A count that finds what the books say is one, too.
            case .count: true
            case .correction: quantity != 0
            case .sale, .return: false
            }
        guard suits, quantity.magnitude <= Product.maximumStock.magnitude else {
            throw .invalid([FieldProblem("quantity", "does not suit \(kind.rawValue)")])
        }
        if let unitCost {
            guard (0...Product.maximumPriceMinor).contains(unitCost.minorUnits) else {
                throw .invalid([FieldProblem("unit_cost", "must be 0.00 to 99999999.99")])
            }
            guard quantity > 0 else {
                throw .invalid([
                    FieldProblem("unit_cost", "is of what comes in; what goes out takes the average")
                ])
            }
            guard Int128(unitCost.minorUnits) * Int128(quantity) <= Int128(StockAverage.maximumValue) else {
                throw .invalid([FieldProblem("unit_cost", "makes the delivery worth more than any stock")])
            }
        }
        self.productID = productID
        self.kind = kind
        self.quantity = quantity
        self.reason = try Reason.checked(reason)
        self.unitCost = unitCost
    }
}
