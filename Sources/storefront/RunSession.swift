import ArgumentParser
import BuildFacts
import CLockdown
import Glibc
import Logging
import ProgramKit
import StoreDomain
import StoreRemote
import StoreSQLite
import StoreService
import StorefrontCore
import StorefrontTUI
import TerminalKit
import TerminalNcurses

/// Opens the shop, full screen or line by line, and returns when its user has left it.
///
/// - Throws: `StoreError` when the store cannot be opened, `CommandFailure` when there is no full screen to be
///   had; the terminal is untouched then.
func runSession(_ launch: Launch, on executor: OneThreadExecutor) async throws -> ExitCode {
    EarlyEnd.note()
    ld_keep_little_memory()
    var launch = try launch.asTerminalAllows()
    var terminals = Terminals()
    defer {
        terminals.close()
        launch.log?.close()
        launch.endRecording(isLeft: false)
    }
    var awaitsVisitor = false
    while true {
        let store = try launch.openStore(on: executor)
        // Making a demo, or migrating, takes much that nothing needs afterwards.
        ld_give_back_memory()
        let end: SessionEnd
        do {
            if launch.plain, let code = try await answer(launch, store) {
                try await store.close()
                return code
            }
            launch.kiosk?.wipeInTurn(store)
            end = try await Session(launch, store, awaitsVisitor: awaitsVisitor).run(&terminals, on: executor)
        } catch {
            // What went wrong first is what counts.
            try? await store.close()
            throw error
        }
        switch end {
        case .quit:
            launch.kiosk?.noteQuit()
            if launch.kiosk != nil { await store.signOut(on: executor) }
            try await store.close()
            launch.endRecording(isLeft: true)
            return .success
        case .over(let why):
            // The server's session is nobody's from here on.
            await store.signOut(on: executor)
            try await store.close()
            launch.kiosk?.note(why)
            guard why == .left, terminals.areReadyForNext else {
                terminals.close()
                launch.kiosk?.tell(why)
                return .success
            }
            awaitsVisitor = true
        case .chose(let server):
            try await store.close()
            launch.endRecording(isLeft: true)
            launch = launch.moved(to: server)
        case .cut(let reason):
            launch.kiosk?.note(reason)
            await store.close(within: .milliseconds(500), on: executor)
            if reason == .flooded {
                terminals.close()
                launch.kiosk?.tellFlooded()
            }
            return reason.exitCode
        }
    }
}

/// Tells somebody without a terminal what he asked for; nil where he has come to stay.
private func answer(_ launch: Launch, _ store: OpenShop) async throws -> ExitCode? {
    guard let kiosk = launch.kiosk, let link = kiosk.link, link != .plain else { return nil }
    let services = kiosk.services(of: store)
    try await kiosk.requireOpen(services)
    let code = try await KioskAnswer(services: services, policy: store.policy).print(link)
    kiosk.noteQuit()
    return code
}

/// How a session ended.
private enum SessionEnd {
    case quit
    /// The user wants to go on in the shop of this server.
    case chose(ServerAddress)
    /// A kiosk's visit is over.
    case over(Visit.End)
    case cut(EndReason)

    /// - Parameter reason: nil when it was the user.
    init(_ reason: EndReason?, _ state: AppState) throws(StoreError) {
        if let reason {
            self = .cut(reason)
        } else if let why = state.visit.end {
            self = .over(why)
        } else if let destination = state.destination {
            self = .chose(try ServerAddress(destination))
        } else {
            self = .quit
        }
    }
}

extension ExitCode {
    fileprivate init(_ reason: EndReason) { self = reason.exitCode }
}

extension EndReason {
    /// As shells tell a signal.
    var exitCode: ExitCode {
        switch self {
        case .hangup: ExitCode(128 + SIGHUP)
        case .interrupted: ExitCode(128 + SIGINT)
        case .terminated(let signal): ExitCode(128 + signal)
        case .flooded: .failure
        }
    }
}

extension Launch {
    /// Line by line where there is no terminal for a full screen, or one that only prints: known before a store is
    /// made.
    fileprivate func asTerminalAllows() throws -> Launch {
        guard !plain, let problem = NcursesTerminal.problem else { return self }
        // Whatever is opened next would take its place.
        guard fcntl(STDOUT_FILENO, F_GETFD) >= 0 else { throw CommandFailure("\(problem)") }
        return inLines()
    }

    /// Opens the store, or ends by the signal that came meanwhile.
    fileprivate func openStore(on executor: OneThreadExecutor) throws -> OpenShop {
        do {
            return try openShop(on: executor)
        } catch {
            if let reason = EarlyEnd.reason { throw ExitCode(reason) }
            throw error
        }
    }

