/// Goods of an earlier sale that came back within a sale, as that sale's document shows them.
public struct GoodsBack: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public let name: String
        public let quantity: Int
        /// What they are worth, tax included.
        public let amount: Money
        /// The tax in `amount`.
        public let tax: Money
        /// nil where nothing is known of it.
        public let taxRate: Rate?
        public let restocks: Bool

        public init(
            name: String, quantity: Int, amount: Money, tax: Money, taxRate: Rate?, restocks: Bool
        ) {
            self.name = name
            self.quantity = quantity
            self.amount = amount
            self.tax = tax
            self.taxRate = taxRate
            self.restocks = restocks
        }
    }

    public let refundID: Int64
    /// The earlier sale, and its receipt's number.
    public let orderID: Int64
    public let number: DocumentNumber?
    public let reason: String
    public let lines: [Line]
    /// Σ `lines` with rounding: what they pay of what was taken.
    public let given: Money
    /// What was handed out of it; empty where something was paid on top, or nothing.
    public let handedOut: [Refund.Tender]

    public init(
        refundID: Int64, orderID: Int64, number: DocumentNumber?, reason: String, lines: [Line],
        given: Money, handedOut: [Refund.Tender]
    ) {
        self.refundID = refundID
        self.orderID = orderID
        self.number = number
        self.reason = reason
        self.lines = lines
        self.given = given
        self.handedOut = handedOut
    }

    /// Of the refund and the earlier sale that it is about.
    public init(_ refund: Refund, of earlier: Order) {
        self.init(
            refundID: refund.id, orderID: earlier.id, number: earlier.number, reason: refund.reason,
            lines: refund.lines.map { line in
                let item = earlier.items.first { $0.id == line.itemID }
                return Line(
                    name: item?.productName ?? "", quantity: line.quantity, amount: line.amount,
                    tax: line.tax, taxRate: earlier.exemption == nil ? item?.taxRate : nil,
                    restocks: line.restocks)
            },
            given: refund.amount + refund.rounding, handedOut: refund.tenders.filter { !$0.isMoved })
    }

    /// What each rate of it comes to, the highest first.
    public var taxFigures: [TaxFigure] {
        let rated = lines.filter { $0.taxRate != nil }
        return Dictionary(grouping: rated) { $0.taxRate ?? .zero }.sorted { $0.key > $1.key }.map {
            rate, lines in
            let tax = Money.sum(lines.map(\.tax), currency: given.currency)
            return TaxFigure(
                rate: rate, net: .sum(lines.map(\.amount), currency: given.currency) - tax, tax: tax)
        }
    }
}

extension Order {
    /// What its customer paid, below zero what was handed out: the one amount of the document.
    public var settled: Money { total + rounding - (goodsBack?.given ?? .zero(total.currency)) }

    /// What was tendered for it, without what an exchange moved here.
    public var tendered: [Payment] { payments.filter { $0.movedFrom == nil } }
}
