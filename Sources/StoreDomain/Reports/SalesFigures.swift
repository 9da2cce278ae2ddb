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
    /// The part of `net` whose goods' cost is known.
    public var costed: Int64 = 0
    /// What the goods of that part cost.
    public var cost: Int64 = 0
    /// The part of `netBack` whose goods' cost is known.
    public var costedBack: Int64 = 0
    /// What the goods of that part cost.
    public var costBack: Int64 = 0

    // Of a report of the stock; not kept by day.

    /// Pieces on the books.
    public var stock: Int64 = 0
    /// Those of them whose cost is known; a stock below 0 has none.
    public var stockCosted: Int64 = 0
    /// Those whose cost is not known.
    public var stockUncosted: Int64 = 0
    /// What those cost.
    public var stockValue: Int64 = 0

    public init() {}

    /// Each figure that is kept by day, with the name of its column.
    public static let columns: [(name: String, path: any WritableKeyPath<SalesFigures, Int64> & Sendable)] = [
        ("sales", \.sales), ("pieces", \.pieces), ("line_discounts", \.lineDiscounts),
        ("order_discounts", \.orderDiscounts), ("net", \.net), ("tax", \.tax), ("refunds", \.refunds),
        ("pieces_back", \.piecesBack), ("net_back", \.netBack), ("tax_back", \.taxBack), ("voids", \.voids),
        ("voided", \.voided), ("rounding", \.rounding), ("gift_cards", \.giftCards), ("costed", \.costed),
        ("cost", \.cost), ("costed_back", \.costedBack), ("cost_back", \.costBack),
    ]

    /// Those of the columns that say what goods cost, under the same names.
    public static let costColumns = columns.filter {
        ["costed", "cost", "costed_back", "cost_back"].contains($0.name)
    }

    /// Each figure of the stock, with its name for other programs.
    public static let stockColumns:
        [(name: String, path: any WritableKeyPath<SalesFigures, Int64> & Sendable)] = [
            ("stock", \.stock), ("stock_costed", \.stockCosted), ("stock_uncosted", \.stockUncosted),
            ("stock_value", \.stockValue),
        ]

    /// - Parameter values: in the order of `columns`; those that are missing are 0.
    public init(values: some Sequence<Int64>) {
        // One by one: through key paths, a report of a year would spend most of its time here.
        var rest = values.makeIterator()
        func next() -> Int64 { rest.next() ?? 0 }
        sales = next()
        pieces = next()
        lineDiscounts = next()
        orderDiscounts = next()
        net = next()
        tax = next()
        refunds = next()
        piecesBack = next()
        netBack = next()
        taxBack = next()
        voids = next()
        voided = next()
        rounding = next()
        giftCards = next()
        costed = next()
        cost = next()
        costedBack = next()
        costBack = next()
    }

    /// In the order of `columns`.
    public var values: [Int64] {
        [
            sales, pieces, lineDiscounts, orderDiscounts, net, tax, refunds, piecesBack, netBack, taxBack,
            voids,
            voided, rounding, giftCards, costed, cost, costedBack, costBack,
        ]
    }

    public var isZero: Bool { self == SalesFigures() }

    public static func + (left: SalesFigures, right: SalesFigures) -> SalesFigures {
        var sum = left
        sum.add(right)
        return sum
    }

    public mutating func add(_ other: SalesFigures) {
        sales += other.sales
        pieces += other.pieces
        lineDiscounts += other.lineDiscounts
        orderDiscounts += other.orderDiscounts
        net += other.net
        tax += other.tax
        refunds += other.refunds
        piecesBack += other.piecesBack
        netBack += other.netBack
        taxBack += other.taxBack
        voids += other.voids
        voided += other.voided
        rounding += other.rounding
        giftCards += other.giftCards
        costed += other.costed
        cost += other.cost
        costedBack += other.costedBack
        costBack += other.costBack
        stock += other.stock
        stockCosted += other.stockCosted
        stockUncosted += other.stockUncosted
        stockValue += other.stockValue
    }

    /// For those who may not see what goods cost.
    public var withoutCost: SalesFigures {
        var figures = self
        for column in Self.costColumns { figures[keyPath: column.path] = 0 }
        return figures
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
    /// The part of the turnover without tax whose goods' cost is not known.
    public var uncosted: Int64 { turnoverNet - (costed - costedBack) }
    /// What the goods of the other part cost.
    public var costOfGoods: Int64 { cost - costBack }
    /// What that part brought above its cost.
    public var margin: Int64 { costed - costedBack - costOfGoods }
    /// Whether the cost of nothing that was sold or came back is known: what it cost and what it brought is unknown then,
    /// and not 0.
    public var isCostUnknown: Bool {
        (net != 0 || netBack != 0) && costed == 0 && costedBack == 0 && cost == 0 && costBack == 0
    }
    /// `costOfGoods`; nil where no cost is known.
    public var knownCost: Int64? { isCostUnknown ? nil : costOfGoods }
    /// `margin`; nil where no cost is known.
    public var knownMargin: Int64? { isCostUnknown ? nil : margin }
    /// The margin in tenths of a percent of what it is of, rounded half away from zero; nil where nothing was sold whose
    /// cost is known.
    public var marginPerMille: Int64? {
        let base = costed - costedBack
        guard base > 0 else { return nil }
        let doubled = 2 * Int128(margin) * 1_000
        let rounded = (doubled + (doubled < 0 ? -1 : 1) * Int128(base)) / (2 * Int128(base))
        return Int64(clamping: rounded)
    }
    /// `stockValue`; nil where pieces are on the books and no cost of any is known.
    public var knownStockValue: Int64? { stockUncosted > 0 && stockCosted == 0 ? nil : stockValue }
    /// What one of the pieces on the books costs, rounded half away from zero; nil where that is not known.
    public var averageCost: Int64? {
        stockCosted > 0 ? (2 * stockValue + stockCosted) / (2 * stockCosted) : nil
    }
    /// What all tenders come to.
    public var tendered: Int64 { turnover + giftCards + rounding }
}
