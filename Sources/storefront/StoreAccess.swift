import ArgumentParser
import ProgramKit
import StoreDomain
import StoreSQLite

/// Which store a command works on. ArgumentParser gives what stands for the program as a whole to its
/// subcommand too, as long as both call this group `place`.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store file.", valueName: "path"))
    var db: String?

    func validate() throws {
        if db?.isEmpty == true { throw ValidationError("--db needs a path") }
    }

    var flags: [String: FoundSetting] {
        var flags: [String: FoundSetting] = [:]
        flags[ShopSettings.database.key] = db.map { FoundSetting(text: $0, source: "--db") }
        return flags
    }
}

/// How a command says what it found.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false
}

/// What a command works with: the store as its operator, whom access to the file lets do everything.
struct CommandContext {
    let store: LocalStore

    var services: StoreServices { store.services }
    /// The store's own, whatever the settings say for new ones.
    var currency: Currency { store.identity.currency }

    /// Opens the store that options and settings name, runs `body` and closes it. Commands that only look
    /// make no store where there is none; none has a cart.
    static func with(
        _ options: StoreOptions, mode: StoreDatabase.OpenMode = .existing,
        _ body: (CommandContext) async throws -> Void
    ) async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: options.flags, in: places).checked()
        let store = try LocalStore(
            path: settings.databasePath(places), statePath: nil, mode: mode, policy: settings.policy,
            clock: settings.clock, ids: SystemIDs())
        do {
            try await body(CommandContext(store: store))
        } catch {
            // What went wrong first is what counts.
            try? store.close()
            throw error
        }
        try store.close()
    }
}

extension Principal {
    /// Whoever may open the file may do everything with it.
    static var commandLine: Principal { .operatorOfStore }
}
