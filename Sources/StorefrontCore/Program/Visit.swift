import StoreDomain

/// Whoever stands before a kiosk, or nobody.
public struct Visit: Hashable, Codable, Sendable {
    public enum Presence: Hashable, Codable, Sendable {
        case here
        /// Asked whether he is still there; the next key answers that and does nothing else.
        case asked(secondsLeft: Int)
        /// Between two visitors: product after product is shown, this is the number of the present one.
        case away(shown: Int)
    }

    /// Why a visit is over.
    public enum End: Hashable, Codable, Sendable {
        /// Nobody answered: the next visitor begins with nothing of this one.
        case left
        /// The session has lasted as long as one may.
        case timeIsUp
        /// Nobody came for a while.
        case nobodyCame
    }

    public internal(set) var presence = Presence.here
    /// What is shown while nobody is there.
    public internal(set) var showcase: [Product] = []
    /// Why it is over; nil while it is not, and where the visitor has quit.
    public internal(set) var end: End?
    var isEndTold = false

    /// The product that is shown while nobody is there; nil where there is none.
    public var shown: Product? {
        guard case .away(let number) = presence, !showcase.isEmpty else { return nil }
        return showcase[number % showcase.count]
    }
}

/// Where a visitor wants to begin.
public enum Opening: Hashable, Codable, Sendable {
    case product(Product)
    case search(String)
    /// As the shop spells it.
    case category(String)
    case cart, orders, help
}

/// What happens to a visit.
public enum VisitAction: Hashable, Codable, Sendable {
    case asked(secondsLeft: Int)
    /// A key was pressed in answer, or to begin.
    case answered
    case left
    case opened(Opening)
    case shown(Int)
    case endsSoon(seconds: Int)
    case ended(Visit.End)
    /// The owner wants a picture of the screen.
    case watched
}

extension AppState {
    /// What was said is no longer news.
    public mutating func forgetStatus() { desk.status = nil }

    mutating func hear(_ action: VisitAction) -> [Effect] {
        switch action {
        case .asked(let seconds): visit.presence = .asked(secondsLeft: seconds)
        case .answered:
            let wasAway = if case .away = visit.presence { true } else { false }
            visit.presence = .here
            // What was loaded while nobody was there may have changed since.
            if wasAway { hear(of: .everything) }
        case .left: return end(of: .left)
        case .opened(let opening): return open(opening)
        case .shown(let number):
            if case .away = visit.presence { visit.presence = .away(shown: number) }
        case .endsSoon(let seconds):
            visit.isEndTold = true
            let minutes = ((seconds + 59) / 60).counted("minute")
            desk.say(.warning, "This session ends in \(minutes); you can come again after that")
        case .ended(let why): return end(of: why)
        case .watched: return [.saveScreen(.text)]
        }
        return []
    }

    private mutating func open(_ opening: Opening) -> [Effect] {
        switch opening {
        case .product(let product): return apply([.push(.product(ProductState(product)))])
        case .search(let words): return apply(change(ShopState.self) { $0.look(for: words, $1) } ?? [])
        case .category(let name):
            return apply(change(ShopState.self) { $0.choose(.category(name), &$1) } ?? [])
        case .cart: return carryOut(.openCart)
        case .orders: return carryOut(.openOrders)
        case .help: return carryOut(.help)
        }
    }

    private mutating func end(of why: Visit.End) -> [Effect] {
        visit.end = why
        return end()
    }
}
