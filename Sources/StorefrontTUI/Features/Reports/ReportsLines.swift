import StoreDomain
import StorefrontCore

extension Teller<ReportsState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        guard let report = state.report else {
            guard let error = state.error else { return PlainSheet(title: "\(state.title). Adding up.") }
            return PlainSheet(
                title: "\(state.title). It could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let totals = report.totals.map { "\($0.title.lowercased()) \($0.text)" }.joined(separator: ", ")
        return PlainSheet(
            title: "\(state.title), \(report.spanText): \(totals).",
            lines: [PlainLine(report.chartSentence)]
                + report.rows.enumerated().map {
                    PlainLine(sentence($0.element, report), number: $0.offset + 1)
                },
            hint:
                "today, week, month and year change the days, days asks for others; next report shows another kind; compare another time."
        )
    }

    private func sentence(_ row: Report.Row, _ report: Report) -> String {
        let figures = report.kind.columns.reversed().map {
            "\($0.title.lowercased()) \(report.text($0, of: row.figures))"
        }
        let measure = report.kind.measure
        let before = row.before.map { "before \(report.text(measure, of: $0))" }
        let change = report.change(measure, row.figures, from: row.before)
        let all = figures + [before, change].compactMap(\.self)
        return "\(row.title): \(all.joined(separator: ", "))."
    }
}
