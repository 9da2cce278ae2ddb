import StoreDomain
import TerminalKit

extension Report {
    /// Its rows as bars. Where they come to what was sold, each bar is what it would have come to without refunds and
    /// discounts, in these three parts.
    var bars: BarChart {
        let parts: (SalesFigures) -> [Int64]
        let legend: [String]
        switch kind {
        case .sales, .hours, .weekdays, .products, .categories, .cashiers:
            parts = { [$0.turnover, $0.refunded, $0.discounts] }
            legend = ["turnover", "refunded", "discounts"]
        case .tax:
            parts = { [$0.turnoverNet, $0.taxDue] }
            legend = ["net", "tax"]
        case .margin, .marginCategories, .marginDays:
            parts = { [$0.margin, $0.costOfGoods, $0.uncosted] }
            legend = ["margin", "cost", "cost unknown"]
        case .tenders, .discounts, .refunds, .stock:
            parts = { [self.kind.measure.value(of: $0)] }
            legend = []
        }
        return BarChart(
            rows.map { row in
                BarChart.Bar(
                    label: row.title, parts: parts(row.figures).map { Int(clamping: $0) },
                    figure: text(kind.measure, of: row.figures))
            }, legend: legend)
    }

    /// Weekdays by hours; nil for reports without them, and where nothing was sold.
    var heatMap: HeatMap? {
        guard let first = cells.map(\.hour).min(), let last = cells.map(\.hour).max() else { return nil }
        var values = ShopWeekday.allCases.map { _ in Array(repeating: 0, count: last - first + 1) }
        for cell in cells {
            guard let row = ShopWeekday.allCases.firstIndex(of: cell.weekday) else { continue }
            values[row][cell.hour - first] += Int(clamping: cell.turnover)
        }
        return HeatMap(
            rows: ShopWeekday.allCases.map(\.shortWord),
            columns: (first...last).map { $0 < 10 ? "0\($0)" : "\($0)" }, values: values)
    }

    /// The turnover from row to row, where rows follow each other in time.
    var sparkline: Sparkline? {
        switch kind {
        case .sales, .hours, .weekdays:
            rows.count > 1 ? Sparkline(rows.map { Int(clamping: max(0, $0.figures.turnover)) }) : nil
        case .marginDays:
            rows.count > 1 ? Sparkline(rows.map { Int(clamping: max(0, $0.figures.margin)) }) : nil
        case .products, .categories, .cashiers, .tenders, .tax, .discounts, .refunds, .margin,
            .marginCategories, .stock:
            nil
        }
    }

    /// The chart in words.
    var chartSentence: String {
        let map = heatMap.map { " \($0.sentence)" } ?? ""
        return bars.sentence + map
    }

    /// "2026-11-01 to 2026-11-30, compared with 2026-10-02 to 2026-10-31"
    var spanText: String {
        guard kind.hasPeriod else { return "now, \(span.text)" }
        return span.text + (compared.map { ", compared with \($0.text)" } ?? "")
    }

    /// The figures of the whole period, the turnover first; of reports that tell what goods cost, what they are about.
    var totals: [(title: String, text: String)] {
        guard !kind.tellsCost else {
            var totals = kind.columns.reversed().map { ($0.title, text($0, of: total)) }
            if let change = change(kind.measure, total, from: totalBefore) {
                totals.append(("Change", change))
            }
            return totals
        }
        var totals = [
            ("Turnover", text(.turnover, of: total)), ("Net", text(.net, of: total)),
            ("Tax", text(.tax, of: total)), ("Sales", text(.sales, of: total)),
        ]
        if let change = change(.turnover, total, from: totalBefore) { totals.append(("Change", change)) }
        return totals
    }
}
