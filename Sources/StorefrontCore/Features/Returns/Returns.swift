import StoreDomain

/// Goods that come back: the sale is found, what comes back of it is chosen, the money is given.
public struct ReturnsState: Feature {
    public static let kind = ScreenKind.returns

    /// How far it has come.
    public enum Stage: Hashable, Codable, Sendable {
        case finding
        case choosing(Returning)
        /// The store was asked; its answer decides.
        case giving(Returning)
        case done(Returned)
    }

    /// What was booked.
    public struct Returned: Hashable, Codable, Sendable {
        public let order: Order
        public let refund: Refund

        public init(order: Order, refund: Refund) {
            self.order = order
            self.refund = refund
        }
    }

    public internal(set) var stage = Stage.finding
    /// The sales to choose from.
    public internal(set) var found = FoundSales()
    public internal(set) var error: StoreError?
    /// A sale that was opened and left without giving anything: what was chosen of it stays.
    var kept: Returning?
    /// What is looked for when the screen is gone to.
    private let sought: String?
    private var firstLine = 0

    /// - Parameter sought: what the sale is found by: a receipt's or refund's number, an order's, a product's code,
    ///   a customer; nil to look through the sales.
    public init(finding sought: String?) { self.sought = sought }

    public var title: String {
        switch stage {
        case .finding: Self.kind.title
        case .choosing(let returning), .giving(let returning): "Return of order \(returning.order.id)"
        case .done(let returned): returned.refund.title
        }
    }

    // MARK: - What the program asks

    public var takesNumbers: Bool { true }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var busyReason: String? {
        if case .giving = stage { "The money is being given back" } else { nil }
    }
    public var lossOnQuit: String? {
        if case .giving = stage { "The store has not answered yet whether the money went back." } else { nil }
    }

    public func selectedRow(_ desk: Desk) -> Int? {
        switch stage {
        case .finding: found.list.row(of: found.orders.count)
        case .choosing(let returning), .giving(let returning): returning.selection
        case .done: nil
        }
    }

    public var scroll: Int? {
        get { if case .done = stage { firstLine } else { nil } }
        set { firstLine = newValue ?? 0 }
    }

    public var pageEnds: PageEnds? {
        guard case .finding = stage else { return nil }
        return PageEnds(hasPrevious: found.number > 1, hasNext: found.number < found.pages)
    }

    public func hints(_ desk: Desk) -> [Hint] {
        switch stage {
        case .finding: [Hint(.open), Hint(.findSale), Hint(.pageDown), Hint(.back)]
        case .choosing, .giving:
            [
                Hint(.open, "give back"), Hint(.returnAll, "all"), Hint(.returnMore, "more"),
                Hint(.returnLess, "less"), Hint(.returnLoss), Hint(.returnTender), Hint(.explainReturn),
                Hint(.exchangeGoods, "exchange"), Hint(.voidSale, "void"), Hint(.back),
            ]
        case .done:
            [Hint(.open, "next"), Hint(.printReturn), Hint(.saveReturn, "save to a file"), Hint(.back)]
        }
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .finding: find(found.sought ?? sought, &desk)
        case .choosing(let returning): [.ask(.returns(.sale(returning.order.id, till: desk.context.till)))]
        case .giving, .done: []
        }
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] {
        if case .finding = stage { return load(page: found.number, desk) }
        return enter(&desk)
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch stage {
        case .finding:
            switch walk {
            case .pageDown where found.number < found.pages: return load(page: found.number + 1, desk)
            case .pageUp where found.number > 1: return load(page: found.number - 1, desk)
            case .up, .down, .halfPageUp, .halfPageDown, .pageUp, .pageDown, .first, .last:
                found.list.walk(walk, of: found.orders.count)
            }
        case .choosing(var returning):
            returning.list.walk(walk, of: returning.order.items.count)
            stage = .choosing(returning)
        case .giving, .done: break
        }
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        switch stage {
        case .finding:
            guard row < found.orders.count else { return false }
            found.list.select(row, of: found.orders.count)
            return true
        case .choosing(var returning):
            guard row < returning.order.items.count else { return false }
            returning.list.select(row, of: returning.order.items.count)
            stage = .choosing(returning)
            return true
        case .giving, .done: return false
        }
    }

    public func opens(row: Int) -> Bool {
        if case .finding = stage { found.list.row(of: found.orders.count) == row } else { false }
    }

    /// Opens the selected sale, or the order of the number that was typed; sets a quantity; gives the money back;
    /// looks for the next sale.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        switch stage {
        case .finding:
            // A count has fewer digits than an order's number may have.
            if let number = desk.number { return find(number, &desk) }
            return found.selected.map { [.ask(.returns(.sale($0.id, till: desk.context.till)))] } ?? []
        case .choosing(let returning):
            guard let count, returning.unanswered == nil else { return give(&desk) }
            guard let item = returning.selected else { return [] }
            setQuantity(count, of: item, &desk)
            return []
        case .giving: return []
        case .done: return findNext(&desk)
        }
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .finding: return [.pop]
        case .choosing(var returning):
            if returning.way != .refund, returning.unanswered == nil {
                returning.go(.refund)
                stage = .choosing(returning)
                return []
            }
            kept = returning.hasAny || returning.unanswered != nil ? returning : nil
            // It was opened for this one sale.
            guard found.page != nil else { return [.pop] }
            stage = .finding
            return []
        case .giving: return []
        case .done: return [.pop, .tell(.stockChanged)]
        }
    }

    /// A receipt's code opens its sale; a product's code finds the sales that had it, or takes one of it back.
    public mutating func scanned(_ code: String, count: Int, _ desk: inout Desk) -> [Step]? {
        switch stage {
        case .finding, .done:
            if case .done = stage { stage = .finding }
            return find(code, &desk)
        case .choosing(let returning):
            if DocumentNumber(code) != nil, returning.pieces == 0 {
                stage = .finding
                return find(code, &desk)
            }
            return [.ask(.returns(.product(code, count: count)))]
        case .giving: return []
        }
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        resumeUnanswered(desk)
        switch news {
        case .reachable, .renewed: return enter(&desk)
        case .changedElsewhere(let changes):
            switch stage {
            case .finding: return changes.orders == .none ? [] : reload(&desk)
            case .choosing(let returning):
                return changes.touches(order: returning.order.id) ? enter(&desk) : []
            case .giving, .done: return []
            }
        case .orderChanged, .stockChanged, .resized: return []
        }
    }
}

extension Refund {
    /// "Refund F1-000003", "Void F1-000004"
    public var title: String {
        let name =
            switch kind {
            case .refund: "Refund"
            case .void: "Void"
            }
        return number.map { "\(name) \($0.text)" } ?? name
    }
}
