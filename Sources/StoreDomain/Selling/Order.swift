/// Where an order stands. `pending` → `paid` → `refunded`/`partially_refunded`; `pending` → `cancelled`.
public enum OrderStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case pending, paid, cancelled
    case partiallyRefunded = "partially_refunded"
    case refunded

    /// Every change that is legal (<doc:Domain>).
    public func canBecome(_ next: OrderStatus) -> Bool {
        switch self {
        case .pending: next == .paid || next == .cancelled
        case .paid: next == .refunded || next == .partiallyRefunded
        case .partiallyRefunded: next == .refunded || next == .partiallyRefunded
        case .cancelled, .refunded: false
        }
    }

    /// Whether something of such an order can still come back.
    public var isReturnable: Bool {
        switch self {
        case .paid, .partiallyRefunded: true
        case .pending, .cancelled, .refunded: false
        }
    }

    public var word: String {
        switch self {
        case .pending: "pending"
        case .paid: "paid"
        case .cancelled: "cancelled"
        case .partiallyRefunded: "partly refunded"
        case .refunded: "refunded"
        }
    }
}

/// One line of an order: what was sold, under the name and price it had then. Its figures are those of the
/// whole line and never change.
public struct OrderItem: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    public let orderID: Int64
    public let productID: Int64
    public let productName: String
    public let sku: String?
    /// `Quantity.range`
    public let quantity: Int
    /// What one unit was sold for.
    public let unitPrice: Money
    /// What one unit was listed for; nil where that is what it was sold for.
    public let listPrice: Money?
    /// `unitPrice` × `quantity`
    public let total: Money
    /// What the line's own discount takes off, 0…`total`.
    public let lineDiscount: Money
    /// The line's share of the order's discount, 0…`total` − `lineDiscount`.
    public let orderDiscount: Money
    /// The line's share of the tax of its rate.
    public let tax: Money
    /// nil where the service does not tell, or for an order made before lines kept their tax.
    public let taxRate: Rate?
    public let taxClass: String?
    /// Why the price is not the listed one; always there when `listPrice` is.
    public let overrideReason: String?
    /// How many came back.
    public let returned: Int

    public init(
        id: Int64, orderID: Int64, productID: Int64, productName: String, sku: String? = nil, quantity: Int,
        unitPrice: Money, listPrice: Money? = nil, total: Money, lineDiscount: Money? = nil,
        orderDiscount: Money? = nil, tax: Money? = nil, taxRate: Rate? = nil, taxClass: String? = nil,
        overrideReason: String? = nil, returned: Int = 0
    ) {
        self.id = id
        self.orderID = orderID
        self.productID = productID
        self.productName = productName
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.listPrice = listPrice
        self.total = total
        self.lineDiscount = lineDiscount ?? .zero(total.currency)
        self.orderDiscount = orderDiscount ?? .zero(total.currency)
        self.tax = tax ?? .zero(total.currency)
        self.taxRate = taxRate
        self.taxClass = taxClass
        self.overrideReason = overrideReason
        self.returned = returned
    }

    /// How many can still come back.
    public var returnable: Int { quantity - returned }
}

