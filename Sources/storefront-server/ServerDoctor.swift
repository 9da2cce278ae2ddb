import ArgumentParser
import BuildFacts
import Glibc
import ProgramKit
import StoreDomain
import StorePostgres
import StoreSQLite
import StoreService

/// `storefront-server doctor`: what the server would run with, and whether its store can be used.
struct ServerDoctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Show every setting and where it comes from, and the store.",
        discussion: """
            Changes nothing, and makes no store where there is none. Passwords and keys are not shown. Exits with 1 when \
            something is wrong. --licences lists what the server is made of instead.
            """)

    @OptionGroup var place: ServerStore

    @Flag(help: "List what the server is made of, with the licences, instead.")
    var licences = false

    func run() async throws {
        if licences { return Self.tellLicences() }
        let places = Places.current()
        let settings = try await Settings.load(ServerTable.all, flags: place.flags, in: places)
        for setting in ServerTable.all where !setting.isHidden || !settings.isDefault(setting) {
            ServerConsole.line(Self.line(setting, settings.found(setting)))
        }
        var problems = ServerTable.all.compactMap { settings.problem(of: $0) }
        ServerConsole.line("")
        do { try await tellStore(settings, places) } catch let error as StoreError {
            problems.append(error.message)
        } catch let error as ProgramFailure { problems.append(error.description) }
        for problem in problems { ServerConsole.tell("storefront-server: \(problem)") }
        if !problems.isEmpty { throw ExitCode.failure }
    }

    /// Name, version, licence and copyright of what is linked in, then the system's libraries, with tabs between.
    private static func tellLicences() {
        for package in Build.packages(of: "storefront-server") {
            let licence = package.licence.isEmpty ? "unknown" : package.licence
            ServerConsole.line("\(package.name)\t\(package.version)\t\(licence)\t\(package.holder)")
        }
        for library in SystemLibrary.loaded() {
            let licence = library.licence ?? library.copyrightFile ?? "unknown"
            ServerConsole.line("\(library.path)\t\(library.package ?? "")\t\(licence)")
        }
    }

    private static func line(_ setting: any AnySetting, _ found: FoundSetting) -> String {
        let isAddress = [ServerSettings.databaseURL.key, ServerSettings.databaseListenURL.key].contains(
            setting.key)
        let value = found.text.isEmpty || !(setting.isSecret || isAddress) ? found.text : "(set)"
        return "\(setting.key) = \(value)  (\(found.source))"
    }

    private func tellStore(_ settings: Settings, _ places: Places) async throws {
        switch try DatabaseAddress.find(settings, places) {
        case .file(let path):
            ServerConsole.line("store: SQLite, \(path)")
            guard access(path, F_OK) == 0 else { return ServerConsole.line("made when the server starts") }
            let database = try StoreDatabase.open(
                at: path, mode: .existing,
                createdAs: StoreSeed(policy: settings.policy, uuid: "", now: settings.clock.now()))
            defer { try? database.close() }
            let report = try await StoreReport(database)
            tell(
                schema: report.schema, currency: report.currency.code, report.products, report.orders,
                report.accounts)
        case .postgres(let address, let source):
            ServerConsole.line("store: PostgreSQL, \(address.name), named by \(source)")
            ServerConsole.line("connections: at most \(settings.databaseConnections)")
            let report = try await PostgresReport(address)
            ServerConsole.line("PostgreSQL: \(report.serverVersion)")
            if report.isPooled {
                ServerConsole.line("pooler: one stands in between; statements are not prepared")
            }
            let ear = try settings.changesAddress(of: address)
            let isHeard = try ChangeProbe.hears(at: ear, from: address)
            ServerConsole.line(
                isHeard
                    ? "changes: servers on this database hear of each other's"
                    : "changes: \(ear.name) passes no LISTEN on, as a pooler that shares connections does not; set "
                        + "DATABASE_LISTEN_URL to the database itself, or others' changes show late")
            guard let store = report.store else { return ServerConsole.line("made when the server starts") }
            tell(schema: store.schema, currency: store.currency, store.products, store.orders, store.accounts)
        }
    }

    private func tell(schema: Int, currency: String, _ products: Int, _ orders: Int, _ accounts: Int) {
        ServerConsole.line("schema: \(schema)\ncurrency: \(currency)")
        ServerConsole.line("products on sale: \(products)\norders: \(orders)\naccounts: \(accounts)")
    }
}
