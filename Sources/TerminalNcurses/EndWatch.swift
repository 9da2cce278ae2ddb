import CNcurses
import Glibc
import Synchronization
import TerminalKit

/// Tells of the end once, whoever notices it first. A thread of its own waits for the signals that ask for
/// it, so that they are heard while the owner thread hangs in a write that nobody reads.
final class EndWatch: Sendable {
    let pipe: Pipe
    private let told: @Sendable (EndReason) -> Void
    private let isTold = Atomic(false)

    init(_ told: @escaping @Sendable (EndReason) -> Void) throws(TerminalError) {
        pipe = try Pipe()
        self.told = told
    }

    func start() {
        startThread { [self] in
            while true {
                var source = pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0)
                guard poll(&source, 1, -1) > 0 else { continue }
                for number in pipe.read().map(Int32.init) {
                    switch number {
                    case SIGHUP: tell(.hangup)
                    case SIGINT: tell(.interrupted)
                    case Self.stopMark: return
                    default: tell(.terminated(signal: number))
                    }
                }
            }
        }
    }

    /// Ends the waiting.
    func stop() { pipe.write(UInt8(Self.stopMark)) }

    /// No signal has that number.
    private static let stopMark: Int32 = 0

    /// A signal that came before anybody waited for it.
    func catchUp() {
        let early = cn_early_end()
        if early != 0 { pipe.write(UInt8(clamping: early)) }
    }

    func tell(_ reason: EndReason) {
        guard isTold.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged else {
            return
        }
        told(reason)
    }
}

/// Runs `body` on a new thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    var id = pthread_t()
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    let code = pthread_create(
        &id, &attributes,
        { box in
            if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
            return nil
        }, box)
    guard code == 0 else { fatalError("a thread for the terminal can always be made, but: error \(code)") }
}

func monotonicNanoseconds() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}
