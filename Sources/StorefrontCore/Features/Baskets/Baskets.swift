import StoreDomain

/// The baskets that ended sessions of this person left behind, to take one up.
public struct BasketsState: Feature {
    public static let kind = ScreenKind.baskets

    /// nil until they are loaded.
    public private(set) var baskets: [ListedBasket]?
    public private(set) var error: StoreError?
    private var list = List()
    /// One is being taken up: no second Enter counts.
    private var isTaking = false

    public init() {}

    public func selectedRow(_ desk: Desk) -> Int? { list.row(of: baskets?.count ?? 0) }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }

    public var selection: Int { list.row(of: baskets?.count ?? 0) ?? 0 }

    public func hints(_ desk: Desk) -> [Hint] {
        [Hint(.open, "take up"), Hint(.retry), Hint(.openCart), Hint(.back)]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        list.remember(selected?.basket.id)
        isTaking = false
        return [.ask(.baskets(.list))]
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        list.walk(walk, of: baskets?.count ?? 0)
        return []
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        selected == nil ? .disabled("No basket is selected") : .enabled
    }

    /// Takes up the selected one; the present basket is left behind in its place.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard !isTaking, let selected else { return [] }
        isTaking = true
        return [.ask(.basket(.takeUp(selected.basket.id)))]
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard let count = baskets?.count, row < count else { return false }
        list.select(row, of: count)
        return true
    }

    public func opens(row: Int) -> Bool { selection == row }

    private var selected: ListedBasket? {
        guard let baskets, let row = list.row(of: baskets.count) else { return nil }
        return baskets[row]
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .baskets(.list(let answer)) = reply else { return [] }
        switch answer {
        case .success(let baskets):
            error = nil
            list.restore(in: baskets.map(\.basket.id), orRow: selection)
            self.baskets = baskets
        case .failure(let error):
            self.error = error
            desk.say(error)
        }
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed: return enter(&desk)
        // Which baskets are left behind is this machine's own; only a look at everything is one at them.
        case .changedElsewhere(let changes): return changes.isEverything ? enter(&desk) : []
        case .stockChanged, .orderChanged, .resized: return []
        }
    }

    // MARK: - Commands

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openBaskets, "Baskets left behind", "Take up a basket that an ended session left behind",
            spoken: Spoken(["baskets"]),
            available: { _, desk in
                desk.context.isThrowAway
                    ? .disabled("This is a throw-away shop: nothing is kept") : .enabled
            }
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.baskets(BasketsState()))] }
        }
    ]
}

extension Command {
    public static let openBaskets = Command("openBaskets")
}

/// A basket that is left behind, and what it comes to now.
public struct ListedBasket: Hashable, Codable, Sendable {
    public let basket: LeftBasket
    /// nil where the shop does not say.
    public let total: Money?

    public init(_ basket: LeftBasket, total: Money?) {
        self.basket = basket
        self.total = total
    }

    /// The first thing in it, and how many others.
    public var contents: String {
        guard let first = basket.cart.lines.first else { return "Nothing but a checkout" }
        let others = basket.cart.lines.count - 1
        return others == 0 ? first.name : "\(first.name) and \(others) more"
    }
}
