import StoreDomain
import StoreWire
import Synchronization

/// One listener's place in the log. Gone from the log when it is let go.
final class EventSubscription: Sendable {
    enum Signal: Sendable {
        case news
        /// Nothing may have happened for a while.
        case beat
    }

    private let log: EventLog
    private let listener: Int
    private let position: Mutex<Int>
    /// Ends with the subscription.
    let signals: AsyncStream<Signal>
    private let signal: AsyncStream<Signal>.Continuation

    init(
        _ log: EventLog, listener: Int, position: Int, signals: AsyncStream<Signal>,
        signal: AsyncStream<Signal>.Continuation
    ) {
        self.log = log
        self.listener = listener
        self.position = Mutex(position)
        self.signals = signals
        self.signal = signal
    }

    deinit { log.forget(listener) }

    func beat() { signal.yield(.beat) }
    func end() { signal.finish() }

    /// The first lines: from where a listener goes on who is cut off before anything happens.
    var greeting: String {
        let position = position.withLock { $0 }
        return "retry: 2000\n" + (position < 0 ? "" : "id: \(log.id(of: position))\n") + "\n"
    }

    /// What is new, as lines; empty for nothing that `principal` may know of.
    func lines(for principal: Principal) -> String {
        let (before, (changes, last)) = position.withLock { position in
            let before = position
            let new = log.changes(after: position)
            position = new.last
            return (before, new)
        }
        let events = ShopEvent.events(of: changes, for: principal)
        // Each but the last leads back to before them all, so that a cut between them loses none.
        return events.enumerated().map { index, event in
            let id = log.id(of: index == events.count - 1 ? last : max(0, before))
            return "id: \(id)\nevent: \(event.name)\ndata: \(String(decoding: event.data, as: UTF8.self))\n\n"
        }.joined()
    }
}

extension ShopEvent {
    static func events(of changes: ShopChanges, for principal: Principal) -> [ShopEvent] {
        if changes.isEverything { return [.reload] }
        let seen = changes.seen(by: principal)
        var events: [ShopEvent] = seen.catalogue ? [.catalogue] : []
        if seen.stock != .none { events.append(.stock(seen.stock.ids(\.self))) }
        if seen.orders != .none { events.append(.orders(seen.orders.ids(\.id))) }
        if seen.discounts { events.append(.discounts) }
        if seen.accounts != .none { events.append(.accounts(seen.accounts.ids(\.self))) }
        if seen.shifts != .none { events.append(.shifts(seen.shifts.ids(\.self))) }
        if seen.parked { events.append(.parked) }
        if seen.approvals { events.append(.approvals) }
        return events
    }
}

extension Touched {
    /// In their order; nil for any.
    fileprivate func ids(_ id: (Thing) -> Int64) -> [Int64]? {
        switch self {
        case .any: nil
        case .some(let things): things.map(id).sorted()
        }
    }
}
