import ArgumentParser
import StoreDomain

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Show and change the shop's rules.",
        discussion: """
            The rules belong to the store: every program on it, and every client of a server on it, uses the \
            same. Settings of the same names seed a new store only.
            """,
        subcommands: [ShowPolicy.self, SetPolicy.self, PolicyHistory.self])
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
        return PolicyField.allCases.compactMap { field in
            let (old, new) = (
                field.text(in: before.policy, at: version.at), field.text(in: version.policy, at: version.at)
            )
            return old == new ? nil : "\(field.rawValue) \(old) → \(new)"
        }.joined(separator: "; ")
    }
}
