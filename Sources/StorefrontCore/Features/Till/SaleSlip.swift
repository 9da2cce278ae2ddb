import StoreDomain

/// What is to be paid for a sale that is not paid yet, as it is put on paper. It is no receipt.
public struct SaleSlip: Hashable, Codable, Sendable {
    public struct Line: Hashable, Codable, Sendable {
        public let quantity: Int
        public let name: String
        public let each: Money
        public let amount: Money

        public init(quantity: Int, name: String, each: Money, amount: Money) {
            self.quantity = quantity
            self.name = name
            self.each = each
            self.amount = amount
        }
    }

    public let till: String
    public let lines: [Line]
    /// Goods of an earlier sale that come back with it.
    public let back: [SaleReturn.Line]
    public let price: PriceBreakdown
    /// Below zero where something goes back.
    public let due: Money
    public let inCash: Money

    public init(
        till: String, lines: [Line], back: [SaleReturn.Line], price: PriceBreakdown, due: Money,
        inCash: Money
    ) {
        self.till = till
        self.lines = lines
        self.back = back
        self.price = price
        self.due = due
        self.inCash = inCash
    }

    /// What the journal keeps of it: what is to be paid, 0 where something goes back.
    var noted: Money { max(due, .zero(due.currency)) }
}

extension TillState {
    mutating func printSlip(_ desk: inout Desk) -> [Step] {
        guard let due = due(desk), let price = desk.basket.quote else {
            return refuse("The total is not known yet")
        }
        let cart = desk.basket.cart
        let lines = cart.lines.map { line in
            let each = line.unitPrice(desk.currency)
            let gross = each * line.quantity
            return SaleSlip.Line(
                quantity: line.quantity, name: line.name, each: each,
                amount: gross - (line.discount?.amount(off: gross) ?? .zero(desk.currency)))
        }
        let slip = SaleSlip(
            till: desk.context.till, lines: lines, back: cart.terms.back?.lines ?? [], price: price,
            due: due, inCash: CashDue(due, desk.policy).amount)
        return [.ask(.till(.slip(slip, ReceiptStyle(desk), till: desk.context.till)))]
    }
}
