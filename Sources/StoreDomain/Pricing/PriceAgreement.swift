/// The figures a buyer saw and agreed to. An order carries it; a store that arrives at other figures refuses
/// with `StoreError.priceChanged` and places nothing.
public struct PriceAgreement: Hashable, Sendable, Codable {
    /// The price of one unit of each line, in the order of the draft's lines.
    public let unitPrices: [Money]
    /// The sum of the lines.
    public let subtotal: Money
    /// 0…`subtotal`.
    public let discount: Money
    public let tax: Money
    public let total: Money
    /// The discount code that counted; nil when none did.
    public let discountCode: String?

    public init(_ breakdown: PriceBreakdown) {
        self.init(
            unitPrices: breakdown.lines.map(\.unitPrice), subtotal: breakdown.subtotal,
            discount: breakdown.discount, tax: breakdown.tax, total: breakdown.total,
            discountCode: breakdown.discountCode)
    }

    public init(
        unitPrices: [Money], subtotal: Money, discount: Money, tax: Money, total: Money,
        discountCode: String?
    ) {
        self.unitPrices = unitPrices
        self.subtotal = subtotal
        self.discount = discount
        self.tax = tax
        self.total = total
        self.discountCode = discountCode
    }

    /// Whether a store that arrives at `breakdown` keeps what was agreed: every figure, every unit price and
    /// the code, whatever its case.
    public func isKept(by breakdown: PriceBreakdown) -> Bool {
        let other = PriceAgreement(breakdown)
        return unitPrices == other.unitPrices && subtotal == other.subtotal && discount == other.discount
            && tax == other.tax && total == other.total
            && discountCode.map(Discount.key) == other.discountCode.map(Discount.key)
    }

    /// One text for one content, so that the same key with another agreement is told apart.
    var fingerprintText: String {
        let prices = unitPrices.map { String($0.minorUnits) }.joined(separator: ",")
        let figures = [subtotal, discount, tax, total].map { String($0.minorUnits) }.joined(separator: ",")
        return "\(prices)|\(figures)"
    }
}