    private func openShop(on executor: OneThreadExecutor) throws -> OpenShop {
        if let kiosk { return try kiosk.openStore(self, on: executor) }
        switch store {
        case .file(let path, let statePath):
            return .local(
                try LocalStore(
                    path: path, statePath: isReadOnly ? nil : statePath,
                    mode: isReadOnly ? .readOnly : .existingOrNew,
                    purpose: .till(till), policy: policy, clock: clock,
                    zones: SystemZones.shared, ids: ids))
        case .remote(let place):
            let state = isReadOnly ? try StateDatabase.inMemory() : try .open(at: place.statePath)
            return .remote(
                place.open(
                    state, policy: policy, clock: clock, sleep: { try await executor.sleep(for: $0) }),
                policy, state)
        case .demo(let products):
            let count = products ?? DemoData.defaultProducts
            let progress = SharedProgress("Making the demo shop: products", of: count)
            defer { progress.finish() }
            // A small one is there before anybody could read of it; a line that counts up is for eyes.
            return .local(
                try LocalStore.temporaryDemo(
                    products: count, purpose: .till(till), policy: policy, clock: clock,
                    zones: SystemZones.shared, ids: ids,
                    progress: {
                        if let reason = EarlyEnd.reason { throw ExitCode(reason) }
                        if count > 10_000, !plain { progress.show($0) }
                    }))
        }
    }

    fileprivate var isThrowAway: Bool {
        if kiosk != nil { return true }
        return if case .demo = store { true } else { false }
    }

    /// Where the theme chosen on the screen is remembered; nowhere for a throw-away store.
    fileprivate var preferences: Preferences {
        let statePath: String
        if isReadOnly || kiosk != nil { return Preferences(path: nil) }
        switch store {
        case .file(_, let path): statePath = path
        case .remote(let place): statePath = place.statePath
        case .demo: return Preferences(path: nil)
        }
        let folder = statePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return Preferences(path: (folder + ["theme"]).joined(separator: "/"))
    }
}

extension Launch {
    /// What the screens know of where they are.
    fileprivate func context(
        of shop: OpenShop, beginningWith start: StartScreen, themes: [String], theme: String
    ) async throws(StoreError) -> AppContext {
        let label: String
        let path: String
        let kind: String
        let policy: ShopPolicy
        switch shop {
        case .local(let store):
            label = isThrowAway ? "demo" : "local"
            path = isThrowAway ? "" : store.path
            kind = "SQLite\(isThrowAway ? ", thrown away at the end" : ""), schema \(store.schema)"
            policy = store.policy
        case .remote(let store, let settings, _):
            label = store.address.host
            path = store.address.text
            kind = "server"
            policy = settings
        }
        var context = AppContext(
            policy: policy, isDemo: shop.local?.isDemo ?? false, isThrowAway: isThrowAway, storeLabel: label,
            isRemote: shop.remote != nil, storePath: path, isReadOnly: shop.local?.isReadOnly ?? isReadOnly,
            hasPrinter: hasPrinter, receiptWidth: receiptWidth,
            scannerPrefix: scannerPrefix, version: Build.version, commit: Build.commit,
            toolchain: Build.toolchain, storeKind: kind, themes: themes, theme: theme,
            idleMinutes: idleMinutes ?? 0, lastEmail: kiosk == nil ? try await shop.signIns?.email() : nil)
        context.qa = qa?.rules
        context.till = till
        context.lockMinutes = lockMinutes
        context.printsSales = hasPrinter && printsSales
        context.hasDrawer = drawer != nil
        context.drawerMethods = drawerMethods
        context.hasMail = mail != nil
        context.hasTill = shop.services.counter != nil && kiosk == nil
        context.macros = macros?.shelf(policy.currency, keyMap)
        if start == .welcome {
            let page = try await shop.services.catalog.page(ProductQuery(), at: .first, perPage: 1)
            context.hasProducts = !page.products.isEmpty
        }
        guard let kiosk else { return context }
        context.kiosk = kiosk.rules
        context.visitor = kiosk.standing
        // Where the shop is, is its owner's business.
        (context.storePath, context.storeKind) = ("", "")
        context.storeLabel = context.isDemo ? "demo" : "shop"
        if let name = kiosk.settings.name, context.policy.shopName == ShopPolicy().shopName {
            context.policy.shopName = name
        }
        return context
    }
}

extension Launch {
    fileprivate var terminalOptions: NcursesOptions {
        var options = NcursesOptions(
            forcedColors: forcedColors, configuredColors: configuredColors, mouse: mouse,
            asciiOnly: asciiOnly, escapeDelay: escapeDelay, logPath: logPath,
            crashReportPath: kiosk == nil ? crashReports.newPath(at: clock) : nil)
        if kiosk != nil {
            options.inputLimit = InputAllowance.ofKiosk
            options.eventLimit = 4_096
        }
        options.sync = sync
        options.title = title
        options.clipboard = clipboard
        options.progress = progress
        options.hyperlinks = hyperlinks
        return options
    }
}

