import StoreDomain
import Testing

/// What a store promises of gift cards, store credit and goods that come back without a receipt.
public enum CardContract {
    public static let cases = selling + paying + givingBack + withoutReceipt + caring

    private static let code = GiftCardCode(number: 4_711)

    private static let selling = [
        ContractCase("A gift card is paid for, but is no turnover, and is neither taxed nor discounted") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let shift = try await counter.shifts.open(
                till: "1", float: try shop.amount("200.00"), as: people.staff)
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let draft = try SaleDraft(
                till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: 1)], discountCode: "SAVE10",
                tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)],
                giftCards: [GiftCardSale(amountMinor: 5_000, code: code)])
            let priced = try await counter.till.price(draft, as: people.staff)
            let sale = try await counter.till.sell(draft, key: shop.key("a"), as: people.staff)
            #expect(priced.total == sale.total && sale.due == sale.total + sale.giftCardsTotal)
            #expect(sale.payments.map(\.amount) == [sale.due])
            #expect(sale.giftCards.map(\.amount.minorUnits) == [5_000])
            #expect(sale.giftCards.map(\.code) == [code])
            // Whoever asks again under the same key is told the code again; nobody else is.
            #expect(try await counter.till.sell(draft, key: shop.key("a"), as: people.staff) == sale)
            let seen = try await shop.services.orders.order(sale.id, as: people.staff)
            #expect(seen.giftCards.map(\.code) == [nil] && seen.giftCards.first?.lastFour == code.lastFour)
            let card = try await counter.cards.card(code: code, as: people.staff)
            #expect(card.balance.minorUnits == 5_000 && card.expiresAt == nil)

            let report = try await counter.shifts.report(shift.id, as: people.admin)
            #expect(report.giftCards.minorUnits == 5_000 && report.salesTotal == sale.total)
            #expect(report.isBalanced && report.tendered == sale.due)
            let days = try await shop.services.orders.dailySales(days: 1, as: people.admin)
            #expect(days.map(\.total).last == sale.total)
        },
        ContractCase("Gift cards are sold alone, each with its own code, by whoever may sell them") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let sale = try await counter.till.sell(
                shop.cards([(5_000, 1), (2_000, 2)]), key: shop.key("a"), as: people.staff)
            #expect(sale.status == .paid && sale.items.isEmpty && sale.total.isZero)
            #expect(sale.due.minorUnits == 7_000 && sale.number?.position == 1)
            let taken = try SaleDraft(
                till: "1", lines: [], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)],
                giftCards: [GiftCardSale(amountMinor: 100, code: GiftCardCode(number: 1))])
            await #expect(throws: StoreError.self) {
                try await counter.till.sell(taken, key: shop.key("b"), as: people.staff)
            }
            let unnamed = try SaleDraft(
                till: "1", lines: [], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 100)],
                giftCards: [GiftCardSale(amountMinor: 100)])
            await #expect(throws: StoreError.self) {
                try await counter.till.sell(unnamed, key: shop.key("c"), as: people.staff)
            }
            var grants = Role.cashier.grants
            grants[.issueGiftCards] = nil
            _ = try await shop.services.accounts.save(Role(name: "cashier", grants: grants), as: people.admin)
            let cashier = try await shop.worker("cashier", by: people.admin)
            await #expect(throws: StoreError.notAllowed(.issueGiftCards)) {
                try await counter.till.sell(shop.cards([(100, 9)]), key: shop.key("d"), as: cashier)
            }
        },
    ]

    private static let paying = [
        ContractCase("A gift card pays what is on it, in one sale or several, and no more") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            let pen = try await shop.product("Pen", price: "30.00", stock: 9, as: people.admin)
            _ = try await counter.till.sell(
                shop.cards([(5_000, 4_711)]), key: shop.key("card"), as: people.staff)
            func sell(_ key: String, _ tenders: [PaymentRequest]) async throws -> Order {
                try await counter.till.sell(
                    SaleDraft(
                        till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: 1)], tenders: tenders),
                    key: shop.key(key), as: people.staff)
            }
            let first = try await sell("a", [PaymentRequest(methodID: "gift-card", cardCode: code)])
            #expect(first.payments.first?.card?.left.minorUnits == 2_000)
            #expect(first.payments.first?.card?.lastFour == code.lastFour)
            // Named without an amount, it pays as much as is on it.
            await #expect(
                throws: StoreError.paymentRefused(.tooLittle(missing: try shop.amount("10.00")))
            ) { try await sell("b", [PaymentRequest(methodID: "gift-card", cardCode: code)]) }
            await #expect(throws: StoreError.paymentRefused(.cardHolds(left: try shop.amount("20.00")))) {
                try await sell(
                    "c", [PaymentRequest(methodID: "gift-card", amountMinor: 2_500, cardCode: code)])
            }
            await #expect(throws: StoreError.paymentRefused(.cardHolds(left: try shop.amount("5.00")))) {
                try await sell(
                    "d",
                    [
                        PaymentRequest(methodID: "gift-card", amountMinor: 1_500, cardCode: code),
                        PaymentRequest(methodID: "gift-card", amountMinor: 1_500, cardCode: code),
                    ])
            }
            await #expect(throws: StoreError.paymentRefused(.cardUnknown)) {
                try await sell(
                    "e", [PaymentRequest(methodID: "gift-card", cardCode: GiftCardCode(number: 9))])
            }
            await #expect(throws: StoreError.paymentRefused(.cardCodeMissing)) {
                try await sell("f", [PaymentRequest(methodID: "gift-card")])
            }
            let second = try await sell(
                "g",
                [
                    PaymentRequest(methodID: "gift-card", cardCode: code),
                    PaymentRequest(methodID: "cash", tenderedMinor: 1_000),
                ])
            #expect(second.payments.map(\.amount.minorUnits) == [2_000, 1_000])
            let card = try await counter.cards.card(code: code, as: people.staff)
            let history = try await counter.cards.history(of: card.id, as: people.staff)
            #expect(card.balance.isZero && history.movements.map(\.kind) == [.issue, .redeem, .redeem])
            #expect(history.movements.map(\.left.minorUnits) == [5_000, 2_000, 0])
            #expect(history.movements.last?.number == second.number)
        },
        ContractCase("Two tills that take all of a card at once: one does, the other is told") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 99, as: people.admin)
            let issued = try GiftCardIssue(
                amount: shop.amount("10.85"), code: code, name: nil, reason: "Goodwill")
            let card = try await counter.cards.issue(issued, as: people.admin)
            let results = await withTaskGroup(of: Bool.self) { group in
                for till in 1...4 {
                    group.addTask {
                        do {
                            _ = try await counter.till.sell(
                                SaleDraft(
                                    till: "\(till)",
                                    lines: [SaleDraft.Line(productID: pen.id, quantity: 1)],
                                    tenders: [PaymentRequest(methodID: "gift-card", cardCode: code)]),
                                key: shop.key("till\(till)"), as: people.staff)
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 } == 1)
            let history = try await counter.cards.history(of: card.id, as: people.admin)
            #expect(history.card.balance.isZero && history.movements.count == 2)
            #expect(try await shop.stock(pen) == .counted(98))
        },
        ContractCase("A card that has expired pays nothing until money goes back on it") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            _ = try await shop.services.policy.set("cards.expiryDays", to: "30", as: people.admin)
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            _ = try await counter.till.sell(
                shop.cards([(5_000, 4_711)]), key: shop.key("card"), as: people.staff)
            let draft = try SaleDraft(
                till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: 1)],
                tenders: [PaymentRequest(methodID: "gift-card", cardCode: code)])
            let sale = try await counter.till.sell(draft, key: shop.key("a"), as: people.staff)
            shop.clock.advance(bySeconds: 31 * 86_400)
            let later = try await shop.again(people)
            await #expect(throws: StoreError.paymentRefused(.cardExpired)) {
                try await counter.till.sell(draft, key: shop.key("b"), as: later.staff)
            }
            let back = try RefundDraft(
                orderID: sale.id, lines: [.init(itemID: try #require(sale.items.first).id, quantity: 1)],
                reason: "Broken")
            _ = try await counter.refunds.refund(back, till: "1", key: shop.key("r"), as: later.admin)
            let card = try await counter.cards.card(code: code, as: later.staff)
            #expect(card.balance.minorUnits == 5_000)
            shop.clock.advance(bySeconds: 31 * 86_400)
            let last = try await shop.again(people)
            let expired = try await counter.cards.expire(nil, reason: "Expired", as: last.admin)
            #expect(expired.map(\.id) == [card.id] && expired.first?.balance.isZero == true)
            #expect(try await counter.cards.expire(nil, reason: "Expired", as: last.admin).isEmpty)
        },
    ]

    private static let givingBack = [
        ContractCase("What a gift card paid goes back on it, newest tender first") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let issued = try GiftCardIssue(
                amount: shop.amount("15.00"), code: code, name: "Ann", reason: "Goodwill")
            let card = try await counter.cards.issue(issued, as: people.admin)
            #expect(try await counter.cards.issue(issued, as: people.admin) == card)
            let sale = try await counter.till.sell(
                SaleDraft(
                    till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: 2)],
                    tenders: [
                        PaymentRequest(methodID: "cash", amountMinor: 500, tenderedMinor: 500),
                        PaymentRequest(methodID: "gift-card", cardCode: code),
                    ]), key: shop.key("a"), as: people.staff)
            let item = try #require(sale.items.first)
            for number in 1...2 {
                _ = try await counter.refunds.refund(
                    RefundDraft(
                        orderID: sale.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "Not wanted"),
                    till: "1", key: shop.key("r\(number)"), as: people.admin)
            }
            let history = try await counter.cards.history(of: card.id, as: people.admin)
            #expect(history.movements.map(\.amount.minorUnits) == [1_500, -1_500, 1_000, 500])
            #expect(history.card.balance.minorUnits == 1_500)
            await #expect(throws: StoreError.self) {
                try await counter.cards.issue(
                    GiftCardIssue(amount: shop.amount("1.00"), code: code, name: nil, reason: "x"),
                    as: people.admin)
            }
        },
        ContractCase(
            "A sale with a gift card is voided with it, unless the card was used; what is left of it comes back"
        ) { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            let shift = try await counter.shifts.open(
                till: "1", float: try shop.amount("0.00"), as: people.staff)
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let first = try await counter.till.sell(
                shop.cards([(5_000, 1)]), key: shop.key("a"), as: people.staff)
            let void = try await counter.refunds.void(
                VoidDraft(orderID: first.id, reason: "Rung up wrongly"), till: "1", key: shop.key("v"),
                as: people.admin)
            #expect(void.giftCards.minorUnits == 5_000 && void.amount.isZero)
            #expect(
                try await counter.cards.card(code: GiftCardCode(number: 1), as: people.staff).balance.isZero)
            #expect(
                try await shop.services.orders.order(first.id, as: people.admin).status == .refunded)

            let second = try await counter.till.sell(
                shop.cards([(5_000, 2)]), key: shop.key("b"), as: people.staff)
            _ = try await counter.till.sell(
                SaleDraft(
                    till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: 1)],
                    tenders: [PaymentRequest(methodID: "gift-card", cardCode: GiftCardCode(number: 2))]),
                key: shop.key("c"), as: people.staff)
            let left = StoreError.paymentRefused(.cardHolds(left: try shop.amount("40.00")))
            await #expect(throws: left) {
                try await counter.refunds.void(
                    VoidDraft(orderID: second.id, reason: "Rung up wrongly"), till: "1", key: shop.key("w"),
                    as: people.admin)
            }
            let card = try #require(second.giftCards.first)
            func back(_ amount: String, _ key: String) async throws -> Refund {
                try await counter.refunds.refund(
                    RefundDraft(
                        orderID: second.id, lines: [], reason: "Not wanted",
                        cards: [GiftCardBack(cardID: card.id, amount: shop.amount(amount))]),
                    till: "1", key: shop.key(key), as: people.admin)
            }
            await #expect(throws: left) { try await back("50.00", "x") }
            let refund = try await back("40.00", "y")
            #expect(
                refund.giftCards.minorUnits == 4_000 && refund.tenders.map(\.amount.minorUnits) == [4_000])
            #expect(try await counter.refunds.refunds(of: second.id, as: people.admin) == [refund])
            let order = try await shop.services.orders.order(second.id, as: people.admin)
            #expect(order.status == .partiallyRefunded && order.giftCards.first?.returned.minorUnits == 4_000)
            let report = try await counter.shifts.report(shift.id, as: people.admin)
            #expect(report.giftCards.minorUnits == 1_000 && report.isBalanced)
        },
    ]

    private static let withoutReceipt = [
        ContractCase("Goods without a receipt are worth their lowest price of thirty days, as store credit") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let shift = try await counter.shifts.open(
                till: "1", float: try shop.amount("0.00"), as: people.staff)
            let lamp = try await shop.product("Lamp", price: "40.00", stock: 9, as: people.admin)
            _ = try await counter.till.sell(
                SaleDraft(
                    till: "1", lines: [SaleDraft.Line(productID: lamp.id, quantity: 1)],
                    tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)]),
                key: shop.key("s"), as: people.staff)
            _ = try await shop.services.catalog.edit(
                lamp.id, ProductPatch(price: shop.amount("50.00")), as: people.admin)
            let lines = [LooseReturnDraft.Line(productID: lamp.id, quantity: 2)]
            let figures = try await counter.looseReturns.figures(lines, as: people.admin)
            #expect(
                figures.lines.map(\.unitPrice.minorUnits) == [4_000] && figures.amount.minorUnits == 8_680)

            let draft = try LooseReturnDraft(
                till: "1", lines: lines, reason: "A present", name: "Ann Example", code: code,
                agreed: figures.amount)
            await #expect(throws: StoreError.notAllowed(.refundWithoutReceipt)) {
                try await counter.looseReturns.take(draft, key: shop.key("a"), as: people.staff)
            }
            let taken = try await counter.looseReturns.take(draft, key: shop.key("a"), as: people.admin)
            #expect(taken.number.text == "F1-000001" && taken.code == code)
            #expect(taken.card?.balance == figures.amount && taken.card?.name == "Ann Example")
            #expect(try await counter.looseReturns.take(draft, key: shop.key("a"), as: people.admin) == taken)
            let found = try await counter.looseReturns.find(taken.number, as: people.admin)
            #expect(found == taken.with(card: taken.card, code: nil))
            #expect(try await shop.stock(lamp) == .counted(10))

            let report = try await counter.shifts.report(shift.id, as: people.admin)
            #expect(report.refunds == 1 && report.refundsTotal == figures.amount && report.giftCards.isZero)
            #expect(report.isBalanced && report.tenders.map(\.refunded).contains(figures.amount))
            #expect(report.rates.map(\.refundsTax) == [figures.tax])

            // Thirty days on, what it was sold for before is forgotten.
            shop.clock.advance(bySeconds: 31 * 86_400)
            let later = try await shop.again(people)
            let dearer = try await counter.looseReturns.figures(lines, as: later.admin)
            #expect(dearer.lines.map(\.unitPrice.minorUnits) == [5_000])
            var other = try LooseReturnDraft(
                till: "1", lines: lines, reason: "A present", name: "Ann", code: GiftCardCode(number: 8),
                agreed: figures.amount)
            await #expect(throws: StoreError.paymentRefused(.comesTo(dearer.amount))) {
                try await counter.looseReturns.take(other, key: shop.key("b"), as: later.admin)
            }
            other = try LooseReturnDraft(
                till: "1", lines: [.init(productID: lamp.id, quantity: 1, restocks: false)], reason: "Broken",
                name: "Ann", methodID: "cash")
            let cash = try await counter.looseReturns.take(other, key: shop.key("c"), as: later.admin)
            #expect(cash.tenders.map(\.method.kind) == [.cash] && cash.card == nil)
            #expect(try await shop.stock(lamp) == .counted(10))
        },
        ContractCase("Store credit is a customer's: returns add to it, and it pays for what they buy") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let customer = try #require(people.customer.userID)
            #expect(try await counter.cards.credit(of: customer, as: people.staff) == nil)
            for number in 1...2 {
                let draft = try LooseReturnDraft(
                    till: "1", lines: [.init(productID: pen.id, quantity: 1)], reason: "Not wanted",
                    name: "Name", customerID: customer)
                let taken = try await counter.looseReturns.take(
                    draft, key: shop.key("r\(number)"), as: people.admin)
                #expect(taken.card?.holder == .account(customer) && taken.code == nil)
            }
            let credit = try await counter.cards.credit(of: customer, as: people.customer)
            #expect(credit?.balance.minorUnits == 2_000)
            func sell(_ key: String, to customer: Int64?) async throws -> Order {
                try await counter.till.sell(
                    SaleDraft(
                        till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: 1)],
                        customerID: customer, tenders: [PaymentRequest(methodID: "store-credit")]),
                    key: shop.key(key), as: people.staff)
            }
            #expect(try await sell("a", to: customer).payments.first?.card?.left.minorUnits == 1_000)
            await #expect(throws: StoreError.paymentRefused(.noCredit)) { try await sell("b", to: nil) }
            await #expect(throws: StoreError.notAllowed(.sell)) {
                try await counter.cards.credit(of: 1, as: people.customer)
            }
        },
    ]

    private static let caring = [
        ContractCase("Gift cards are found by their last characters and by name, and given by who may") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            for number in 1...3 as ClosedRange<UInt64> {
                _ = try await counter.cards.issue(
                    GiftCardIssue(
                        amount: shop.amount("\(number).00"), code: GiftCardCode(number: number),
                        name: "Name \(number)", reason: "Goodwill"), as: people.admin)
            }
            let all = try await counter.cards.cards(GiftCardQuery(), as: people.staff)
            #expect(all.map(\.balance.minorUnits) == [300, 200, 100])
            let named = try await counter.cards.cards(GiftCardQuery(text: "name 2"), as: people.staff)
            #expect(named.map(\.balance.minorUnits) == [200])
            let lastFour = GiftCardCode(number: 3).lastFour.lowercased()
            let coded = try await counter.cards.cards(GiftCardQuery(text: lastFour), as: people.staff)
            #expect(coded.contains { $0.balance.minorUnits == 300 })
            let gone = try await counter.cards.expire(all.first?.id, reason: "Lost", as: people.admin)
            #expect(gone.map(\.balance.isZero) == [true])
            let left = try await counter.cards.cards(GiftCardQuery(withBalance: true), as: people.staff)
            #expect(left.map(\.balance.minorUnits) == [200, 100])
            await #expect(throws: StoreError.notAllowed(.manageDiscounts)) {
                try await counter.cards.issue(
                    GiftCardIssue(
                        amount: shop.amount("1.00"), code: GiftCardCode(number: 7), name: nil, reason: "x"),
                    as: people.staff)
            }
            await #expect(throws: StoreError.notAllowed(.seeAllOrders)) {
                try await counter.cards.cards(GiftCardQuery(), as: people.customer)
            }
        }
    ]
}

extension Shop {
    /// The same people after their sessions may have ended.
    fileprivate func again(_ people: People) async throws -> People {
        func again(_ email: String) async throws -> Principal {
            .user(try await services.auth.signIn(email: email, password: Shop.password))
        }
        return People(
            admin: try await again("admin@example.com"), staff: try await again("staff@example.com"),
            customer: people.customer, stranger: people.stranger)
    }

    /// A sale of gift cards alone, paid in cash: what each is of, and the number that its code spells.
    func cards(_ cards: [(minor: Int64, number: UInt64)]) throws -> SaleDraft {
        try SaleDraft(
            till: "1", lines: [], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)],
            giftCards: cards.map {
                GiftCardSale(amountMinor: $0.minor, code: GiftCardCode(number: $0.number))
            })
    }

    /// Somebody of this role.
    fileprivate func worker(_ role: String, by admin: Principal) async throws -> Principal {
        let user = try await services.accounts.add(
            Registration(email: "\(role)@example.com", name: role, password: Shop.password), role: role,
            as: admin)
        return .user(try await services.auth.signIn(email: user.email, password: Shop.password))
    }
}
