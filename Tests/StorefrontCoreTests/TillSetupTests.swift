import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// The till beyond its books, in training, for a customer by name, and beside another terminal.
@Suite struct TillSetupTests {
    private func till(_ role: Role = .admin, _ change: (inout FixtureShop) -> Void = { _ in }) throws
        -> ModelDriver
    {
        var shop = try FixtureShop()
        change(&shop)
        var context = AppContext(policy: shop.policy)
        context.hasTill = true
        context.hasDrawer = true
        var driver = try ModelDriver(context: context, shop: shop)
        driver.signIn(role)
        // Whoever only sells begins there.
        if driver.state.kind != .till { driver.press(.openShop) }
        #expect(driver.state.kind == .till, "\(driver)")
        return driver
    }

    private func few(_ count: Int, _ below: BelowZero) -> (inout FixtureShop) -> Void {
        { shop in
            shop.policy.belowZero = below
            guard let index = shop.products.firstIndex(where: { $0.sku == "CS-102" }) else { return }
            shop.products[index].stock = .counted(count)
        }
    }

    // MARK: - Below zero

    @Test func oneKeySellsWhatTheBooksDoNotHave() throws {
        var driver = try till(.admin, few(2, .ask))
        driver.type("3*")
        driver.send(.scanned("CS-102"))
        #expect(driver.state.cart.pieces == 2 && driver.state.desk.basket.short?.wanted == 3, "\(driver)")
        #expect(driver.state.status?.text.contains("y sells 3 anyway") == true, "\(driver)")
        driver.press(.acceptChanges)
        #expect(driver.state.cart.pieces == 3 && driver.state.differences.isEmpty, "\(driver)")
        // Asked once, one more of it is no new question.
        driver.press(.tillMore)
        #expect(driver.state.cart.pieces == 4)
        driver.press(.tillCash, .submit)
        #expect(driver.shop.orders.first?.pieces == 4, "\(driver)")
    }

    @Test func whatIsSoldOutIsAskedAboutToo() throws {
        var driver = try till(.admin, few(0, .ask))
        driver.send(.scanned("CS-102"))
        #expect(driver.state.cart.isEmpty && driver.state.desk.basket.short != nil)
        driver.press(.acceptChanges)
        #expect(driver.state.cart.pieces == 1)
        driver.press(.undo)
        #expect(driver.state.cart.isEmpty, "undo takes it back like anything else")
    }

    @Test func theQuestionIsForgottenWithTheNextChange() throws {
        var driver = try till(.admin, few(0, .ask))
        driver.send(.scanned("CS-102"))
        driver.send(.scanned("CS-100"))
        #expect(driver.state.desk.basket.short == nil)
        #expect(driver.state.availability(of: .acceptChanges) == .absent)
    }

    @Test func aShopThatRefusesAsksNothingAndOneThatAllowsNeitherDoes() throws {
        var refusing = try till(.admin, few(2, .refuse))
        refusing.type("3*")
        refusing.send(.scanned("CS-102"))
        #expect(refusing.state.cart.pieces == 2 && refusing.state.availability(of: .acceptChanges) == .absent)
        var allowing = try till(.staff, few(2, .allow))
        allowing.type("3*")
        allowing.send(.scanned("CS-102"))
        #expect(allowing.state.cart.pieces == 3, "\(allowing)")
    }

    @Test func whoMayNeitherDoItNorAskForItIsToldSo() throws {
        let clerk = try Role(
            name: "staff", grants: [.sell: .unlimited, .takePayment: .unlimited, .placeOrders: .unlimited])
        var driver = try till(.staff) { shop in
            few(2, .ask)(&shop)
            shop.users = shop.users.map { user in
                guard user.role == .staff else { return user }
                return User(
                    id: user.id, email: user.email, name: user.name, role: clerk, createdAt: user.createdAt,
                    updatedAt: user.updatedAt)
            }
        }
        driver.type("3*")
        driver.send(.scanned("CS-102"))
        driver.press(.acceptChanges)
        #expect(driver.state.cart.pieces == 2 && driver.state.status?.kind == .failure, "\(driver)")
    }

    // MARK: - Training

    @Test func trainingSellsNothingOpensNoDrawerAndStaysUntilItIsEnded() throws {
        var driver = try till()
        driver.press(.tillTraining)
        #expect(driver.state.cart.terms.isTraining, "\(driver)")
        for _ in 0..<2 {
            driver.send(.scanned("CS-100"))
            driver.press(.tillCash, .submit)
            #expect(driver.state.till?.sold(driver.state.desk)?.isTraining == true, "\(driver)")
            #expect(driver.state.cart.terms.isTraining)
        }
        #expect(driver.shop.orders.isEmpty && driver.shop.drawerOpenings == 0)
        driver.press(.tillTraining)
        #expect(!driver.state.cart.terms.isTraining)
        driver.send(.scanned("CS-100"))
        driver.press(.tillCash, .submit)
        #expect(driver.shop.orders.count == 1 && driver.shop.drawerOpenings == 1)
    }

