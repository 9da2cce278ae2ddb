import ArgumentParser
import ProgramKit
import StoreDomain
import StorePostgres
import StoreService

/// `storefront-server adopt`: makes a Flask service's database a store.
struct ServerAdopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Take over the database of a Flask service, which can go on writing to it.",
        discussion: """
            Says what is in the PostgreSQL database that the settings name, what is odd about it and what becomes of it; \
            with --yes does it, in one transaction. Accounts, passwords, products, orders and all ids stay. Again is \
            harmless.

            Orders that wait for their payment go on waiting: the store's policy orders.pendingMinutes is 0.
            """)

    @Flag(help: "Do it.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "What a state of the service's orders is here: pending, paid or cancelled. May come several times.",
            valueName: "word=state"))
    var status: [String] = []

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(ServerTable.all, flags: [:], in: places).checked()
        guard case .postgres(let address, let source) = try DatabaseAddress.find(settings, places) else {
            throw ProgramFailure(
                "The settings name no PostgreSQL database; set DATABASE_URL, or DATABASE_HOST and its like")
        }
        ServerConsole.line("\(address.name), named by \(source)")
        let adoption = PostgresAdoption(address, statuses: try statuses())
        switch try await adoption.candidate() {
        case .other(let sentence): throw ProgramFailure(sentence)
        case .store(let isShared): try await share(adoption, settings, isShared: isShared)
        case .flask(let report): try await adopt(adoption, settings, report)
        }
    }

    private func statuses() throws -> [String: OrderStatus] {
        try status.reduce(into: [:]) { statuses, text in
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, let status = OrderStatus(rawValue: sides[1]), status.isOfFlask else {
                throw ValidationError("--status must be WORD=pending, WORD=paid or WORD=cancelled")
            }
            statuses[sides[0]] = status
        }
    }

    private func adopt(_ adoption: PostgresAdoption, _ settings: Settings, _ report: AdoptionReport)
        async throws
    {
        ServerConsole.line("\nIt holds, made by a Flask service:")
        for figure in report.figures { ServerConsole.line("  \(figure)") }
        for (weight, title) in [
            (AdoptionReport.Finding.Weight.blocks, "What must be dealt with first:"),
            (.changes, "What is changed:"), (.note, "What else becomes of it:"),
        ] {
            let findings = report.findings.filter { $0.weight == weight }
            guard !findings.isEmpty else { continue }
            ServerConsole.line("\n\(title)")
            for finding in findings { ServerConsole.line("  \(Self.line(finding))") }
        }
        let policy = Self.policy(settings)
        ServerConsole.line("\nThe store's currency is \(policy.currency.code). All ids and passwords stay.")
        guard report.isPossible else {
            throw ProgramFailure("Nothing was changed: the above must be dealt with first")
        }
        guard yes else { return ServerConsole.line("Nothing was changed. Add --yes to do it.") }
        try await run(adoption, settings)
        ServerConsole.line("Done: it is a store. The Flask service can go on writing to it.")
    }

    private func share(_ adoption: PostgresAdoption, _ settings: Settings, isShared: Bool) async throws {
        ServerConsole.line(
            isShared
                ? "It is a store already, and a Flask service can write to it."
                : "It is a store already; a Flask service cannot write to it yet.")
        guard yes else {
            return ServerConsole.line(
                isShared ? "Nothing is to be done." : "Nothing was changed. Add --yes to let it.")
        }
        try await run(adoption, settings)
        ServerConsole.line(
            isShared
                ? "Done: what a Flask service writes is read as this program reads it."
                : "Done: a Flask service can write to it. Start the servers that run anew.")
    }

    private func run(_ adoption: PostgresAdoption, _ settings: Settings) async throws {
        let progress = ServerProgress()
        defer { progress.finish() }
        let seed = StoreSeed(
            policy: Self.policy(settings), uuid: SystemIDs().idempotencyKey().text, now: settings.clock.now())
        try await adoption.run(seed) { progress.show($0.step, Int64($0.done), of: $0.total.map(Int64.init)) }
    }

    /// In the service orders wait without end.
    private static func policy(_ settings: Settings) -> ShopPolicy {
        var policy = settings.policy
        policy.pendingMinutes = 0
        return policy
    }

    private static func line(_ finding: AdoptionReport.Finding) -> String {
        guard let count = finding.count else { return finding.sentence }
        let more = count > finding.ids.count ? ", …" : ""
        return
            "\(count)  \(finding.sentence) (\(finding.ids.map(String.init).joined(separator: ", "))\(more))"
    }
}

extension OrderStatus {
    /// Whether the Flask service has it.
    fileprivate var isOfFlask: Bool {
        switch self {
        case .pending, .paid, .cancelled: true
        case .partiallyRefunded, .refunded: false
        }
    }
}
