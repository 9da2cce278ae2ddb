import ArgumentParser
import ProgramKit

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show every setting and where it comes from, the terminal, the store and the paths in use.",
        discussion: """
            Changes nothing, and makes no store where there is none. Exits with 1 when something is wrong. --licences \
            lists what the program is made of instead: the packages that were linked into it, as the build found them, \
            and the libraries of the system that it runs with, each with its licence.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "List what the program is made of, with the licences, instead.")
    var licences = false

    func run() async throws {
        if licences {
            let report = LicenceReport()
            return Console.write(output.json ? report.json.text + "\n" : report.text)
        }
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: place.flags, in: places)
        let examination = await Examination(
            settings: settings, keys: try KeyBindings.load(from: places),
            unknown: try UnknownSettings.problems(places), places: places)
        Console.write(output.json ? examination.json.text + "\n" : examination.text)
        for problem in examination.problems { Console.complain(problem) }
        if !examination.problems.isEmpty { throw ExitCode.failure }
    }
}

/// What doctor found: sections of names and values, and what is wrong.
struct Examination {
    private let settings: [(setting: any AnySetting, found: FoundSetting)]
    private let keys: [(name: String, value: OutputJSON)]
    private let sections: [Findings]
    let problems: [String]

    init(settings: Settings, keys: KeyBindings, unknown: [String], places: Places) async {
        self.settings = SettingTable.all
            .map { ($0, settings.found($0)) }
            .filter { !$0.0.isHidden || $0.1.source != "default" }
        self.keys = keys.overrides.sorted { $0.key < $1.key }
            .map { ($0.key, .array($0.value.map(OutputJSON.string))) }
        let shop: Findings =
            if let place = RemotePlace(settings, places) {
                await .server(place, settings)
            } else {
                await .store(at: settings.databasePath(places), settings)
            }
        sections = [
            .terminal(settings, places), .themes(settings, places), shop, .counter(settings),
            .macros(settings, keys, places),
            .paths(settings, places), .versions(),
        ]
        problems =
            SettingTable.all.compactMap { settings.problem(of: $0) }
            + unknown + [keys.problem].compactMap { $0 } + shop.problems
            + sections.filter { $0.name != shop.name }.flatMap(\.problems)
    }

    // MARK: - Telling

    var json: OutputJSON {
        .object(
            [
                (
                    "settings",
                    .array(
                        settings.map { setting, found in
                            .object([
                                ("name", .string(setting.key)), ("value", .string(found.text)),
                                ("source", .string(found.source)),
                                ("environment", .string(setting.environmentName)),
                                ("default", .string(setting.fallbackText)), ("help", .string(setting.help)),
                            ])
                        })
                ), ("keys", .object(keys)),
            ] + sections.map { ($0.name, .object($0.fields)) }
                + [("problems", .array(problems.map(OutputJSON.string)))])
    }

    var text: String {
        var table = TextTable([.init("Setting"), .init("Value"), .init("From"), .init("Environment")])
        let rows = settings.map { setting, found in
            [setting.key, found.text, found.source, setting.environmentName]
        }
        return table.lines(rows)
            + section("keys", keys.isEmpty ? [("all", .string("as they are by default"))] : keys)
            + sections.map { section($0.name, $0.fields) }.joined()
    }

    /// What a report of a defect needs: the machine, and nothing of its shop or of where things are.
    var machineText: String {
        section("keys", keys.isEmpty ? [("all", .string("as they are by default"))] : keys)
            + sections.filter { ["terminal", "themes", "versions"].contains($0.name) }
            .map { section($0.name, $0.fields) }.joined()
    }

    private func section(_ name: String, _ fields: [(name: String, value: OutputJSON)]) -> String {
        "\n\(name.capitalized)\n"
            + FieldList.text(
                fields.map { ("  " + $0.name.replacing("_", with: " "), $0.value.words) })
    }
}

extension OutputJSON {
    /// The value as people read it.
    fileprivate var words: String {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "yes" : "no"
        case .null: "none"
        case .array(let elements):
            elements.isEmpty ? "none" : elements.map(\.words).joined(separator: ", ")
        case .object: text
        }
    }
}
