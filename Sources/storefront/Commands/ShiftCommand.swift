import ArgumentParser
import StoreDomain
import StorefrontCore
import StorefrontTUI

struct ShiftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shift", abstract: "Open, count and close a till's shift; its X and Z reports.",
        discussion: """
            A shift is one person's to answer for, so opening, counting, closing and moving cash take the account \
            that does it (--as), whose rights count; over --remote it is the account that is signed in.
            """,
        subcommands: [
            OpenShift.self, XReport.self, CountShift.self, CloseShift.self, ZReport.self, ListShifts.self,
            ShowShift.self, PayIn.self, PayOut.self, DropCash.self,
        ])
}

struct OpenShift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a shift with what is in the drawer.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "What is in the drawer; without it, what the last shift left there.")
    var float: String?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let (till, shifts) = (try at.till(context), try context.counter().shifts)
            let principal = try await actor.principal(context)
            let suggested = try await shifts.suggestedFloat(till: till, as: principal)
            guard
                let amount = try float.map({ try TypedAmount.money($0, "float", context.currency) })
                    ?? suggested
            else { throw CommandFailure("this is the till's first shift; say what is in its drawer") }
            let shift = try await shifts.open(till: till, float: amount, as: principal)
            guard !output.json else { return Console.write(WireText.line(shift)) }
            Console.line("Shift opened at till \(till) with \(amount.displayText)")
        }
    }
}

struct XReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "x", abstract: "What the open shift comes to so far.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let (till, shifts) = (try at.till(context), try context.counter().shifts)
            guard let shift = try await shifts.current(till: till, as: context.principal) else {
                throw StoreError.noShift(till: till)
            }
            let report = try await shifts.report(shift.id, as: context.principal)
            ReportOutput.print(report, .original, output, context)
        }
    }
}

struct CountShift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Keep what is counted in the drawer.",
        discussion: """
            By coins and notes, such as 100=2 50=3 0.25=14, or as one sum. From then on the till sells nothing \
            until its shift is closed; there is one recount.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "Coins and notes, each as VALUE=COUNT, or one sum.")
    var count: [String]

    func run() async throws {
        try await ShopContext.with(place) { context in
            let drawer = try DrawerArguments.drawer(count, context)
            let outcome = try await context.counter().shifts.count(
                drawer, till: at.till(context), as: actor.principal(context))
            guard !output.json else { return Console.write(WireText.line(outcome)) }
            Console.line("Counted \(drawer.total.displayText). \(outcome.sentence)")
        }
    }
}

struct CloseShift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close the shift with what was counted.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "What is counted: as shift count takes it; nothing where it was counted before.")
    var count: [String] = []

    @Option(help: "What stays in the drawer for the next shift.")
    var nextFloat: String?

    @Option(help: "Why the count is off.")
    var reason: String?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let drawer = count.isEmpty ? nil : try DrawerArguments.drawer(count, context)
            let next = try nextFloat.map { try TypedAmount.money($0, "next-float", context.currency) }
            let report = try await context.counter().shifts.close(
                till: at.till(context), counted: drawer, nextFloat: next, reason: reason,
                as: actor.principal(context))
            ReportOutput.print(report, .original, output, context)
        }
    }
}

struct ZReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "z", abstract: "Print a Z report, the latest or one by its number.",
        discussion: """
            Each time is noted in the journal; the first is the original, the others carry COPY and their number. \
            shift show looks at one without printing it.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions

    @Argument(help: "The Z number, such as Z1-000042.")
    var number: String?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let shift = try await ShiftReference.closed(number, at, context)
            let counter = try context.counter()
            let issue = try await counter.issue(.closing(shift.id), till: shift.till, as: context.principal)
            let report = try await counter.shifts.report(shift.id, as: context.principal)
            ReportOutput.print(report, issue, output, context)
        }
    }
}

