import StoreDomain

/// The shop's gift cards and the store credit of its customers, and all that happened to one of them.
public struct GiftCardsState: Feature {
    public static let kind = ScreenKind.giftCards

    /// nil until they are loaded.
    public private(set) var cards: [GiftCard]?
    /// What is shown of: the last characters of a code, or how a name begins; nil for all.
    public private(set) var sought: String?
    /// The card that was opened, with its movements.
    public private(set) var history: GiftCardHistory?
    public private(set) var error: StoreError?
    private var list = List()
    private var firstLine = 0

    public init() {}

    public var title: String { history?.card.title ?? Self.kind.title }
    public var selection: Int { list.row(of: cards?.count ?? 0) ?? 0 }

    public func selectedRow(_ desk: Desk) -> Int? {
        history == nil ? list.row(of: cards?.count ?? 0) : nil
    }

    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }

    public var scroll: Int? {
        get { history == nil ? nil : firstLine }
        set { firstLine = newValue ?? 0 }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        history == nil ? [Hint(.open), Hint(.findGiftCard), Hint(.retry), Hint(.back)] : [Hint(.back)]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        if let history { return [.ask(.giftCards(.history(history.card.id)))] }
        list.remember(selected?.id)
        return [.ask(.giftCards(.list(sought)))]
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        if history == nil { list.walk(walk, of: cards?.count ?? 0) }
        return []
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        history == nil && selected == nil ? .disabled("No gift card is selected") : .enabled
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard history == nil, let selected else { return [] }
        return [.ask(.giftCards(.history(selected.id)))]
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard history == nil, let count = cards?.count, row < count else { return false }
        list.select(row, of: count)
        return true
    }

    public func opens(row: Int) -> Bool { history == nil && selection == row }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        if history != nil {
            history = nil
            firstLine = 0
            return []
        }
        guard sought != nil else { return [.pop] }
        sought = nil
        return enter(&desk)
    }

    private var selected: GiftCard? {
        guard let cards, let row = list.row(of: cards.count) else { return nil }
        return cards[row]
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        switch purpose {
        case .findGiftCard:
            let text = text.cleanText
            history = nil
            // A whole code opens its card.
            if let code = GiftCardCode(text) { return [.ask(.giftCards(.find(code)))] }
            sought = text.isEmpty ? nil : text
            return enter(&desk)
        case .discount, .findLine, .findOrder, .reportDays, .server, .catalogFile, .priceReason, .customer,
            .findSale,
            .returnReason, .approvalCode, .visitorCode, .returnName, .returnProduct, .noSaleReason,
            .mailReceipt, .newCustomer, .check, .pin, .unlock, .approverPIN, .newPIN, .pinPassword,
            .pinOwner, .badgeOwner, .badgeFor, .invoice, .pinFor, .office, .macroName, .macroKey,
            .findProducts, .customers:
            return []
        }
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .giftCards(let action) = reply else { return [] }
        switch action {
        case .list(.success(let cards)):
            error = nil
            list.restore(in: cards.map(\.id), orRow: selection)
            self.cards = cards
        case .history(.success(let history)):
            error = nil
            self.history = history
        case .list(.failure(let error)):
            self.error = error
            desk.say(error)
        case .history(.failure(let error)): desk.say(error)
        }
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed: return enter(&desk)
        case .changedElsewhere(let changes): return changes.orders == .none ? [] : enter(&desk)
        case .stockChanged, .orderChanged, .resized: return []
        }
    }

    // MARK: - Commands

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openGiftCards, "Gift cards", "See gift cards and store credit with all that happened to them",
            spoken: Spoken(["cards"]), permission: .sell, traits: [.goesAhead]
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.giftCards(GiftCardsState()))] }
        },
        CommandSpec(
            .findGiftCard, "Find", "Find a gift card by its code, its last characters or a name",
            on: GiftCardsState.self, keys: ["/"], spoken: Spoken(argument: .text)
        ) { _, _, _ in [.open(.prompt(Prompt(.findGiftCard, limit: 60)))] },
    ]
}

extension Command {
    public static let openGiftCards = Command("openGiftCards")
    public static let findGiftCard = Command("findGiftCard")
}
