/// What is asked of the sums.
public struct SalesQuery: Hashable, Sendable {
    /// Days of one dimension, the last one included.
    public struct Part: Hashable, Sendable {
        public let dimension: SalesDimension
        public let from: ShopDay
        public let to: ShopDay

        public init(_ dimension: SalesDimension, from: ShopDay, to: ShopDay) {
            self.dimension = dimension
            self.from = from
            self.to = to
        }

        /// The days that sums of this part are kept under.
        public var days: [ShopDay] {
            switch dimension {
            case .productMonth, .categoryMonth:
                Array(
                    sequence(first: from.startOfMonth) { $0.startOfNextMonth }.drop { $0 < from }.prefix {
                        $0 <= to
                    })
            case .hour, .product, .cashier, .tender, .taxRate, .discount, .reason, .category:
                (from.number..<max(from.number, to.number + 1)).map { ShopDay(number: $0) }
            }
        }
    }

    public enum Grouping: Hashable, Sendable {
        /// One sum a day, with an empty key; by day.
        case day
        /// One sum a key; by turnover, the highest first, then by key.
        case key
        /// One sum a day and key; by day, then by key.
        case dayAndKey
        /// As `dayAndKey`, where any day of a weekday stands for all of them.
        case weekdayAndKey
        /// Of products: one sum a category, which is the key as products are sorted now; by turnover.
        case category
    }

    /// What is added up.
    public let parts: [Part]
    public let grouping: Grouping
    /// Only these keys; nil for all.
    public var keys: [String]?
    /// nil for all of them.
    public var limit: Int?

    public init(_ parts: [Part], by grouping: Grouping, keys: [String]? = nil, limit: Int? = nil) {
        self.parts = parts
        self.grouping = grouping
        self.keys = keys
        self.limit = limit
    }

    /// The parts that come to the days of a span for products: whole months from the sums of months, the rest day by day.
    public static func productParts(_ span: ReportSpan) -> [Part] {
        let first =
            span.from == span.from.startOfMonth ? span.from : span.from.startOfNextMonth
        let end = span.to.advanced(by: 1).startOfMonth
        guard first < end else { return [Part(.product, from: span.from, to: span.to)] }
        var parts = [Part(.productMonth, from: first, to: end.advanced(by: -1))]
        if span.from < first { parts.append(Part(.product, from: span.from, to: first.advanced(by: -1))) }
        if end <= span.to { parts.append(Part(.product, from: end, to: span.to)) }
        return parts
    }
}

/// Days from one to another, both included.
public struct ReportSpan: Hashable, Sendable, Codable {
    public let from: ShopDay
    public let to: ShopDay

    /// nil where the end is before the beginning.
    public init?(from: ShopDay, to: ShopDay) {
        guard from <= to else { return nil }
        self.from = from
        self.to = to
    }

    private init(checked from: ShopDay, _ to: ShopDay) {
        self.from = from
        self.to = to
    }

    public init(_ day: ShopDay) { self.init(checked: day, day) }

    /// From a day until today, which is the same day or a later one.
    init(since from: ShopDay, today: ShopDay) { self.init(checked: min(from, today), today) }

    public var days: Int { to.number - from.number + 1 }

    /// As many days just before.
    public var before: ReportSpan {
        ReportSpan(checked: from.advanced(by: -days), from.advanced(by: -1))
    }

    /// As many days just behind.
    public var after: ReportSpan {
        ReportSpan(checked: to.advanced(by: 1), to.advanced(by: days))
    }

    /// The same days a year before.
    public var lastYear: ReportSpan {
        ReportSpan(checked: from.yearBefore, max(from.yearBefore, to.yearBefore))
    }

    /// `2026-11-22`, or `2026-11-01 to 2026-11-22`.
    public var text: String { from == to ? from.text : "\(from.text) to \(to.text)" }
}
