import StoreDomain
import Testing

/// New prices by a rule, and what tells one state of a product from another.
@Suite struct PriceRuleTests {
    private func price(
        _ minor: Int64, _ text: String, isAmount: Bool = false, _ ending: PriceRule.Ending = .none
    )
        throws -> Int64
    {
        let rule = try PriceRule(typed: text, isAmount: isAmount, ending: ending, currency: .usd)
        return try rule.price(after: Money(minorUnits: minor)).minorUnits
    }

    @Test func percentagesAreRoundedOnceHalfAwayFromZero() throws {
        #expect(try price(1290, "5%") == 1355)
        #expect(try price(1290, "+5") == 1355)
        #expect(try price(1290, "-10 %") == 1161)
        #expect(try price(110, "5") == 116)
        #expect(try price(90, "5") == 95)
        #expect(try price(0, "5") == 0)
        #expect(try price(1, "-60") == 1)
        #expect(try price(500, "\u{2212}100") == 1)
    }

    @Test func amountsAreAdded() throws {
        #expect(try price(1290, "0.50", isAmount: true) == 1340)
        #expect(try price(1290, "-0.50", isAmount: true) == 1240)
        #expect(try price(0, "1", isAmount: true) == 100)
        #expect(throws: StoreError.self) { try price(40, "-0.50", isAmount: true) }
        #expect(throws: StoreError.self) { try price(Product.maximumPriceMinor, "1", isAmount: true) }
    }

    @Test(arguments: [
        (1290, PriceRule.Ending.ninetyFive, 1295), (1244, .ninetyFive, 1195), (1245, .ninetyFive, 1295),
        (1246, .ninetyFive, 1295), (1248, .ninetyNine, 1199), (1249, .ninetyNine, 1299),
        (1249, .whole, 1200), (1250, .whole, 1300), (1295, .ninetyFive, 1295), (10, .ninetyFive, 95),
        (10, .whole, 100), (94, .ninetyNine, 99), (1200, .whole, 1200),
    ])
    func theNearestPriceWithTheEndingIsTakenTheHigherOfTwo(old: Int64, ending: PriceRule.Ending, new: Int64)
        throws
    {
        #expect(try price(old, "0", ending) == new)
    }

    @Test func whatIsNoRuleIsRefusedByItsField() {
        func field(
            _ text: String, isAmount: Bool, _ ending: PriceRule.Ending = .none, _ currency: Currency = .usd
        )
            -> String?
        {
            do throws(StoreError) {
                _ = try PriceRule(typed: text, isAmount: isAmount, ending: ending, currency: currency)
                return nil
            } catch {
                guard case .invalid(let problems) = error else { return "?" }
                return problems.first?.field
            }
        }
        #expect(field("", isAmount: false) == "percent")
        #expect(field("x%", isAmount: false) == "percent")
        #expect(field("-101%", isAmount: false) == "percent")
        #expect(field("1.999", isAmount: true) == "amount")
        #expect(field("5", isAmount: false, .ninetyNine, .jpy) == "rounding")
        #expect(field("5", isAmount: false, .none, .jpy) == nil)
    }

    @Test func aPlanIsAgreedToByProductsAndPrices() {
        func line(_ id: Int64, _ old: Int64, _ new: Int64) -> PriceLine {
            PriceLine(
                productID: id, name: "Pen", sku: nil, old: Money(minorUnits: old), new: Money(minorUnits: new)
            )
        }
        let plan = PricePlan([line(1, 100, 105), line(2, 200, 210)], .always)
        #expect(plan.agreement == PricePlan([line(1, 100, 105), line(2, 200, 210)], .always).agreement)
        for other in [
            [line(1, 100, 105)], [line(1, 100, 105), line(2, 200, 211)],
            [line(1, 10, 105), line(2, 200, 210)],
        ] {
            #expect(plan.agreement != PricePlan(other, .always).agreement)
        }
    }

    // MARK: - Versions

    private let pen = Product(
        id: 7, sku: "P-1", name: "Pen", description: "Blue", price: Money(minorUnits: 250), stock: 5,
        category: "Paper", createdAt: Timestamp(seconds: 1), updatedAt: Timestamp(seconds: 1))

    @Test func everyFieldThatAPersonChangesMakesAnotherVersion() throws {
        let changes: [(inout Product) -> Void] = [
            { $0.name = "Pencil" }, { $0.description = "Red" }, { $0.price = Money(minorUnits: 251) },
            { $0.category = nil }, { $0.sku = nil }, { $0.barcode = "P-1" }, { $0.taxClass = "reduced" },
            { $0.isArchived = true }, { $0.stock = .untracked }, { $0.stock = 4 },
        ]
        var seen: Set = [pen.version]
        for change in changes {
            var other = pen
            change(&other)
            #expect(seen.insert(other.version).inserted, "\(other)")
        }
        var later = pen
        later.updatedAt = Timestamp(seconds: 9)
        #expect(later.version == pen.version)
        #expect(ProductVersion(pen.version.description) == pen.version)
        for text in [
            "", "x", "0123456789abcdef", "0123456789abcdef.", "0123456789ABCDEF.1", "0123456789abcdef.x",
        ] {
            #expect(ProductVersion(text) == nil, "\(text)")
        }
    }

    @Test func theStockAloneIsOnlyForWhoTypesItOver() {
        var sold = pen
        sold.stock = 3
        #expect(pen.version.holds(for: sold, changing: ProductPatch(name: "Pencil")))
        #expect(!pen.version.holds(for: sold, changing: ProductPatch(stock: 9)))
        #expect(sold.version.holds(for: sold, changing: ProductPatch(stock: 9)))
        sold.name = "Biro"
        #expect(!pen.version.holds(for: sold, changing: ProductPatch(price: Money(minorUnits: 1))))
        #expect(sold.differences(from: pen) == [.name, .stock])
    }
}
