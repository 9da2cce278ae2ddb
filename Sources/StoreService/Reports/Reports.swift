import StoreDomain

/// Reports from the sums.
public struct Reports: ReportService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func report(_ query: ReportQuery, as principal: Principal) async throws(StoreError) -> Report {
        guard (1...ReportQuery.mostRows).contains(query.limit) else {
            throw .invalid([FieldProblem("limit", "must be 1 to \(ReportQuery.mostRows)")])
        }
        if query.kind.dimension == .category, !core.engine.isReadOnly {
            try await keepCategories(for: query, as: principal)
        }
        let zones = core.zones
        let found = try await core.read(as: principal, needing: .seeReports) { work -> Report? in
            if query.kind.tellsCost { try work.principal.require(.seeCost) }
            guard try query.kind.hasPeriod || work.tx.productsToCost(limit: 1).isEmpty,
                try work.tx.salesAreCounted(), try work.tx.waitingSales().isEmpty
            else { return nil }
            return try work.report(query)
        }
        if let found { return found }
        // A store that nobody asked before, such as one for a demo; or others have sold meanwhile.
        return try await core.write(as: principal, needing: .seeReports) { work in
            try CostCount.catchUp(work.tx)
            if try work.tx.salesAreCounted() {
                try SalesCount.catchUp(work.tx, zones: zones)
            } else {
                try SalesCount.make(work.tx, zones: zones)
            }
            return try work.report(query)
        }
    }

    /// So many days and months are added up in one transaction: a tenth of a second in a large shop.
    private static let keptAtOnce = 8

    /// Keeps what makes this report, and later ones by category, fast. Where nothing can be written just now, such as on a
    /// full disk, the report goes without.
    private func keepCategories(for query: ReportQuery, as principal: Principal) async throws(StoreError) {
        let isKept = try await core.read(as: principal, needing: .seeReports) { work in
            try work.keepsCategories(for: query)
        }
        guard !isKept else { return }
        let core = core
        try await whereWritable { () throws(StoreError) in
            var goesOn = true
            while goesOn {
                goesOn = try await core.write(as: .operatorOfStore, asked: false) { work in
                    try work.keepCategories(for: query, most: Self.keptAtOnce)
                }
            }
        }
    }
}

extension Work {
    fileprivate func report(_ query: ReportQuery) throws -> Report {
        guard query.kind.hasPeriod else { return try stockReport(query, ReportSpan(today())) }
        let (span, compared) = try spans(of: query)
        let days = try daily(span)
        let daysBefore = try compared.map { try daily($0) }
        let rows: [Report.Row]
        switch query.kind {
        case .sales, .marginDays: rows = Self.rows(byDay: days, span, daysBefore, compared)
        case .hours: rows = try hours(span, compared)
        case .weekdays: rows = Self.rows(byWeekday: days, daysBefore)
        case .products, .categories, .cashiers, .tenders, .tax, .discounts, .refunds, .margin,
            .marginCategories:
            rows = try keyed(query, span, compared)
        case .stock: rows = []
        }
        let report = Report(
            kind: query.kind, span: span, compared: compared, currency: try tx.shop().currency, rows: rows,
            total: Self.sum(days), totalBefore: daysBefore.map(Self.sum),
            cells: query.kind == .hours || query.kind == .weekdays ? try cells(span) : [])
        return query.kind.tellsCost ? report : report.withoutCost
    }

    func today() throws -> ShopDay {
        try ShopCalendar.zone(of: tx.policy().policy, core.zones).moment(now).day
    }

    /// - Throws: `invalid` for more than twenty years.
    func spans(of query: ReportQuery) throws -> (own: ReportSpan, compared: ReportSpan?) {
        let span = try query.period.span(today: today())
        guard span.days <= ReportQuery.mostDays else {
            throw StoreError.invalid([FieldProblem("to", "must be within twenty years of the first day")])
        }
        return (span, query.comparison.span(of: span))
    }

    /// What is on the books now.
    private func stockReport(_ query: ReportQuery, _ today: ReportSpan) throws -> Report {
        let rows = try tx.stockValues(limit: query.limit).map { value in
            Report.Row(key: String(value.productID), title: value.name, figures: value.figures, before: nil)
        }
        return Report(
            kind: query.kind, span: today, compared: nil, currency: try tx.shop().currency, rows: rows,
            total: try tx.stockTotal(), totalBefore: nil)
    }

