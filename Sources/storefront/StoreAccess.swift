import ArgumentParser
import ProgramKit
import StoreDomain
import StoreRemote
import StoreSQLite
import StorefrontCore

/// Which store a command works on. ArgumentParser gives what stands for the program as a whole to its
/// subcommand too, as long as both call this group `place`.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store file.", valueName: "path"))
    var db: String?

    @Option(help: ArgumentHelp("The server whose shop to open instead.", valueName: "url"))
    var remote: String?

    @Flag(help: "Change nothing: not the store, nor anything beside it.")
    var readOnly = false

    func validate() throws {
        if db?.isEmpty == true { throw ValidationError("--db needs a path") }
        if remote?.isEmpty == true { throw ValidationError("--remote needs an address") }
        if db != nil, remote != nil { throw ValidationError("--db and --remote name two shops; take one") }
    }

    var flags: [String: FoundSetting] {
        var flags: [String: FoundSetting] = [:]
        flags[ShopSettings.database.key] = db.map { FoundSetting(text: $0, source: "--db") }
        flags[SettingTable.remote.key] =
            remote.map { FoundSetting(text: $0, source: "--remote") }
            // Whoever names a file means it, whatever server the environment names.
            ?? db.map { _ in FoundSetting(text: "", source: "--db") }
        if readOnly { flags[SettingTable.readOnly.key] = FoundSetting(text: "on", source: "--read-only") }
        return flags
    }
}

extension Settings {
    /// For commands that put a file in its place.
    ///
    /// - Throws: `CommandFailure` where nothing is to be changed.
    func requireWriting() throws {
        if self[SettingTable.readOnly] {
            throw CommandFailure("this makes or replaces a store, and read-only is on; leave out --read-only")
        }
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
    /// The shop's, in which times are shown.
    var zone: ShopZone { SystemZones.shared.shown(by: store.policy) }

    /// Opens the store that options and settings name, runs `body` and closes it. Commands that only look
    /// make no store where there is none; none has a cart.
    ///
    /// - Throws: `CommandFailure` when they name a server, whose file is not here.
    static func with(
        _ options: StoreOptions, mode: StoreDatabase.OpenMode = .existing,
        _ body: (CommandContext) async throws -> Void
    ) async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: options.flags, in: places).checked()
        if let server = settings[SettingTable.remote] {
            throw CommandFailure(
                "this works on a store's own file, not over \(server.text); name the file with --db")
        }
        try await with(settings, places, mode: mode, body)
    }

    fileprivate static func with(
        _ settings: Settings, _ places: Places, mode: StoreDatabase.OpenMode,
        _ body: (CommandContext) async throws -> Void
    ) async throws {
        let store = try LocalStore(
            path: settings.databasePath(places), statePath: nil,
            mode: settings[SettingTable.readOnly] ? .readOnly : mode, purpose: .commands,
            policy: settings.policy, clock: settings.clock, zones: SystemZones.shared, ids: SystemIDs())
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

/// What a command works with that needs services alone, of a file or of a server.
struct ShopContext {
    let services: StoreServices
    /// The store's own, or the server's.
    let policy: ShopPolicy
    let isDemo: Bool
    let receiptWidth: ReceiptWidth
    let isReadOnly: Bool
    /// The till of the settings.
    let till: String
    let now: Timestamp
    /// The file's operator, or whoever is signed in at the server.
    let principal: Principal

    var currency: Currency { policy.currency }

    /// The shop's, in which times are shown.
    var zone: ShopZone { SystemZones.shared.shown(by: policy) }

    static func with(
        _ options: StoreOptions, mode: StoreDatabase.OpenMode = .existing,
        _ body: (ShopContext) async throws -> Void
    ) async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: options.flags, in: places).checked()
        guard let remote = RemotePlace(settings, places) else {
            return try await CommandContext.with(settings, places, mode: mode) { context in
                // No program may have been there when prices with dates were to begin or to end. Where that goes wrong the
                // command goes on: it has another errand.
                if !context.store.isReadOnly {
                    do throws(StoreError) {
                        try await context.store.due.turnPricesIfPossible()
                    } catch {
                        Console.complain(
                            "prices that begin or end by now could not be changed: \(error.message)"
                        )
                    }
                }
                try await body(
                    ShopContext(
                        services: context.services, policy: context.store.policy,
                        isDemo: context.store.isDemo, receiptWidth: settings[SettingTable.receiptWidth],
                        isReadOnly: settings[SettingTable.readOnly], till: settings[SettingTable.till],
                        now: settings.clock.now(),
                        principal: .commandLine))
            }
        }
        let store = remote.open(
            try .inMemory(), policy: settings.policy, clock: settings.clock,
            sleep: { try await StorefrontMain.executor.sleep(for: $0) })
        do {
            try await body(
                ShopContext(
                    services: store.services, policy: try await store.services.policy.current().policy,
                    isDemo: false, receiptWidth: settings[SettingTable.receiptWidth],
                    isReadOnly: settings[SettingTable.readOnly], till: settings[SettingTable.till],
                    now: settings.clock.now(),
                    principal: store.session.map { .user($0) } ?? .guest))
        } catch StoreError.signInRequired {
            throw CommandFailure(
                "\(remote.address.host) wants to know who you are: storefront sign-in E-MAIL --remote \(remote.address.text)"
            )
        }
    }
}

extension ShopContext {
    /// For what is kept on this machine.
    ///
    /// - Throws: `CommandFailure` where nothing is to be changed.
    func requireWriting() throws {
        if isReadOnly {
            throw CommandFailure("who is signed in is kept on this machine, and read-only is on")
        }
    }
}

extension Principal {
    /// Whoever may open the file may do everything with it.
    static var commandLine: Principal { .operatorOfStore }
}
