import StoreDomain

// A product takes what it has sold with it into another category, so that no document adds to a category. What the
// products of each came to on a day or in a month that is over is added up when somebody first asks, and kept. With it
// stands what all documents of that time came to, and how often products had changed their category: where either is
// another by now, it counts no more.

/// The days of a report by category.
private struct CategoryDays {
    /// Parts of the products' sums that are over.
    let over: [SalesQuery.Part]
    /// Those of the last days, which are added up each time.
    let open: [SalesQuery.Part]

    init(_ span: ReportSpan, today: ShopDay) {
        func parts(from: ShopDay, to: ShopDay) -> [SalesQuery.Part] {
            ReportSpan(from: from, to: to).map(SalesQuery.productParts) ?? []
        }
        over = parts(from: span.from, to: min(span.to, today.advanced(by: -1)))
        open = parts(from: max(span.from, today), to: span.to)
    }

    /// As `over`, of what is kept of categories.
    var kept: [SalesQuery.Part] {
        over.map { SalesQuery.Part($0.dimension.ofCategories, from: $0.from, to: $0.to) }
    }
}

extension SalesDimension {
    /// The one that is made of this one.
    fileprivate var ofCategories: SalesDimension {
        switch self {
        case .product, .category: .category
        case .productMonth, .categoryMonth: .categoryMonth
        case .hour, .cashier, .tender, .taxRate, .discount, .reason:
            preconditionFailure("no sums of categories are made of \(self)")
        }
    }

    /// The day that a day's sums are kept under.
    fileprivate func place(of day: ShopDay) -> ShopDay {
        switch self {
        case .productMonth, .categoryMonth: day.startOfMonth
        case .hour, .product, .cashier, .tender, .taxRate, .discount, .reason, .category: day
        }
    }
}

extension SalesQuery.Part {
    static func allDays(_ dimension: SalesDimension) -> Self {
        Self(dimension, from: ShopDay(number: -1_000_000), to: ShopDay(number: 3_000_000))
    }
}

extension SalesTransaction {
    /// What the products of each category came to on a day or in a month.
    fileprivate func categories(of dimension: SalesDimension, _ day: ShopDay) throws -> [SalesSum] {
        try sums(SalesQuery([.init(dimension, from: day, to: day)], by: .category))
    }

    /// What all documents of each day or month of a part came to. Each is somebody's.
    fileprivate func documents(_ part: SalesQuery.Part) throws -> [ShopDay: SalesFigures] {
        try sums(SalesQuery([.init(.cashier, from: part.from, to: part.to)], by: .day)).reduce(into: [:]) {
            $0[part.dimension.place(of: $1.place.day), default: SalesFigures()].add($1.figures)
        }
    }

    /// The key beside the categories of a day under which stands what all of its documents came to. No category is
    /// called so.
    fileprivate func witness() throws -> String { "\u{1}\(try categoryChanges())" }

    /// The days and months of which something is kept, and counts, that is not what their products come to.
    func wrongCategories() throws -> [(SalesDimension, ShopDay)] {
        let witness = try witness()
        return try [SalesDimension.product, .productMonth].flatMap { source in
            let made = source.ofCategories
            let documents = try documents(.allDays(source))
            let kept = Dictionary(
                grouping: try sums(SalesQuery([.allDays(made)], by: .dayAndKey)), by: \.place.day)
            return try kept.filter { day, sums in
                guard let seen = sums.first(where: { $0.place.key == witness }),
                    seen.figures == documents[day]
                else { return false }
                var left = SalesSums()
                for sum in sums where !sum.isWitness { left.add(sum.place, sum.figures) }
                for sum in try categories(of: source, day) {
                    left.add(SalesSum.Place(made, day, sum.place.key), sum.figures.negated)
                }
                return !left.rows.isEmpty
            }.keys.sorted().map { (made, $0) }
        }
    }
}

extension SalesSum {
    fileprivate var isWitness: Bool { place.key.hasPrefix("\u{1}") }
}

extension Work {
    /// What each category came to: by turnover, the highest first, then by name.
    ///
    /// - Parameter keys: only these; nil for all.
    func categories(_ span: ReportSpan, of keys: [String]?, limit: Int) throws -> [SalesSum] {
        let days = try CategoryDays(span, today: today())
        // Where nothing can be written, nothing more is kept, and all is added up.
        let isKept = try unkept(days).isEmpty
        let parts = isKept ? days.open : days.over + days.open
        var figures: [String: SalesFigures] = [:]
        for sum in try tx.sums(SalesQuery(parts, by: .category))
            + (isKept ? tx.sums(SalesQuery(days.kept, by: .key)) : []) where !sum.isWitness
        {
            figures[sum.place.key, default: SalesFigures()].add(sum.figures)
        }
        let wanted = keys.map { Set($0) }
        let sums = figures.filter { !$0.value.isZero && wanted?.contains($0.key) != false }.map {
            SalesSum(SalesSum.Place(.category, span.from, $0.key), $0.value)
        }
        return Array(
            sums.sorted { left, right in
                (right.figures.turnover.magnitude, left.place.key)
                    < (left.figures.turnover.magnitude, right.place.key)
            }.prefix(limit))
    }

    /// Whether all that a report needs of days that are over is kept.
    func keepsCategories(for query: ReportQuery) throws -> Bool { try unkept(for: query).isEmpty }

    /// Keeps of days that are over what a report needs, of so many days and months at most: others wait meanwhile.
    ///
    /// - Returns: whether there is more to keep.
    func keepCategories(for query: ReportQuery, most: Int) throws -> Bool {
        guard try tx.salesAreCounted(), try tx.tryToHoldCategories() else { return false }
        // What a sum is made of is read behind what tells that it is not what it was.
        let witness = try tx.witness()
        let unkept = try unkept(for: query)
        for place in unkept.prefix(most) {
            let found = try tx.categories(of: place.source, place.day).map {
                SalesSum(SalesSum.Place(place.made, place.day, $0.place.key), $0.figures)
            }
            let seen = SalesSum(SalesSum.Place(place.made, place.day, witness), place.documents)
            try tx.clearSums(place.made, place.day)
            try tx.add((found + [seen]).sorted { $0.place < $1.place })
        }
        return unkept.count > most
    }

    /// A day or a month of which nothing is kept that counts.
    private struct Unkept: Hashable {
        let made: SalesDimension
        let source: SalesDimension
        let day: ShopDay
        /// What all of its documents come to.
        let documents: SalesFigures
    }

    private func unkept(for query: ReportQuery) throws -> [Unkept] {
        guard query.kind.dimension == .category else { return [] }
        let (span, compared) = try spans(of: query)
        let today = try today()
        let all = try [span, compared].compactMap { $0 }.flatMap {
            try unkept(CategoryDays($0, today: today))
        }
        return Array(Set(all)).sorted { ($0.day, $0.made.rawValue) < ($1.day, $1.made.rawValue) }
    }

    private func unkept(_ days: CategoryDays) throws -> [Unkept] {
        guard !days.over.isEmpty else { return [] }
        let witness = try tx.witness()
        return try zip(days.over, days.kept).flatMap { source, kept in
            let seen = try tx.sums(SalesQuery([kept], by: .dayAndKey, keys: [witness])).reduce(into: [:]) {
                $0[$1.place.day] = $1.figures
            }
            return try tx.documents(source).filter { seen[$0.key] != $0.value }.map {
                Unkept(made: kept.dimension, source: source.dimension, day: $0.key, documents: $0.value)
            }
        }
    }
}
