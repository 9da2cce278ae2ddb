import ArgumentParser
import Glibc
import ProgramKit
import StoreDomain
import StoreSQLite
import StorefrontTUI
import TerminalNcurses

/// One visitor's session, as the only thing that sshd or a getty starts for him.
struct KioskSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "Open the shop for one visitor; what the kiosk does without a subcommand.")

    @OptionGroup var options: KioskOptions

    func run() async throws {
        let surroundings = VisitorSurroundings(Places.current().environment)
        let settings: KioskSettings
        do throws(KioskRefusal) {
            settings = try KioskSettings(readingFrom: options.settings)
        } catch {
            try refuse(error, nil)
        }
        var link: KioskLink?
        if let command = surroundings.command {
            link = KioskLink(command)
            guard link != nil else {
                Console.line("The shop opens one of these:")
                for line in KioskLink.list { Console.line(line) }
                throw ExitCode(64)
            }
        }
        let begun = try prepare(settings, surroundings, link)
        defer {
            begun.folder?.leave(getpid())
            // The places in the sessions' folder are held until here.
            withExtendedLifetime(begun.seats) {}
        }
        do {
            let launch = link == .plain ? begun.launch.inLines() : begun.launch
            let code = try await runSession(launch, on: StorefrontMain.executor)
            if code != .success { throw code }
        } catch let error as KioskRefusal {
            try refuse(error, begun.place.log)
        } catch let error as StoreError {
            try refuse(.closed(error.message), begun.place.log)
        }
    }

    private struct Begun {
        let launch: Launch
        let place: KioskPlace
        let seats: [HostSlots]
        let folder: SessionsFolder?
    }

    /// Sessions of one key at a time.
    private static let perKey = 3

    /// Takes what the session needs of the host, and gives up the rest.
    private func prepare(
        _ settings: KioskSettings, _ surroundings: VisitorSurroundings, _ link: KioskLink?
    ) throws -> Begun {
        let (clock, places) = (SystemClock(), Places(environment: [:]))
        let log = KioskLog(path: settings.log, session: String(getpid()))
        let folder = SessionsFolder(settings.sessions)
        // Without a day's key visitors are told apart by their session alone.
        let visitor = folder?.tag(surroundings.network, at: clock.now()) ?? "session-\(getpid())"
        if let folder, folder.isClosed { try refuse(.closed("the owner has closed the kiosk"), log) }
        let identity: KioskIdentity
        do throws(KioskRefusal) {
            identity = try KioskIdentity(settings, surroundings)
        } catch {
            try refuse(error, log)
        }
        var seats: [HostSlots] = []
        var hashing: HostSlots?
        if let folder, surroundings.isOverSSH {
            do throws(StoreError) {
                hashing = try folder.hashing()
                seats = [
                    try folder.visitors(settings.visitors),
                    try folder.visitors(from: visitor, settings.perAddress),
                ]
                if let key = identity.key, let tag = folder.tag(key.text, at: clock.now()) {
                    seats.append(try folder.visitors(by: tag, Self.perKey))
                }
            } catch {
                try refuse(.closed(error.message), log)
            }
            for (seat, limit) in zip(seats, ["visitors", "per-address", "per-key"])
            where seat.tryTake() == nil {
                log.add(.limit(limit), at: clock.now())
                Console.line("The shop is full just now. Come again in a while.")
                throw ExitCode(75)
            }
        }
        var ear: KioskEar?
        if let folder {
            ear = KioskEar(path: folder.earPath(of: getpid()))
            let record = KioskSessionRecord(
                id: getpid(), network: visitor, since: clock.now(), store: settings.store.word)
            do {
                seats.append(try folder.enter(record))
            } catch {
                try refuse(.closed("\(settings.sessions) takes no session: \(error)"), log)
            }
        }
        let themes = places.sharedThemeDirectories
        surroundings.replaceEnvironment()
        // Swift's own report of a crash is written on the terminal, with paths and all.
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT] { signal(number, SIG_DFL) }
        // What a library says in passing is not for visitors.
        let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
        if nothing >= 0 { dup2(nothing, STDERR_FILENO) }
        let missing = Lockdown(settings, themes: themes).engage()
        for sentence in missing { log.add(.trouble(sentence), at: clock.now()) }
        let place = KioskPlace(
            settings, surroundings, link: link, visitor: visitor, identity: identity, folder: folder,
            ear: ear,
            hashing: hashing, log: log)
        // Threads come after the session has given up the rest.
        ear?.listen()
        log.add(.start(network: visitor, store: settings.store.word), at: clock.now())
        let launch = Launch(
            store: settings.launchStore, settings: .defaults(SettingTable.all), keyMap: .standard,
            notice: nil,
            places: places, noColor: false, kiosk: place)
        return Begun(launch: launch, place: place, seats: seats, folder: folder)
    }

    /// Says that there is no shop, without saying why: that is for its owner, in the log.
    private func refuse(_ refusal: KioskRefusal, _ log: KioskLog?) throws -> Never {
        let log = log ?? KioskLog(path: nil, session: String(getpid()))
        log.add(.trouble(refusal.description), at: SystemClock().now())
        Console.line("The shop is closed just now. Come again in a while.")
        throw ExitCode(refusal.code)
    }
}

extension KioskSettings {
    /// What a launch calls the store.
    var launchStore: Launch.Store {
        switch store {
        case .demo: .demo(products: nil)
        case .file(let path), .readOnly(let path): .file(path: path, statePath: "")
        case .remote(let server): .remote(RemotePlace(server, authorities: authorities))
        }
    }
}

extension KioskSettings.Store {
    /// As the settings call it.
    var word: String {
        switch self {
        case .demo: "demo"
        case .file: "db"
        case .readOnly: "read-only"
        case .remote: "remote"
        }
    }
}
