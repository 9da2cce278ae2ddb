import StoreDomain
import Synchronization

/// Where the changes of a shop come together in one program: those of its own services, and those that its link
/// hears of from others. It listens once somebody wants to know.
public final class ChangeHub: ChangeService, ChangeFeed {
    private enum Listener: Sendable {
        case all(@Sendable (ShopChanges) -> Void)
        /// What others change, and the clock.
        case inbox(ChangeInbox, Principal)
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var lastNumber = 0
        var isListening = false
    }

    private let link: (any ChangeLink)?
    private let state = Mutex(State())

    /// - Parameter link: nil where no other program can change the shop, or none is to be heard.
    public init(link: (any ChangeLink)? = nil) { self.link = link }

    /// Takes what this program has committed.
    ///
    /// - Parameter asked: whether somebody at this program wanted it, who sees it anyway; what the clock did is news here
    ///   as well.
    func committed(_ changes: ShopChanges, asked: Bool) {
        guard !changes.isEmpty else { return }
        link?.tell(changes)
        for listener in listeners {
            switch listener {
            case .all(let heard): heard(changes)
            case .inbox(let inbox, let principal): if !asked { inbox.put(changes.seen(by: principal)) }
            }
        }
    }

    private func heard(_ changes: ShopChanges) {
        for listener in listeners {
            switch listener {
            case .all(let heard): heard(changes)
            case .inbox(let inbox, let principal): inbox.put(changes.seen(by: principal))
            }
        }
    }

    /// How many listen just now.
    package var listenerCount: Int { state.withLock(\.listeners.count) }

    private var listeners: [Listener] { state.withLock { Array($0.listeners.values) } }

    public func observe(_ heard: @escaping @Sendable (ShopChanges) -> Void) { _ = add(.all(heard)) }

    public func follow(as principal: Principal, _ heard: @Sendable (ShopChanges) async -> Void) async {
        let inbox = ChangeInbox()
        let number = add(.inbox(inbox, principal))
        while let changes = await inbox.next() { await heard(changes) }
        state.withLock { $0.listeners[number] = nil }
    }

    private func add(_ listener: Listener) -> Int {
        let (number, begins) = state.withLock { state in
            state.lastNumber += 1
            state.listeners[state.lastNumber] = listener
            defer { state.isListening = true }
            return (state.lastNumber, !state.isListening)
        }
        if begins { link?.listen { [weak self] in self?.heard($0) } }
        return number
    }
}
