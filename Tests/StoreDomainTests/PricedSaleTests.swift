import StoreDomain
import Testing

@Suite("A sale's figures")
struct PricedSaleTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private func rate(_ percent: String) throws -> Rate { try #require(Rate(percentText: percent)) }
    private func money(_ minor: Int64) -> Money { Money(minorUnits: minor) }

    /// Prices that include tax of these classes.
    private func included(_ rates: [(String, String)]) throws -> ShopPolicy {
        let classes = try rates.map { id, percent in
            TaxTable.Class(id: id, name: id, rates: [.init(rate: try rate(percent))])
        }
        return ShopPolicy(
            taxes: try TaxTable(classes: classes), taxMode: .included, taxBase: .afterDiscount)
    }

    private func line(_ price: Int64, _ quantity: Int = 1, taxClass: String? = nil) -> SaleLine {
        SaleLine(
            productID: 1, name: "Item", quantity: quantity, unitPrice: money(price), taxClass: taxClass)
    }

    @Test(
        "An amount splits by the largest remainder, ties to the larger weight, then to the earlier",
        arguments: [
            (766, [2670, 2150, 2840], [267, 215, 284]), (500, [1999, 501, 300], [357, 89, 54]),
            (100, [1, 1, 1], [34, 33, 33]), (773, [4491, 348], [717, 56]),
            (-100, [1, 1, 1], [-34, -33, -33]),
            (0, [0, 0], [0, 0]),
        ] as [(Int64, [Int64], [Int64])])
    func splits(amount: Int64, weights: [Int64], parts: [Int64]) {
        let split = AmountSplit.parts(of: money(amount), over: weights.map(money))
        #expect(split.map(\.minorUnits) == parts)
    }

    @Test(
        "Tax that is part of the price",
        arguments: [
            (1000, 1, "8.1", 75), (1000, 1, "19", 160), (1000, 1, "7", 65), (999, 1, "20", 167),
            (199, 3, "19", 95), (99, 5, "7", 32),
        ] as [(Int64, Int, String, Int64)])
    func includedTax(price: Int64, quantity: Int, percent: String, tax: Int64) throws {
        let sale = PricedSale(
            [line(price, quantity)], discount: .code(.none), policy: try included([("standard", percent)]),
            at: Self.now)
        #expect(sale.breakdown.tax.minorUnits == tax)
        #expect(sale.total.minorUnits == price * Int64(quantity))
    }

    @Test("Tax is worked out once a rate over the document: three lines of 1.15 are taxed 0.29")
    func overTheDocument() {
        let sale = PricedSale(
            [line(115), line(115), line(115)], discount: .code(.none), policy: ShopPolicy(), at: Self.now)
        #expect(sale.breakdown.tax.minorUnits == 29)
        #expect(sale.lines.map(\.tax.minorUnits) == [10, 10, 9])
    }

    @Test("A mixed basket with 10 % off keeps every figure to the cent")
    func mixedBasket() throws {
        let policy = try included([("standard", "19"), ("reduced", "7")])
        let sale = PricedSale(
            [line(1999, taxClass: "reduced"), line(4990), line(129, 3)],
            discount: .byHand(.percent(try rate("10"))), policy: policy, at: Self.now)
        #expect(sale.breakdown.subtotal.minorUnits == 7376 && sale.breakdown.discount.minorUnits == 738)
        #expect(sale.lines.map(\.orderDiscount.minorUnits) == [200, 499, 39])
        #expect(sale.total.minorUnits == 6638)
        #expect(sale.taxes.map(\.tax.minorUnits) == [118, 773])
        #expect(sale.lines.map(\.tax.minorUnits) == [118, 717, 56])
    }

    @Test("A line's own discount lowers what is taxed; the discount of the sale only where policy says so")
    func lineDiscounts() throws {
        let discounted = SaleLine(
            productID: 1, name: "Lamp", quantity: 1, unitPrice: money(10_000),
            discount: .percent(try rate("10")))
        let before = PricedSale(
            [discounted], discount: .byHand(.amount(money(1_000))), policy: ShopPolicy(), at: Self.now)
        #expect(before.breakdown.tax.minorUnits == 765 && before.total.minorUnits == 8_765)
        let after = PricedSale(
            [discounted], discount: .byHand(.amount(money(1_000))),
            policy: ShopPolicy(taxBase: .afterDiscount), at: Self.now)
        #expect(after.breakdown.tax.minorUnits == 680)
    }

    @Test("An exempt customer pays no tax, also none that is in the price")
    func exempt() throws {
        let exemption = try TaxExemption(reason: "export", taxNumber: "X-1")
        let added = PricedSale(
            [line(10_000)], discount: .code(.none), exemption: exemption, policy: ShopPolicy(), at: Self.now)
        #expect(added.total.minorUnits == 10_000 && added.breakdown.tax.isZero && added.exempted.isZero)
        let policy = try included([("standard", "19")])
        let inside = PricedSale(
            [line(11_900)], discount: .code(.none), exemption: exemption, policy: policy, at: Self.now)
        #expect(inside.total.minorUnits == 10_000 && inside.exempted.minorUnits == 1_900)
    }

    @Test(
        "Cash is rounded to the nearest coin, ties up or down, mirrored below zero",
        arguments: [
            (928, 5, false, 930), (1697, 5, false, 1695), (1699, 5, false, 1700), (-966, 5, false, -965),
            (105, 10, true, 100), (105, 10, false, 110), (125, 50, false, 150), (149, 100, false, 100),
            (47, 1, false, 47),
        ] as [(Int64, Int64, Bool, Int64)])
    func coins(amount: Int64, step: Int64, goesDown: Bool, rounded: Int64) {
        let rule = CashRounding(step: step, tiesGoDown: goesDown)
        #expect(rule.rounded(money(amount)).minorUnits == rounded)
    }
}
