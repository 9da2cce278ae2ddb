import StoreDomain
import StoreWire
import Synchronization

/// The latest changes of the shop, numbered, for those who listen at `/api/events`. It is as long as it is, however
/// many listen and however slowly: who falls behind its beginning is told to load everything anew.
final class EventLog: Sendable {
    struct Limits: Sendable {
        /// How many changes are kept at least.
        var kept = 1_000
        /// How many listen at once.
        var listeners = 1_000
    }

    private struct State {
        var changes: [ShopChanges] = []
        /// The number of the last change; the first is 1.
        var last = 0
        var listeners: [Int: AsyncStream<EventSubscription.Signal>.Continuation] = [:]
        var lastListener = 0
        var isEnded = false
    }

    /// Tells this run of this server from every other.
    private let name: String
    private let limits: Limits
    private let state = Mutex(State())

    init(name: String, limits: Limits = Limits()) {
        self.name = name
        self.limits = limits
    }

    func append(_ changes: ShopChanges) {
        let listeners = state.withLock { state in
            state.changes.append(changes)
            state.last += 1
            if state.changes.count >= 2 * limits.kept { state.changes.removeFirst(limits.kept) }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield(.news) }
    }

    /// What changed after a number, put together, and the number of the last change; everything where that is no
    /// longer known.
    func changes(after number: Int) -> (changes: ShopChanges, last: Int) {
        state.withLock { state in
            let first = state.last - state.changes.count + 1
            guard number >= first - 1 else { return (.everything, state.last) }
            var changes = ShopChanges()
            for change in state.changes[(number - first + 1)...] { changes.merge(change) }
            return (changes, state.last)
        }
    }

    // MARK: - Listening

    /// - Parameter id: the last event that the caller has had; nil for one who begins now.
    /// - Returns: nil when too many listen already.
    func subscribe(after id: String?) -> EventSubscription? {
        let (signals, signal) = AsyncStream<EventSubscription.Signal>.makeStream(
            bufferingPolicy: .bufferingNewest(2))
        let entered = state.withLock { state -> (listener: Int, last: Int)? in
            guard !state.isEnded, state.listeners.count < limits.listeners else { return nil }
            state.lastListener += 1
            state.listeners[state.lastListener] = signal
            return (state.lastListener, state.last)
        }
        guard let entered else { return nil }
        signal.yield(.news)
        return EventSubscription(
            self, listener: entered.listener, position: id.map { position(of: $0) } ?? entered.last,
            signals: signals, signal: signal)
    }

    func forget(_ listener: Int) { state.withLock { $0.listeners[listener] = nil } }

    var listenerCount: Int { state.withLock { $0.listeners.count } }

    func id(of number: Int) -> String { "\(name)-\(number)" }

    /// Before everything for an id of another server or an earlier run.
    private func position(of id: String) -> Int {
        let before = -1
        guard let dash = id.lastIndex(of: "-"), id[..<dash] == name,
            let number = Int(id[id.index(after: dash)...]), number >= 0
        else { return before }
        return number <= state.withLock(\.last) ? number : before
    }
}
