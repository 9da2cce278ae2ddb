import StoreDomain

/// One order in full.
public struct OrderState: Feature {
    public static let kind = ScreenKind.order

    let id: Int64
    /// nil until it is loaded, where only its number was known.
    public private(set) var order: Order?
    public private(set) var error: StoreError?
    private var firstLine = 0

    public init(_ order: Order) {
        id = order.id
        self.order = order
    }

    public init(id: Int64) { self.id = id }

    public var title: String { order.map { "Order \($0.id)" } ?? Self.kind.title }
    public func copied(_ desk: Desk) -> Copied? { .orderNumber(id) }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }
    public var scroll: Int? {
        get { firstLine }
        set { firstLine = newValue ?? 0 }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        [
            Hint(.showReceipt), Hint(.takePayment), Hint(.cancelOrder, "cancel"), Hint(.returnOrder),
            Hint(.back, "orders"),
        ]
    }

    public mutating func enter(_ desk: inout Desk) -> [Step] { [.ask(.orders(.one(id)))] }
    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        order.map { [.push(.receipt(ReceiptState($0)))] } ?? []
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard yes, case .cancelOrder(let id) = question else { return [] }
        return [.ask(.orders(.cancel(id)))]
    }

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .orders(.one(let answer)) = reply else { return [] }
        switch answer {
        case .success(let order):
            self.order = order
            error = nil
        case .failure(let error):
            self.error = error
            desk.say(error)
        }
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .orderChanged(let order):
            if let order, order.id == id { self.order = order }
            return enter(&desk)
        case .reachable, .renewed: return enter(&desk)
        case .changedElsewhere(let changes): return changes.touches(order: id) ? enter(&desk) : []
        case .stockChanged, .resized: return []
        }
    }
}
