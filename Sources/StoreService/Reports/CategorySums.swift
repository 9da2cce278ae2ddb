import StoreDomain

/// The days of a report by category.
///
/// A product takes what it has sold with it into another category, so that no document adds to a category. What its
/// products came to on a day or in a month that is over is added up when somebody first asks, and kept until a product
/// changes its category or a document of such a day turns up.
private struct CategoryDays {
    /// Parts of the products' sums that are over.
    let over: [SalesQuery.Part]
    /// Those of the last days, which are added up each time.
    let open: [SalesQuery.Part]

    /// So many of the last days, today among them, are not over: a sale that was begun before midnight, or at a till whose
    /// clock is behind, may still come.
    private static let openDays = 2

    init(_ span: ReportSpan, today: ShopDay) {
        let open = today.advanced(by: 1 - Self.openDays)
        func parts(from: ShopDay, to: ShopDay) -> [SalesQuery.Part] {
            ReportSpan(from: from, to: to).map(SalesQuery.productParts) ?? []
        }
        over = parts(from: span.from, to: min(span.to, open.advanced(by: -1)))
        self.open = parts(from: max(span.from, open), to: span.to)
    }

    /// As `over`, of what is kept of categories.
    var kept: [SalesQuery.Part] { over.map(\.ofCategories) }
}

extension SalesQuery.Part {
    /// The same days of the categories that products are in.
    fileprivate var ofCategories: Self {
        let made = SalesDimension.ofCategories.first { $0.of == dimension }?.made
        return Self(made ?? dimension, from: from, to: to)
    }
}

extension SalesTransaction {
    /// What the products of each category came to on a day or in a month, by category.
    func categories(of dimension: SalesDimension, _ day: ShopDay) throws -> [SalesSum] {
        try sums(SalesQuery([.init(dimension, from: day, to: day)], by: .category))
    }
}

extension Work {
    /// What each category came to: by turnover, the highest first, then by name.
    ///
    /// - Parameter keys: only these; nil for all.
    func categories(_ span: ReportSpan, of keys: [String]?, limit: Int) throws -> [SalesSum] {
        let days = try CategoryDays(span, today: today())
        // Where nothing can be written, nothing is kept.
        let isKept = try unkept(days).isEmpty
        let parts = isKept ? days.open : days.over + days.open
        var figures: [String: SalesFigures] = [:]
        for sum in try tx.sums(SalesQuery(parts, by: .category))
            + (isKept ? tx.sums(SalesQuery(days.kept, by: .key)) : [])
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
    func keepsCategories(for query: ReportQuery) throws -> Bool {
        try unkept(for: query).isEmpty
    }

    /// Keeps what a report needs of days that are over.
    func keepCategories(for query: ReportQuery) throws {
        guard query.kind.dimension == .category else { return }
        try tx.holdCategories()
        var sums: [SalesSum] = []
        for place in try unkept(for: query) {
            let found = try tx.categories(of: place.of, place.day)
            sums += found.map {
                SalesSum(SalesSum.Place(place.made, place.day, $0.place.key), $0.figures)
            }
            // That it is kept is told by what is without a category, be it nothing.
            if !found.contains(where: \.place.key.isEmpty) {
                sums.append(SalesSum(SalesSum.Place(place.made, place.day, ""), SalesFigures()))
            }
        }
        guard !sums.isEmpty else { return }
        try tx.add(sums.sorted { $0.place < $1.place })
    }

    /// A day or a month of which nothing is kept.
    private struct Unkept: Hashable {
        let made: SalesDimension
        let of: SalesDimension
        let day: ShopDay
    }

    private func unkept(for query: ReportQuery) throws -> Set<Unkept> {
        guard query.kind.dimension == .category else { return [] }
        let (span, compared) = try spans(of: query)
        let today = try today()
        return try [span, compared].compactMap { $0 }.reduce(into: []) { all, span in
            try all.formUnion(unkept(CategoryDays(span, today: today)))
        }
    }

    private func unkept(_ days: CategoryDays) throws -> Set<Unkept> {
        var unkept: Set<Unkept> = []
        for (part, kept) in zip(days.over, days.kept) {
            let known = try tx.sums(SalesQuery([kept], by: .day, keys: [""])).map(\.place.day)
            unkept.formUnion(
                Set(kept.days).subtracting(known).map {
                    Unkept(made: kept.dimension, of: part.dimension, day: $0)
                })
        }
        return unkept
    }
}