/// A sale as a document. Its figures are fixed when it is placed; what happens to it later (tenders, refunds)
/// is added, never changed.
public struct Order: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    /// Whose order it is; nil for a walk-in customer.
    public let userID: Int64?
    /// The name of whose order it is; nil where the service does not tell.
    public let userName: String?
    /// Who sold it at a till; nil where its customer placed it.
    public let operatorID: Int64?
    /// Where it was sold; nil where its customer placed it.
    public let till: String?
    /// The receipt's number, given when the sale is paid at a till.
    public let number: DocumentNumber?
    public let status: OrderStatus
    public private(set) var items: [OrderItem]
    /// Σ line totals less the lines' own discounts.
    public let subtotal: Money
    /// The order's discount, 0…`subtotal`.
    public let discount: Money
    public let tax: Money
    /// Whether `tax` is part of the prices or comes on top.
    public let taxMode: TaxMode
    /// Tax in the prices that an exempt customer does not pay; 0 otherwise.
    public let exempted: Money
    /// subtotal − discount − exempted, and the tax where it comes on top
    public let total: Money
    /// What cash rounding adds to `total`; negative where it takes off. Σ payments = total + rounding.
    public let rounding: Money
    /// Σ refunds, 0…`total`.
    public let refunded: Money
    public let discountCode: String?
    /// Why no tax was taken, with the customer's tax number.
    public let exemption: TaxExemption?
    public let note: String?
    /// How it was paid, in the order in which it was taken; empty before that, or where the service does not
    /// tell.
    public private(set) var payments: [Payment]
    /// What came back of an earlier sale in the same document; nil for a sale that is no exchange.
    public private(set) var goodsBack: GoodsBack?
    /// How the journal's record of its payment begins; nil before it is paid, and where the service does not tell.
    public private(set) var journalMark: String?
    /// The gift cards that it sold, in their order.
    public private(set) var giftCards: [SoldGiftCard]
    /// nil for a sale without one.
    public private(set) var invoice: Invoice?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(
        id: Int64, userID: Int64?, userName: String? = nil, operatorID: Int64? = nil, till: String? = nil,
        number: DocumentNumber? = nil, status: OrderStatus, items: [OrderItem], subtotal: Money,
        discount: Money, tax: Money, taxMode: TaxMode = .added, exempted: Money? = nil, total: Money,
        rounding: Money? = nil,
        refunded: Money? = nil, discountCode: String? = nil, exemption: TaxExemption? = nil,
        note: String? = nil, payments: [Payment] = [], giftCards: [SoldGiftCard] = [],
        goodsBack: GoodsBack? = nil, journalMark: String? = nil, invoice: Invoice? = nil,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.goodsBack = goodsBack
        self.journalMark = journalMark
        self.invoice = invoice
        self.id = id
        self.userID = userID
        self.userName = userName
        self.operatorID = operatorID
        self.till = till
        self.number = number
        self.status = status
        self.items = items
        self.subtotal = subtotal
        self.discount = discount
        self.tax = tax
        self.taxMode = taxMode
        self.exempted = exempted ?? .zero(total.currency)
        self.total = total
        self.rounding = rounding ?? .zero(total.currency)
        self.refunded = refunded ?? .zero(total.currency)
        self.discountCode = discountCode
        self.exemption = exemption
        self.note = note
        self.payments = payments
        self.giftCards = giftCards
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The same order with these lines and tenders: for who reads its parts one after another.
    public func with(items: [OrderItem], payments: [Payment]) -> Order {
        var order = self
        order.items = items
        order.payments = payments
        return order
    }

    /// The same order with how the journal's record of its payment begins.
    public func with(journalMark: String?) -> Order {
        var order = self
        order.journalMark = journalMark
        return order
    }

    /// The same order with its invoice.
    public func with(invoice: Invoice?) -> Order {
        var order = self
        order.invoice = invoice
        return order
    }

    /// The same order as an exchange.
    public func with(goodsBack: GoodsBack?) -> Order {
        var order = self
        order.goodsBack = goodsBack
        return order
    }

    /// The same order with the gift cards that it sold.
    public func with(giftCards: [SoldGiftCard]) -> Order {
        var order = self
        order.giftCards = giftCards
        return order
    }

    /// What was paid for the gift cards that it sold: no part of `total`, as a card is no turnover.
    public var giftCardsTotal: Money { .sum(giftCards.map(\.amount), currency: total.currency) }

    /// What had to be paid, before cash rounding.
    public var due: Money { total + giftCardsTotal }

    public static let maximumLines = 500

    /// The sum of the quantities.
    public var pieces: Int { items.reduce(0) { $0 + $1.quantity } }

    /// When it was paid; nil before that.
    public var paidAt: Timestamp? { payments.last?.paidAt }

    /// What each rate comes to, the highest first; empty where the lines do not tell.
    public var taxFigures: [TaxFigure] {
        let rated = items.filter { $0.taxRate != nil }
        return Dictionary(grouping: rated) { $0.taxRate ?? .zero }.sorted { $0.key > $1.key }.map {
            rate, items in
            let tax = Money.sum(items.map(\.tax), currency: total.currency)
            let paid = Money.sum(
                items.map { $0.total - $0.lineDiscount - $0.orderDiscount }, currency: total.currency)
            return TaxFigure(rate: rate, net: taxMode == .included ? paid - tax : paid, tax: tax)
        }
    }
}