    private static func sum(_ days: [ShopDay: SalesFigures]) -> SalesFigures {
        days.values.reduce(into: SalesFigures()) { $0.add($1) }
    }

    private func hourly(_ span: ReportSpan, by grouping: SalesQuery.Grouping) throws -> [SalesSum] {
        try tx.sums(SalesQuery([.init(.hour, from: span.from, to: span.to)], by: grouping))
    }

    private func daily(_ span: ReportSpan) throws -> [ShopDay: SalesFigures] {
        try hourly(span, by: .day).reduce(into: [:]) { $0[$1.place.day] = $1.figures }
    }

    // MARK: - By time

    /// Up to so many days have a row each.
    private static let mostDayRows = 62

    private static func rows(
        byDay days: [ShopDay: SalesFigures], _ span: ReportSpan, _ before: [ShopDay: SalesFigures]?,
        _ compared: ReportSpan?
    ) -> [Report.Row] {
        guard span.days > mostDayRows else {
            return (0..<span.days).map { offset in
                let day = span.from.advanced(by: offset)
                return Report.Row(
                    key: day.text, title: "\(day.weekday.shortWord) \(day.text)",
                    figures: days[day] ?? SalesFigures(),
                    before: before.map { before in
                        compared.flatMap { before[$0.from.advanced(by: offset)] } ?? SalesFigures()
                    })
            }
        }
        let own = months(days, span)
        let then = before.flatMap { before in compared.map { months(before, $0).map(\.figures) } }
        return own.enumerated().map { index, month in
            Report.Row(
                key: month.text, title: month.text, figures: month.figures,
                before: then.map { index < $0.count ? $0[index] : SalesFigures() })
        }
    }

    private static func months(_ days: [ShopDay: SalesFigures], _ span: ReportSpan) -> [(
        text: String, figures: SalesFigures
    )] {
        var months: [(text: String, figures: SalesFigures)] = []
        var day = span.from.startOfMonth
        while day <= span.to {
            months.append((day.monthText, SalesFigures()))
            day = day.startOfNextMonth
        }
        let places = Dictionary(uniqueKeysWithValues: months.enumerated().map { ($1.text, $0) })
        for (day, figures) in days {
            if let place = places[day.monthText] { months[place].figures.add(figures) }
        }
        return months
    }

    /// From the first hour to the last in which something happened.
    private func hours(_ span: ReportSpan, _ compared: ReportSpan?) throws -> [Report.Row] {
        func byHour(_ span: ReportSpan) throws -> [Int: SalesFigures] {
            try hourly(span, by: .key).reduce(into: [:]) { hours, sum in
                if let hour = Int(sum.place.key) { hours[hour] = sum.figures }
            }
        }
        let (own, then) = (try byHour(span), try compared.map { try byHour($0) })
        let known = Set(own.keys).union(then.map { Set($0.keys) } ?? [])
        guard let first = known.min(), let last = known.max() else { return [] }
        return (first...last).map { hour in
            let text = hour < 10 ? "0\(hour)" : "\(hour)"
            return Report.Row(
                key: text, title: "\(text):00", figures: own[hour] ?? SalesFigures(),
                before: then.map { $0[hour] ?? SalesFigures() })
        }
    }

    private static func rows(
        byWeekday days: [ShopDay: SalesFigures], _ before: [ShopDay: SalesFigures]?
    ) -> [Report.Row] {
        func sums(_ days: [ShopDay: SalesFigures]) -> [ShopWeekday: SalesFigures] {
            days.reduce(into: [:]) { $0[$1.key.weekday, default: SalesFigures()].add($1.value) }
        }
        let (own, then) = (sums(days), before.map(sums))
        return ShopWeekday.allCases.map { weekday in
            Report.Row(
                key: weekday.rawValue, title: weekday.word, figures: own[weekday] ?? SalesFigures(),
                before: then.map { $0[weekday] ?? SalesFigures() })
        }
    }

