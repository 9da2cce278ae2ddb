import Glibc
import ProgramKit
import StoreCrypto
import StoreDomain
import StoreRemote
import StoreSQLite
import StoreService
import StorefrontCore
import StorefrontTUI
import TerminalKit
import TerminalNcurses

/// Where a visitor is: the kiosk's settings, who he is as far as that is known, and what his session has of the host.
struct KioskPlace: Sendable {
    let settings: KioskSettings
    let surroundings: VisitorSurroundings
    let begin = ContinuousClock.now
    /// Tells him from others for a day, without saying who he is.
    let visitor: String
    let log: KioskLog
    /// What is to be opened at once; nil for the shop as it is.
    let link: KioskLink?
    private let hasher: any PasswordHashing
    private let registrations = VisitTally()
    private let clock = SystemClock()

    /// - Parameter hashing: where passwords are hashed; nil for here alone.
    init(
        _ settings: KioskSettings, _ surroundings: VisitorSurroundings, link: KioskLink?, visitor: String,
        hashing: HostSlots?, log: KioskLog
    ) {
        self.link = link
        self.settings = settings
        self.surroundings = surroundings
        self.visitor = visitor
        self.log = log
        let own = PasswordHasher(threads: 1)
        hasher = hashing.map { SlottedHasher(own, slots: $0) } ?? own
    }

    var isReadOnly: Bool { if case .readOnly = settings.store { true } else { false } }

    /// Over a line a session ends by itself, a little before the host ends it; a counter waits for ever.
    var rules: KioskRules {
        surroundings.isOverSSH
            ? KioskRules(
                idle: settings.idle, wait: 5 * 60, session: 59 * 60, invitation: settings.invitation)
            : KioskRules(idle: settings.idle, invitation: settings.invitation)
    }

    /// Visitors of a host share its processor; who stands at a counter has it alone.
    var allowance: ProcessorAllowance? {
        guard surroundings.isOverSSH else { return nil }
        return ProcessorAllowance(share: 0.01, most: 0.3) {
            ProcessorAllowance.Reading(
                used: Self.seconds(CLOCK_PROCESS_CPUTIME_ID), now: Self.seconds(CLOCK_MONOTONIC))
        }
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }

    // MARK: - The shop

    func openStore(_ launch: Launch, on executor: OneThreadExecutor) throws(KioskRefusal) -> OpenShop {
        do {
            switch settings.store {
            case .demo:
                return .local(
                    try LocalStore.demoInMemory(
                        purpose: .kiosk(visitor: visitor), policy: launch.policy, clock: launch.clock,
                        zones: SystemZones.shared, ids: launch.ids, hasher: hasher))
            case .file(let path): return .local(try open(path, .existing, launch))
            case .readOnly(let path): return .local(try open(path, .readOnly, launch))
            case .remote(let server):
                let state = try StateDatabase.inMemory()
                let place = RemotePlace(server, authorities: settings.authorities)
                return .remote(
                    place.open(
                        state, policy: launch.policy, clock: launch.clock,
                        sleep: { try await executor.sleep(for: $0) }), launch.policy, state)
            }
        } catch {
            throw .closed(error.message)
        }
    }

    private func open(
        _ path: String, _ mode: StoreDatabase.OpenMode, _ launch: Launch
    ) throws(StoreError) -> LocalStore {
        try LocalStore(
            path: path, statePath: nil, mode: mode, purpose: .kiosk(visitor: visitor), policy: launch.policy,
            clock: launch.clock, zones: SystemZones.shared, ids: launch.ids, hasher: hasher, told: "The shop")
    }

    /// - Throws: `KioskRefusal` where the store has no account yet: the first comer must not become its admin.
    func requireOpen(_ services: StoreServices) async throws {
        guard try await !services.auth.isEmpty() else {
            throw KioskRefusal.closed("the store has no account yet: its owner has to set it up first")
        }
    }

    /// A demo is the visitor's own, with all its roles; any other shop is for customers, within limits.
    func services(of shop: OpenShop) -> StoreServices {
        guard settings.store != .demo else { return shop.services }
        return shop.services.forVisitors(VisitorLimits(), registrations: registrations) { [log, clock] note in
            switch note {
            case .order(let id): log.add(.order(id), at: clock.now())
            case .limit(let name): log.add(.limit(name), at: clock.now())
            }
        }
    }

    func ports(_ themes: ThemeCatalog, _ remote: RemoteStore?) -> KioskPorts {
        KioskPorts(
            printer: settings.printer.map { DeviceCommand("printer", command: $0) }, themes: themes,
            remote: remote)
    }

    // MARK: - The end

    func note(_ reason: EndReason) {
        switch reason {
        case .hangup: noteEnd("hangup")
        case .interrupted: noteEnd("interrupted")
        case .terminated: noteEnd("terminated")
        case .flooded:
            log.add(.limit("input"), at: clock.now())
            noteEnd("flooded")
        }
    }

    func note(_ end: Visit.End) {
        switch end {
        case .left: noteEnd("idle")
        case .timeIsUp: noteEnd("time")
        case .nobodyCame: noteEnd("nobody")
        }
    }

    func noteQuit() { noteEnd("quit") }

    private func noteEnd(_ reason: String) {
        let seconds = Int((ContinuousClock.now - begin).components.seconds)
        log.add(.end(reason: reason, seconds: seconds), at: clock.now())
    }

    /// Says on the terminal, which is given back, why the session is over.
    func tell(_ end: Visit.End) {
        switch end {
        case .left: say("Nobody was there any more, so this visit is over.")
        case .timeIsUp: say("The time of this session is over. You can come again at once.")
        case .nobodyCame: say("Nobody was there for a while, so this session is over.")
        }
    }

    /// The same, where more came than a visitor may send.
    func tellFlooded() { say("More came at once than anybody types, so this session is over.") }

    /// A session does not outlive a client that reads nothing.
    private func say(_ sentence: String) {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&output, 1, 0) > 0, Int32(output.revents) & POLLOUT != 0 else { return }
        Console.line(sentence)
    }
}