    /// Nothing of it stands on the shift's report, and the drawer stays shut.
    @Test func trainingTellsTheShiftNothing() throws {
        var driver = try till()
        driver.press(.tillTraining)
        driver.send(.scanned("CS-102"))
        driver.press(.tillDrawer)
        #expect(driver.state.till?.problem != nil && driver.shop.drawerOpenings == 0, "\(driver)")
        #expect(driver.state.availability(of: .tillSlip) != .enabled)
        driver.press(.back)
        driver.type("5")
        driver.press(.tillCash, .tillTakeBack, .tillTakeOut)
        #expect(driver.shop.happenings.isEmpty && driver.state.cart.isEmpty, "\(driver)")
    }

    @Test func trainingBeginsAndEndsBetweenTwoSalesOnly() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.press(.tillTraining)
        #expect(!driver.state.cart.terms.isTraining && driver.state.till?.problem != nil)
        driver.press(.tillTakeOut, .tillTraining)
        #expect(driver.state.cart.terms.isTraining, "\(driver)")
        driver.send(.scanned("CS-100"))
        driver.press(.tillTraining)
        #expect(driver.state.cart.terms.isTraining, "goods in training do not become a sale")
        driver.press(.tillPark)
        #expect(driver.shop.parked.isEmpty && driver.state.till?.problem != nil)
        driver.press(.tillReturn)
        #expect(driver.state.kind == .till)
    }

    // MARK: - Customers

    @Test func aCustomerIsFoundByNameOrChosenFromThoseWhoAreMeant() throws {
        var driver = try till()
        driver.press(.tillCustomer)
        driver.type("demo cust")
        driver.press(.submit)
        #expect(driver.state.cart.terms.customer?.email == "customer@example.com", "\(driver)")
        driver.press(.tillCustomer)
        driver.type("example.com")
        driver.press(.submit)
        let picker = try #require(driver.state.picker)
        #expect(picker.items.last?.choice == .newCustomer && picker.items.count > 2)
        driver.press(.open)
        #expect(driver.state.cart.terms.customer?.name == picker.items.first?.label)
        driver.press(.tillCustomer)
        driver.send(.edit(.killToStart))
        driver.press(.submit)
        #expect(driver.state.cart.terms.customer == nil)
    }

    @Test func somebodyNewGetsAnAccountInPlace() throws {
        var driver = try till()
        driver.press(.tillCustomer)
        driver.type("Ada Byron")
        driver.press(.submit)
        #expect(driver.state.prompt?.purpose == .newCustomer, "\(driver)")
        driver.send(.edit(.end))
        driver.type(" ada@example.com")
        driver.press(.submit)
        #expect(driver.state.cart.terms.customer?.name == "Ada Byron", "\(driver)")
        #expect(driver.shop.users.contains { $0.email == "ada@example.com" })
    }

    // MARK: - A country

    @Test func theFirstStartChoosesACountry() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.press(.chooseCountry)
        #expect(driver.state.picker?.items.count == Country.allCases.count, "\(driver)")
        driver.press(.down)
        let asked = driver.effects { $0.press(.open) }
        #expect(asked == [.ask(.welcome(.setUp(.de)))], "\(asked)")
        #expect(driver.state.desk.currency == .eur && driver.state.desk.policy.taxMode == .included)
        #expect(driver.state.kind == .welcome && driver.state.status?.kind == .success)
        var context = AppContext()
        context.hasProducts = true
        let sold = try ModelDriver(start: .welcome, context: context)
        #expect(!sold.state.availability(of: .chooseCountry).isEnabled, "goods have their currency")
    }

    // MARK: - Another terminal

    @Test func theTillFollowsWhatAnotherTerminalParksAndItsShift() throws {
        var driver = try till()
        #expect(driver.state.till?.parkedSales == 0)
        driver.shop.parked.append(
            ParkedSale(
                id: 9, code: "42", label: "coat", basket: Cart(), till: "2", parkedBy: 2, at: FixtureShop.now)
        )
        driver.send(.shopChanged(ShopChanges(parked: true)))
        #expect(driver.state.till?.parkedSales == 1, "\(driver)")
        driver.type("12")
        driver.send(.shopChanged(ShopChanges(shifts: .any)))
        #expect(driver.state.till?.line.text == "12", "what is typed stays")
    }

    @Test func theShiftPageFollowsAndKeepsWhatIsTyped() throws {
        var driver = try till()
        driver.press(.openShift)
        let asked = driver.effects { $0.send(.shopChanged(ShopChanges(shifts: .any))) }
        #expect(asked.contains { if case .ask(.shift(.look)) = $0 { true } else { false } }, "\(asked)")
        #expect(driver.effects { $0.send(.shopChanged(ShopChanges(parked: true))) }.isEmpty)
    }
}
