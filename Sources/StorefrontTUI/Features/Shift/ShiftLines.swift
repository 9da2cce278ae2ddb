import StoreDomain
import StorefrontCore

extension Teller<ShiftState> {
    var place: PlainPlace {
        PlainPlace(
            PlainSheet(title: title, lines: lines, hint: hint),
            prompt: state.form.map { .field($0.focused) } ?? .command(state.title))
    }

    private var title: String {
        switch state.stage {
        case .looking: "Shift. Looking."
        case .failed: "Shift. It could not be loaded."
        case .opening: "No shift is open at till \(desk.context.till). What is in the drawer?"
        case .open(let shift, _): "Shift of till \(shift.till)."
        case .moving(_, let kind, _): "\(kind.title)."
        case .counting(let shift, _):
            shift.counts.isEmpty ? "Count the drawer." : "Count the drawer once more."
        case .closing(let shift, _, _): "Close the shift of till \(shift.till)."
        case .report(let report, let isExplained, _):
            (report.shift.number.map { "Z report \($0.text)" } ?? "X report")
                + (isExplained ? ", how each figure comes about." : ".")
        case .earlier(let earlier):
            earlier.shifts.isEmpty
                ? "No shift of this till is closed yet."
                : "Z reports: \(earlier.hasMore ? "the latest " : "")\(earlier.shifts.count.grouped)."
        }
    }

    private var lines: [PlainLine] {
        switch state.stage {
        case .looking: []
        case .failed(let error):
            [PlainLine("\(error.screenText.asSentence) Type reload to try again.", isProblem: true)]
        case .open(let shift, let report):
            ShiftWords.facts(of: shift, report, zone).map { PlainLine("\($0.0) \($0.1)".asSentence) }
        case .opening(let form), .moving(_, _, let form), .counting(_, let form): problems(of: form)
        case .closing(let shift, let outcome, let form):
            ShiftWords.closing(shift, outcome).map { PlainLine($0.asSentence) } + problems(of: form)
        case .report(let report, true, _):
            report.explained.map {
                PlainLine("\($0.title) \($0.amount.displayText): \($0.derivation)".asSentence)
            }
        case .report(let report, false, _): sentences(of: report)
        case .earlier(let earlier):
            earlier.shifts.enumerated().map { PlainLine(row($0.element), number: $0.offset + 1) }
        }
    }

    private func problems(of form: Form) -> [PlainLine] {
        form.fields.compactMap { field in
            field.problem.map { PlainLine("Error: \(field.label) \($0.asSentence)", isProblem: true) }
        }
    }

    private func sentences(of report: ShiftReport) -> [PlainLine] {
        let style = ReceiptStyle(desk)
        return ReportRows(report: report, zone: zone, issue: .original)
            .rows(shopName: style.shopName, header: style.header, isDemo: style.isDemo)
            .compactMap { row in
                switch row {
                case .heading(let text), .note(let text): PlainLine(text.trimmedText.asSentence)
                case .pair(let label, let figure), .total(let label, let figure):
                    PlainLine("\(label.trimmedText.withCapitalStart): \(figure)".asSentence)
                case .rule: nil
                }
            }
    }

    private func row(_ shift: Shift) -> String {
        let closing = shift.closing
        return [
            shift.number?.text ?? "", closing.map { "closed \(timeText($0.closedAt))" } ?? "",
            closing.map { "counted \($0.counted.displayText)" } ?? "",
            closing.map { $0.variance.isZero ? "right" : "off by \($0.variance.displayText)" } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private var hint: String {
        switch state.stage {
        case .looking: ""
        case .failed: "Type reload to look again, back to leave it."
        case .opening, .moving:
            "Each line answers the question before it. A colon makes it a command: :back leaves."
        case .open:
            "Type x for what the shift comes to, paid in, paid out or drop for cash, count to count and close, "
                + "z reports for earlier ones."
        case .counting:
            "Each line says how many there are of what is asked for; an empty one keeps what is there. "
                + ":back goes on later."
        case .closing:
            "Each line answers the question before it; the last one closes the shift. :recount counts once more."
        case .report:
            "Type print for paper, save to keep it in a file, explain for every figure, back to leave."
        case .earlier(let earlier):
            "Type its number for a report, \(earlier.hasMore ? "more for earlier ones, " : "")back to leave."
        }
    }
}

/// What a screen and lines alike say of a shift.
enum ShiftWords {
    /// The words that a report's sums begin with.
    static let totals = ["NET SALES", "ALL TENDERS", "EXPECTED", "VARIANCE", "ALL SHIFTS"]

    static func facts(of shift: Shift, _ report: ShiftReport?, _ zone: ShopZone) -> [(String, String)] {
        var facts = [
            ("Open since", zone.minuteText(shift.openedAt)), ("Float", shift.float.displayText),
        ]
        guard let report else { return facts }
        facts.insert(("Opened by", report.name(of: shift.openedBy)), at: 1)
        facts += [
            (report.sales.counted("sale").withCapitalStart, report.salesTotal.displayText),
            (report.refunds.counted("refund").withCapitalStart, report.refundsTotal.displayText),
        ]
        facts += report.movements.map { ("\($0.kind.title), \($0.reason)", $0.amount.displayText) }
        if let expected = report.expected { facts.append(("In the drawer", expected.displayText)) }
        return facts
    }

    static func closing(_ shift: Shift, _ outcome: CountOutcome?) -> [String] {
        var lines = shift.counts.enumerated().map { index, count in
            (index == 0 ? "Counted " : "Counted again ") + count.drawer.total.displayText
        }
        if let expected = outcome?.expected { lines.append("Expected \(expected.displayText)") }
        if let outcome { lines.append(outcome.sentence) }
        return lines
    }
}
