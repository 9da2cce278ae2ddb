import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Products as who keeps the shop sees them: their list, their form, and what two people do to one product.
@Suite struct ProductsTests {
    private func driver(_ role: Role = .admin) throws -> ModelDriver {
        var driver = try ModelDriver(shop: FixtureShop())
        driver.signIn(role)
        driver.press(.openProducts)
        return driver
    }

    private func form(_ driver: ModelDriver) -> ProductForm? {
        guard case .editing(let form) = driver.state.products?.stage else { return nil }
        return form
    }

    private func conflict(_ driver: ModelDriver) -> ProductConflict? {
        guard case .conflict(let conflict) = driver.state.products?.stage else { return nil }
        return conflict
    }

    @Test func onlyWhoMayChangeProductsGetsThere() throws {
        #expect(try driver().state.products?.rows.isEmpty == false)
        #expect(try driver(.customer).state.products == nil)
    }

    @Test func aProductIsEditedFieldByFieldAndSavedAtOnce() throws {
        var driver = try driver()
        let first = try #require(driver.state.products?.rows.first)
        driver.press(.open)
        #expect(form(driver)?.base == first)
        driver.type("Walnut board")
        driver.press(.submit)
        driver.type("19.50")
        driver.press(.saveProduct)
        let saved = try #require(driver.shop.products.first { $0.id == first.id })
        #expect(saved.name == "Walnut board" && saved.price.minorUnits == 1950, "\(driver)")
        #expect(
            saved.stock == first.stock && saved.sku == first.sku && saved.description == first.description)
        #expect(driver.state.products?.selected?.id == first.id)
    }

    @Test(arguments: ["-7", "-1", "1.5", "1000000001"]) func aStockThatIsNoneIsRefused(_ typed: String) throws
    {
        var driver = try driver()
        let first = try #require(driver.state.products?.rows.first)
        driver.press(.open)
        while form(driver)?.form.focused.name != ProductField.stock.rawValue { driver.press(.nextField) }
        for _ in 0..<20 { driver.send(.edit(.deleteBackward)) }
        driver.type(typed)
        #expect(form(driver)?.form.focused.problem != nil, "\(driver)")
        driver.press(.saveProduct)
        #expect(driver.shop.products.first { $0.id == first.id }?.stock == first.stock, "\(driver)")
    }

    @Test(arguments: [("", 1), ("3", 3), ("500", 500), ("0", nil), ("501", nil), ("99999", nil)])
    func aNumberBeforeItMakesAsManyLabels(_ typed: String, _ copies: Int?) throws {
        var driver = try driver()
        driver.number(typed)
        driver.press(.printLabels)
        let asked = driver.effects.compactMap { effect -> Int? in
            if case .ask(.products(.label(_, let copies, _, _))) = effect { copies } else { nil }
        }
        #expect(asked == (copies.map { [$0] } ?? []), "\(driver)")
        #expect(copies != nil || driver.state.status?.kind == .failure, "\(driver)")
    }

    @Test func whatBreaksARuleIsSaidWhileItIsTyped() throws {
        var driver = try driver()
        driver.press(.newProduct)
        driver.type("Mug")
        driver.press(.submit)
        driver.type("9.999")
        #expect(form(driver)?.form.focused.problem != nil)
        driver.send(.edit(.deleteBackward))
        #expect(form(driver)?.form.focused.problem == nil)
        driver.press(.submit, .submit, .submit, .submit)
        driver.type("nothing")
        #expect(form(driver)?.form.focused.problem?.contains("standard") == true)
        let before = driver.shop.products.count
        driver.press(.saveProduct)
        #expect(driver.shop.products.count == before)
        #expect(form(driver)?.form.focused.name == "tax_class")
    }

    @Test func typingIsTakenBackOverAllFieldsAndMadeAgain() throws {
        var driver = try driver()
        driver.press(.newProduct)
        driver.type("Mug")
        driver.press(.submit)
        driver.type("9")
        driver.send(.edit(.undo))
        #expect(form(driver)?.form.text("price") == "")
        driver.send(.edit(.undo))
        #expect(form(driver)?.form.text("name") == "")
        #expect(form(driver)?.form.focused.name == "name")
        driver.press(.redoEdit, .redoEdit)
        #expect(form(driver)?.form.text("name") == "Mug")
        #expect(form(driver)?.form.text("price") == "9")
    }

    @Test func leavingAFormAsksOnlyWhenSomethingWouldBeLost() throws {
        var driver = try driver()
        driver.press(.open, .back)
        #expect(driver.state.question == nil && form(driver) == nil)
        driver.press(.open)
        driver.type("x")
        driver.press(.back)
        #expect(driver.state.question == .leaveForm)
        driver.send(.answered(false))
        #expect(form(driver)?.form.text("name") == "x")
        driver.press(.back)
        driver.send(.answered(true))
        #expect(form(driver) == nil && driver.state.products != nil)
    }

    @Test func ofWhatTwoChangedThePersonChoosesFieldByField() throws {
        var driver = try driver()
        driver.press(.open)
        let base = try #require(form(driver)?.base)
        driver.type("Walnut board")
        driver.press(.submit)
        driver.type("19.50")
        // Somebody else changes price and category meanwhile.
        let index = try #require(driver.shop.products.firstIndex { $0.id == base.id })
        driver.shop.products[index].price = Money(minorUnits: 4500)
        driver.shop.products[index].category = "Wood"
        driver.press(.saveProduct)
        let told = try #require(conflict(driver), "\(driver)")
        #expect(told.rows.map(\.field) == [.price, .category])
        #expect(told.rows.map(\.isContested) == [true, false])
        #expect(told.rows.map(\.theirs) == ["45.00", "Wood"])
        // Nothing is overwritten unseen: theirs holds until another is chosen.
        #expect(driver.shop.products[index].name == base.name)
        // A scan is told, not lost in silence.
        #expect(driver.effects(of: { $0.send(.scanned("CS-102")) }) == [.beep])
        #expect(driver.state.status?.text.contains("CS-102") == true && conflict(driver) == told)
        driver.press(.open, .saveProduct)
        let saved = driver.shop.products[index]
        #expect(saved.name == "Walnut board" && saved.price.minorUnits == 1950 && saved.category == "Wood")
    }

    @Test func theirsHoldsWhereNobodyChoosesAndAThirdChangeIsToldAgain() throws {
        var driver = try driver()
        driver.press(.open)
        let base = try #require(form(driver)?.base)
        driver.type("Walnut board")
        let index = try #require(driver.shop.products.firstIndex { $0.id == base.id })
        driver.shop.products[index].name = "Oak board"
        driver.press(.saveProduct)
        driver.press(.open)
        driver.shop.products[index].sku = "OAK"
        driver.press(.saveProduct)
        #expect(conflict(driver)?.rows.map(\.field) == [.sku], "\(driver)")
        #expect(driver.shop.products[index].name == "Oak board")
        driver.press(.saveProduct)
        #expect(
            driver.shop.products[index].name == "Walnut board" && driver.shop.products[index].sku == "OAK")
        driver.press(.open)
        driver.type("Third")
        driver.shop.products[index].name = "Fourth"
        driver.press(.saveProduct, .saveProduct)
        #expect(driver.shop.products[index].name == "Fourth")
    }

    @Test func archivingDuplicatingAndScanning() throws {
        var driver = try driver()
        let first = try #require(driver.state.products?.rows.first)
        driver.press(.archiveProduct)
        #expect(driver.shop.products.first { $0.id == first.id }?.isArchived == true)
        driver.press(.showArchived)
        #expect(driver.state.products?.rows.map(\.id) == [first.id])
        driver.press(.archiveProduct, .back)
        #expect(driver.shop.products.first { $0.id == first.id }?.isArchived == false)
        driver.send(.scanned("CS-102"))
        #expect(form(driver)?.base?.sku == "CS-102", "\(driver)")
        let model = try #require(form(driver)?.base)
        driver.press(.back, .duplicateProduct)
        let copy = try #require(form(driver))
        #expect(copy.base == nil && copy.form.text("sku") == "" && copy.form.text("name") == model.name)
    }

    @Test func pricesChangeTogetherAfterAPreviewAndAreTakenBack() throws {
        var driver = try driver()
        let before = driver.shop.products.map(\.price)
        driver.press(.changePrices)
        driver.type("10%")
        driver.press(.submit)
        driver.type(".97")
        driver.press(.submit)
        #expect(driver.state.products?.form?.focused.problem != nil)
        driver.send(.edit(.deleteBackward))
        driver.type("5")
        driver.press(.submit, .submit, .submit)
        guard case .pricing(.preview(_, let plan, _)) = driver.state.products?.stage else {
            Issue.record("no preview: \(driver)")
            return
        }
        #expect(!plan.lines.isEmpty && driver.shop.products.map(\.price) == before)
        driver.press(.open)
        let after = driver.shop.products.map(\.price)
        #expect(after != before && after.allSatisfy { $0.minorUnits % 100 == 95 || $0.isZero }, "\(driver)")
        driver.press(.priceHistory)
        guard case .history(_, let changes) = driver.state.products?.stage else {
            Issue.record("no history: \(driver)")
            return
        }
        #expect(!changes.isEmpty)
        driver.press(.back, .priceBatches, .open)
        driver.send(.answered(true))
        #expect(driver.shop.products.map(\.price) == before)
    }

    @Test func pricesWithDaysWaitAndWhatIsWrongIsSaidByItsField() throws {
        var driver = try driver()
        let before = driver.shop.products.map(\.price)
        driver.press(.changePrices)
        driver.type("-10%")
        driver.press(.submit, .submit)
        driver.type("soon")
        driver.press(.submit)
        #expect(driver.state.products?.form?.focused.name == "first_day")
        #expect(driver.state.products?.form?.focused.problem != nil, "\(driver)")
        for _ in 0..<4 { driver.send(.edit(.deleteBackward)) }
        driver.type("2036-12-24")
        driver.press(.submit)
        driver.type("2036-12-01")
        driver.press(.submit)
        // It ends before it begins.
        #expect(driver.state.products?.form?.focused.name == "last_day")
        #expect(driver.state.products?.form?.focused.problem != nil, "\(driver)")
        for _ in 0..<2 { driver.send(.edit(.deleteBackward)) }
        driver.type("31")
        // What the store refuses is read to its end.
        driver.holdsAnswers = true
        driver.press(.submit)
        let rule = try PriceRule(typed: "-10", isAmount: false, ending: .none, currency: .usd)
        let refusal =
            "must not cross the days of batch 1 (from 2036-12-20 to 2036-12-30), which has Cup: take others"
        driver.reply(
            .products(
                .planned(
                    PriceBatchDraft(.products([]), rule),
                    .failure(.invalid([FieldProblem("last_day", refusal)]))))
        ) { if case .products(.plan) = $0 { true } else { false } }
        let shown = driver.description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(shown.contains(refusal), "\(driver)")
        driver.holdsAnswers = false
        driver.press(.submit, .open)
        #expect(driver.shop.products.map(\.price) == before)
        let start = try #require(Timestamp(rfc3339: "2036-12-24T00:00:00Z"))
        #expect(driver.shop.batches.map(\.batch.state) == [.waiting(start)])
    }
}