/// One session on an open store.
private struct Session {
    let launch: Launch
    let store: OpenShop
    /// A visitor has left, and the next has not come.
    let awaitsVisitor: Bool
    let services: StoreServices
    /// Those who look on at this till.
    let audience: TillBroadcast?

    init(_ launch: Launch, _ store: OpenShop, awaitsVisitor: Bool) {
        self.launch = launch
        self.store = store
        self.awaitsVisitor = awaitsVisitor
        let services = launch.kiosk?.services(of: store) ?? store.services
        self.services = launch.qa?.faults.wrap(services) ?? services
        audience = launch.tillPlace.map(TillBroadcast.init)
    }

    /// - Parameter terminals: that of the session before this one, then that of this one.
    func run(_ terminals: inout Terminals, on executor: OneThreadExecutor) async throws -> SessionEnd {
        let care = dueCare(on: executor)
        defer {
            care?.cancel()
            audience?.close()
        }
        return launch.plain
            ? try await runPlain(on: &terminals, executor) : try await runFullScreen(on: &terminals, executor)
    }

    /// Does what is due by the clock, in a store of one's own; a server does that itself.
    private func dueCare(on executor: OneThreadExecutor) -> Task<Void, Never>? {
        guard let local = store.local, !local.isReadOnly else { return nil }
        let care = DueCare(
            local.due, changes: local.changes, clock: launch.clock, on: executor,
            sleep: { try await executor.sleep(for: $0) },
            // It looks again soon; who asks for orders meanwhile is told what is wrong.
            failed: { [logger] in
                logger?.warning("what is due by the clock cannot be done: \($0.message)")
            })
        return Task(executorPreference: executor) { await care.run() }
    }

    private var logger: Logger? {
        launch.log.map { [launch] log in
            Logger(label: "storefront") { [level = launch.logLevel, clock = launch.clock] _ in
                FileLogHandler(log, level: level, clock: clock)
            }
        }
    }

    private func runPlain(
        on terminals: inout Terminals, _ executor: OneThreadExecutor
    ) async throws -> SessionEnd {
        let start = try await firstScreen()
        let terminal = try terminals.lines ?? standardLines()
        terminals.lines = terminal
        let themes = ThemeCatalog(directories: launch.themeDirectories)
        let context = try await launch.context(
            of: store, beginningWith: start, themes: [], theme: Theme.mono.name)
        let runtime = PlainRuntime(
            state: AppState(context: context, start: start, session: try await knownSession()),
            keyMap: launch.keyMap, zones: SystemZones.shared, terminal: terminal,
            services: services, ids: launch.ids, ports: ports(themes, launch.preferences, executor),
            executor: executor, ticks: Ticks(sleep: { try await executor.sleep(for: $0) }),
            allowance: launch.kiosk?.allowance, recorder: launch.recorder,
            since: launch.kiosk?.begin ?? .now)
        let notices = [launch.recordingNotice, crashNotice ?? launch.notice].compactMap { $0 }
        let reason = await runtime.run(notice: notices.isEmpty ? nil : notices.joined(separator: ". "))
        let end = try SessionEnd(reason, await runtime.snapshot)
        switch end {
        case .chose: break
        case .quit, .over, .cut: terminal.close()
        }
        return end
    }

    private func standardLines() throws -> any LineTerminal {
        do {
            return try StandardLines(
                asciiOnly: launch.asciiOnly,
                inputLimit: launch.kiosk == nil ? nil : InputAllowance.ofKiosk)
        } catch {
            throw CommandFailure(error.description)
        }
    }

    private var crashNotice: String? {
        guard !launch.isReadOnly, launch.kiosk == nil, let report = launch.crashReports.untold() else {
            return nil
        }
        let flights = FlightTapes(directory: launch.crashReports.directory)
        let what = flights.tape(of: report) == nil ? "a report is in" : "its tape is beside the report"
        return "The program crashed last time; \(what) \(report)"
    }

