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
    /// What he brings; nil without it.
    let identity: KioskIdentity
    let folder: SessionsFolder?
    let ear: KioskEar?
    let log: KioskLog
    /// What is to be opened at once; nil for the shop as it is.
    let link: KioskLink?
    private let hasher: any PasswordHashing
    private let registrations = VisitTally()
    private let clock = SystemClock()

    /// - Parameter hashing: where passwords are hashed; nil for here alone.
    init(
        _ settings: KioskSettings, _ surroundings: VisitorSurroundings, link: KioskLink?, visitor: String,
        identity: KioskIdentity, folder: SessionsFolder?, ear: KioskEar?, hashing: HostSlots?, log: KioskLog
    ) {
        self.identity = identity
        self.folder = folder
        self.ear = ear
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
        return shop.services.forVisitors(
            VisitorLimits(), registrations: registrations, hour: hour, identity: service(of: shop),
            staffRole: identity.staffRole
        ) { [log, clock] note in
            switch note {
            case .order(let id): log.add(.order(id), at: clock.now())
            case .limit(let name): log.add(.limit(name), at: clock.now())
            }
        }
    }

    /// Over a line, a network makes a few accounts an hour.
    private var hour: RegistrationBook? {
        guard let folder, surroundings.isOverSSH else { return nil }
        return RegistrationBook(path: "\(folder.path)/made-\(visitor)", clock: clock)
    }

    /// Who the visitor is by his key, in a store of this host.
    private func service(of shop: OpenShop) -> (any VisitorService)? {
        guard standing != nil, let store = shop.local else { return nil }
        return store.visitors.service(for: identity.key, visitor: visitor, ids: SystemIDs())
    }

    /// nil where keys stand for nobody: in a demo, in a store that cannot be written, at a server, which would have to
    /// believe whatever a kiosk says, and on a counter.
    var standing: VisitorStanding? {
        guard settings.keys, surroundings.isOverSSH, case .file = settings.store else { return nil }
        return VisitorStanding(key: identity.key)
    }

    /// The session of whom the visitor's key belongs to; nil where it is nobody's.
    func recognize(in services: StoreServices) async throws(StoreError) -> Session? {
        try await services.visitor?.recognize()
    }

    /// Empties what is due of visitors' accounts, once an hour on the whole host, beside the session.
    func wipeInTurn(_ shop: OpenShop) {
        guard case .file = settings.store, let store = shop.local, !store.isReadOnly,
            let folder, folder.takeTurn("wiping", every: 3_600, at: clock.now())
        else { return }
        Task.detached(priority: .background) { [settings, log, clock] in
            do throws(StoreError) {
                let wiped = try await store.wipeVisitors(settings.keeping, ids: SystemIDs())
                guard wiped != VisitorsWiped() else { return }
                log.add(.wiped(accounts: wiped.accounts, names: wiped.names), at: clock.now())
            } catch {
                log.add(
                    .trouble("visitors' accounts could not be emptied: \(error.message)"), at: clock.now())
            }
        }
    }

    func ports(_ themes: ThemeCatalog, _ remote: RemoteStore?) -> KioskPorts {
        KioskPorts(
            printer: settings.printer.map { DeviceCommand("printer", command: $0) }, themes: themes,
            remote: remote,
            ownersWishes: ear?.wishes
        ) { [folder, log, clock] picture throws(StoreError) in
            guard let folder else { return }
            try folder.put(picture, of: getpid())
            log.add(.watched, at: clock.now())
        }
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
