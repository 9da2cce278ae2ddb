import StoreDomain
import StorefrontCore

/// What happens at a till, for those who look on: the customer before it, and the shop's owner. It never has a customer's
/// e-mail, nor anything that is being typed.
public struct TillScene: Hashable, Codable, Sendable {
    /// Something that is sold, as it is read.
    public struct Line: Hashable, Codable, Sendable {
        public let quantity: Int
        public let name: String
        public let amount: Money
        /// "was $14.90, 10 % off"
        public let note: String?
    }

    public struct Figure: Hashable, Codable, Sendable {
        public let title: String
        public let amount: Money
    }

    public enum Stage: Hashable, Codable, Sendable {
        /// Nothing is sold.
        case idle
        case selling
        /// A sale was made; the next has not begun. Its receipt's number.
        case sold(receipt: String?)
    }

    /// What only the owner sees.
    public struct Staff: Hashable, Codable, Sendable {
        public let cashier: String?
        public let shift: Int64?
        /// The screen that the till shows.
        public let screen: String
        public let note: String?
        public let customer: String?
    }

    public let shop: String
    public let till: String
    public let stage: Stage
    public let lines: [Line]
    /// What makes the total another than the sum of the lines, and what was paid.
    public let figures: [Figure]
    /// What counts most: what is to be paid, or the change. nil before it is known.
    public let main: Figure?
    /// What is to be paid where it is paid in cash, when that is another amount.
    public let inCash: Money?
    public let staff: Staff?

    /// - Parameter isForStaff: false leaves out what customers do not see.
    public init(_ state: AppState, isForStaff: Bool) {
        let desk = state.desk
        shop = desk.policy.shopName
        till = desk.context.till
        let counter = state.way.lazy.compactMap { $0.feature as? TillState }.last
        let isSelling = desk.sellsAtTill
        let order = isSelling ? counter?.sold(desk) : nil
        if let order {
            stage = .sold(receipt: order.number?.text)
            lines = order.items.map {
                Line(
                    quantity: $0.quantity, name: $0.productName, amount: $0.total - $0.lineDiscount, note: nil
                )
            }
            figures = Self.figures(of: order)
            main = order.payments.last?.change.flatMap {
                $0.isZero ? nil : Figure(title: "Change", amount: $0)
            }
            inCash = nil
        } else if isSelling, !desk.basket.cart.isEmpty {
            stage = .selling
            lines = desk.basket.cart.lines.map { Line($0, desk.currency) }
            let due = (counter ?? TillState()).due(desk)
            figures = Self.figures(of: desk, counter)
            main = due.map { due in
                due.isNegative
                    ? Figure(title: "Given back", amount: .zero(due.currency) - due)
                    : Figure(title: desk.basket.cart.terms.tenders.isEmpty ? "To pay" : "Left", amount: due)
            }
            inCash = due.flatMap { due in
                let cash = CashDue(due, desk.policy).amount
                return cash == due || due.isNegative ? nil : cash
            }
        } else {
            stage = .idle
            (lines, figures, main, inCash) = ([], [], nil, nil)
        }
        staff = isForStaff ? Staff(state, counter) : nil
    }

    /// The same for customers.
    public var forCustomers: TillScene { TillScene(self) }

    private init(_ scene: TillScene) {
        (shop, till, stage, lines) = (scene.shop, scene.till, scene.stage, scene.lines)
        (figures, main, inCash, staff) = (scene.figures, scene.main, scene.inCash, nil)
    }

    private static func figures(of order: Order) -> [Figure] {
        order.figures.filter { $0.kind != .subtotal }.map { Figure(title: $0.title, amount: $0.amount) }
            + (order.rounding.isZero ? [] : [Figure(title: "Rounding", amount: order.rounding)])
            + order.payments.map {
                Figure(title: $0.method.name, amount: $0.tendered ?? $0.amount)
            }
    }

    private static func figures(of desk: Desk, _ till: TillState?) -> [Figure] {
        let steps = desk.basket.quote?.steps ?? []
        let sums = steps.compactMap { step -> Figure? in
            switch step {
            // The lines' own discounts are off their amounts.
            case .line, .lineDiscount, .refusedDiscount, .subtotal, .total: nil
            case .discount, .manualDiscount, .exempt, .tax, .includedTax, .told:
                step.amount.map { Figure(title: step.title, amount: $0) }
            }
        }
        let total = desk.basket.quote.map { [Figure(title: "Total", amount: $0.total)] } ?? []
        let tenders = desk.basket.cart.terms.tenders
        guard !tenders.isEmpty else { return sums }
        return sums + total
            + tenders.map {
                Figure(
                    title: till?.name(of: $0) ?? $0.methodID ?? "",
                    amount: Money(minorUnits: $0.amountMinor ?? 0, currency: desk.currency))
            }
    }
}

extension TillScene.Line {
    fileprivate init(_ line: CartLine, _ currency: Currency) {
        let gross = line.unitPrice(currency) * line.quantity
        quantity = line.quantity
        name = line.name
        amount = gross - (line.discount?.amount(off: gross) ?? .zero(currency))
        note = line.handWords(currency)
    }
}

extension TillScene.Staff {
    fileprivate init(_ state: AppState, _ till: TillState?) {
        cashier = state.user?.name
        shift = till?.shift?.id
        screen = state.screen.feature.title
        let terms = state.desk.basket.cart.terms
        note = terms.note
        customer = terms.customer?.name

    }
}
