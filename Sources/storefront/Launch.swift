import Logging
import ProgramKit
import StoreDomain
import StoreRemote
import StoreSQLite
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import TerminalNcurses

/// Everything that the session needs to know, resolved from arguments and settings.
struct Launch: Sendable {
    enum Store: Sendable {
        /// A store file, made when it is missing; the terminal's own state lies in `statePath`.
        case file(path: String, statePath: String)
        /// A server's shop.
        case remote(RemotePlace)
        /// A throw-away store with demo data, of about 240 products or of exactly so many.
        case demo(products: Int?)
    }

    private(set) var store: Store
    /// What a new store starts with, and what counts where a server tells no policy.
    let policy: ShopPolicy
    /// The till that this program is.
    let till: String
    let keyMap: KeyMap
    let clock: any StoreClock
    let ids: any IDSource

    /// A theme's name or path; nil where nothing says one, so that the one chosen last on the screen counts.
    let theme: String?
    /// What the terminal is known to have; decides where no theme was chosen.
    let background: TerminalBackground?
    /// The directories in which themes are looked for by name.
    let themeDirectories: [String]
    /// `--no-color` is the user's word; the setting is not.
    let forcedColors: ColorDepth?
    let configuredColors: ColorDepth?
    let mouse: Bool
    let sync: TerminalSwitch
    let title: TerminalSwitch
    let clipboard: TerminalSwitch
    let progress: TerminalSwitch
    let hyperlinks: TerminalSwitch
    /// Lines instead of a full screen.
    private(set) var plain: Bool
    let asciiOnly: Bool
    let reducedMotion: Bool
    /// Milliseconds; nil for what suits the connection.
    let escapeDelay: Int?
    /// nil for never.
    let idleMinutes: Int?
    /// 0 for never.
    let lockMinutes: Int

    /// Nothing is changed: not the store, nor anything of the terminal's own.
    let isReadOnly: Bool
    /// nil when there is no printer; a kiosk has its own.
    let printer: Printer?
    let hasPrinter: Bool
    /// Whether every sale at the till prints its receipt.
    let printsSales: Bool
    /// nil when there is no drawer that opens by itself.
    let drawer: Drawer?
    let drawerMethods: Set<String>
    /// nil when nothing can be mailed.
    let mail: MailCommand?
    let receiptDirectory: String
    let receiptWidth: ReceiptWidth
    let scannerPrefix: String
    let logPath: String?
    /// nil where nothing is logged.
    let log: LogFile?
    let logLevel: Logger.Level
    let crashReports: CrashReports
    /// Where the till's macros are kept; nil where none are: in a kiosk, and where a session is recorded, which must be
    /// the same on another machine.
    let macros: MacroFile?
    /// Where this is a visitor's session; nil for a program of one's own.
    let kiosk: KioskPlace?
    /// Where the session is recorded so that a tester can repeat it; nil everywhere else.
    private(set) var qa: QASession?
    /// Keeps the session, or the last of it, on a tape; nil where it is not recorded.
    private(set) var recorder: TapeRecorder?
    /// What the user should know of the settings; nil normally.
    private(set) var notice: String?
    private let settings: Settings
    private let places: Places

    /// `store` is nil for the file that the settings name.
    init(
        store: Store?, settings: Settings, keyMap: KeyMap, notice: String?, places: Places, noColor: Bool,
        kiosk: KioskPlace? = nil, seed: UInt64? = nil, qa: QASession? = nil, recorder: TapeRecorder? = nil
    ) {
        self.kiosk = kiosk
        self.qa = qa
        self.notice = notice
        self.settings = settings
        self.places = places
        self.keyMap = keyMap
        self.store =
            store ?? RemotePlace(settings, places).map { .remote($0) }
            ?? .file(path: settings.databasePath(places), statePath: places.state)
        policy = settings.policy
        till = settings[SettingTable.till]
        clock = qa?.faults ?? settings.clock
        ids = (qa?.seed ?? seed).map { SeededIDs(seed: $0) as any IDSource } ?? SystemIDs()
        theme = settings.isDefault(SettingTable.theme) ? nil : settings[SettingTable.theme]
        background = places.background
        themeDirectories = kiosk == nil ? places.themeDirectories : places.sharedThemeDirectories
        forcedColors = noColor ? .mono : nil
        configuredColors = settings[SettingTable.color].depth
        mouse = settings[SettingTable.mouse]
        sync = settings[SettingTable.terminalSync]
        title = settings[SettingTable.terminalTitle]
        clipboard = settings[SettingTable.terminalClipboard]
        progress = settings[SettingTable.terminalProgress]
        hyperlinks = settings[SettingTable.terminalHyperlinks]
        plain = settings[SettingTable.plain]
        isReadOnly = kiosk?.isReadOnly ?? settings[SettingTable.readOnly]
        asciiOnly = settings[SettingTable.ascii]
        reducedMotion = settings[SettingTable.reducedMotion]
        let delay = settings[SettingTable.escapeDelay]
        escapeDelay = delay == 0 ? nil : delay
        let minutes = settings[SettingTable.idleMinutes]
        idleMinutes = minutes == 0 || kiosk != nil ? nil : minutes
        lockMinutes = kiosk == nil ? settings[SettingTable.lockMinutes] : 0
        printer = kiosk == nil ? Printer(settings) : nil
        hasPrinter = kiosk.map { $0.settings.printer?.isEmpty == false } ?? (printer != nil)
        printsSales = settings[SettingTable.printsSales]
        drawer = kiosk == nil ? Drawer(settings, printer) : nil
        drawerMethods = settings.drawerMethods
        mail = kiosk == nil ? MailCommand(settings, clock: clock) : nil
        receiptDirectory = qa?.folder ?? settings.receiptDirectory(places)
        receiptWidth = settings[SettingTable.receiptWidth]
        scannerPrefix = settings[SettingTable.scannerPrefix]
        let log = settings[SettingTable.logFile]
        logPath = log.isEmpty ? nil : log
        self.log =
            log.isEmpty
            ? nil
            : LogFile(
                path: log, limit: settings[SettingTable.logSize] * 1_000,
                kept: settings[SettingTable.logFiles])
        logLevel = settings[SettingTable.logLevel]
        crashReports = CrashReports(directory: places.stateDirectory)
        macros = kiosk == nil && qa == nil ? MacroFile(path: places.macros) : nil
        self.recorder = recorder ?? qa?.recorder ?? flightRecorder(seed: seed)
    }

