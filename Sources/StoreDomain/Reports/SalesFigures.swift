/// What was sold and given back, in counts and minor units of the shop's currency. Figures of one place and time add
/// up; what came back is counted apart from what was sold.
public struct SalesFigures: Hashable, Sendable, Codable {
    /// Documents: sales, or the tenders of one kind.
    public var sales: Int64 = 0
    public var pieces: Int64 = 0
    /// What discounts of single lines took off.
    public var lineDiscounts: Int64 = 0
    /// What discounts of whole sales took off.
    public var orderDiscounts: Int64 = 0
    /// Without tax. For tenders, what was taken.
    public var net: Int64 = 0
    public var tax: Int64 = 0
    public var refunds: Int64 = 0
    public var piecesBack: Int64 = 0
    /// Without tax. For tenders, what was handed out.
    public var netBack: Int64 = 0
    public var taxBack: Int64 = 0
    /// How many of the refunds are voids.
    public var voids: Int64 = 0
    /// Their part of what went back, with tax.
    public var voided: Int64 = 0
    /// What cash rounding added to sales, less what it added to refunds.
    public var rounding: Int64 = 0
    /// What was paid for gift cards, less what went back for them: no turnover.
    public var giftCards: Int64 = 0

    public init() {}

    /// Each figure with the name of its column.
    public static let columns: [(name: String, path: any WritableKeyPath<SalesFigures, Int64> & Sendable)] = [
        ("sales", \.sales), ("pieces", \.pieces), ("line_discounts", \.lineDiscounts),
        ("order_discounts", \.orderDiscounts), ("net", \.net), ("tax", \.tax), ("refunds", \.refunds),
        ("pieces_back", \.piecesBack), ("net_back", \.netBack), ("tax_back", \.taxBack), ("voids", \.voids),
        ("voided", \.voided), ("rounding", \.rounding), ("gift_cards", \.giftCards),
    ]

    /// - Parameter values: in the order of `columns`; those that are missing are 0.
    public init(values: some Sequence<Int64>) {
        for (column, value) in zip(Self.columns, values) { self[keyPath: column.path] = value }
    }

    /// In the order of `columns`.
    public var values: [Int64] { Self.columns.map { self[keyPath: $0.path] } }

    public var isZero: Bool { self == SalesFigures() }

    public static func + (left: SalesFigures, right: SalesFigures) -> SalesFigures {
        var sum = left
        sum.add(right)
        return sum
    }

    public mutating func add(_ other: SalesFigures) {
        for column in Self.columns { self[keyPath: column.path] += other[keyPath: column.path] }
    }

    /// The same with every sign turned.
    public var negated: SalesFigures { SalesFigures(values: values.map { -$0 }) }

    // MARK: - Sums of them

    /// What the sales would have come to without any discount, with tax.
    public var gross: Int64 { net + tax + discounts }
    public var discounts: Int64 { lineDiscounts + orderDiscounts }
    /// What went back, with tax.
    public var refunded: Int64 { netBack + taxBack }
    /// gross − discounts − refunds, with tax: what a Z report calls net sales.
    public var turnover: Int64 { net + tax - refunded }
    /// The turnover without tax.
    public var turnoverNet: Int64 { net - netBack }
    public var taxDue: Int64 { tax - taxBack }
    /// What all tenders come to.
    public var tendered: Int64 { turnover + giftCards + rounding }
}
