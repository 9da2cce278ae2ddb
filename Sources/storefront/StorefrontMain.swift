import ArgumentParser
import BuildFacts
import ProgramKit
import StoreDomain
import TerminalNcurses

/// The program's entry: reads the arguments, runs the command, ends with one clear line when it cannot.
@main
enum StorefrontMain {
    /// Runs everything on the first thread, which sleeps while nothing is to be done.
    static let executor = OneThreadExecutor()

    static func main() {
        Task(executorPreference: executor) {
            await runCommand()
            executor.stop()
        }
        executor.run()
    }

    private static func runCommand() async {
        do {
            if let start = Storefront.plainStart(Array(CommandLine.arguments.dropFirst())) {
                return try await start.run()
            }
            var command = try Storefront.parseAsRoot()
            if !(command is Storefront || command is RenderCommand || command is KioskSetup
                || command is QARecordCommand || command is DisplayCommand || command is WatchCommand)
            {
                try refuseSessionFlags(CommandLine.arguments)
            }
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            CommandEnd.exit(with: error)
        }
    }

    /// The parser lets a subcommand pass with the whole program's flags; a flag that does nothing there would
    /// mislead: `product list --demo` shows no demo.
    private static func refuseSessionFlags(_ arguments: [String]) throws {
        let flags = [
            "--demo", "--demo-products", "--qa", "--theme", "--no-color", "--no-mouse", "--plain", "--ascii",
            "--country",
        ]
        for argument in arguments.dropFirst().prefix(while: { $0 != "--" }) {
            let name = argument.prefix { $0 != "=" }
            if flags.contains(String(name)) {
                throw ValidationError("\(name) is for the full-screen shop, not for subcommands")
            }
        }
    }
}

/// `storefront`: without a subcommand, the full-screen shop.
struct Storefront: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storefront", abstract: "A shop in your terminal.",
        discussion: """
            Without a subcommand the shop opens full screen on your own store, which is made on the first \
            start. --demo opens a throw-away store with demo data instead: nothing is kept, nothing is asked.

            Settings come from flags, the environment (STOREFRONT_…), .env, \
            $XDG_CONFIG_HOME/storefront/config.yaml and defaults; storefront doctor shows them all.
            """,
        version: Build.line,
        subcommands: [
            ProductCommand.self, OrderCommand.self, SaleCommand.self, ReturnCommand.self,
            GiftCardCommand.self, CustomerCommand.self, ReportCommand.self,
            UserCommand.self,
            StockCommand.self, DiscountCommand.self, PolicyCommand.self, TillCommand.self, ShiftCommand.self,
            ApprovalCommand.self,
            DisplayCommand.self, WatchCommand.self, PrinterCommand.self,
            MacroCommand.self, JournalCommand.self, RoleCommand.self,
            SignInCommand.self, SignOutCommand.self, BackupCommand.self, RestoreCommand.self,
            VerifyCommand.self, DoctorCommand.self, DemoCommand.self, RenderCommand.self, KioskCommand.self,
            QACommand.self,
            ManualCommand.self,
        ])

    @OptionGroup var place: StoreOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var repeatable: QAOptions

    @Flag(help: "Test: a throw-away store that can be repeated, F12 and a flight recorder; implies --demo.")
    var qa = false

    @Flag(help: "Open a throw-away store with demo data.")
    var demo = false

    @Option(help: ArgumentHelp("How many products the demo store has; implies --demo.", valueName: "n"))
    var demoProducts: Int?

    @Option(
        help: ArgumentHelp("The country whose rules a new store starts with, such as DE.", valueName: "code"))
    var country: String?

    func validate() throws {
        if let country, (try? Country.named(country)) == nil {
            throw ValidationError(
                "--country must be one of \(Country.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        if let demoProducts, !DemoCommand.productRange.contains(demoProducts) {
            throw ValidationError("--demo-products must be 1 to 1000000")
        }
        if qa, place.readOnly {
            throw ValidationError("--qa makes a throw-away store and so takes no --read-only")
        }
        if qa, place.db != nil || place.remote != nil {
            throw ValidationError(
                "--qa records in a throw-away shop only and so takes no --db and no --remote")
        }
        if demo || demoProducts != nil, place.remote != nil {
            throw ValidationError("--demo is a shop of its own and so takes no --remote")
        }
        if demo || demoProducts != nil, place.readOnly {
            throw ValidationError("--demo makes a throw-away store and so takes no --read-only")
        }
        if demo || demoProducts != nil, place.db != nil {
            throw ValidationError(
                "--demo keeps nothing and so takes no --db; storefront demo --db PATH makes a demo store to keep"
            )
        }
    }

    private var isDemo: Bool { demo || demoProducts != nil || qa }

    func run() async throws {
        // Not in `validate`, which the parser asks for subcommands with a seed of their own, too.
        if repeatable.seed != nil, !isDemo {
            throw ValidationError("--seed is for throw-away shops: add --demo or --qa")
        }
        let places = Places.current()
        var flags = place.flags.merging(look.flags) { $1 }.merging(repeatable.flags) { $1 }
        flags[ShopSettings.country.key] = country.map { FoundSetting(text: $0, source: "--country") }
        let settings = try await Settings.load(
            SettingTable.all, flags: flags, in: places
        )
        .checked()
        let session =
            qa ? try QASession(repeatable, products: demoProducts, tape: nil, in: places) : nil
        let code = try await runSession(
            Launch(
                store: isDemo ? .demo(products: demoProducts) : nil, settings: settings,
                keyMap: try KeyBindings.load(from: places).map(), notice: try UnknownSettings.notice(places),
                places: places, noColor: look.noColor, seed: repeatable.seed, qa: session),
            on: StorefrontMain.executor)
        if let session { Console.complain("the last of this session is on \(session.recorder.path)") }
        if code != .success { throw code }
    }
}

/// How the session looks and feels.
struct LookOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A theme, by name or path.", valueName: "name"))
    var theme: String?

    @Flag(help: "Use no colours.")
    var noColor = false

    @Flag(help: "Leave the mouse to the terminal.")
    var noMouse = false

    @Flag(help: "Work line by line, for a screen reader, a braille line or a pipe.")
    var plain = false

    @Flag(help: "Keep to ASCII characters.")
    var ascii = false

    var flags: [String: FoundSetting] {
        var flags: [String: FoundSetting] = [:]
        flags[SettingTable.theme.key] = theme.map { FoundSetting(text: $0, source: "--theme") }
        if noColor { flags[SettingTable.color.key] = FoundSetting(text: "none", source: "--no-color") }
        if noMouse { flags[SettingTable.mouse.key] = FoundSetting(text: "off", source: "--no-mouse") }
        if plain { flags[SettingTable.plain.key] = FoundSetting(text: "on", source: "--plain") }
        if ascii { flags[SettingTable.ascii.key] = FoundSetting(text: "on", source: "--ascii") }
        return flags
    }
}
