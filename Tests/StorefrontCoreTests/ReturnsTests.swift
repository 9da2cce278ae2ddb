import Foundation
import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Goods that come back: finding the sale, choosing, giving the money.
@Suite struct ReturnsTests {
    /// An admin, with README's cart sold in cash and a lamp by card.
    ///
    /// - Parameter granted: what the account may do; nil for what its role may.
    private func driver(_ role: Role = .admin, granted: Role? = nil) throws -> ModelDriver {
        var driver = try ModelDriver()
        if let granted {
            driver.shop.users = driver.shop.users.map { $0.role == role ? $0.with(granted) : $0 }
        }
        driver.signIn(role)
        for (id, quantity) in [(1, 3), (2, 1)] as [(Int64, Int)] {
            driver.shop.place(
                try OrderDraft(lines: [OrderDraft.Line(productID: id, quantity: quantity)]),
                PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000), driver.state.principal)
        }
        driver.shop.place(
            try OrderDraft(lines: [OrderDraft.Line(productID: 7, quantity: 1)]),
            PaymentRequest(methodID: "card", approvalCode: "A-1"), driver.state.principal)
        driver.shop.orders = driver.shop.orders.enumerated().map { index, order in
            order.receipted(DocumentNumber("R1-\(118 - index)"), till: "1")
        }
        return driver
    }

    private func returning(_ driver: ModelDriver) -> Returning? {
        guard case .choosing(let returning)? = driver.state.returns?.stage else { return nil }
        return returning
    }

    private func returned(_ driver: ModelDriver) -> ReturnsState.Returned? {
        guard case .done(let returned)? = driver.state.returns?.stage else { return nil }
        return returned
    }

    @Test("A full return by the receipt's code takes three keys")
    func threeKeys() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-000116"))
        #expect(returning(driver)?.order.number?.text == "R1-000116", "\(driver)")
        driver.press(.returnAll, .open)
        #expect(driver.state.picker?.title.contains("$162.72") == true, "what goes back is said first")
        driver.press(.open)
        let order = try #require(returned(driver)?.order)
        #expect(order.status == .refunded && order.refunded == order.total, "\(driver)")
        #expect(driver.shop.refunds.map(\.amount) == [order.total])
    }

    @Test func salesOfWhichSomethingCameBackStayInTheListWithWhatIsLeft() throws {
        var driver = try driver()
        driver.press(.openReturns)
        let ids = driver.state.returns?.found.orders.map(\.id) ?? []
        driver.press(.last, .open, .returnMore, .open, .open)
        let refunded = try #require(returned(driver)?.order)
        #expect(refunded.status == .partiallyRefunded, "\(driver)")
        driver.press(.open)
        let found = driver.state.returns?.found.orders ?? []
        #expect(found.map(\.id) == ids, "\(driver)")
        let left = try #require(found.first { $0.id == refunded.id }?.leftToReturn)
        #expect(left == refunded.total - refunded.refunded && left < refunded.total)
        #expect("\(driver)".contains(left.displayText), "\(driver)")
        driver.press(.last, .open, .returnAll, .open, .open)
        driver.press(.open)
        #expect(driver.state.returns?.found.orders.map(\.id) == Array(ids.dropLast()), "\(driver)")
    }

    @Test("Only those who may refund find the way; a scanned receipt leads them there from the shop")
    func permission() throws {
        // Somebody who may not even ask for it.
        var grants = Role.staff.grants
        grants[.refund] = nil
        var staff = try driver(.staff, granted: Role(name: "helper", grants: grants))
        #expect(staff.state.availability(of: .openReturns) == .absent)
        staff.press(.openReturns)
        #expect(staff.state.returns == nil)
        for number in ["R1-000117", "F1-000001"] {
            staff.send(.scanned(number))
            #expect(staff.state.returns == nil && staff.effects.last == .beep)
            var admin = try driver()
            admin.shop.failure = .notFound(.productCode(number))
            admin.holdsAnswers = true
            admin.send(.scanned(number))
            admin.answerAll()
            #expect(admin.state.returns != nil, "\(admin)")
        }
    }

    @Test("A sale is found by receipt, order, product and customer, and by looking through")
    func finding() throws {
        var driver = try driver()
        driver.press(.openReturns)
        #expect(driver.state.returns?.found.orders.map(\.id) == [1043, 1042, 1041])
        for (text, id) in [("r1-117", 1042), ("1041", 1041), ("CS-101", 1042)] as [(String, Int64)] {
            driver.press(.findSale)
            driver.type(text)
            driver.press(.open)
            #expect(returning(driver)?.order.id == id, "\(text): \(driver)")
            driver.press(.back)
        }
        driver.press(.findSale)
        driver.type("admin")
        driver.press(.open)
        #expect(driver.state.returns?.found.orders.count == 3)
        driver.press(.down, .open)
        #expect(returning(driver)?.order.id == 1042)
        driver.press(.back)
        driver.number("1043")
        driver.press(.open)
        #expect(returning(driver)?.order.id == 1043, "\(driver)")
        driver.press(.back, .findSale)
        driver.type("nobody")
        driver.press(.open)
        #expect(driver.state.returns?.found.orders.isEmpty == true && returning(driver) == nil)
    }

    @Test("From an order, its sale is at hand, and going back leads to the order")
    func fromTheOrder() throws {
        var driver = try driver()
        driver.press(.openOrders, .down, .returnOrder)
        #expect(returning(driver)?.order.id == 1042, "\(driver)")
        driver.press(.back)
        #expect(driver.state.kind == .orders)
    }

    @Test("Quantities by digits, keys and scans stay within what is left")
    func quantities() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        let item = try #require(returning(driver)?.order.items.first)
        func back() -> Int? { returning(driver)?.quantity(of: item) }
        driver.number("2")
        driver.press(.open)
        #expect(back() == 2)
        driver.press(.returnMore, .returnMore)
        #expect(back() == 3)
        #expect(driver.state.desk.status?.kind == .warning, "more than is left is said")
        driver.press(.returnLess)
        #expect(back() == 2)
        driver.send(.scanned("400000000100"))
        #expect(back() == 3)
        driver.send(.scanned("CS-101"))
        #expect(back() == 3 && driver.state.desk.status?.kind == .warning, "not of this sale")
        driver.press(.returnAll)
        #expect(back() == 0)
        driver.press(.returnLoss)
        #expect(back() == 1 && returning(driver)?.isLoss(item) == true)
    }

    @Test("Unit by unit the figures are those of the rule, and what came back is not offered again")
    func unitByUnit() throws {
        var driver = try driver()
        driver.press(.openReturns)
        var amounts: [Int64] = []
        for _ in 1...3 {
            driver.send(.scanned("R1-116"))
            driver.press(.returnMore, .open, .open)
            amounts.append(try #require(returned(driver)?.refund.amount.minorUnits))
        }
        #expect(amounts == [5424, 5424, 5424] && driver.shop.refunds.count == 3)
        driver.send(.scanned("F1-2"))
        #expect(returning(driver)?.isSpent == true, "a refund's number finds its sale: \(driver)")
        driver.press(.returnAll)
        #expect(driver.state.desk.status?.text == "Nothing is left of this sale")
    }

    @Test("A card asks for its approval code, which another amount takes back; a scan is none")
    func card() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-118"))
        driver.press(.returnAll, .open, .open)
        #expect(driver.state.prompt?.purpose == .approvalCode)
        driver.send(.scanned("4006381333931"))
        #expect(driver.state.prompt?.input.text.isEmpty == true)
        driver.type("B-7")
        driver.press(.open)
        #expect(returned(driver)?.refund.tenders.map(\.approvalCode) == ["B-7"], "\(driver)")
    }

    @Test("Another way back needs its right, and then gives cash for a card")
    func anotherWay() throws {
        for role in [Role.admin, .refunder] {
            var driver = try driver(granted: role)
            driver.press(.openReturns)
            driver.send(.scanned("R1-118"))
            driver.press(.returnAll, .returnTender)
            let mayChoose = role == .admin
            let choices = driver.state.picker?.items.map { $0.disabledReason == nil }
            #expect(choices == [true, mayChoose, mayChoose])
            driver.press(.down, .open)
            guard mayChoose else { continue }
            driver.press(.open, .open)
            #expect(returned(driver)?.refund.tenders.map(\.method) == [.cash], "\(driver)")
        }
    }

    @Test("However a lost answer is asked again, the money goes back once")
    func lostAnswer() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnMore)
        driver.shop.losesAnswers = true
        driver.press(.open, .open)
        #expect(returning(driver)?.pieces == 1 && driver.shop.refunds.count == 1, "\(driver)")
        #expect(driver.state.desk.status?.kind == .warning)
        driver.shop.losesAnswers = false
        driver.press(.open)
        #expect(driver.shop.refunds.count == 1)
        #expect(returned(driver)?.refund == driver.shop.refunds.first, "\(driver)")
    }

    @Test(
        "Whatever the second try ends with, the first is asked about until the store says what became of it",
        arguments: [StoreError.unreachable("no line"), .signInRequired, .keyBusy])
    func lostTwice(_ error: StoreError) throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnMore)
        driver.shop.losesAnswers = true
        driver.press(.open, .open)
        driver.shop.losesAnswers = false
        driver.shop.failure = error
        driver.press(.open)
        driver.shop.failure = nil
        driver.send(.focused)
        for _ in 0..<3 where returned(driver) == nil { driver.press(.open) }
        #expect(driver.shop.refunds.count == 1, "\(driver)")
    }

    @Test("A list that is loaded anew does not jump into the one sale that it holds")
    func noJump() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        #expect(returning(driver) != nil)
        driver.press(.back)
        #expect(driver.state.returns?.stage == .finding, "\(driver)")
        driver.press(.retry)
        #expect(driver.state.returns?.stage == .finding, "\(driver)")
    }

    @Test("Until the answer is there, what was asked stays as it was, whatever the sale looks like by now")
    func unanswered() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnMore)
        driver.shop.losesAnswers = true
        driver.press(.open, .open)
        driver.shop.losesAnswers = false
        driver.send(.focused)
        driver.press(.returnMore)
        #expect(returning(driver)?.pieces == 1, "it cannot be changed: \(driver)")
        driver.number("3")
        driver.press(.open)
        #expect(driver.shop.refunds.map { $0.lines.map(\.quantity) } == [[1]])
        #expect(returned(driver) != nil, "\(driver)")
    }

    @Test("A refusal keeps what was chosen and loads the sale anew")
    func refusal() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnAll, .open)
        driver.shop.failure = .notReturnable(name: "Walnut chopping board", left: 1)
        driver.holdsAnswers = true
        driver.press(.open)
        driver.answerAll()
        driver.shop.failure = nil
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(returning(driver)?.pieces == 3 && driver.state.desk.status?.kind == .failure, "\(driver)")
    }

    @Test("While the store decides, nothing else happens to the sale")
    func giving() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnAll, .open)
        driver.holdsAnswers = true
        driver.press(.open)
        let asked = driver.held.count
        driver.press(.open, .back, .returnAll)
        #expect(driver.held.count == asked && driver.state.kind == .returns, "\(driver)")
        driver.answerAll()
        #expect(driver.shop.refunds.count == 1)
    }

    @Test("What was chosen of a sale is there when it is opened again")
    func keptDraft() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnMore, .returnLoss, .back)
        driver.number("1041")
        driver.press(.open)
        #expect(returning(driver)?.pieces == 1)
    }

    @Test("A void takes the whole sale back with its own reason, and Esc takes the wish back")
    func void() throws {
        var driver = try driver()
        driver.shop.openShift = 3
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        #expect(driver.state.availability(of: .voidSale) != .enabled, "nothing is open at the till")
        driver.press(.back)
        driver.shop.drawer.shifts = [
            Shift(id: 3, till: "1", openedBy: 2, openedAt: Timestamp(milliseconds: 0), float: .zero())
        ]
        driver.send(.scanned("R1-116"))
        driver.press(.voidSale)
        #expect(driver.state.picker?.title.contains("Void") == true)
        driver.press(.back, .back)
        #expect(returning(driver)?.way == .refund && returning(driver)?.pieces == 0, "\(driver)")
        driver.press(.voidSale, .open)
        let refund = try #require(returned(driver)?.refund)
        #expect(refund.kind == .void && returned(driver)?.order.status == .refunded)
    }

    @Test("Every figure is explained down to the units before")
    func explained() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnMore, .open, .open)
        driver.send(.scanned("R1-116"))
        driver.press(.returnMore, .explainReturn)
        guard case .reckoning(let reckoning, _)? = driver.state.overlays.last else {
            Issue.record("no explanation: \(driver)")
            return
        }
        #expect(reckoning.rows.first?.figure == "$54.24")
        #expect(reckoning.rows.first?.how.contains("2 of them $108.48, less 1 before, $54.24") == true)
        #expect(reckoning.rows.last?.how.contains("$54.24 of it went back before") == true)
    }

    @Test("Nothing comes back where the store is read-only")
    func readOnly() throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.isReadOnly = true
        var driver = try ModelDriver(context: context)
        driver.signIn(.admin)
        driver.shop.place(
            try OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)]),
            PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000), driver.state.principal)
        driver.press(.openReturns, .open, .returnAll, .open)
        #expect(driver.state.picker == nil && driver.shop.refunds.isEmpty, "\(driver)")
    }

    @Test("A state with a return in it is written and read as it is")
    func codable() throws {
        var driver = try driver()
        driver.press(.openReturns)
        driver.send(.scanned("R1-116"))
        driver.press(.returnMore, .explainReturn)
        try expectSame(driver.state)
        driver.press(.back, .open, .open)
        try expectSame(driver.state)
    }

    private func expectSame(_ state: AppState) throws {
        let written = try JSONEncoder().encode(state)
        #expect(try JSONDecoder().decode(AppState.self, from: written) == state)
    }
}

extension Role {
    /// May refund, but only to the tenders of the sale.
    fileprivate static let refunder =
        (try? Role(
            name: "refunder",
            grants: [.refund: .unlimited, .seeAllOrders: .unlimited, .takePayment: .unlimited])) ?? .customer
}

extension User {
    func with(_ role: Role) -> User {
        User(id: id, email: email, name: name, role: role, createdAt: createdAt, updatedAt: updatedAt)
    }
}

extension Order {
    fileprivate func receipted(_ number: DocumentNumber?, till: String) -> Order {
        Order(
            id: id, userID: userID, userName: userName, operatorID: 2, till: till, number: number,
            status: status, items: items, subtotal: subtotal, discount: discount, tax: tax,
            taxMode: taxMode, total: total, rounding: rounding, discountCode: discountCode,
            payments: payments, createdAt: createdAt, updatedAt: updatedAt)
    }
}