    /// nil where no flight recorder runs along: never in a kiosk, whose visitors leave nothing
    /// behind, nor where nothing may be changed.
    private func flightRecorder(seed: UInt64?) -> TapeRecorder? {
        guard kiosk == nil, !isReadOnly else { return nil }
        let facts: TapeFacts
        switch (store, settings[SettingTable.flightRecorder]) {
        case (.demo(let products), .demo), (.demo(let products), .on):
            facts = .ofProgram(
                seed: seed ?? 0, clock: clock.now(), products: products ?? DemoData.defaultProducts,
                arguments: Array(CommandLine.arguments.dropFirst()))
        case (.file, .on), (.remote, .on): facts = .ofOwnShop(clock: clock.now())
        case (.file, .demo), (.remote, .demo), (_, .off): return nil
        }
        return FlightTapes(directory: places.stateDirectory).recorder(facts, themes: themeDirectories)
    }

    /// Ends the recording. What a flight recorder has kept of a throw-away shop goes with that, where its user has left:
    /// nothing is kept of it.
    func endRecording(isLeft: Bool) {
        guard let recorder else { return }
        let isDemo = if case .demo = store { true } else { false }
        recorder.close(removing: isLeft && isDemo && recorder.runsAlong)
    }

    /// What a session in lines, which has no header, says of a flight recorder that runs along: nobody is recorded unseen.
    var recordingNotice: String? {
        recorder?.runsAlong == true ? "The last of this session is kept on a tape (flight.recorder)" : nil
    }

    /// Where those find this till who look on, once its store is open; nil where nobody may.
    var tillPlace: TillPlace? { kiosk == nil && !isReadOnly ? store.tillPlace(till, in: places) : nil }

    func place(of server: ServerAddress) -> RemotePlace { RemotePlace(server, settings, places) }

    /// The same, line by line.
    func inLines() -> Launch {
        var lines = self
        lines.plain = true
        return lines
    }

    /// The same, but on the shop of a server that was chosen on the screen.
    func moved(to server: ServerAddress) -> Launch {
        var moved = self
        moved.store = .remote(place(of: server))
        // A tape is of one shop: that of a server begins on another one.
        moved.qa = nil
        moved.recorder = moved.flightRecorder(seed: nil)
        let opening = "remote: \(server.text) in config.yaml (or STOREFRONT_REMOTE) opens it always"
        // A narrow screen shows the beginning alone.
        let ended = namedTape.map {
            "The recording has ended and is on \($0); storefront qa record --masked FILE --remote "
                + "\(server.text) records this shop. "
        }
        moved.notice = "Connected. " + (ended ?? "") + opening
        return moved
    }

    /// The tape in a file that somebody has named; nil where there is none, or a flight recorder's.
    private var namedTape: String? {
        guard let recorder, !recorder.runsAlong, qa?.isWhole ?? true else { return nil }
        return recorder.path
    }
}

extension Launch.Store {
    /// nil for a shop that is thrown away.
    fileprivate func tillPlace(_ till: String, in places: Places) -> TillPlace? {
        switch self {
        case .file(let path, _): TillPlace(till: till, store: TillPlace.file(path), in: places)
        case .remote(let place): TillPlace(till: till, store: place.address.text, in: places)
        case .demo: nil
        }
    }
}

extension Settings {
    func receiptDirectory(_ places: Places) -> String {
        let path = self[SettingTable.receiptDirectory]
        return path.isEmpty ? places.receipts : path
    }
}

extension ColorChoice {
    /// nil for as many as there are.
    var depth: ColorDepth? {
        switch self {
        case .auto: nil
        case .none: .mono
        case .eight: .ansi8
        case .sixteen: .ansi16
        case .indexed: .indexed256
        case .direct: .direct
        }
    }
}
