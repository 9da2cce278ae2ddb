/// What a report is about.
public enum ReportKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// By day; by month where the period is long.
    case sales
    case hours, weekdays, products, categories, cashiers, tenders, tax, discounts, refunds
    /// What was sold less what it cost, by product.
    case margin
    case marginCategories = "margin-categories"
    /// By day; by month where the period is long.
    case marginDays = "margin-days"
    /// What is on the books now, whatever the period.
    case stock

    public var title: String {
        switch self {
        case .sales: "Sales"
        case .hours: "Hours"
        case .weekdays: "Weekdays"
        case .products: "Products"
        case .categories: "Categories"
        case .cashiers: "Cashiers"
        case .tenders: "Tenders"
        case .tax: "Tax"
        case .discounts: "Discounts"
        case .refunds: "Refunds"
        case .margin: "Margin"
        case .marginCategories: "Margin of categories"
        case .marginDays: "Margin of days"
        case .stock: "Stock value"
        }
    }

    /// Whether it says what goods cost, which not everybody may see.
    public var tellsCost: Bool {
        switch self {
        case .sales, .hours, .weekdays, .products, .categories, .cashiers, .tenders, .tax, .discounts,
            .refunds:
            false
        case .margin, .marginCategories, .marginDays, .stock: true
        }
    }

    /// Whether it is about a period; else about now.
    public var hasPeriod: Bool { self != .stock }

    /// What its rows are headed.
    public var rowTitle: String {
        switch self {
        case .sales, .marginDays: "Day"
        case .hours: "Hour"
        case .weekdays: "Weekday"
        case .products, .margin, .stock: "Product"
        case .categories, .marginCategories: "Category"
        case .cashiers: "Cashier"
        case .tenders: "Tender"
        case .tax: "Rate"
        case .discounts: "Discount"
        case .refunds: "Reason"
        }
    }
}

/// Which days a report is about. Periods without dates end today, by the shop's calendar.
public enum ReportPeriod: Hashable, Sendable, Codable {
    case today
    /// From Monday.
    case week
    case month, year
    case span(ReportSpan)

    public func span(today: ShopDay) -> ReportSpan {
        switch self {
        case .today: ReportSpan(today)
        case .week: ReportSpan(since: today.startOfWeek, today: today)
        case .month: ReportSpan(since: today.startOfMonth, today: today)
        case .year:
            ReportSpan(since: ShopDay(year: today.year, month: 1, day: 1) ?? today, today: today)
        case .span(let span): span
        }
    }
}

/// What a period is compared with.
public enum ReportComparison: String, Hashable, Sendable, Codable, CaseIterable {
    case none
    /// As many days just before.
    case before
    /// The same days a year before.
    case year

    public func span(of span: ReportSpan) -> ReportSpan? {
        switch self {
        case .none: nil
        case .before: span.before
        case .year: span.lastYear
        }
    }

    public var words: String {
        switch self {
        case .none: "compared with nothing"
        case .before: "compared with the days before"
        case .year: "compared with the year before"
        }
    }
}

/// What is asked for.
public struct ReportQuery: Hashable, Sendable, Codable {
    public var kind: ReportKind
    public var period: ReportPeriod
    public var comparison: ReportComparison
    /// How many rows at most, 1…10,000; days and hours are never cut.
    public var limit: Int

    public static let mostRows = 10_000
    /// Twenty years.
    public static let mostDays = 7_306

    public init(
        _ kind: ReportKind, _ period: ReportPeriod, comparison: ReportComparison = .none, limit: Int = 200
    ) {
        self.kind = kind
        self.period = period
        self.comparison = comparison
        self.limit = limit
    }
}

/// What was sold in a period, from the sums that are kept with each sale.
public struct Report: Hashable, Sendable, Codable {
    public struct Row: Hashable, Sendable, Codable {
        /// What the row is by, for machines: a date, a month, an hour, an id, a rate.
        public let key: String
        /// For people.
        public let title: String
        public let figures: SalesFigures
        /// The same of the period that it is compared with; nil without one.
        public let before: SalesFigures?

        public init(key: String, title: String, figures: SalesFigures, before: SalesFigures?) {
            self.key = key
            self.title = title
            self.figures = figures
            self.before = before
        }
    }

    /// What one hour of a weekday came to in the whole period, in minor units.
    public struct Cell: Hashable, Sendable, Codable {
        public let weekday: ShopWeekday
        /// 0…23
        public let hour: Int
        public let turnover: Int64

        public init(weekday: ShopWeekday, hour: Int, turnover: Int64) {
            self.weekday = weekday
            self.hour = hour
            self.turnover = turnover
        }
    }

    public let kind: ReportKind
    public let span: ReportSpan
    public let compared: ReportSpan?
    public let currency: Currency
    public let rows: [Row]
    /// Of the whole period, whatever the rows are.
    public let total: SalesFigures
    public let totalBefore: SalesFigures?
    /// Weekdays by hours, of reports on either; empty in others.
    public let cells: [Cell]

    public init(
        kind: ReportKind, span: ReportSpan, compared: ReportSpan?, currency: Currency, rows: [Row],
        total: SalesFigures, totalBefore: SalesFigures?, cells: [Cell] = []
    ) {
        self.kind = kind
        self.span = span
        self.compared = compared
        self.currency = currency
        self.rows = rows
        self.total = total
        self.totalBefore = totalBefore
        self.cells = cells
    }

    public func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
}

/// A figure of a report's rows, under the title that screens, lines, files and commands share.
public enum ReportColumn: String, Hashable, Sendable, CaseIterable {
    case sales, pieces, gross, discounts, refunded, turnover, net, tax
    case taken, handedOut, netSold, taxSold, netBack, taxBack, refunds, voids, given
    case uncosted, cost, marginPercent, margin
    case stock, stockUncosted, averageCost, stockValue