struct ListShifts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the shifts of a till, the latest first.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions

    @Option(help: "How many at most, 1 to 500.")
    var limit = 100

    @Option(help: "Only those before this Z number, such as Z1-000042: where the list goes on.")
    var before: String?

    func validate() throws {
        guard (1...500).contains(limit) else { throw ValidationError("--limit must be 1 to 500") }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let end: Shift? =
                if let before { try await ShiftReference.closed(before, at, context) } else { nil }
            let shifts = try await context.counter().shifts.shifts(
                till: end?.till ?? at.till(context), before: end?.id, limit: limit, as: context.principal)
            if output.json { return Console.write(WireText.list("shifts", shifts)) }
            guard !shifts.isEmpty else { return Console.tell("No shifts") }
            var table = TextTable([
                .init("Number"), .init("Opened"), .init("Closed"), .init("Counted", .right),
                .init("Variance", .right),
            ])
            Console.write(
                table.lines(
                    shifts.map { shift in
                        [
                            shift.number?.text ?? shift.stage.rawValue,
                            context.zone.minuteText(shift.openedAt),
                            shift.closing.map { context.zone.minuteText($0.closedAt) } ?? "",
                            shift.closing?.counted.displayText ?? "",
                            shift.closing?.variance.displayText ?? "",
                        ]
                    }))
        }
    }
}

struct ShowShift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Look at a closed shift without printing its Z report.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions

    @Argument(help: "The Z number, such as Z1-000042; without it, the latest.")
    var number: String?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let shift = try await ShiftReference.closed(number, at, context)
            let report = try await context.counter().shifts.report(shift.id, as: context.principal)
            ReportOutput.print(report, .original, output, context)
        }
    }
}

/// A closed shift by its number.
private enum ShiftReference {
    static func closed(_ number: String?, _ at: TillOptions, _ context: ShopContext) async throws -> Shift {
        let wanted = number.flatMap { DocumentNumber($0) }
        guard number == nil || wanted?.series.kind == .closing else {
            throw CommandFailure("\(number ?? "") is no Z number; one looks like Z1-000042")
        }
        let till = try wanted?.series.till ?? at.till(context)
        let shifts = try context.counter().shifts
        var before: Int64?
        repeat {
            let page = try await shifts.shifts(
                till: till, before: before, limit: 500, as: context.principal)
            if let found = page.first(where: { wanted == nil ? !$0.isOpen : $0.number == wanted }) {
                return found
            }
            before = page.count == 500 ? page.last?.id : nil
        } while before != nil
        throw CommandFailure(
            wanted.map { "there is no Z report \($0.text)" } ?? "no shift of till \(till) is closed yet")
    }
}

/// How a report is shown: as JSON, or as the paper has it.
private enum ReportOutput {
    static func print(
        _ report: ShiftReport, _ issue: PaperIssue, _ output: OutputOptions, _ context: ShopContext
    ) {
        guard !output.json else { return Console.write(WireText.line(report)) }
        let lines = ShiftText.lines(
            report, ReceiptStyle(context.policy, isDemo: context.isDemo, width: context.receiptWidth),
            zone: context.zone, issue: issue)
        Console.write(FieldList.paragraph(lines.joined(separator: "\n")))
    }
}

/// Amounts and counts as they are typed on a command line.
enum DrawerArguments {
    /// Coins and notes, each as VALUE=COUNT, or one sum.
    static func drawer(_ texts: [String], _ context: ShopContext) throws -> DrawerCount {
        if texts.count == 1, let text = texts.first, !text.contains("=") {
            return DrawerCount(total: try TypedAmount.money(text, "count", context.currency))
        }
        let pieces = try texts.map { text in
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let count = Int(parts[1]) else {
                throw CommandFailure("\(text) is no coin or note with its count, such as 50=3")
            }
            return DrawerCount.Pieces(
                denomination: try TypedAmount.money(String(parts[0]), "count", context.currency).minorUnits,
                count: count)
        }
        return try DrawerCount(pieces, currency: context.currency)
    }
}
