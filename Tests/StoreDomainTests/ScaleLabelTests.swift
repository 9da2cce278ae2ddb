import StoreDomain
import Testing

@Suite struct ScaleLabelTests {
    private func label(_ code: String, _ patterns: String...) -> ScaleLabel? {
        ScaleLabel(code, formats: patterns.compactMap(ScaleLabelFormat.init))
    }

    /// The thirteenth digit, worked out as on GS1's page: every second digit three times.
    private func complete(_ twelve: String) -> String {
        let digits = twelve.compactMap(\.wholeNumberValue)
        var sum = 0
        for (index, digit) in digits.enumerated() { sum += index % 2 == 0 ? digit : 3 * digit }
        return twelve + String((10 - sum % 10) % 10)
    }

    @Test func aPriceIsWhatTheLabelSays() throws {
        let code = complete("201234500499")
        let found = try #require(label(code, "21IIIIIWWWWWC", "20IIIIIPPPPPC"))
        #expect(found.article == "12345" && found.measure == .priceMinor(499))
        #expect(found.amount(at: Money(minorUnits: 10_000)) == Money(minorUnits: 499))
        #expect(found.blankCode == complete("201234500000") && found.weightText == nil)
    }

    @Test(arguments: [
        (254, 1_290, 328), (1, 1, 0), (500, 1_999, 1_000), (99_999, 100, 10_000), (1_000, 745, 745),
    ])
    func aWeightCostsItsShareOfAKilogram(grams: Int, price: Int64, amount: Int64) throws {
        let weight = String(grams)
        let digits = String(repeating: "0", count: 5 - weight.count) + weight
        let found = try #require(label(complete("2154321\(digits)"), "21IIIIIWWWWWC"))
        #expect(found.measure == .grams(Int64(grams)) && found.article == "54321")
        #expect(found.amount(at: Money(minorUnits: price)) == Money(minorUnits: amount))
    }

    @Test func weightsReadAsKilograms() {
        #expect(label(complete("215432100254"), "21IIIIIWWWWWC")?.weightText == "0.254 kg")
        #expect(label(complete("215432112005"), "21IIIIIWWWWWC")?.weightText == "12.005 kg")
    }

    @Test func everyPrefixAndLayoutIsData() throws {
        let american = try #require(label(complete("020123450499"), "02IIIIIXPPPPC"))
        #expect(american.article == "01234" && american.measure == .priceMinor(499))
        for prefix in 20...29 {
            let found = label(complete("\(prefix)0777701234"), "\(prefix)IIIIIIWWWWC")
            #expect(found?.article == "077770" && found?.measure == .grams(1_234))
        }
    }

    @Test func anythingElseIsNoLabel() {
        let code = complete("201234500499")
        let wrong = String(code.dropLast()) + (code.last == "0" ? "1" : "0")
        #expect(label(wrong, "20IIIIIPPPPPC") == nil)
        #expect(label(code) == nil && label(code, "21IIIIIPPPPPC") == nil)
        #expect(label(complete("201234500000"), "20IIIIIPPPPPC") == nil)
        #expect(label("2012345", "20IIIIIPPPPPC") == nil && label("", "20IIIIIPPPPPC") == nil)
        for pattern in [
            "", "20IIIIIPPPPP", "19IIIIIPPPPPC", "20IIIIIPPWWWC", "20PPPPPPPPPPC", "20IIIIIIIIIIC",
            "20IIIIIPPPPPX",
        ] {
            #expect(ScaleLabelFormat(pattern) == nil, "\(pattern)")
        }
        #expect(ScaleLabelFormat("20iiiiipppppc")?.pattern == "20IIIIIPPPPPC")
    }
}

@Suite struct LabelledCartTests {
    private let formats = ["20IIIIIPPPPPC", "21IIIIIWWWWWC"].compactMap(ScaleLabelFormat.init)

    private func product(_ price: Int64) -> Product {
        Product(
            id: 7, sku: "12345", name: "Cheese", price: Money(minorUnits: price), stock: .untracked,
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
    }

    @Test func eachLabelIsALineOfItsOwn() throws {
        let light = try #require(ScaleLabel("2112345002545", formats: formats))
        let dear = try #require(ScaleLabel("2012345004993", formats: formats))
        var cart = Cart()
        for label in [nil, light, dear, light] {
            cart.apply(.add(CartLine(product(1_290), label: label, quantity: 1), by: 1))
        }
        #expect(cart.lines.map(\.unitPriceMinor) == [1_290, 328, 499])
        #expect(cart.lines.map(\.quantity) == [1, 2, 1] && cart.quantity(of: 7) == 4)
        #expect(cart.lines.map(\.name) == ["Cheese", "Cheese, 0.254 kg", "Cheese"])
        #expect(try cart.orderDraft().lines.map(\.label) == [nil, light.code, dear.code])
        // Another price for a kilogram changes what was weighed, not what carries a price.
        let found = CartDifference.find(in: cart, catalogue: [product(2_000)])
        #expect(found.map(\.id) == [CartLine.ID(7), CartLine.ID(7, label: light.code)])
        cart.apply(.accept(found))
        #expect(cart.lines.map(\.unitPriceMinor) == [2_000, 508, 499])
        cart.apply(.setQuantity(CartLine.ID(7, label: light.code), 0))
        #expect(cart.lines.map(\.id) == [CartLine.ID(7), CartLine.ID(7, label: dear.code)])
        let bought = try OrderDraft(lines: [
            OrderDraft.Line(productID: 7, quantity: 1, label: dear.code)
        ])
        cart.takeOut(bought)
        #expect(cart.lines.map(\.id) == [CartLine.ID(7)])
    }
}
