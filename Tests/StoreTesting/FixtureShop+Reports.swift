import StoreDomain
import StorefrontCore

/// What the small shop sold: figures that follow from the day and the hour.
extension FixtureShop {
    func reply(to ask: ReportsRequest) -> ReportsAction {
        switch ask {
        case .load(let query): .loaded(.success(Self.report(query)))
        case .save(let report, let form): .saved(.success("report-\(report.kind.rawValue).\(form.rawValue)"))
        }
    }

    private static func report(_ query: ReportQuery) -> Report {
        let span = query.period.span(today: ShopZone.utc.moment(now).day)
        let compared = query.kind.hasPeriod ? query.comparison.span(of: span) : nil
        let rows = rows(query.kind, span, compared)
        return Report(
            kind: query.kind, span: span, compared: compared, currency: .usd, rows: rows,
            total: sum(span), totalBefore: compared.map(sum),
            cells: query.kind == .hours || query.kind == .weekdays ? cells : [])
    }

    /// 09:00 to 18:00; Sundays are closed.
    private static var cells: [Report.Cell] {
        ShopWeekday.allCases.dropLast().enumerated().flatMap { row, weekday in
            (9...17).map { hour in
                Report.Cell(
                    weekday: weekday, hour: hour, turnover: Int64((row + 1) * (hour - 8) % 13) * 1_000)
            }
        }
    }

    private static func rows(_ kind: ReportKind, _ span: ReportSpan, _ compared: ReportSpan?) -> [Report.Row]
    {
        func row(_ key: String, _ title: String, _ weight: Int) -> Report.Row {
            Report.Row(
                key: key, title: title, figures: figures(weight),
                before: compared.map { _ in figures(weight + 3) })
        }
        switch kind {
        case .sales, .marginDays:
            return (0..<min(span.days, 62)).map { offset in
                let day = span.from.advanced(by: offset)
                return Report.Row(
                    key: day.text, title: "\(day.weekday.shortWord) \(day.text)",
                    figures: figures(day.number),
                    before: compared.map { figures($0.from.advanced(by: offset).number) })
            }
        case .hours: return (9...17).map { row("\($0)", "\($0):00", $0) }
        case .weekdays:
            return ShopWeekday.allCases.enumerated().map { row($1.rawValue, $1.word, $0) }
        case .products, .margin, .stock:
            return ["Lamp", "Émile café cup", "緑茶 green tea 100 g"].enumerated().map { row("\($0)", $1, $0) }
        case .categories, .marginCategories: return ["Light", "Kitchen"].enumerated().map { row($1, $1, $0) }
        case .cashiers: return ["Ada", "Ben"].enumerated().map { row("\($0)", $1, $0) }
        case .tenders: return [("cash", "Cash"), ("card", "Card terminal")].map { row($0.0, $0.1, 4) }
        case .tax: return [row("17/200", "8.5 %", 5)]
        case .discounts: return [row("code:SAVE10", "Code SAVE10", 6)]
        case .refunds: return [row("refund|Broken", "Refund: Broken", 7)]
        }
    }

    private static func sum(_ span: ReportSpan) -> SalesFigures {
        (0..<span.days).reduce(into: SalesFigures()) { $0.add(figures(span.from.number + $1)) }
    }

    private static func figures(_ number: Int) -> SalesFigures {
        let weight = Int64(number % 7 + 1)
        var figures = SalesFigures()
        figures.sales = 3 * weight
        figures.pieces = 7 * weight
        figures.orderDiscounts = 210 * weight
        figures.net = 12_345 * weight
        figures.tax = 1_049 * weight
        figures.refunds = weight % 2
        figures.piecesBack = weight % 2
        figures.netBack = 1_000 * (weight % 2)
        figures.taxBack = 85 * (weight % 2)
        figures.costed = 10_000 * weight
        figures.cost = 6_010 * weight
        figures.costedBack = 1_000 * (weight % 2)
        figures.costBack = 601 * (weight % 2)
        figures.stock = 9 * weight
        figures.stockCosted = 8 * weight
        figures.stockUncosted = weight
        figures.stockValue = 2_504 * weight
        return figures
    }
}
