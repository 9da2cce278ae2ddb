import ArgumentParser
import StoreDomain

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "List, check and export the journal.",
        discussion: """
            The journal keeps every fact that changes money, goods, prices, people or settings, in a chain for each \
            till, for the API and for commands. Each record carries the hash of the one before it, so that none can \
            be changed or taken out unseen. It is no fiscal certificate.
            """,
        subcommands: [ListJournal.self, VerifyJournal.self, ExportJournal.self])
}

struct ListJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the records of a chain, or the chains.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The chain: a till's name, api or shell; without it, the chains that there are.")
    var chain: String?

    @Option(help: "The number of the first record.")
    var from = 1

    @Option(help: "How many at most, 1 to 1000.")
    var limit = 100

    func validate() throws {
        guard from > 0 else { throw ValidationError("--from must be 1 or more") }
        guard (1...1_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000") }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let journal = try context.counter().journal
            guard let chain else { return list(try await journal.chains(as: context.principal)) }
            let records = try await journal.records(
                of: chain, from: from, limit: limit, as: context.principal)
            if output.json { return Console.write(WireText.list("records", records)) }
            guard !records.isEmpty else { return Console.tell("No records of \(chain) from \(from) on") }
            var table = TextTable([
                .init("Number", .right), .init("When"), .init("By"), .init("What"), .init("Hash"),
            ])
            Console.write(
                table.lines(
                    records.map { record in
                        [
                            String(record.number), context.zone.minuteText(record.at),
                            record.by.map { "#\($0)" } ?? "operator", record.kind.rawValue,
                            String(record.hash.prefix(8)),
                        ]
                    }))
        }
    }

    private func list(_ chains: [String]) {
        if output.json {
            var list = JSONList("chains")
            list.write(chains.map { .string($0) })
            return list.finish([("count", .int(chains.count))])
        }
        guard !chains.isEmpty else { return Console.tell("The journal has no records") }
        for chain in chains { Console.line(chain) }
    }
}

struct VerifyJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every chain and name the first record that is broken.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let journal = try context.counter().journal
            let breaks = try await journal.firstBreaks(as: context.principal)
            if output.json {
                Console.write(WireText.list("breaks", breaks))
            } else if breaks.isEmpty {
                let chains = try await journal.chains(as: context.principal)
                Console.line("The journal is whole: \(chains.count.counted("chain"))")
            } else {
                for found in breaks {
                    Console.line("chain \(found.chain): record \(found.number) is not what was written")
                }
            }
            if !breaks.isEmpty { throw ExitCode.failure }
        }
    }
}

struct ExportJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print every record, one JSON object a line.",
        discussion: """
            Each line has the chain, the number, the record's text, which the hash covers, and the hash: SHA-256 of \
            the hash before it, a line feed and the text.
            """)

    @OptionGroup var place: StoreOptions

    @Argument(help: "Only these chains.")
    var chains: [String] = []

    private static let stride = 1_000

    func run() async throws {
        try await ShopContext.with(place) { context in
            let journal = try context.counter().journal
            let all = try await journal.chains(as: context.principal)
            if let unknown = chains.first(where: { !all.contains($0) }) {
                throw CommandFailure("the journal has no chain \(unknown)")
            }
            for chain in chains.isEmpty ? all : chains {
                var next = 1
                while true {
                    let records = try await journal.records(
                        of: chain, from: next, limit: Self.stride, as: context.principal)
                    for record in records { Console.write(WireText.line(record)) }
                    guard records.count == Self.stride, let last = records.last else { break }
                    next = last.number + 1
                }
            }
        }
    }
}
