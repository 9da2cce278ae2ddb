import StoreDomain
import Synchronization

/// How the server could be reached last; tells its one listener when that changes.
public final class ConnectionHealth: Sendable {
    /// Longer than this for an answer is slow.
    static let slowAnswer = Duration.seconds(2)

    private let clock: any StoreClock
    private let state = Mutex(ConnectionState.connected)
    private let continuation: AsyncStream<ConnectionState>.Continuation
    /// Every change, in order; for one listener.
    public let changes: AsyncStream<ConnectionState>

    init(clock: any StoreClock) {
        self.clock = clock
        (changes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
    }

    public var current: ConnectionState { state.withLock { $0 } }

    func answered(after time: Duration) { set(time > Self.slowAnswer ? .slow : .connected) }

    func failed() {
        if case .offline = current { return }
        set(.offline(since: clock.now()))
    }

    private func set(_ new: ConnectionState) {
        state.withLock { state in
            guard state != new else { return }
            state = new
            continuation.yield(new)
        }
    }
}