    private func runFullScreen(
        on terminals: inout Terminals, _ executor: OneThreadExecutor
    ) async throws -> SessionEnd {
        let themes = ThemeCatalog(directories: launch.themeDirectories)
        let preferences = launch.preferences
        let wanted = launch.theme ?? preferences.theme ?? themes.name(for: launch.background)
        let (theme, problem) = load(wanted, from: themes)
        let start = try await firstScreen()
        var context = try await launch.context(
            of: store, beginningWith: start, themes: themes.entries().map(\.name), theme: theme.name)
        let crash = crashNotice

        let terminal = try terminals.screen ?? fullScreen()
        terminals.screen = terminal
        defer { if launch.kiosk == nil { terminals.close() } }
        // Without colours, what a theme says in colours alone must be said otherwise.
        let shown = terminal.abilities.colors == .mono && launch.theme == nil ? Theme.mono : theme
        context.theme = shown.name
        context.hasClipboard = terminal.abilities.clipboard
        context.copiesThroughTmux = terminal.abilities.isInTmux
        let state = AppState(
            context: context, start: start, session: try await knownSession(), awaitsVisitor: awaitsVisitor)
        let runtime = Runtime(
            state: state,
            context: ViewContext(
                render: RenderContext(
                    theme: shown, glyphs: terminal.abilities.glyphs, colors: terminal.abilities.colors),
                keyMap: launch.keyMap, zones: SystemZones.shared,
                reducedMotion: launch.reducedMotion),
            terminal: terminal, services: services, ids: launch.ids,
            ports: ports(themes, preferences, executor), executor: executor,
            ticks: Ticks(sleep: { try await executor.sleep(for: $0) }), allowance: launch.kiosk?.allowance,
            recorder: launch.recorder,
            since: launch.kiosk?.begin ?? .now)
        let (opening, missing) = try await opening()
        let reason = await runtime.run(
            notice: missing ?? problem ?? crash ?? launch.notice, opening: opening,
            earlier: launch.qa?.earlier ?? [])
        launch.qa?.next.wish = await runtime.wish
        let end = try SessionEnd(reason, await runtime.snapshot)
        switch end {
        case .over(.left): terminals.clearForNext()
        case .quit, .chose, .over, .cut: terminals.close()
        }
        return end
    }

    /// Of whoever is known before anything is typed: a server knows us already, a kiosk its visitor's key. Who comes
    /// after somebody who has left is nobody, until he says that he goes on with that key.
    private func knownSession() async throws(StoreError) -> StoreDomain.Session? {
        if let session = store.remote?.session { return session }
        return awaitsVisitor ? nil : try await launch.kiosk?.recognize(in: services)
    }

    /// Where a visitor wants to begin, and why that cannot be.
    private func opening() async throws(StoreError) -> (Opening?, String?) {
        guard !awaitsVisitor, let link = launch.kiosk?.link else { return (nil, nil) }
        do {
            return (try await link.opening(in: services), nil)
        } catch {
            guard case .notFound = error else { throw error }
            return (nil, error.message)
        }
    }

    private func fullScreen() throws -> NcursesTerminal {
        do {
            return try NcursesTerminal(launch.terminalOptions)
        } catch {
            throw CommandFailure("\(error.description); storefront --plain works line by line")
        }
    }

    /// A demo opens on the shop itself, an empty store on the choice of how to begin, any other on signing
    /// in; a server that knows us already, on the shop.
    private func firstScreen() async throws -> StartScreen {
        if launch.kiosk != nil {
            try await launch.kiosk?.requireOpen(services)
            return .shop
        }
        if launch.isThrowAway { return .shop }
        switch store {
        case .local(let store):
            return try await store.services.auth.isEmpty() && !store.isReadOnly ? .welcome : .signIn
        case .remote(let store, _, _): return store.session == nil ? .signIn : .shop
        }
    }

    /// A broken theme is told, and the standard one takes its place.
    private func load(_ name: String, from themes: ThemeCatalog) -> (Theme, String?) {
        do {
            return (try themes.theme(named: name), nil)
        } catch {
            return (.standard, "\(error.description); the default theme is on")
        }
    }

    private func ports(
        _ themes: ThemeCatalog, _ preferences: Preferences, _ executor: OneThreadExecutor
    ) -> any RuntimePorts {
        let (local, remote, clock, launch) = (store.local, store.remote, launch.clock, launch)
        if let kiosk = launch.kiosk { return kiosk.ports(themes, remote) }
        return SessionPorts(
            printer: launch.printer, drawer: launch.drawer, mail: launch.mail, faults: launch.qa?.faults,
            receiptDirectory: launch.receiptDirectory, themes: themes, preferences: preferences,
            signIns: store.signIns, remote: remote,
            check: { address async throws(StoreError) in
                try await launch.place(of: address).open(
                    try .inMemory(), policy: launch.policy, clock: clock,
                    sleep: { try await executor.sleep(for: $0) }
                ).check()
            },
            imports: services.counter.map {
                CatalogImports(transfer: $0.transfer, policy: services.policy, clock: clock)
            },
            setUpFor: { country async throws(StoreError) in
                guard let local else { throw .unsupported("choosing a country") }
                return try await local.setUp(country)
            },
            fillWithDemoData: { progress async throws(StoreError) in
                guard let database = local?.database else { throw .unsupported("demo data") }
                try await DemoData.fill(database, now: clock.now()) { progress($0, DemoData.defaultProducts) }
            },
            macros: launch.macros, currency: store.policy.currency, keyMap: launch.keyMap, logger: logger,
            notices: launch.log?.trouble, audience: audience)
    }
}
