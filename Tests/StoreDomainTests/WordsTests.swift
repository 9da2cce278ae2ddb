import StoreDomain
import Testing

/// Counts, titles of figures and problems of codes, as people read them.
@Suite struct WordsTests {
    @Test(arguments: [
        (0, "0 minutes"), (1, "1 minute"), (2, "2 minutes"), (-1, "-1 minutes"),
        (1_234_567, "1,234,567 minutes"),
    ])
    func countsAgreeWithTheirWords(_ count: Int, _ text: String) {
        #expect(count.counted("minute") == text)
    }

    @Test func anIrregularPluralIsGiven() {
        #expect(1.counted("category", plural: "categories") == "1 category")
        #expect(3.counted("category", plural: "categories") == "3 categories")
    }

    @Test func aWaitIsToldInFullWords() {
        #expect(StoreError.signInMustWait(seconds: 1).message.contains("1 second."))
        #expect(StoreError.signInMustWait(seconds: 60).message.contains("1 minute."))
        #expect(StoreError.signInMustWait(seconds: 61).message.contains("2 minutes."))
    }

    @Test func whatPeopleReadOfLengthsIsInCharacters() {
        for rule in PasswordRule.allCases { #expect(!rule.reason.contains("byte"), "\(rule)") }
        let description = String(repeating: "é", count: 40_000)
        let error = #expect(throws: StoreError.self) {
            _ = try ProductDraft(name: "Pen", description: description, price: .zero(.usd))
        }
        #expect(error?.message.contains("65,536 characters") == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        DiscountProblem.unknown, .inactive, .notYet(Timestamp(seconds: 0)), .expired(Timestamp(seconds: 0)),
        .belowMinimum(Money(minorUnits: 5_000)), .usedUp, .unchecked, .told("not for you"),
    ])
    func aRefusedCodeIsNamedOnce(_ problem: DiscountProblem) {
        let sentence = problem.sentence(of: "SAVE10", in: .utc)
        #expect(
            sentence.lowercased().split(separator: " ").filter { $0.hasPrefix("code") }.count == 1,
            "\(sentence)")
        #expect(sentence.contains("SAVE10"))
    }

    // MARK: - Tax

    private func order(_ rates: [Rate?], mode: TaxMode = .added) -> Order {
        let items = rates.enumerated().map { index, rate in
            OrderItem(
                id: Int64(index), orderID: 1, productID: Int64(index), productName: "Pen", quantity: 1,
                unitPrice: Money(minorUnits: 1_000), total: Money(minorUnits: 1_000),
                tax: Money(minorUnits: 85), taxRate: rate)
        }
        let count = Int64(rates.count)
        return Order(
            id: 1, userID: nil, status: .pending, items: items, subtotal: Money(minorUnits: 1_000 * count),
            discount: Money(minorUnits: 100), tax: Money(minorUnits: 85 * count), taxMode: mode,
            total: Money(minorUnits: 1_085 * count - 100), discountCode: "SAVE",
            createdAt: Timestamp(seconds: 0),
            updatedAt: Timestamp(seconds: 0))
    }

    @Test func anOrdersTaxIsNamedAsOnTheCart() {
        let figures = order([.seedTax, .seedTax]).figures
        #expect(figures.map(\.title) == ["Subtotal", "Discount SAVE", "Tax 8.5 %", "Total"])
        #expect(figures.map(\.amount.minorUnits) == [2_000, -100, 170, 2_070])
        #expect(
            PricingStep.tax(.seedTax, base: .beforeDiscount, of: .zero(.usd), .zero(.usd)).title
                == "Tax 8.5 %")
    }

    @Test func eachRateHasAFigure() throws {
        let low = try #require(Rate(percentText: "2.5"))
        let figures = order([low, .seedTax]).figures.filter { $0.kind == .tax }
        #expect(figures.map(\.title) == ["Tax 8.5 %", "Tax 2.5 %"])
        #expect(order([.seedTax], mode: .included).figures.map(\.title).contains("Tax 8.5 % included"))
    }

    /// A server that does not tell rates, or an order of an earlier build.
    @Test func taxWithoutARateIsOneFigure() {
        for rates in [[nil, nil], [Rate.seedTax, nil]] as [[Rate?]] {
            let figures = order(rates).figures.filter { $0.kind == .tax }
            #expect(figures.map(\.title) == ["Tax"])
            #expect(figures.map(\.amount.minorUnits) == [170])
        }
    }
}
