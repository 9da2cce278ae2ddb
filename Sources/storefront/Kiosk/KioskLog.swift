import Foundation
import StoreDomain

/// What a kiosk's sessions tell of themselves, a line of JSON each: to the system's log, or to a file. Nothing that a
/// visitor typed is in it.
final class KioskLog: Sendable {
    enum Event: Hashable, Sendable {
        case start(network: String, store: String)
        case end(reason: String, seconds: Int)
        /// A limit kept somebody from something.
        case limit(String)
        case order(Int64)
        /// What was due of visitors' accounts is emptied.
        case wiped(accounts: Int, names: Int)
        /// The owner has had a picture of the screen.
        case watched
        /// The session is not as its owner wants it; for them alone.
        case trouble(String)
    }

    /// -1 for the system's log.
    private let file: Int32
    private let session: String

    /// Opens it, before the session gives up opening anything.
    ///
    /// - Parameters:
    ///   - path: a file; nil for the system's log.
    ///   - session: tells this session's lines from those of others.
    init(path: String?, session: String) {
        self.session = session
        file = path.map { open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600) } ?? -1
        if file < 0 { openlog("storefront-kiosk", LOG_NDELAY | LOG_PID, LOG_USER) }
    }

    deinit { if file >= 0 { close(file) } }

    func add(_ event: Event, at time: Timestamp) {
        let line = Self.line(event, session: session, at: time)
        if file >= 0 {
            let bytes = Array((line + "\n").utf8)
            // One write, so that lines of several sessions do not mix. A log that takes none stops no sale.
            _ = write(file, bytes, bytes.count)
        } else {
            withVaList([line]) { vsyslog(LOG_INFO, "%s", $0) }
        }
    }

    static func line(_ event: Event, session: String, at time: Timestamp) -> String {
        let (name, members): (String, [(String, OutputJSON)]) =
            switch event {
            case .start(let network, let store):
                ("start", [("network", .string(network)), ("store", .string(store))])
            case .end(let reason, let seconds):
                ("end", [("reason", .string(reason)), ("seconds", .int(seconds))])
            case .limit(let limit): ("limit", [("limit", .string(limit))])
            case .order(let id): ("order", [("order", .int(id))])
            case .wiped(let accounts, let names):
                ("wiped", [("accounts", .int(accounts)), ("names", .int(names))])
            case .watched: ("watched", [])
            case .trouble(let sentence): ("trouble", [("what", .string(sentence))])
            }
        let all: [(String, OutputJSON)] =
            [("time", .time(time)), ("session", .string(session)), ("event", .string(name))] + members
        return OutputJSON.object(all).text
    }
}
