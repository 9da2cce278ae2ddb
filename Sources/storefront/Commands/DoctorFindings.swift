import BuildFacts
import Foundation
import ProgramKit
import StoreDomain
import StoreRemote
import StoreService
import StoreSQLite
import TerminalKit
import TerminalNcurses

/// One section of what doctor found, and what is wrong there.
struct Findings {
    /// As JSON names it; capitalised for people.
    let name: String
    var fields: [(name: String, value: OutputJSON)] = []
    var problems: [String] = []
}

// MARK: - Where the goods are

extension Findings {
    static func store(at path: String, _ settings: Settings) async -> Findings {
        var findings = Findings(name: "store", fields: [("path", .string(path))])
        guard FileStatus.exists(path) else {
            findings.fields.append(("state", .string("not made yet")))
            return findings
        }
        // Before we are one of those who have it open.
        let isOpenElsewhere = StoreReport.isOpen(path)
        do throws(StoreError) {
            let database = try StoreDatabase.open(
                at: path, mode: .existing,
                createdAs: StoreSeed(policy: settings.policy, uuid: "", now: settings.clock.now()))
            let report = try await StoreReport(database)
            try database.close()
            findings.fields += [
                ("bytes", .int(report.size)), ("schema", .int(report.schema)),
                ("journal", .string(report.journalMode)), ("currency", .string(report.currency.code)),
                ("demo", .bool(report.isDemo)), ("read_only", .bool(report.isReadOnly)),
                ("open_elsewhere", .bool(isOpenElsewhere)),
                ("products", .int(report.products)), ("orders", .int(report.orders)),
                ("accounts", .int(report.accounts)), ("quick_check", .string(report.quickCheck)),
            ]
            if report.quickCheck != "ok" {
                findings.problems.append("\(path) is damaged: \(report.quickCheck)")
            }
        } catch {
            findings.fields.append(("state", .string("unusable")))
            findings.problems.append(error.message)
        }
        return findings
    }

    /// Asks the server for one product, as whoever is signed in there.
    static func server(_ place: RemotePlace, _ settings: Settings) async -> Findings {
        var findings = Findings(
            name: "server",
            fields: [
                ("address", .string(place.address.text)),
                ("authorities", .string(place.authorities ?? "the system's")),
            ])
        do throws(StoreError) {
            let store = place.open(
                try .inMemory(), policy: settings.policy, clock: settings.clock,
                sleep: { try await StorefrontMain.executor.sleep(for: $0) })
            findings.fields.append(("signed_in", .text(store.session?.user.email)))
            let page = try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 1)
            findings.fields += [
                ("state", .string(store.health.current == .slow ? "slow" : "answers")),
                ("products", .int(page.total.value)),
            ]
        } catch {
            findings.fields.append(("state", .string("unusable")))
            findings.problems.append(error.message)
        }
        return findings
    }
}

// MARK: - What it is seen on

extension Findings {
    static func terminal(_ settings: Settings, _ places: Places) -> Findings {
        let report = TerminalReport()
        var findings = Findings(name: "terminal")
        var used: String?
        switch report.used {
        case .success(let name): used = name
        case .failure(let error): findings.problems.append(error.description)
        }
        if let notice = report.notice { findings.problems.append(notice) }
        let isASCII = !report.usesUTF8 || settings[SettingTable.ascii]
        findings.fields = [
            ("TERM", .text(report.wanted)), ("used", .text(used)), ("is_terminal", .bool(report.isTerminal)),
            ("size", report.size.map { .string("\($0.width)×\($0.height)") } ?? .null),
            ("locale", .text(report.locale)), ("charset", .string(report.charset)),
            ("utf8", .bool(report.usesUTF8)), ("characters", .string(isASCII ? "ASCII" : "Unicode")),
            ("colors", .int(report.colors)), ("colors_shown", .string(colors(report, settings, places))),
            ("background", .text(places.background.map { "\($0.rawValue), says COLORFGBG" })),
            ("mouse", .bool(report.hasMouse && settings[SettingTable.mouse])),
            ("bracketed_paste", .bool(report.hasMouse)),
            ("escape_delay", .string(escapeDelay(report, settings))),
        ]
        return findings
    }

    private static func colors(_ report: TerminalReport, _ settings: Settings, _ places: Places) -> String {
        let hasNoColor = places.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        let limit = hasNoColor ? .mono : settings[SettingTable.color].depth ?? .direct
        let shown =
            switch min(limit, report.depth) {
            case .mono: "none"
            case .ansi8: "8"
            case .ansi16: "16"
            case .indexed256: "256"
            case .direct: "direct"
            }
        guard limit < report.depth else { return "\(shown), all the terminal has" }
        return hasNoColor ? "\(shown), NO_COLOR is set" : "\(shown), the setting color"
    }

