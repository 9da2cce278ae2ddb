/// What the documents of a shift come to; summed from what they store, never computed anew. The X report of an
/// open shift, the Z report of a closed one.
public struct ShiftReport: Hashable, Sendable, Codable {
    public let shift: Shift
    /// The first and the last receipt of the shift.
    public let receipts: ReceiptSpan?
    /// What each person sold and gave back, in the order of their ids.
    public let people: [PersonSum]
    /// What each rate comes to, the highest first, what has none last.
    public let rates: [RateSum]
    /// What came in by each method, less what went back by it; without what stayed here in exchanges.
    public let tenders: [TenderSum]
    /// What happened beside sales and refunds.
    public let beside: Beside
    public let movements: [CashMovement]
    /// The names of those who appear in it, by id.
    public let names: [Int64: String]
    /// Whether who asked may see what should be in the drawer.
    public let showsExpected: Bool

    /// Documents settled in the shift.
    public let sales: Int
    /// Σ totals of the sales, before refunds.
    public let salesTotal: Money
    /// Σ discounts of the sales' lines.
    public let lineDiscounts: Money
    /// Σ discounts of whole sales.
    public let orderDiscounts: Money
    /// Lines sold at another price than the listed one.
    public let overrides: Int
    public let refunds: Int
    /// Σ amounts of the refunds, as a positive figure.
    public let refundsTotal: Money
    /// How many of the refunds are voids.
    public let voids: Int
    /// Their part of `refundsTotal`.
    public let voidsTotal: Money
    /// How often the drawer was opened without a sale.
    public let noSales: Int
    /// Σ cash rounding of sales and refunds.
    public let rounding: Money
    /// Σ tax of the sales less that of the refunds.
    public let tax: Money
    /// Σ gift cards that were sold less those that were taken back: no turnover.
    public let giftCards: Money
    /// float + cash sales − cash refunds + paid in − paid out − drops; nil for who may not see it.
    public let expected: Money?
    /// What was sold in training while the shift was open: told apart, and in none of the sums.
    public var training = TrainingSum.none

    /// Sales of somebody who learned.
    public struct TrainingSum: Hashable, Sendable, Codable {
        public let sales: Int
        /// In minor units.
        public let totalMinor: Int64

        public init(sales: Int, totalMinor: Int64) {
            self.sales = sales
            self.totalMinor = totalMinor
        }

        public static let none = TrainingSum(sales: 0, totalMinor: 0)
    }

    /// The receipts from one to another, with all numbers between them.
    public struct ReceiptSpan: Hashable, Sendable, Codable {
        public let first: DocumentNumber
        public let last: DocumentNumber

        public init(first: DocumentNumber, last: DocumentNumber) {
            self.first = first
            self.last = last
        }

        /// The receipts of a till by their positions; nil without one.
        public init?(till: String, from first: Int?, to last: Int?) {
            guard let first, let last else { return nil }
            let series = NumberSeries(.receipt, till: till)
            self.init(
                first: DocumentNumber(series: series, position: first),
                last: DocumentNumber(series: series, position: last))
        }
    }

    /// What one person sold and gave back.
    public struct PersonSum: Hashable, Sendable, Codable {
        /// nil where nobody is on record.
        public let id: Int64?
        public let sales: Int
        public let salesTotal: Money
        public let lineDiscounts: Money
        public let orderDiscounts: Money
        public let overrides: Int
        public let refunds: Int
        public let refundsTotal: Money
        /// Of the sales less that of the refunds.
        public let rounding: Money
        /// Of the sales less that of the refunds.
        public let tax: Money
        /// How many of the refunds are voids of what this person sold.
        public let voids: Int
        /// Their part of `refundsTotal`.
        public let voidsTotal: Money
        /// How often this person opened the drawer without a sale.
        public let noSales: Int

        public init(
            id: Int64?, sales: Int, salesTotal: Money, lineDiscounts: Money, orderDiscounts: Money,
            overrides: Int, refunds: Int, refundsTotal: Money, rounding: Money, tax: Money, voids: Int = 0,
            voidsTotal: Money? = nil, noSales: Int = 0
        ) {
            self.voids = voids
            self.voidsTotal = voidsTotal ?? .zero(refundsTotal.currency)
            self.noSales = noSales
            self.id = id
            self.sales = sales
            self.salesTotal = salesTotal
            self.lineDiscounts = lineDiscounts
            self.orderDiscounts = orderDiscounts
            self.overrides = overrides
            self.refunds = refunds
            self.refundsTotal = refundsTotal
            self.rounding = rounding
            self.tax = tax
        }
    }

    /// What a rate of tax comes to, sales and refunds apart.
    public struct RateSum: Hashable, Sendable, Codable {
        /// nil for what was sold without tax or before lines kept their rate.
        public let rate: Rate?
        public let salesNet: Money
        public let salesTax: Money
        public let refundsNet: Money
        public let refundsTax: Money

