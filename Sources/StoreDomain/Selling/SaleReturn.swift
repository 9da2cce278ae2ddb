/// Goods of an earlier sale that come back with a sale that is not paid yet, as whoever sells has chosen them. A
/// value of a basket, so that it is undone, parked and taken up with it. The store works its figures out anew.
public struct SaleReturn: Hashable, Sendable, Codable {
    /// Goods as they are shown: a line of the earlier sale.
    public struct Line: Hashable, Sendable, Codable {
        public let itemID: Int64
        public let name: String
        public let quantity: Int
        /// Whether the goods can be sold again.
        public let restocks: Bool
        /// What they are worth, tax included.
        public let amount: Money
        /// The tax in `amount`.
        public let tax: Money

        public init(
            itemID: Int64, name: String, quantity: Int, restocks: Bool, amount: Money, tax: Money
        ) {
            self.itemID = itemID
            self.name = name
            self.quantity = quantity
            self.restocks = restocks
            self.amount = amount
            self.tax = tax
        }
    }

    public let orderID: Int64
    /// The earlier sale's receipt.
    public let number: DocumentNumber?
    public let lines: [Line]
    /// 1…200 characters.
    public let reason: String
    /// How money that is handed out goes back; nil for the tenders it came by.
    public let methodID: String?
    /// The tenders that `given` came by, the newest first.
    public let tenders: [Refund.Tender]

    public init(
        orderID: Int64, number: DocumentNumber?, lines: [Line], reason: String, methodID: String? = nil,
        tenders: [Refund.Tender]
    ) {
        self.orderID = orderID
        self.number = number
        self.lines = lines
        self.reason = reason
        self.methodID = methodID
        self.tenders = tenders
    }

    /// What was chosen of an earlier sale, with the figures that were shown.
    public init(
        _ draft: RefundDraft, of order: Order, _ figures: RefundFigures
    ) {
        self.init(
            orderID: order.id, number: order.number,
            lines: figures.lines.map { line in
                Line(
                    itemID: line.itemID,
                    name: order.items.first { $0.id == line.itemID }?.productName ?? "",
                    quantity: line.quantity, restocks: line.restocks, amount: line.amount, tax: line.tax)
            },
            reason: draft.reason, methodID: draft.methodID, tenders: figures.tenders)
    }

    /// What the goods pay of what is taken.
    public func given(_ currency: Currency) -> Money { .sum(tenders.map(\.amount), currency: currency) }

    public var pieces: Int { lines.reduce(0) { $0 + $1.quantity } }

    /// What it comes to with goods of `total`.
    public func figures(of total: Money, methods: [PaymentMethod], rounding: CashRounding)
        -> ExchangeFigures
    {
        ExchangeFigures(
            of: total,
            for: RefundFigures(
                lines: lines.map {
                    Refund.Line(
                        itemID: $0.itemID, quantity: $0.quantity, amount: $0.amount, tax: $0.tax,
                        restocks: $0.restocks)
                }, tenders: tenders, amount: .sum(lines.map(\.amount), currency: total.currency),
                isWhole: false),
            by: methods.first { $0.id == methodID }, rounding: rounding)
    }

    /// What the store is asked for.
    ///
    /// - Throws: `invalid` for lines or a reason that no return has.
    func draft(approvalCode: String?, currency: Currency) throws(StoreError) -> RefundDraft {
        try RefundDraft(
            orderID: orderID,
            lines: lines.map {
                RefundDraft.Line(itemID: $0.itemID, quantity: $0.quantity, restocks: $0.restocks)
            }, reason: reason, methodID: methodID, approvalCode: approvalCode, agreed: given(currency))
    }
}