    private static func escapeDelay(_ report: TerminalReport, _ settings: Settings) -> String {
        let set = settings[SettingTable.escapeDelay]
        return set > 0
            ? "\(set) ms, the setting escape.delay"
            : "\(report.escapeDelay.milliseconds) ms, \(report.escapeDelay.reason)"
    }

    static func themes(_ settings: Settings, _ places: Places) -> Findings {
        var findings = Findings(name: "themes")
        let catalog = ThemeCatalog(directories: places.themeDirectories)
        let kept = Preferences(path: "\(places.stateDirectory)/theme").theme
        let isSet = !settings.isDefault(SettingTable.theme)
        let fitting = catalog.name(for: places.background)
        let name = isSet ? settings[SettingTable.theme] : kept ?? fitting
        let source =
            isSet
            ? "setting"
            : kept != nil ? "chosen on the screen" : fitting == Theme.standard.name ? "default" : "background"
        var found: [OutputJSON] = []
        var broken: [OutputJSON] = []
        for entry in catalog.entries() {
            do throws(ThemeError) {
                _ = try catalog.theme(named: entry.name)
                found.append(.string(entry.name))
            } catch {
                broken.append(.string(error.description))
                findings.problems.append(error.description)
            }
        }
        do throws(ThemeError) { _ = try catalog.theme(named: name) } catch {
            if !findings.problems.contains(error.description) { findings.problems.append(error.description) }
        }
        findings.fields = [
            ("in_use", .string(name)), ("chosen_by", .string(source)), ("found", .array(found)),
            ("broken", .array(broken)),
        ]
        return findings
    }
}

// MARK: - What stands beside it

extension Findings {
    /// Printer, drawer and mail, and what of their settings cannot work.
    static func counter(_ settings: Settings) -> Findings {
        var findings = Findings(name: "counter")
        let printer = Printer(settings)
        let language =
            switch settings.printerLanguage {
            case .text: "text"
            case .escpos(let page, let code): "ESC/POS, code page \(page.rawValue), code \(code.rawValue)"
            }
        let drawer: String? =
            switch Drawer(settings, printer) {
            case .command(let command)?: "the command \(command.command)"
            case .printer?: "plugged into the printer"
            case nil: nil
            }
        findings.fields = [
            ("till", .string(settings[SettingTable.till])),
            ("printer", .text(printer.map { "\(language), by \($0.way.words)" })),
            ("drawer", .text(drawer)),
            ("mail", .text(MailCommand(settings, clock: settings.clock)?.command.command)),
        ]
        if case .device(let file)? = printer?.way, !FileStatus.exists(file.path) {
            findings.problems.append("printer.device: \(file.path) is not there")
        }
        if settings[SettingTable.drawerAtPrinter], drawer == nil {
            findings.problems.append(
                "drawer.printer: a printer opens a drawer only with printer.kind escpos, and where one is set up"
            )
        }
        return findings
    }
}

extension Findings {
    /// The macros of the till, and what is wrong in their file.
    static func macros(_ settings: Settings, _ keys: KeyBindings, _ places: Places) -> Findings {
        let file = MacroFile(path: places.macros)
        let shelf = file.shelf(settings.policy.currency, (try? keys.map()) ?? .standard)
        return Findings(
            name: "macros",
            fields: [
                ("file", .string(file.path)),
                (
                    "found",
                    .array(
                        shelf.macros.map { macro in
                            .string(macro.name + (macro.key.map { " (\($0))" } ?? ""))
                        })
                ),
            ], problems: shelf.problems)
    }
}

// MARK: - Where things lie

extension Findings {
    static func paths(_ settings: Settings, _ places: Places) -> Findings {
        let log = settings[SettingTable.logFile]
        return Findings(
            name: "paths",
            fields: [
                ("store", .string(settings.databasePath(places))), ("state", .string(places.state)),
                ("sessions", .string(places.sessions)), ("configuration", .string(places.configuration)),
                ("themes", .array(places.themeDirectories.map(OutputJSON.string))),
                ("receipts", .string(settings.receiptDirectory(places))),
                ("log", .text(log.isEmpty ? nil : log)), ("crash_reports", .string(places.stateDirectory)),
                ("last_crash", .text(CrashReports(directory: places.stateDirectory).newest)),
                ("last_flight", .text(FlightTapes(directory: places.stateDirectory).newest)),
            ])
    }

    static func versions() -> Findings {
        Findings(
            name: "versions",
            fields: [
                ("storefront", .string(Build.version)), ("commit", .string(Build.commit)),
                ("compiler", .string(Build.toolchain)), ("SQLite", .string(StoreReport.sqliteVersion)),
                ("ncurses", .string(TerminalReport().ncursesVersion)),
                ("libcurl", .text(CurlTransport.version)),
            ])
    }
}
