import StoreContracts
import StoreDomain
import Testing

@Suite("Prices are worked out as the rules say")
struct PricingTests {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static func money(_ text: String) throws -> Money { try Money(typed: text) }

    private func price(
        _ subtotal: String, _ code: String? = nil, policy: ShopPolicy = ShopPolicy()
    ) throws -> PriceBreakdown {
        var request = DiscountRequest.none
        if let code {
            let known = try Discount.seeds(currency: .usd).first { $0.code == code }
            request = known.map { .known($0) } ?? .unknown(code: code)
        }
        return PriceBreakdown(
            subtotal: try Self.money(subtotal), discount: request, policy: policy, at: Self.now)
    }

    @Test(
        "The worked figures of tax",
        arguments: [
            ("49.99", "4.25"), ("999.99", "85.00"), ("200.00", "17.00"), ("0", "0.00"), ("29.99", "2.55"),
        ])
    func tax(subtotal: String, tax: String) throws {
        let prices = try price(subtotal)
        #expect(prices.tax.decimalText == tax)
        #expect(prices.total == prices.subtotal + prices.tax)
    }

    @Test(
        "The worked figures of discounts",
        arguments: [
            ("199.99", "SAVE20", "40.00", "17.00", "176.99"), ("100.00", "SAVE20", "20.00", "8.50", "88.50"),
            ("29.99", "NOSUCH", "0.00", "2.55", "32.54"), ("3.00", "FLAT5", "3.00", "0.26", "0.26"),
            ("50.00", "FLAT5", "5.00", "4.25", "49.25"), ("0.05", "SAVE10", "0.01", "0.00", "0.04"),
            ("100.00", "SAVE10", "10.00", "8.50", "98.50"), ("100.00", "SAVE30", "30.00", "8.50", "78.50"),
        ])
    func discounts(subtotal: String, code: String, discount: String, tax: String, total: String) throws {
        let prices = try price(subtotal, code)
        #expect(prices.discount.decimalText == discount)
        #expect(prices.tax.decimalText == tax)
        #expect(prices.total.decimalText == total)
        #expect(prices.discountCode == (code == "NOSUCH" ? nil : code))
        #expect(prices.discountProblem == (code == "NOSUCH" ? .unknown : nil))
    }

    @Test("The tax may be of the discounted subtotal, and of any rate")
    func policies() throws {
        let after = ShopPolicy(taxBase: .afterDiscount)
        #expect(try price("100.00", "SAVE20", policy: after).total.decimalText == "86.80")
        let rate = try #require(Rate(percentText: "8.875"))
        #expect(
            try price("19.99", policy: ShopPolicy(taxes: TaxTable(standardRate: rate))).tax.decimalText
                == "1.77")
        #expect(
            try price("100.00", policy: ShopPolicy(taxes: TaxTable(standardRate: .zero))).total.decimalText
                == "100.00")
    }

    @Test(
        "Every figure of any basket adds up, and says so step by step",
        arguments: [0x5072_6963_65] as [UInt64])
    func addsUp(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<2_000 {
            let rate = try #require(
                Rate(numerator: Int64.random(in: 0...3_000, using: &random), denominator: 10_000))
            let policy = ShopPolicy(
                taxes: TaxTable(standardRate: rate),
                taxBase: Bool.random(using: &random) ? .beforeDiscount : .afterDiscount)
            let lines = (0..<Int.random(in: 0...8, using: &random)).map { number in
                SaleLine(
                    productID: Int64(number), name: "\(number)",
                    quantity: .random(in: 1...9_999, using: &random),
                    unitPrice: Money(minorUnits: .random(in: 0...1_000_000, using: &random)))
            }
            let percent = try #require(
                Rate(numerator: Int64.random(in: 1...10_000, using: &random), denominator: 10_000))
            let kinds: [DiscountKind] = [
                .percent(percent), .fixed(Money(minorUnits: .random(in: 1...10_000_000, using: &random))),
            ]
            let kind = kinds[Int.random(in: 0...1, using: &random)]
            let code = DiscountRequest.known(try Discount(code: "ANY", kind: kind))
            let sale = PricedSale(lines, discount: .code(code), policy: policy, at: Self.now)
            let prices = sale.breakdown
            let expected = lines.map { $0.unitPrice.minorUnits * Int64($0.quantity) }.reduce(0, +)
            #expect(prices.subtotal.minorUnits == expected)
            #expect(Money.sum(sale.lines.map(\.tax), currency: .usd) == prices.tax)
            #expect(Money.sum(sale.lines.map(\.orderDiscount), currency: .usd) == prices.discount)
            #expect(prices.subtotal - prices.discount + prices.tax == prices.total)
            #expect(prices.discount <= prices.subtotal)
            for figure in [prices.discount, prices.tax, prices.total] { #expect(!figure.isNegative) }
            let base = policy.taxBase == .beforeDiscount ? prices.subtotal : prices.discountedSubtotal
            #expect(prices.tax == rate.share(of: base))
            #expect(prices.steps.compactMap(\.amount).last == prices.total)
            #expect(prices.steps.filter { if case .line = $0 { true } else { false } }.count == lines.count)
        }
    }

    @Test("The steps say how each figure came about")
    func derivations() throws {
        let pen = SaleLine(productID: 1, name: "Pen", quantity: 3, unitPrice: try Self.money("19.99"))
        let save = try #require(try Discount.seeds(currency: .usd).first { $0.code == "SAVE20" })
        let prices = PricedSale(
            [pen], discount: .code(.known(save)), policy: ShopPolicy(), at: Self.now
        ).breakdown
        #expect(prices.steps.map(\.title) == ["Pen", "Subtotal", "Discount SAVE20", "Tax 8.5 %", "Total"])
        #expect(
            prices.steps.map { $0.derivation(in: .utc) } == [
                "3 × $19.99", "the one line above", "20 % of $59.97 = 11.994, rounded to $11.99",
                "8.5 % of $59.97 = 5.09745, rounded to $5.10 (before discount)", "$59.97 − $11.99 + $5.10",
            ])
        let refused = PricedSale(
            [pen], discount: .code(.unknown(code: "NOSUCH")), policy: ShopPolicy(), at: Self.now
        ).breakdown
        #expect(refused.steps[2].derivation(in: .utc) == "no discount: code not recognised")
        #expect(refused.steps[2].amount == nil)
    }
}

