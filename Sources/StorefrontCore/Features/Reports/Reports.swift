import StoreDomain

/// What was sold in a period, by day, product, cashier and more, beside another period.
public struct ReportsState: Feature {
    public static let kind = ScreenKind.reports

    public private(set) var query = ReportQuery(.sales, .month, comparison: .before)
    /// nil until it is loaded.
    public private(set) var report: Report?
    public private(set) var error: StoreError?
    /// Where there is room for one of the two, what shows.
    public private(set) var prefersChart = false
    /// What was looked at before a row of it was opened, the last one last.
    private var trail: [ReportQuery] = []
    private var list = List()

    public init() {}

    public var title: String { "\(Self.kind.title): \(query.kind.title)" }

    public func selectedRow(_ desk: Desk) -> Int? { report.flatMap { list.row(of: $0.rows.count) } }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }

    public func hints(_ desk: Desk) -> [Hint] {
        [
            Hint(.nextReport), Hint(.reportToday), Hint(.reportWeek), Hint(.reportMonth), Hint(.reportYear),
            Hint(.reportDays), Hint(.compareReport), Hint(.reportChart), Hint(.saveReportTable), Hint(.back),
        ]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] { [.ask(.reports(.load(query)))] }
    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        if let report { list.walk(walk, of: report.rows.count) }
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard let count = report?.rows.count, row < count else { return false }
        list.select(row, of: count)
        return true
    }

    public func opens(row: Int) -> Bool {
        guard let report, list.row(of: report.rows.count) == row else { return false }
        return inside(row) != nil
    }

    /// The days of a row have the hours of that day, months their days.
    private func inside(_ row: Int) -> ReportQuery? {
        guard let report, report.kind == .sales || report.kind == .marginDays, row < report.rows.count
        else { return nil }
        let key = report.rows[row].key
        var inner = query
        if report.kind == .sales, let day = ShopDay(key) {
            inner.kind = .hours
            inner.period = .span(ReportSpan(day))
            return inner
        }
        guard let first = ShopDay("\(key)-01"),
            let month = ReportSpan(from: first, to: first.startOfNextMonth.advanced(by: -1))
        else { return nil }
        inner.period = .span(month)
        return inner
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        guard let row = selectedRow(desk), inside(row) != nil else {
            return query.kind == .sales ? .disabled("The report is not there yet") : .absent
        }
        return .enabled
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard let row = selectedRow(desk), let inner = inside(row) else { return [] }
        trail.append(query)
        return look(inner, &desk)
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        guard let before = trail.popLast() else { return [.pop] }
        return look(before, &desk)
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        guard case .reportDays = purpose else { return [] }
        guard !text.trimmedText.isEmpty else { return [] }
        guard let span = Self.span(text) else {
            return [.refuse("Type one or two dates, such as 2026-11-01 2026-11-30")]
        }
        var wanted = query
        wanted.period = .span(span)
        return look(wanted, &desk)
    }

    /// One day, or the first and the last; a month as `2026-11`, a year as `2026`.
    static func span(_ text: String) -> ReportSpan? {
        let parts = text.split { " ,\u{2013}\u{2026}".contains($0) }.map(String.init).filter {
            $0 != "-" && $0 != "to"
        }
        guard let first = parts.first.flatMap(days), let last = parts.last.flatMap(days), parts.count <= 2
        else { return nil }
        return ReportSpan(from: first.from, to: last.to)
    }

    private static func days(_ text: String) -> ReportSpan? {
        if let day = ShopDay(text) { return ReportSpan(day) }
        if let first = ShopDay("\(text)-01") {
            return ReportSpan(from: first, to: first.startOfNextMonth.advanced(by: -1))
        }
        guard let first = ShopDay("\(text)-01-01"), let last = ShopDay("\(text)-12-31") else { return nil }
        return ReportSpan(from: first, to: last)
    }

    private mutating func look(_ wanted: ReportQuery, _ desk: inout Desk) -> [Step] {
        if wanted.kind != query.kind {
            list = List()
            report = nil
        }
        query = wanted
        error = nil
        return enter(&desk)
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .reports(let action) = reply else { return [] }
        switch action {
        case .loaded(.success(let report)):
            error = nil
            self.report = report
        case .loaded(.failure(let error)):
            self.error = error
            // Another one stands here now, who may not see it.
            if case .notAllowed = error { report = nil }
            desk.say(error)
        case .saved(.success(let path)): desk.say("Saved as", file: path)
        case .saved(.failure(let error)): desk.say(error)
        }
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable: return enter(&desk)
        case .renewed:
            hide(from: desk.principal)
            return enter(&desk)
        case .changedElsewhere(let changes):
            let isOfStock = !query.kind.hasPeriod && (changes.catalogue || changes.stock != .none)
            return changes.orders == .none && !isOfStock ? [] : enter(&desk)
        case .orderChanged: return enter(&desk)
        case .stockChanged: return query.kind.hasPeriod ? [] : enter(&desk)
        case .resized: return []
        }
    }

    /// Another one may stand here now: what they may not see is gone at once, whether the store answers or not.
    private mutating func hide(from principal: Principal) {
        let seesCost = principal.allows(.seeCost)
        if !principal.allows(.seeReports) || (query.kind.tellsCost && !seesCost) { report = nil }
        if !seesCost { trail.removeAll { $0.kind.tellsCost } }
    }

    // MARK: - Changes of what is shown

    mutating func show(_ kind: ReportKind, _ desk: inout Desk) -> [Step] {
        trail = []
        var wanted = query
        wanted.kind = kind
        return look(wanted, &desk)
    }

    mutating func show(kindsOn steps: Int, _ desk: inout Desk) -> [Step] {
        let kinds = ReportKind.allCases.filter { !$0.tellsCost || desk.principal.allows(.seeCost) }
        let place = kinds.firstIndex(of: query.kind) ?? 0
        return show(kinds[((place + steps) % kinds.count + kinds.count) % kinds.count], &desk)
    }

    mutating func show(_ period: ReportPeriod, _ desk: inout Desk) -> [Step] {
        trail = []
        var wanted = query
        wanted.period = period
        return look(wanted, &desk)
    }

    /// As many days before what is shown, or behind it.
    mutating func move(back: Bool, _ desk: inout Desk) -> [Step] {
        guard let span = report?.span else { return [] }
        return show(.span(back ? span.before : span.after), &desk)
    }

    mutating func compareNext(_ desk: inout Desk) -> [Step] {
        let all = ReportComparison.allCases
        var wanted = query
        wanted.comparison = all[((all.firstIndex(of: query.comparison) ?? 0) + 1) % all.count]
        return look(wanted, &desk)
    }

    mutating func turnChart() { prefersChart.toggle() }
}
