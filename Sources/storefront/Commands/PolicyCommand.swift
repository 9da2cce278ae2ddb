import ArgumentParser
import StoreDomain

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Show and change the shop's rules.",
        discussion: """
            The rules belong to the store: every program on it, and every client of a server on it, uses the \
            same. Settings of the same names seed a new store only.
            """,
        subcommands: [ShowPolicy.self, SetPolicy.self, PresetPolicy.self, PolicyHistory.self])
}

struct ShowPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the rules in force.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            PolicyTable.print(try await context.services.policy.current(), now: context.now, output)
        }
    }
}

struct SetPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change one rule; the policy before is kept as a version.",
        discussion: "Names: \(PolicyField.allCases.map(\.rawValue).joined(separator: ", ")).")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The rule's name, such as tax.rate.")
    var name: String

    @Argument(help: "Its new value.")
    var value: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let version = try await context.services.policy.set(name, to: value, as: context.principal)
            PolicyTable.print(version, now: max(context.now, version.at), output)
        }
    }
}

struct PresetPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preset",
        abstract: "Take over a country's rules: taxes, rounding of cash, words on receipts, zone.",
        discussion: """
            Countries: \(Country.allCases.map { "\($0.rawValue) \($0.name)" }.joined(separator: ", ")). Without \
            one they are listed. Every rule can be changed afterwards; what was sold before keeps its figures. A store \
            keeps its currency: storefront --country makes a new one in the country's.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The country's code, such as DE.")
    var country: String?

    @Flag(help: "Show what would change; change nothing.")
    var dryRun = false

    func run() async throws {
        guard let country else { return CountryTable.print(output) }
        let wanted = try Country.named(country)
        try await ShopContext.with(place) { context in
            let policies = context.services.policy
            let before = try await policies.current()
            let after = try await policies.apply(wanted, checksOnly: dryRun, as: context.principal)
            let open = CountryPreset(wanted).open(in: after.policy)
            let now = max(context.now, after.at)
            if output.json {
                return Console.write(
                    PolicyTable.preset(wanted, before, after, open, dryRun, now: now).text + "\n")
            }
            let rows = PolicyTable.differences(from: before, to: after, now: now)
            var table = TextTable([
                .init("Rule"), .init("Until now"), .init(dryRun ? "Would be" : "From now on"),
            ])
            if rows.isEmpty {
                Console.line("The rules are those of \(wanted.name) already.")
            } else {
                Console.write(table.lines(rows.map { [$0.name, $0.old, $0.new] }))
            }
            for sentence in open { Console.line("\(sentence).") }
            if dryRun, !rows.isEmpty { Console.line("Nothing is changed: leave out --dry-run to do so.") }
        }
    }
}

/// The countries with the rules that differ most.
private enum CountryTable {
    static func print(_ output: OutputOptions) {
        let presets = Country.allCases.map { CountryPreset($0) }
        if output.json {
            let list = presets.map { preset in
                OutputJSON.object([
                    ("country", .text(preset.country.rawValue)), ("name", .text(preset.country.name)),
                    ("currency", .text(preset.currency.code)), ("tax_mode", .text(preset.taxMode.rawValue)),
                    ("tax_classes", .text(preset.classesText)),
                    ("cash_step", .int(preset.cashRounding.step)), ("time_zone", .text(preset.timeZone)),
                ])
            }
            return Console.write(OutputJSON.array(list).text + "\n")
        }
        var table = TextTable([
            .init("Code"), .init("Country"), .init("Currency"), .init("Tax"), .init("Classes"),
            .init("Cash step", .right),
        ])
        Console.write(
            table.lines(
                presets.map {
                    [
                        $0.country.rawValue, $0.country.name, $0.currency.code,
                        "\($0.taxName) \($0.taxMode.rawValue)", $0.classesText, String($0.cashRounding.step),
                    ]
                }))
    }
}

extension CountryPreset {
    fileprivate var classesText: String {
        taxClasses.isEmpty ? "the place's own" : (try? TaxTable(classes: taxClasses))?.text ?? ""
    }
}

struct PolicyHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List every version of the rules, the latest first.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let versions = try await context.services.policy.history(as: context.principal)
            if output.json {
                Console.write(OutputJSON.array(versions.map { PolicyTable.json($0, now: $0.at) }).text + "\n")
                return
            }
            var table = TextTable([.init("Version", .right), .init("Since"), .init("By"), .init("Changed")])
            let before = versions.dropFirst().map(Optional.some) + [nil]
            let rows = zip(versions, before).map { version, before in
                [
                    String(version.number), context.zone.minuteText(version.at),
                    version.by.map { "#\($0)" } ?? "operator",
                    PolicyTable.changes(from: before, to: version),
                ]
            }
            Console.write(table.lines(rows))
        }
    }
}

/// How a policy is shown.
private enum PolicyTable {
    static func print(_ version: PolicyVersion, now: Timestamp, _ output: OutputOptions) {
        if output.json {
            Console.write(json(version, now: now).text + "\n")
            return
        }
        var table = TextTable([.init("Rule"), .init("Value"), .init("What it is")])
        let rows = PolicyField.allCases.map { field in
            [field.rawValue, field.text(in: version.policy, at: now), field.help]
        }
        Console.write(table.lines(rows))
    }

    static func json(_ version: PolicyVersion, now: Timestamp) -> OutputJSON {
        let values = PolicyField.allCases.map { field in
            (field.rawValue, OutputJSON.text(field.text(in: version.policy, at: now)))
        }
        return .object([
            ("version", .int(Int64(version.number))), ("since", .text(version.at.rfc3339)),
            ("by", version.by.map { .int($0) } ?? .null),
            ("currency", .text(version.policy.currency.code)), ("policy", .object(values)),
        ])
    }

    /// "tax.rate 8.5 → 7.7"; the first version changes nothing.
    static func changes(from before: PolicyVersion?, to version: PolicyVersion) -> String {
        guard let before else { return "" }
        return differences(from: before, to: version, now: version.at).map {
            "\($0.name) \($0.old) → \($0.new)"
        }
        .joined(separator: "; ")
    }

    /// The rules that differ, with their values before and afterwards.
    static func differences(
        from before: PolicyVersion, to after: PolicyVersion, now: Timestamp
    ) -> [(name: String, old: String, new: String)] {
        PolicyField.allCases.compactMap { field in
            let (old, new) = (field.text(in: before.policy, at: now), field.text(in: after.policy, at: now))
            return old == new ? nil : (field.rawValue, old, new)
        }
    }

    static func preset(
        _ country: Country, _ before: PolicyVersion, _ after: PolicyVersion, _ open: [String], _ isDry: Bool,
        now: Timestamp
    ) -> OutputJSON {
        let changed = differences(from: before, to: after, now: now).map { change in
            (change.name, OutputJSON.object([("from", .text(change.old)), ("to", .text(change.new))]))
        }
        return .object([
            ("country", .text(country.rawValue)), ("dry_run", .bool(isDry)),
            ("version", .int(Int64(isDry ? before.number : after.number))), ("changes", .object(changed)),
            ("to_do", .array(open.map { .text($0) })),
        ])
    }
}
