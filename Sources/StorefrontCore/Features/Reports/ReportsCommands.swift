import StoreDomain

extension ReportsState {
    public static let commands: [CommandSpec] =
        [
            CommandSpec(
                .openReports, "Reports", "See what was sold, by day, product, cashier and more",
                spoken: Spoken(["reports"]), permission: .seeReports, traits: [.goesAhead],
                available: { feature, _ in feature is ReportsState ? .absent : .enabled }
            ) { feature, desk, _ in
                ProgramCommands.leave(&feature, &desk) { _ in [.to(.reports(ReportsState()))] }
            },
            CommandSpec(
                .nextReport, "Next report", "The next kind of report", on: ReportsState.self, keys: ["n"],
                spoken: Spoken(["next report"])
            ) { state, desk, _ in state.show(kindsOn: 1, &desk) },
            CommandSpec(
                .previousReport, "Report before", "The kind of report before", on: ReportsState.self,
                keys: ["N"], spoken: Spoken(["report before"])
            ) { state, desk, _ in state.show(kindsOn: -1, &desk) },
        ] + periods + views + kinds

    private static let periods: [CommandSpec] = [
        CommandSpec(
            .reportToday, "Today", "What was sold today", on: ReportsState.self, keys: ["t"],
            spoken: Spoken(["today"])
        ) { state, desk, _ in state.show(.today, &desk) },
        CommandSpec(
            .reportWeek, "Week", "Since Monday", on: ReportsState.self, keys: ["w"], spoken: Spoken(["week"])
        ) { state, desk, _ in state.show(.week, &desk) },
        CommandSpec(
            .reportMonth, "Month", "Since the first of the month", on: ReportsState.self, keys: ["m"],
            spoken: Spoken(["month"])
        ) { state, desk, _ in state.show(.month, &desk) },
        CommandSpec(
            .reportYear, "Year", "Since the first of January", on: ReportsState.self, keys: ["y"],
            spoken: Spoken(["year"])
        ) { state, desk, _ in state.show(.year, &desk) },
        CommandSpec(
            .reportDays, "Days", "Any days: two dates, a month or a year", on: ReportsState.self, keys: ["d"],
            spoken: Spoken(["days"], argument: .text)
        ) { state, _, _ in
            [.open(.prompt(Prompt(.reportDays, text: state.report?.span.text ?? "", limit: 40)))]
        },
        CommandSpec(
            .earlierReport, "Earlier", "As many days before these", on: ReportsState.self, keys: [","],
            spoken: Spoken(["earlier"])
        ) { state, desk, _ in state.move(back: true, &desk) },
        CommandSpec(
            .laterReport, "Later", "As many days behind these", on: ReportsState.self, keys: ["."],
            spoken: Spoken(["later"])
        ) { state, desk, _ in state.move(back: false, &desk) },
    ]

    private static let views: [CommandSpec] = [
        CommandSpec(
            .compareReport, "Compare", "Beside nothing, the days before or the year before",
            on: ReportsState.self, keys: ["c"], spoken: Spoken(["compare"])
        ) { state, desk, _ in state.compareNext(&desk) },
        CommandSpec(
            .reportChart, "Chart", "The chart instead of the table, where there is room for one",
            on: ReportsState.self, keys: ["b"]
        ) { state, _, _ in
            state.turnChart()
            return []
        },
        CommandSpec(
            .saveReportTable, "Save", "Write the report to a file, as CSV for a spreadsheet",
            on: ReportsState.self, keys: ["s"], spoken: Spoken(["save"]), traits: [.ofHost],
            available: whileThere
        ) { state, _, _ in state.report.map { [.ask(.reports(.save($0, .csv)))] } ?? [] },
        CommandSpec(
            .saveReportText, "Save as text", "Write the report to a file, as it reads here",
            on: ReportsState.self, keys: ["S"], spoken: Spoken(["save text"]), traits: [.ofHost],
            available: whileThere
        ) { state, _, _ in state.report.map { [.ask(.reports(.save($0, .text)))] } ?? [] },
        CommandSpec(
            .saveReportLedger, "Save for hledger", "Write the days to a file as entries for hledger",
            on: ReportsState.self, keys: ["L"], spoken: Spoken(["save ledger"]), traits: [.ofHost],
            available: whileThere
        ) { state, _, _ in state.report.map { [.ask(.reports(.save($0, .hledger)))] } ?? [] },
    ]

    private static func whileThere(_ state: ReportsState, _ desk: Desk) -> Availability {
        guard state.report != nil else { return .disabled("The report is not there yet") }
        return desk.keepingFiles
    }

    /// One a kind, for the palette and for lines.
    private static let kinds: [CommandSpec] = ReportKind.allCases.map { kind in
        CommandSpec(
            .report(kind), "Report: \(kind.title.lowercased())", kind.help, on: ReportsState.self,
            spoken: Spoken(["report \(kind.rawValue)"]), permission: kind.tellsCost ? .seeCost : nil
        ) { state, desk, _ in state.show(kind, &desk) }
    }
}

extension ReportKind {
    /// One line for help and manual.
    fileprivate var help: String {
        switch self {
        case .sales: "What was sold, by day or month"
        case .hours: "What was sold, by hour of the day"
        case .weekdays: "What was sold, by day of the week"
        case .products: "What was sold, by product"
        case .categories: "What was sold, by category"
        case .cashiers: "What was sold, by who sold it"
        case .tenders: "What was paid, by way of payment"
        case .tax: "What was taxed, by rate"
        case .discounts: "What was taken off, by discount"
        case .refunds: "What came back, by reason"
        case .margin: "What was sold less what it cost, by product"
        case .marginCategories: "What was sold less what it cost, by category"
        case .marginDays: "What was sold less what it cost, by day or month"
        case .stock: "What is on the books, and what it cost"
        }
    }
}

extension Command {
    public static let openReports = Command("openReports")
    public static let nextReport = Command("nextReport")
    public static let previousReport = Command("previousReport")
    public static let reportToday = Command("reportToday")
    public static let reportWeek = Command("reportWeek")
    public static let reportMonth = Command("reportMonth")
    public static let reportYear = Command("reportYear")
    public static let reportDays = Command("reportDays")
    public static let earlierReport = Command("earlierReport")
    public static let laterReport = Command("laterReport")
    public static let compareReport = Command("compareReport")
    public static let reportChart = Command("reportChart")
    public static let saveReportTable = Command("saveReportTable")
    public static let saveReportText = Command("saveReportText")
    public static let saveReportLedger = Command("saveReportLedger")

    /// Shows that kind: `reportMarginDays` of `margin-days`.
    public static func report(_ kind: ReportKind) -> Command {
        let words = kind.rawValue.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return Command("report\(words.joined())")
    }
}
