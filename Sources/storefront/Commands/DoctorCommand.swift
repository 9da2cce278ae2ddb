import ArgumentParser
import ProgramKit
import StoreDomain
import StoreSQLite
import TerminalNcurses

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show every setting and where it comes from, the terminal, the store and the paths in use.",
        discussion:
            "Changes nothing, and makes no store where there is none. Exits with 1 when something is wrong.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
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
    private let keys: [(name: String, value: JSON)]
    private let terminal: [(name: String, value: JSON)]
    private let store: [(name: String, value: JSON)]
    private let paths: [(name: String, value: JSON)]
    private let versions: [(name: String, value: JSON)]
    let problems: [String]

    init(settings: Settings, keys: KeyBindings, unknown: [String], places: Places) async {
        self.settings = SettingTable.all
            .map { ($0, settings.found($0)) }
            .filter { !$0.0.isHidden || $0.1.source != "default" }
        let (store, storeProblems) = await Self.store(at: settings.databasePath(places))
        let (terminal, terminalProblems) = Self.terminal(places)
        self.keys = keys.overrides.sorted { $0.key < $1.key }
            .map { ($0.key, .array($0.value.map(JSON.string))) }
        self.store = store
        self.terminal = terminal
        paths = [
            ("store", .string(settings.databasePath(places))), ("state", .string(places.state)),
            ("configuration", .string(places.configuration)),
            ("themes", .array(places.themeDirectories.map(JSON.string))),
            ("receipts", .string(settings.receiptDirectory(places))),
        ]
        versions = [
            ("storefront", .string(Version.text)), ("SQLite", .string(StoreReport.sqliteVersion)),
            ("ncurses", .string(TerminalReport().ncursesVersion)),
        ]
        problems =
            SettingTable.all.compactMap { settings.problem(of: $0) }
            + unknown + [keys.problem].compactMap { $0 } + storeProblems + terminalProblems
    }

    // MARK: - Looking

    private static func store(at path: String) async -> ([(String, JSON)], [String]) {
        guard FileStatus.exists(path) else {
            return ([("path", .string(path)), ("state", .string("not made yet"))], [])
        }
        do throws(StoreError) {
            let database = try StoreDatabase.open(
                at: path, mode: .existing,
                createdAs: StoreSeed(currency: .usd, uuid: "", now: Timestamp(seconds: 0)))
            let report = try await StoreReport(database)
            try database.close()
            let isWhole = report.quickCheck == "ok"
            return (
                [
                    ("path", .string(path)), ("bytes", .int(report.size)), ("schema", .int(report.schema)),
                    ("journal", .string(report.journalMode)), ("currency", .string(report.currency.code)),
                    ("demo", .bool(report.isDemo)), ("read_only", .bool(report.isReadOnly)),
                    ("products", .int(report.products)), ("orders", .int(report.orders)),
                    ("accounts", .int(report.accounts)), ("quick_check", .string(report.quickCheck)),
                ],
                isWhole ? [] : ["\(path) is damaged: \(report.quickCheck)"]
            )
        } catch {
            return ([("path", .string(path)), ("state", .string("unusable"))], [error.message])
        }
    }

    private static func terminal(_ places: Places) -> ([(String, JSON)], [String]) {
        let report = TerminalReport()
        var problems: [String] = []
        var used: String?
        switch report.used {
        case .success(let name): used = name
        case .failure(let error): problems.append(error.description)
        }
        if let notice = report.notice { problems.append(notice) }
        return (
            [
                ("TERM", .text(report.wanted)), ("used", .text(used)), ("colors", .int(report.colors)),
                ("utf8", .bool(report.usesUTF8)),
                ("background", .text(places.background.map { "\($0.rawValue), says COLORFGBG" })),
                ("size", report.size.map { .string("\($0.width)×\($0.height)") } ?? .null),
            ], problems
        )
    }

    // MARK: - Telling

    var json: JSON {
        .object([
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
            ), ("keys", .object(keys)), ("terminal", .object(terminal)), ("store", .object(store)),
            ("paths", .object(paths)),
            ("versions", .object(versions)), ("problems", .array(problems.map(JSON.string))),
        ])
    }

    var text: String {
        var table = TextTable([.init("Setting"), .init("Value"), .init("From"), .init("Environment")])
        let rows = settings.map { setting, found in
            [setting.key, found.text, found.source, setting.environmentName]
        }
        return table.lines(rows)
            + section("Keys", keys.isEmpty ? [("all", .string("as they are by default"))] : keys)
            + section("Terminal", terminal) + section("Store", store)
            + section("Paths", paths) + section("Versions", versions)
    }

    private func section(_ title: String, _ fields: [(name: String, value: JSON)]) -> String {
        "\n\(title)\n" + FieldList.text(fields.map { ("  \($0.name)", $0.value.words) })
    }
}

extension JSON {
    /// The value as people read it.
    fileprivate var words: String {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "yes" : "no"
        case .null: "none"
        case .array(let elements): elements.map(\.words).joined(separator: ", ")
        case .object: text
        }
    }
}