/// What is asked for when an order is placed.
public struct OrderDraft: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public let productID: Int64
        /// `Quantity.range`
        public let quantity: Int
        /// The code of a scale's label, which says what one piece weighs or costs.
        public let label: String?

        public init(productID: Int64, quantity: Int, label: String? = nil) throws(StoreError) {
            try Quantity.check(quantity)
            self.productID = productID
            self.quantity = quantity
            self.label = label
        }
    }

    public let lines: [Line]
    /// Trimmed; nil when blank.
    public let discountCode: String?
    /// What the buyer saw and agreed to; nil where nobody was shown a price, as over the plain API.
    public let agreement: PriceAgreement?

    /// - Throws: `emptyOrder`; `invalid` for more than `Order.maximumLines` lines, for a product beyond 9,999
    /// in all, or for an agreement about another number of lines.
    public init(lines: [Line], discountCode: String? = nil, agreement: PriceAgreement? = nil)
        throws(StoreError)
    {
        guard !lines.isEmpty else { throw .emptyOrder }
        guard lines.count <= Order.maximumLines else {
            throw .invalid([FieldProblem("items", "must be at most \(Order.maximumLines)")])
        }
        if let agreement, agreement.unitPrices.count != lines.count {
            throw .invalid([FieldProblem("agreement", "must have a price for each line")])
        }
        self.lines = lines
        self.agreement = agreement
        let code = discountCode?.cleanText
        self.discountCode = code?.isEmpty == false ? code : nil
        for quantity in demand.values { try Quantity.check(quantity) }
    }

    /// How many of each product the lines ask for together.
    public var demand: [Int64: Int] {
        lines.reduce(into: [:]) { $0[$1.productID, default: 0] += $1.quantity }
    }

    /// One text for one content, so that the same key with other content is told apart.
    public var fingerprintText: String {
        let items = lines.map { line in
            "\(line.productID)x\(line.quantity)\(line.label.map { "~\($0)" } ?? "")"
        }.joined(separator: ",")
        let start = "order|\(items)|\(discountCode.map(Discount.key) ?? "")"
        return agreement.map { "\(start)|\($0.fingerprintText)" } ?? start
    }
}

/// What orders are found by.
public enum OrderFinding: Hashable, Sendable, Codable {
    /// The number of their receipt or invoice, or of a refund of theirs.
    case number(DocumentNumber)
    /// One of their lines, among the latest `recentOrders`.
    case product(Int64)
    /// A part of the name or the e-mail of whose they are. ASCII letters match in any case.
    case customer(String)

    /// How many orders back a product is looked for.
    public static let recentOrders: Int64 = 5_000
}

/// Which orders, newest first.
public struct OrderQuery: Hashable, Sendable, Codable {
    /// nil for any.
    public var status: OrderStatus?
    /// Only those of which something can still come back.
    public var isReturnable: Bool
    /// Everybody's, which needs `seeAllOrders`; else one's own.
    public var everybody: Bool
    /// What they are found by; nil for all of them.
    public var finding: OrderFinding?
    /// Only those that stand behind this order in the list; none where there is no such order. Pages count from there,
    /// `total` is that of the whole list.
    public var before: Int64?
    /// Counted from 1.
    public var page: Int
    /// 1…500
    public var perPage: Int

    public init(
        status: OrderStatus? = nil, isReturnable: Bool = false, everybody: Bool = false,
        finding: OrderFinding? = nil, before: Int64? = nil, page: Int = 1, perPage: Int = 100
    ) {
        self.status = status
        self.isReturnable = isReturnable
        self.everybody = everybody
        self.finding = finding
        self.before = before
        self.page = page
        self.perPage = perPage
    }

    /// The statuses of the orders that it asks for; nil for all of them.
    public var statuses: [OrderStatus]? {
        guard isReturnable else { return status.map { [$0] } }
        return OrderStatus.allCases.filter { $0.isReturnable && (status == nil || status == $0) }
    }
}

/// One page of orders.
public struct OrderPage: Hashable, Sendable, Codable {
    public let orders: [Order]
    public let number: Int
    public let perPage: Int
    public let total: Int

    public init(orders: [Order], number: Int, perPage: Int, total: Int) {
        self.orders = orders
        self.number = number
        self.perPage = perPage
        self.total = total
    }

    public var pages: Int { max(1, (total + perPage - 1) / perPage) }
}
