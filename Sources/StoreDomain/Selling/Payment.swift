/// What kind of payment a method is, and with it what a payment must name.
public enum PaymentKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// Needs the tender, gives change.
    case cash
    /// A card terminal beside the till; needs the approval code it printed.
    case externalCard = "external-card"
    /// A card that is not one: demo stores only.
    case simulatedCard = "simulated-card"
    /// Over the REST API, whose contract has no field for how: whoever runs the shop settles it outside. Only
    /// a server offers it.
    case online
    /// A card of the shop's own with money on it; needs its code.
    case giftCard = "gift-card"
    /// What the shop owes the customer of the sale.
    case storeCredit = "store-credit"

    /// Whether it is taken from the shop's own ledger.
    public var isStoredValue: Bool {
        switch self {
        case .giftCard, .storeCredit: true
        case .cash, .externalCard, .simulatedCard, .online: false
        }
    }
}

/// A way to pay, kept as data.
public struct PaymentMethod: Hashable, Sendable, Identifiable, Codable {
    /// Short and stable, such as `cash`.
    public let id: String
    public let name: String
    public let kind: PaymentKind
    /// What whoever takes it needs: `takePayment` for cash and card terminals, `placeOrders` for the demo
    /// card and online.
    public let permission: Permission

    public init(id: String, name: String, kind: PaymentKind, permission: Permission) {
        self.id = id
        self.name = name
        self.kind = kind
        self.permission = permission
    }

    public static let cash = PaymentMethod(id: "cash", name: "Cash", kind: .cash, permission: .takePayment)
    public static let externalCard = PaymentMethod(
        id: "card", name: "Card terminal", kind: .externalCard, permission: .takePayment)
    public static let simulatedCard = PaymentMethod(
        id: "demo-card", name: "Demo card", kind: .simulatedCard, permission: .placeOrders)
    public static let online = PaymentMethod(
        id: "online", name: "Online", kind: .online, permission: .placeOrders)
    public static let giftCard = PaymentMethod(
        id: "gift-card", name: "Gift card", kind: .giftCard, permission: .takePayment)
    public static let storeCredit = PaymentMethod(
        id: "store-credit", name: "Store credit", kind: .storeCredit, permission: .takePayment)

    /// The ways to pay of a new store, in its order.
    public static let standard = [cash, externalCard, giftCard, storeCredit, simulatedCard, online]
}

/// One tender that somebody wants to settle an order with.
public struct PaymentRequest: Hashable, Sendable, Codable {
    /// A `PaymentMethod.id`; nil lets the service decide, as the plain API has no field for it.
    public let methodID: String?
    /// How much of the order it pays, in minor units; nil for all that is left.
    public let amountMinor: Int64?
    /// Cash given, in minor units.
    public let tenderedMinor: Int64?
    /// What the card terminal printed, 1…32 letters, digits and `-`.
    public let approvalCode: String?
    /// Which gift card pays.
    public let cardCode: GiftCardCode?

    public init(
        methodID: String?, amountMinor: Int64? = nil, tenderedMinor: Int64? = nil,
        approvalCode: String? = nil, cardCode: GiftCardCode? = nil
    ) {
        self.methodID = methodID
        self.amountMinor = amountMinor
        self.tenderedMinor = tenderedMinor
        self.approvalCode = approvalCode
        self.cardCode = cardCode
    }

    /// One text for one content of a tender of `orderID`.
    public func fingerprintText(orderID: Int64) -> String {
        let start = "payment|\(orderID)|\(contentText)"
        return amountMinor.map { "\(start)|\($0)" } ?? start
    }

    var contentText: String {
        "\(methodID ?? "")|\(tenderedMinor.map(String.init) ?? "")|\(approvalCode ?? "")"
            + (cardCode.map { "|\($0.text)" } ?? "")
    }
}

/// A tender that was taken.
public struct Payment: Hashable, Sendable, Codable {
    /// 0 before it is stored, or where the service does not tell.
    public let id: Int64
    public let method: PaymentMethod
    /// What it pays of the order.
    public let amount: Money
    /// Cash given and given back; nil for anything else.
    public let tendered: Money?
    public let change: Money?
    public let approvalCode: String?
    /// The card or credit it was taken from; nil for anything else.
    public let card: PaymentCard?
    public let paidAt: Timestamp
    /// The payment of an earlier sale that this is a part of: money that stayed here in an exchange. nil for what
    /// was tendered.
    public let movedFrom: Int64?

    public init(
        id: Int64 = 0, method: PaymentMethod, amount: Money, tendered: Money? = nil, change: Money? = nil,
        approvalCode: String? = nil, card: PaymentCard? = nil, paidAt: Timestamp, movedFrom: Int64? = nil
    ) {
        self.movedFrom = movedFrom
        self.id = id
        self.method = method
        self.amount = amount
        self.tendered = tendered
        self.change = change
        self.approvalCode = approvalCode
        self.card = card
        self.paidAt = paidAt
    }
}
