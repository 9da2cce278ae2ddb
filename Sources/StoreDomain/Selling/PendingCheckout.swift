/// A checkout under way, stored before each step so that a crash at any point ends in exactly one order.
public struct PendingCheckout: Hashable, Sendable, Codable {
    /// The key under which the order is placed.
    public let orderKey: String
    public let draft: OrderDraft
    /// Known once the order is placed.
    public var orderID: Int64?
    /// The key and content of the payment being taken; a new key whenever the content changes.
    public var paymentKey: String?
    public var payment: PaymentRequest?
    /// True when the order is to stay unpaid ("pay at the counter").
    public var paysLater: Bool

    /// Somebody said yes to it: its order may have been placed, even paid.
    public var isConfirmed: Bool { payment != nil || paysLater }

    public init(
        orderKey: IdempotencyKey, draft: OrderDraft, orderID: Int64? = nil, paymentKey: IdempotencyKey? = nil,
        payment: PaymentRequest? = nil, paysLater: Bool = false
    ) {
        self.orderKey = orderKey.text
        self.draft = draft
        self.orderID = orderID
        self.paymentKey = paymentKey?.text
        self.payment = payment
        self.paysLater = paysLater
    }
}
