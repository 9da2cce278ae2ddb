/// What a report is about.
public enum ReportKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// By day; by month where the period is long.
    case sales
    case hours, weekdays, products, categories, cashiers, tenders, tax, discounts, refunds

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
        }
    }

    /// What its rows are headed.
    public var rowTitle: String {
        switch self {
        case .sales: "Day"
        case .hours: "Hour"
        case .weekdays: "Weekday"
        case .products: "Product"
        case .categories: "Category"
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
        }
    }

    public var isMoney: Bool {
        switch self {
        case .sales, .pieces, .refunds, .voids: false
        case .gross, .discounts, .refunded, .turnover, .net, .tax, .taken, .handedOut, .netSold, .taxSold,
            .netBack, .taxBack, .given:
            true
        }
    }

    public func value(of figures: SalesFigures) -> Int64 {
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
        }
    }

    /// What its chart shows.
    public var measure: ReportColumn { columns.last ?? .turnover }

    /// Whether the rows of all kinds come to the total of the period.
    public var addsUp: Bool {
        switch self {
        case .sales, .hours, .weekdays, .cashiers, .products, .categories: true
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
        let value = column.value(of: figures)
        return column.isMoney ? money(value).displayText : String(value)
    }

    /// "+12 %" for what has grown by that much; nil without anything before.
    public func change(_ column: ReportColumn, _ figures: SalesFigures, from before: SalesFigures?) -> String?
    {
        guard let before else { return nil }
        let (now, then) = (column.value(of: figures), column.value(of: before))
        guard then > 0 else { return now == then ? "0 %" : nil }
        let percent = (Int128(now) - Int128(then)) * 100
        let rounded = (percent + (percent < 0 ? -1 : 1) * Int128(then) / 2) / Int128(then)
        return "\(rounded > 0 ? "+" : "")\(rounded) %"
    }
}
