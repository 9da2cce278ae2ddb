import Dispatch
import Synchronization
import TerminalKit

/// What the owner thread is asked to do, and the pipe that wakes it. Pictures replace each other, everything
/// else queues up.
final class Mailbox: Sendable {
    enum Request: Sendable {
        case mouse(Bool)
        case scans(passing: Set<Key>?)
        /// What was read so far and what can be read now is forgotten; then the queue stops dropping.
        case dropInput
        case redraw
        case forget
        case suspend
        case beep
        case title(String)
        case progress(TerminalProgress?)
        case copy(String)
        /// Gives the terminal back for a while; signals when that is done.
        case leave(DispatchSemaphore)
        case enter
    }

    struct Contents: Sendable {
        var frame: Surface?
        var requests: [Request] = []
        var isClosing = false
        /// A wake-up is on its way; there is never more than one in the pipe.
        fileprivate var isWoken = false
        fileprivate var isDone = false
        fileprivate var size = Size(width: 80, height: 24)
    }

    let wakePipe: Pipe
    private let contents = Mutex(Contents())

    init() throws(TerminalError) {
        wakePipe = try Pipe()
    }

    var size: Size { contents.withLock { $0.size } }
    func setSize(_ size: Size) { contents.withLock { $0.size = size } }

    func post(frame: Surface) {
        change { $0.frame = frame }
    }

    func post(_ request: Request) {
        let isRefused = change { contents in
            guard !contents.isDone else { return true }
            contents.requests.append(request)
            return false
        }
        if isRefused { Self.release(request) }
    }

    /// False when it was closing already.
    func beginClosing() -> Bool {
        change { contents in
            defer { contents.isClosing = true }
            return !contents.isClosing
        }
    }

    /// Takes what there is, for the owner thread.
    func take() -> Contents {
        contents.withLock { contents in
            let taken = contents
            contents.frame = nil
            contents.requests = []
            contents.isWoken = false
            return taken
        }
    }

    /// Nothing is taken any more; nobody may wait for it.
    func finish() {
        let rest = contents.withLock { contents in
            contents.isDone = true
            defer { contents.requests = [] }
            return contents.requests
        }
        rest.forEach(Self.release)
    }

    private static func release(_ request: Request) {
        if case .leave(let done) = request { done.signal() }
    }

    private func change<Result: Sendable>(_ body: (inout Contents) -> Result) -> Result {
        let (result, wakes) = contents.withLock { contents in
            let result = body(&contents)
            defer { contents.isWoken = true }
            return (result, !contents.isWoken && !contents.isDone)
        }
        if wakes { wakePipe.write(0) }
        return result
    }
}
