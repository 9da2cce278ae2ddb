import ArgumentParser
import StoreDomain
import StoreSQLite

/// Which store a command works on.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store file.", valueName: "path"))
    var db: String?

    func validate() throws {
        if db?.isEmpty == true { throw ValidationError("--db needs a path") }
    }

    var flags: [String: FoundSetting] {
        var flags: [String: FoundSetting] = [:]
        flags[SettingTable.database.key] = db.map { FoundSetting(text: $0, source: "--db") }
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
    let database: StoreDatabase
    let catalog: any CatalogService
    let transfer: any CatalogTransferService
    let orders: any OrderService
    let accounts: any AccountService
    let discounts: any DiscountService
    /// The store's own, whatever the settings say for new ones.
    let currency: Currency

    private init(database: StoreDatabase, settings: Settings) throws(StoreError) {
        var policy = settings.policy
        policy.currency = try database.identity().currency
        let clock = settings.clock
        self.database = database
        currency = policy.currency
        catalog = SQLiteCatalogService(database: database, clock: clock, policy: policy)
        transfer = SQLiteCatalogTransfer(database: database, clock: clock, policy: policy)
        orders = SQLiteOrderService(database: database, clock: clock, policy: policy)
        accounts = SQLiteAccountService(
            database: database, clock: clock, hasher: PasswordHasher(threads: 1))
        discounts = SQLiteDiscountService(database: database, clock: clock, policy: policy)
    }

    /// Opens the store that options and settings name, runs `body` and closes it. Commands that only look
    /// make no store where there is none.
    static func with(
        _ options: StoreOptions, mode: StoreDatabase.OpenMode = .existing,
        _ body: (CommandContext) async throws -> Void
    ) async throws {
        let places = Places.current()
        let settings = try await Settings.load(flags: options.flags, in: places).checked()
        let database = try StoreDatabase.open(
            at: settings.databasePath(places), mode: mode,
            createdAs: StoreSeed(
                currency: settings[SettingTable.currency], uuid: SystemIDs().idempotencyKey().text,
                now: settings.clock.now()))
        do {
            try await body(CommandContext(database: database, settings: settings))
        } catch {
            // What went wrong first is what counts.
            try? database.close()
            throw error
        }
        try database.close()
    }
}

extension Principal {
    /// Whoever may open the file may do everything with it.
    static var commandLine: Principal { .operatorOfStore }
}
