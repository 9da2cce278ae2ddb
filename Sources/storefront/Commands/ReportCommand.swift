import ArgumentParser
import StoreDomain
import StoreWire
import StorefrontTUI

/// Reports from the sums that are kept with each sale.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What was sold, by day, product, cashier and more.",
        discussion: """
            A sale counts on the day on which it is paid, what comes back on the day on which it does, both by the \
            shop's calendar. Gift cards are no turnover: what is paid for one is counted apart. Margins and the \
            value of the stock are for those who may see what goods cost; stock is of now, whatever the days.
            """)

    @OptionGroup var place: StoreOptions

    @Argument(help: "What the rows are by: \(ReportKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: ReportKind

    @Option(help: "Until today: today, week, month or year; month without it and without days.")
    var period: ReportPeriodWord?

    @Option(help: ArgumentHelp("The first day, such as 2026-11-01.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("The last day; the first one without it.", valueName: "date"))
    var to: String?

    @Option(help: "Beside it: before for as many days just before, year for the same days a year before.")
    var compare: ReportComparison = .none

    @Option(help: "How many rows at most, 1 to 10000; those with the highest turnover.")
    var limit = 200

    @Flag(help: "Print JSON, as the API does.")
    var json = false

    @Flag(help: "Print CSV for a spreadsheet, with exact amounts.")
    var csv = false

    @Flag(help: "Print the days as entries for hledger, whatever the report is by.")
    var hledger = false

    func validate() throws {
        if [json, csv, hledger].count(where: { $0 }) > 1 {
            throw ValidationError("take one of --json, --csv and --hledger")
        }
        if period != nil, from != nil || to != nil {
            throw ValidationError("--period and days name two periods; take one")
        }
        if from == nil, to != nil { throw ValidationError("--to needs --from") }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            guard let reports = try context.counter().reports else { throw StoreError.unsupported("reports") }
            let query = ReportQuery(kind, try days(), comparison: compare, limit: limit)
            let report = try await reports.report(query, as: context.principal)
            if hledger {
                return Console.write(try await reports.ledger(report.span, as: context.principal))
            }
            if json { return Console.write(WireText.line(report)) }
            if csv { return Console.write(report.csv) }
            for line in ReportText.lines(report) { Console.line(line) }
        }
    }

    private func days() throws -> ReportPeriod {
        guard let from else { return (period ?? .month).period }
        let first = try day(from, "from")
        guard let span = ReportSpan(from: first, to: try to.map { try day($0, "to") } ?? first) else {
            throw StoreError.invalid([FieldProblem("to", "must not be before the first day")])
        }
        return .span(span)
    }

    private func day(_ text: String, _ field: String) throws -> ShopDay {
        guard let day = ShopDay(text) else {
            throw StoreError.invalid([FieldProblem(field, "must be a date, as in 2026-11-22")])
        }
        return day
    }
}

extension ReportKind: ExpressibleByArgument {}
extension ReportComparison: ExpressibleByArgument {}
extension ReportPeriodWord: ExpressibleByArgument {}
