/// What a rule wants written: all of it in one transaction, or nothing. Values alone; an engine turns them
/// into statements whose number does not depend on that of the lines.
public struct Changes: Sendable {
    /// An order to insert; what below belongs to `.new` belongs to it.
    public var newOrder: NewOrder?
    /// Changes of orders that stand.
    public var orders: [OrderChange] = []
    public var payments: [NewPayment] = []
    public var newRefund: NewRefund?
    /// Goods that came back without a receipt.
    public var looseReturn: NewLooseReturn?
    /// Gift cards and store credit to be made.
    public var newCards: [NewGiftCard] = []
    /// Takes from cards and puts on them, and remembers why.
    public var cardMovements: [NewCardMovement] = []
    /// Takes and gives stock, and remembers why.
    public var movements: [NewMovement] = []
    /// What is kept of the moved products' cost from now on.
    public var averages: [Int64: StockAverage?] = [:]
    /// Products of which movements waited that what is kept has now.
    public var takenIn: Set<Int64> = []
    /// Products of which more was sold than the books had: somebody has to count them.
    public var toCount: Set<Int64> = []
    /// Products that somebody counted.
    public var counted: Set<Int64> = []
    /// How many more orders (fewer, when negative) use a code.
    public var discountUses: [String: Int] = [:]
    /// The last position given in each series.
    public var numbers: [NumberSeries: Int] = [:]
    /// Money that was taken for an order that could not stand.
    public var stranded: [StrandedPayment] = []
    /// Makes a repetition of the request harmless.
    public var key: NewKey?
    public var journal: [JournalEntry] = []

    public init() {}

    /// The order that a change belongs to.
    public enum OrderReference: Hashable, Sendable {
        case new
        case standing(Int64)
    }
}

/// An order to be inserted.
public struct NewOrder: Hashable, Sendable {
    public var userID: Int64?
    public var operatorID: Int64?
    public var till: String?
    public var status: OrderStatus
    public var lines: [Line]
    public var subtotal: Money
    public var discount: Money
    public var tax: Money
    public var taxMode: TaxMode
    public var exempted: Money
    public var total: Money
    public var discountCode: String?
    public var exemption: TaxExemption?
    public var note: String?

    /// One line; its figures are checked and final.
    public struct Line: Hashable, Sendable {
        public var productID: Int64
        public var name: String
        public var sku: String?
        public var quantity: Int
        public var unitPrice: Money
        public var listPrice: Money?
        public var total: Money
        public var lineDiscount: Money
        public var orderDiscount: Money
        public var tax: Money
        public var taxRate: Rate?
        public var taxClass: String?
        public var overrideReason: String?
    }
}

/// A change of one order that stands.
public struct OrderChange: Hashable, Sendable {
    public let order: Changes.OrderReference
    public var status: OrderStatus?
    public var number: DocumentNumber?
    public var rounding: Money?
    /// Added to what was refunded.
    public var refunded: Money?
    /// How many more of an item came back, by its id.
    public var returned: [Int64: Int]
    /// When its payment screen was opened or seen open last.
    public var paymentOpenedAt: Timestamp?

    public init(
        _ order: Changes.OrderReference, status: OrderStatus? = nil, number: DocumentNumber? = nil,
        rounding: Money? = nil, refunded: Money? = nil, returned: [Int64: Int] = [:],
        paymentOpenedAt: Timestamp? = nil
    ) {
        self.order = order
        self.status = status
        self.number = number
        self.rounding = rounding
        self.refunded = refunded
        self.returned = returned
        self.paymentOpenedAt = paymentOpenedAt
    }
}

/// A tender to be stored.
public struct NewPayment: Hashable, Sendable {
    public let order: Changes.OrderReference
    public let payment: Payment
    public let takenBy: Int64
    /// The open shift of the till it was taken at; nil where no shift is open.
    public let shiftID: Int64?

    public init(_ order: Changes.OrderReference, payment: Payment, takenBy: Int64, shiftID: Int64?) {
        self.order = order
        self.payment = payment
        self.takenBy = takenBy
        self.shiftID = shiftID
    }
}

/// A refund to be stored; its id is given by the engine.
public struct NewRefund: Hashable, Sendable {
    public let refund: Refund
    public let shiftID: Int64?
    /// The sale that it is a part of; nil for a refund by itself.
    public let exchange: Changes.OrderReference?

    public init(_ refund: Refund, shiftID: Int64?, exchange: Changes.OrderReference? = nil) {
        self.refund = refund
        self.shiftID = shiftID
        self.exchange = exchange
    }
}

/// A stock movement to be stored. A product without counting has none.
public struct NewMovement: Hashable, Sendable {
    public let productID: Int64
    public let kind: StockMovementKind
    public let quantity: Int
    public let order: Changes.OrderReference?
    public let reason: String?
    /// What one piece cost, rounded; before it is stored, only what somebody said.
    public let unitCost: Money?
    /// What all of it cost; nil where that is not known. Set as it is stored.
    public let cost: Money?
    /// It belongs to the refund, or to the return without a receipt.
    public let isOfRefund: Bool

    public init(
        productID: Int64, kind: StockMovementKind, quantity: Int, order: Changes.OrderReference? = nil,
        reason: String? = nil, unitCost: Money? = nil, cost: Money? = nil, isOfRefund: Bool = false
    ) {
        self.productID = productID
        self.kind = kind
        self.quantity = quantity
        self.order = order
        self.reason = reason
        self.unitCost = unitCost
        self.cost = cost
        self.isOfRefund = isOfRefund
    }
}

/// Money that somebody took although its order could not stand any more: kept, so that no approval code is
/// lost, until it is given back.
public struct StrandedPayment: Hashable, Sendable, Codable {
    public let orderID: Int64
    public let methodID: String
    public let amount: Money
    public let approvalCode: String?

    public init(orderID: Int64, methodID: String, amount: Money, approvalCode: String?) {
        self.orderID = orderID
        self.methodID = methodID
        self.amount = amount
        self.approvalCode = approvalCode
    }
}

/// What a request that has its effect once did, kept under its key.
public enum KeyedOperation: String, Hashable, Sendable, Codable, CaseIterable {
    case order, payment, sale, refund
}

/// A key to be remembered.
public struct NewKey: Hashable, Sendable {
    public let operation: KeyedOperation
    public let key: IdempotencyKey
    public let userID: Int64
    /// What was asked for, as text: the same for the same request.
    public let content: String
    public let order: Changes.OrderReference

    public init(
        _ operation: KeyedOperation, key: IdempotencyKey, userID: Int64, content: String,
        order: Changes.OrderReference
    ) {
        self.operation = operation
        self.key = key
        self.userID = userID
        self.content = content
        self.order = order
    }
}

/// What stands under a key.
public struct KeptKey: Hashable, Sendable {
    public let isSameContent: Bool
    public let orderID: Int64
    /// The refund that a key of a refund stands for.
    public let refundID: Int64?
    /// What a server answered; nil where the request was made at a till.
    public let answer: [UInt8]?

    public init(isSameContent: Bool, orderID: Int64, refundID: Int64? = nil, answer: [UInt8]?) {
        self.isSameContent = isSameContent
        self.orderID = orderID
        self.refundID = refundID
        self.answer = answer
    }
}