    private func cells(_ span: ReportSpan) throws -> [Report.Cell] {
        var turnover: [ShopWeekday: [Int: Int64]] = [:]
        for sum in try hourly(span, by: .weekdayAndKey) {
            guard let hour = Int(sum.place.key) else { continue }
            turnover[sum.place.day.weekday, default: [:]][hour, default: 0] += sum.figures.turnover
        }
        return ShopWeekday.allCases.flatMap { weekday in
            (turnover[weekday] ?? [:]).sorted { $0.key < $1.key }.map {
                Report.Cell(weekday: weekday, hour: $0.key, turnover: $0.value)
            }
        }
    }

    // MARK: - By what was sold, by whom and how

    private func keyed(_ query: ReportQuery, _ span: ReportSpan, _ compared: ReportSpan?) throws
        -> [Report.Row]
    {
        func sums(_ span: ReportSpan, of keys: [String]?) throws -> [SalesSum] {
            let dimension = query.kind.dimension
            switch dimension {
            case .category, .categoryMonth: return try categories(span, of: keys, limit: query.limit)
            case .product, .productMonth:
                return try tx.sums(
                    SalesQuery(SalesQuery.productParts(span), by: .key, keys: keys, limit: query.limit))
            case .hour, .cashier, .tender, .taxRate, .discount, .reason:
                let part = SalesQuery.Part(dimension, from: span.from, to: span.to)
                return try tx.sums(SalesQuery([part], by: .key, keys: keys, limit: query.limit))
            }
        }
        let own = try sums(span, of: nil)
        // What was sold before and no longer has no row: of a report that is not cut it gets one behind the others.
        let isCut = own.count == query.limit
        let then = try compared.map { try sums($0, of: isCut ? own.map(\.place.key) : nil) }
        let before = then.map { sums in
            Dictionary(sums.map { ($0.place.key, $0.figures) }, uniquingKeysWith: { first, _ in first })
        }
        var keys = own.map(\.place.key)
        if !isCut, let then {
            let known = Set(keys)
            keys += then.map(\.place.key).filter { !known.contains($0) }.prefix(query.limit - keys.count)
        }
        let figures = Dictionary(
            own.map { ($0.place.key, $0.figures) }, uniquingKeysWith: { first, _ in first })
        let titles = try titles(of: keys, query.kind)
        return keys.map { key in
            Report.Row(
                key: key, title: titles[key] ?? key, figures: figures[key] ?? SalesFigures(),
                before: before.map { $0[key] ?? SalesFigures() })
        }
    }

    private func titles(of keys: [String], _ kind: ReportKind) throws -> [String: String] {
        switch kind {
        case .sales, .hours, .weekdays, .marginDays, .stock: return [:]
        case .categories, .marginCategories: return ["": "Without a category"]
        case .products, .margin:
            let offers = try tx.offers(keys.compactMap { Int64($0) }, includingArchived: true)
            return offers.reduce(into: [:]) { $0[String($1.key)] = $1.value.name }
        case .cashiers:
            return try keys.reduce(into: [:]) { titles, key in
                let name = try Int64(key).flatMap { try tx.account($0)?.name }
                titles[key] = name ?? (key.isEmpty ? "Nobody on record" : "Account \(key)")
            }
        case .tenders:
            return try tx.paymentMethods().reduce(into: [:]) { $0[$1.id] = $1.name }
        case .tax, .discounts, .refunds:
            return keys.reduce(into: [:]) { $0[$1] = kind.title(of: $1) }
        }
    }
}

extension ReportKind {
    /// What the figures of its rows are kept by.
    var dimension: SalesDimension {
        switch self {
        case .sales, .hours, .weekdays, .marginDays: .hour
        case .products, .margin, .stock: .product
        case .categories, .marginCategories: .category
        case .cashiers: .cashier
        case .tenders: .tender
        case .tax: .taxRate
        case .discounts: .discount
        case .refunds: .reason
        }
    }
}

extension Report {
    /// Reports that do not tell what goods cost keep that to themselves.
    fileprivate var withoutCost: Report {
        Report(
            kind: kind, span: span, compared: compared, currency: currency,
            rows: rows.map {
                Row(
                    key: $0.key, title: $0.title, figures: $0.figures.withoutCost,
                    before: $0.before?.withoutCost)
            }, total: total.withoutCost, totalBefore: totalBefore?.withoutCost, cells: cells)
    }
}