@Suite("A discount counts when it says")
struct DiscountTests {
    private let ten = Money(minorUnits: 1000)

    @Test("From, until, minimum, limit and being active are all asked")
    func conditions() throws {
        let (from, until) = (Timestamp(seconds: 100), Timestamp(seconds: 200))
        func discount(used: Int = 0, active: Bool = true) throws -> Discount {
            try Discount(
                code: "X", kind: .fixed(Money(minorUnits: 1)), validFrom: from, validUntil: until,
                minimumSubtotal: ten, usageLimit: 3, timesUsed: used, isActive: active)
        }
        let rule = try discount()
        #expect(rule.problem(subtotal: ten, at: Timestamp(milliseconds: 99_999)) == .notYet(from))
        #expect(rule.problem(subtotal: ten, at: from) == nil)
        #expect(rule.problem(subtotal: ten, at: Timestamp(milliseconds: 199_999)) == nil)
        #expect(rule.problem(subtotal: ten, at: until) == .expired(until))
        #expect(rule.problem(subtotal: Money(minorUnits: 999), at: from) == .belowMinimum(ten))
        #expect(try discount(used: 2).problem(subtotal: ten, at: from) == nil)
        #expect(try discount(used: 3).problem(subtotal: ten, at: from) == .usedUp)
        #expect(try discount(active: false).problem(subtotal: ten, at: from) == .inactive)
        #expect(DiscountProblem.belowMinimum(ten).words(in: nil) == "for orders of $10.00 or more")
        #expect(DiscountProblem.unknown.words(in: nil) == "code not recognised")
    }

    @Test("Every field that breaks a rule is named")
    func rules() throws {
        let instant = Timestamp(seconds: 1)
        #expect(
            throws: StoreError.invalid([
                FieldProblem("code", "must be 1 to 50 letters, digits, - or _"),
                FieldProblem("percent", "must be more than 0 and at most 100"),
                FieldProblem("until", "must be after from"), FieldProblem("minimum", "must not be negative"),
                FieldProblem("limit", "must be 1 or more"),
            ])
        ) {
            try Discount(
                code: "two words", kind: .percent(.zero), validFrom: instant, validUntil: instant,
                minimumSubtotal: Money(minorUnits: -1), usageLimit: 0)
        }
        for amount: Int64 in [0, -1, Product.maximumPriceMinor + 1] {
            #expect(throws: StoreError.self) {
                try Discount(code: "X", kind: .fixed(Money(minorUnits: amount)))
            }
        }
        #expect(Discount.key("  save10 ") == "SAVE10")
        #expect(try Discount(code: " Été_24 ", kind: .fixed(ten)).code == "Été_24")
    }
}