    public var title: String {
        switch self {
        case .sales: "Sales"
        case .pieces: "Pieces"
        case .gross: "Gross"
        case .discounts: "Discounts"
        case .refunded: "Refunded"
        case .turnover: "Turnover"
        case .net: "Net"
        case .tax: "Tax"
        case .taken: "Taken"
        case .handedOut: "Given back"
        case .netSold: "Net sold"
        case .taxSold: "Tax on it"
        case .netBack: "Net back"
        case .taxBack: "Tax back"
        case .refunds: "Refunds"
        case .voids: "Voids"
        case .given: "Given"
        case .uncosted: "Cost unknown"
        case .cost: "Cost"
        case .marginPercent: "Percent"
        case .margin: "Margin"
        case .stock: "In stock"
        case .stockUncosted: "Cost unknown"
        case .averageCost: "Average cost"
        case .stockValue: "Value"
        }
    }

    public var isMoney: Bool { unit == .money }

    /// What a figure is given in.
    public enum Unit: Hashable, Sendable {
        case money, count
        /// In tenths.
        case percent
    }

    public var unit: Unit {
        switch self {
        case .sales, .pieces, .refunds, .voids, .stock, .stockUncosted: .count
        case .marginPercent: .percent
        case .gross, .discounts, .refunded, .turnover, .net, .tax, .taken, .handedOut, .netSold, .taxSold,
            .netBack, .taxBack, .given, .uncosted, .cost, .margin, .averageCost, .stockValue:
            .money
        }
    }

    /// Its value for charts and comparisons; one that is not known counts as 0.
    public func value(of figures: SalesFigures) -> Int64 { knownValue(of: figures) ?? 0 }

    /// nil where it is not known.
    public func knownValue(of figures: SalesFigures) -> Int64? {
        switch self {
        case .sales: figures.sales
        case .pieces: figures.pieces - figures.piecesBack
        case .gross: figures.gross
        case .discounts, .given: figures.discounts
        case .refunded: figures.refunded
        case .turnover: figures.turnover
        case .net: figures.turnoverNet
        case .tax: figures.taxDue
        case .taken: figures.net
        case .handedOut: figures.netBack
        case .netSold: figures.net
        case .taxSold: figures.tax
        case .netBack: figures.netBack
        case .taxBack: figures.taxBack
        case .refunds: figures.refunds
        case .voids: figures.voids
        case .uncosted: figures.uncosted
        case .cost: figures.knownCost
        case .marginPercent: figures.marginPerMille
        case .margin: figures.knownMargin
        case .stock: figures.stock
        case .stockUncosted: figures.stockUncosted
        case .averageCost: figures.averageCost
        case .stockValue: figures.knownStockValue
        }
    }
}

extension ReportKind {
    /// The figures of its rows, the one that a chart shows last.
    public var columns: [ReportColumn] {
        switch self {
        case .sales, .hours, .weekdays, .cashiers:
            [.sales, .gross, .discounts, .refunded, .tax, .net, .turnover]
        case .products, .categories: [.pieces, .discounts, .refunded, .tax, .net, .turnover]
        case .tenders: [.sales, .taken, .handedOut, .turnover]
        case .tax: [.netSold, .taxSold, .netBack, .taxBack, .net, .tax]
        case .discounts: [.sales, .given]
        case .refunds: [.refunds, .voids, .netBack, .taxBack, .refunded]
        case .margin, .marginCategories, .marginDays: [.net, .uncosted, .cost, .marginPercent, .margin]
        case .stock: [.stock, .stockUncosted, .averageCost, .stockValue]
        }
    }

    /// What its chart shows.
    public var measure: ReportColumn { columns.last ?? .turnover }

    /// Whether the rows of all kinds come to the total of the period.
    public var addsUp: Bool {
        switch self {
        case .sales, .hours, .weekdays, .cashiers, .products, .categories, .margin, .marginCategories,
            .marginDays, .stock:
            true
        case .tenders, .tax, .discounts, .refunds: false
        }
    }
}

extension Report {
    /// What the rows come to; of the whole period where they are parts of it.
    public var sum: SalesFigures {
        kind.addsUp ? total : rows.reduce(into: SalesFigures()) { $0.add($1.figures) }
    }

    public var sumBefore: SalesFigures? {
        guard compared != nil else { return nil }
        return kind.addsUp
            ? totalBefore : rows.reduce(into: SalesFigures()) { $0.add($1.before ?? SalesFigures()) }
    }

    /// A figure as a person reads it.
    public func text(_ column: ReportColumn, of figures: SalesFigures) -> String {
        guard let value = column.knownValue(of: figures) else { return "unknown" }
        return switch column.unit {
        case .money: money(value).displayText
        case .count: String(value)
        case .percent: "\(Self.tenths(value)) %"
        }
    }

    /// -5 is `-0.5`.
    static func tenths(_ value: Int64) -> String {
        "\(value < 0 ? "-" : "")\(value.magnitude / 10).\(value.magnitude % 10)"
    }

    /// "+12 %" for what has grown by that much; nil without anything before, and where either is not known.
    public func change(_ column: ReportColumn, _ figures: SalesFigures, from before: SalesFigures?) -> String?
    {
        guard let before, let now = column.knownValue(of: figures), let then = column.knownValue(of: before)
        else { return nil }
        guard then > 0 else { return now == then ? "0 %" : nil }
        let percent = (Int128(now) - Int128(then)) * 100
        let rounded = (percent + (percent < 0 ? -1 : 1) * Int128(then) / 2) / Int128(then)
        return "\(rounded > 0 ? "+" : "")\(rounded) %"
    }
}