        public init(
            rate: Rate?, salesNet: Money, salesTax: Money, refundsNet: Money, refundsTax: Money
        ) {
            self.rate = rate
            self.salesNet = salesNet
            self.salesTax = salesTax
            self.refundsNet = refundsNet
            self.refundsTax = refundsTax
        }
    }

    /// What a method of payment comes to.
    public struct TenderSum: Hashable, Sendable, Codable {
        public let methodID: String
        public let name: String
        public let kind: PaymentKind
        public let count: Int
        /// What was taken, change already taken off.
        public let taken: Money
        /// The change that was given of it.
        public let change: Money
        public let refunded: Money

        public init(
            methodID: String, name: String, kind: PaymentKind, count: Int, taken: Money, change: Money,
            refunded: Money
        ) {
            self.methodID = methodID
            self.name = name
            self.kind = kind
            self.count = count
            self.taken = taken
            self.change = change
            self.refunded = refunded
        }

        public var net: Money { taken - refunded }
    }

    public init(
        shift: Shift, receipts: ReceiptSpan? = nil, people: [PersonSum], rates: [RateSum],
        tenders: [TenderSum], movements: [CashMovement], names: [Int64: String],
        giftCards: Money? = nil, beside: Beside? = nil, showsExpected: Bool = true
    ) {
        let currency = shift.float.currency
        self.beside = beside ?? Beside(abandonedTotal: .zero(currency))
        voids = people.reduce(0) { $0 + $1.voids }
        voidsTotal = .sum(people.map(\.voidsTotal), currency: currency)
        noSales = people.reduce(0) { $0 + $1.noSales }
        func sum(_ amounts: [Money]) -> Money { .sum(amounts, currency: currency) }
        self.shift = shift
        self.receipts = receipts
        self.people = people
        self.rates = rates
        self.tenders = tenders
        self.movements = movements
        self.names = names
        self.giftCards = giftCards ?? .zero(currency)
        self.showsExpected = showsExpected
        sales = people.reduce(0) { $0 + $1.sales }
        salesTotal = sum(people.map(\.salesTotal))
        lineDiscounts = sum(people.map(\.lineDiscounts))
        orderDiscounts = sum(people.map(\.orderDiscounts))
        overrides = people.reduce(0) { $0 + $1.overrides }
        refunds = people.reduce(0) { $0 + $1.refunds }
        refundsTotal = sum(people.map(\.refundsTotal))
        rounding = sum(people.map(\.rounding))
        tax = sum(people.map(\.tax))
        let moved = movements.map { $0.kind == .paidIn ? $0.amount : .zero(currency) - $0.amount }
        let cash = tenders.filter { $0.kind == .cash }.map(\.net)
        expected = showsExpected ? shift.float + sum(cash) + sum(moved) : nil
    }
}

extension ShiftReport {
    /// What the sales would have come to without any discount, tax included.
    public var gross: Money { salesTotal + lineDiscounts + orderDiscounts }

    /// gross − discounts − refunds
    public var net: Money { salesTotal - refundsTotal }

    /// Net sales with the gift cards that were sold and what rounding added: what all tenders must come to.
    public var due: Money { net + giftCards + rounding }

    /// What all tenders do come to.
    public var tendered: Money { .sum(tenders.map(\.net), currency: shift.float.currency) }

    /// Σ tenders = net sales with tax + gift cards sold + rounding: what `verify` checks.
    public var isBalanced: Bool { tendered == due }

    /// Cash that came by sales.
    public var cashSales: Money { cash(\.taken) }

    /// Cash that went back for refunds.
    public var cashRefunds: Money { cash(\.refunded) }

    private func cash(_ figure: (TenderSum) -> Money) -> Money {
        .sum(tenders.filter { $0.kind == .cash }.map(figure), currency: shift.float.currency)
    }

    /// What the movements of a kind come to.
    public func moved(_ kind: CashMovementKind) -> Money {
        .sum(movements.filter { $0.kind == kind }.map(\.amount), currency: shift.float.currency)
    }

    /// What a person is called; their number where the name is not told.
    public func name(of id: Int64?) -> String {
        guard let id else { return "nobody on record" }
        return names[id] ?? "account \(id)"
    }

    /// Everybody whose name the report needs.
    public static func personIDs(
        _ shift: Shift, people: [PersonSum], movements: [CashMovement]
    ) -> Set<Int64> {
        let involved = [shift.openedBy, shift.closing?.closedBy] + people.map(\.id)
        return Set(involved.compactMap(\.self) + movements.map(\.by) + shift.counts.map(\.by))
    }

    /// The same report for somebody who may not see what should be in the drawer.
    public var withoutExpected: ShiftReport {
        var report = ShiftReport(
            shift: shift, receipts: receipts, people: people, rates: rates, tenders: tenders,
            movements: movements, names: names, giftCards: giftCards, beside: beside, showsExpected: false)
        report.training = training
        return report
    }
}
