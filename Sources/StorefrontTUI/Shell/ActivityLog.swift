import Logging
import StoreDomain
import StorefrontCore
import Synchronization

/// Writes what the program does as lines of a log: each action, each request and its answer with the time that it
/// took. Nothing that was typed is in it: no text of a field, no search, no code, nothing of a person.
final class ActivityLog: Sendable {
    private let logger: Logger
    private let isTyping = Mutex(false)

    /// - Parameter logger: nil writes nothing.
    init(_ logger: Logger?) {
        self.logger = logger ?? Logger(label: "storefront") { _ in SwiftLogNoOpLogHandler() }
    }

    func begin(_ state: AppState) {
        logger.info(
            "begin \(state.desk.context.version) on \(state.kind) of \(state.desk.context.isRemote ? "a server" : state.desk.context.storeLabel)"
        )
    }

    /// - Parameter reason: nil when it was the user.
    func end(_ reason: String?) { logger.info("end \(reason ?? "quit")") }

    func add(_ action: AppAction, on screen: ScreenKind) {
        guard let (level, name) = Self.line(of: action) else { return }
        if isMoreTyping(action) { return }
        logger.log(level: level, "\(name) on \(screen)")
    }

    /// Typing is one line, however much it is: how many letters a password has is nobody's business.
    private func isMoreTyping(_ action: AppAction) -> Bool {
        switch action {
        case .edit:
            return isTyping.withLock { isTyping in
                defer { isTyping = true }
                return isTyping
            }
        case .command, .digit, .scanned, .pasted, .rowClicked, .categoryClicked, .chose, .wentBack,
            .answered, .unknownKey:
            isTyping.withLock { $0 = false }
            return false
        case .started, .scrolled, .resized, .focused, .shopChanged, .idledTooLong, .lockDue, .noticed,
            .connectionChanged, .waited,
            .signInWaited, .paymentStillOpen, .progress, .replied, .walkedBack, .screenSaved, .themeFailed,
            .visit, .tester:
            return false
        }
    }

    func add(_ request: Request) { logger.debug("ask \(request.id.number) \(request.ask.name)") }

    /// - Parameter reply: nil for a request that was replaced before it was begun.
    func add(_ reply: Reply?, to request: Request, after duration: Duration) {
        let what = "answer \(request.id.number) \(request.ask.name)"
        let time = "\(Int((duration / .milliseconds(1)).rounded())) ms"
        guard let reply else {
            logger.debug("\(what) replaced")
            return
        }
        guard let failure = reply.failure else {
            logger.info("\(what) done \(time)")
            return
        }
        logger.log(level: failure.logLevel, "\(what) failed \(time) \(failure.logText)")
    }

    /// nil for answers, which are told with what they took.
    private static func line(of action: AppAction) -> (Logger.Level, String)? {
        switch action {
        case .started: (.debug, "start")
        case .command(let command): (.info, "command \(command)")
        case .digit: (.debug, "digit")
        case .scanned: (.info, "scan")
        case .edit: (.debug, "edit")
        case .pasted: (.info, "paste")
        case .rowClicked(let row, _): (.info, "click row \(row)")
        case .categoryClicked(let row): (.info, "click category \(row)")
        case .chose: (.info, "choice")
        case .wentBack: (.info, "click back")
        case .scrolled: (.debug, "scroll")
        case .resized(let viewport): (.info, "resize \(viewport.width)x\(viewport.height)")
        case .answered(let yes): (.info, "answer \(yes ? "yes" : "no")")
        case .unknownKey: (.debug, "unknown key")
        case .focused: (.debug, "focus")
        case .shopChanged: (.debug, "change elsewhere")
        case .idledTooLong: (.info, "idle too long")
        case .lockDue: (.info, "lock due")
        case .noticed: (.warning, "notice")
        case .connectionChanged(.offline): (.warning, "connection offline")
        case .connectionChanged(.slow): (.warning, "connection slow")
        case .connectionChanged(.connected): (.info, "connection back")
        case .waited: (.debug, "wait")
        case .signInWaited: (.debug, "wait to sign in")
        case .paymentStillOpen: (.debug, "payment still open")
        case .progress: (.debug, "progress")
        case .replied: nil
        case .walkedBack: (.debug, "walk back")
        case .screenSaved(.success): (.info, "screen saved")
        case .screenSaved(.failure): (.error, "screen not saved")
        case .themeFailed: (.error, "theme failed")
        case .visit(.asked), .visit(.shown): (.debug, "visit goes on")
        case .visit(.answered): (.info, "visit answered")
        case .visit(.opened): (.info, "visit opens")
        case .visit(.left), .visit(.endsSoon), .visit(.ended): (.info, "visit ends")
        case .visit(.watched): (.info, "visit watched")
        case .tester(.saw), .tester(.pointed): (.debug, "tester")
        case .tester(.armed): (.info, "fault")
        case .tester(.stands): (.info, "fault over")
        }
    }
}

extension StoreError {
    /// What a person can put right is a warning.
    fileprivate var logLevel: Logger.Level {
        switch self {
        case .storage, .device, .unreachable, .outcomeUnknown, .perhapsPlaced, .paymentStranded: .error
        case .invalid, .notFound, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired,
            .notAllowed,
            .insufficientStock, .emptyOrder, .priceChanged, .wrongStatus, .keyReused, .keyBusy, .taken,
            .paymentRefused, .notReturnable, .shiftOpen, .noShift, .shiftCounting, .countIsOff, .unsupported,
            .otherShift, .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken, .changedMeanwhile:
            .warning
        }
    }

    /// The kind of error, and what is wrong with a file or a device. The sentences of others may repeat what was
    /// typed.
    fileprivate var logText: String {
        switch self {
        case .storage, .device: "\(kindName): \(screenText)"
        case .invalid, .notFound, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired,
            .notAllowed,
            .insufficientStock, .emptyOrder, .priceChanged, .wrongStatus, .keyReused, .keyBusy, .taken,
            .paymentRefused, .paymentStranded, .notReturnable, .shiftOpen, .noShift, .shiftCounting,
            .countIsOff, .unreachable, .otherShift, .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken,
            .changedMeanwhile,
            .outcomeUnknown, .perhapsPlaced, .unsupported:
            kindName
        }
    }

    private var kindName: String { Mirror(reflecting: self).children.first?.label ?? "\(self)" }
}
