import StoreDomain
import Testing

/// What every store promises of exchanges, of copies, and of what happens at a till beside sales.
extension CounterContract {
    static let exchanges = [
        ContractCase("An exchange is one document with one amount: the difference is paid, or goes back") {
            shop in
            let till = try await ExchangeShop(shop)
            let lamp = try await till.sell([(till.lamp, 1)], "a")
            // 44.91 back, 59.90 taken: 14.99 to pay.
            let up = try await till.exchange(lamp, for: till.dear, cash: 2000, "b")
            #expect(up.settled.minorUnits == 1499 && up.total.minorUnits == 5990)
            #expect(up.number?.text == "R1-000002" && up.tendered.map(\.amount.minorUnits) == [1499])
            #expect(up.tendered.first?.change?.minorUnits == 501)
            let back = try #require(up.goodsBack)
            #expect(back.given.minorUnits == 4491 && back.number?.text == "R1-000001")
            #expect(back.lines.map(\.name) == ["Lamp"] && back.handedOut.isEmpty)
            let refund = try #require(await till.refunds(of: lamp).first)
            #expect(refund.number == nil && refund.exchangeID == up.id && refund.id == back.refundID)
            #expect(refund.tenders.map(\.isMoved) == [true])
            let earlier = try await shop.services.orders.order(lamp.id, as: till.people.admin)
            #expect(earlier.status == .refunded && earlier.refunded == lamp.total)
            #expect(try await shop.services.orders.order(up.id, as: till.people.admin) == up)

            // 59.90 back, 39.90 taken: 20.00 goes back, 14.99 of it as it was paid last, in cash as it all was.
            let down = try await till.exchange(up, for: till.cheap, cash: nil, "c")
            #expect(down.settled.minorUnits == -2000 && down.tendered.isEmpty)
            #expect(down.goodsBack?.handedOut.map(\.amount.minorUnits) == [1499, 501])
            // As much back as is taken: nothing is paid.
            let even = try await till.exchange(down, for: till.cheap, cash: nil, "d")
            #expect(even.settled.isZero && even.tendered.isEmpty && even.goodsBack?.handedOut.isEmpty == true)
            #expect(try await shop.stock(till.lamp) == 9)
            #expect(try await shop.stock(till.dear) == 9)
            #expect(try await shop.stock(till.cheap) == 8)

            let report = try await till.report()
            #expect(report.isBalanced && report.beside.exchanges == 3 && report.sales == 4)
            #expect(report.refunds == 3 && report.net.minorUnits == 3990)
            // What stayed here is no turnover of a tender: 44.91 + 14.99 came in, 20.00 went back.
            let cash = try #require(report.tenders.first)
            #expect(report.tenders.count == 1 && cash.taken.minorUnits == 5990)
            #expect(cash.refunded.minorUnits == 2000 && cash.count == 2)
            #expect(report.expected?.minorUnits == 3990)
        },
        ContractCase("Goods that were exchanged give back what they cost, by the tenders that paid for them")
        {
            shop in
            let till = try await ExchangeShop(shop)
            let lamp = try await till.sell(
                [(till.lamp, 1)], "a", [PaymentRequest(methodID: "card", approvalCode: "A1")])
            let dear = try await till.exchange(lamp, for: till.dear, cash: 1499, "b")
            let item = try #require(dear.items.first)
            let back = try await till.counter.refunds.refund(
                RefundDraft(
                    orderID: dear.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "no",
                    approvalCode: "B2"), till: "1", key: shop.key("r"), as: till.people.admin)
            #expect(back.tenders.map(\.method.id) == ["cash", "card"])
            #expect(back.tenders.map(\.amount.minorUnits) == [1499, 4491])
            #expect(back.number?.text == "F1-000001")
            let report = try await till.report()
            #expect(report.isBalanced && report.expected?.isZero == true && report.net.isZero)
        },
        ContractCase(
            "What a gift card paid stays on the goods taken for it, and what is left goes back on the card"
        ) {
            shop in
            let till = try await ExchangeShop(shop)
            let code = GiftCardCode(number: 4_711)
            _ = try await till.counter.till.sell(
                shop.cards([(10_000, 4_711)]), key: shop.key("card"), as: till.people.admin)
            func balance() async throws -> Int64 {
                let card = try await till.counter.cards.card(code: code, as: till.people.admin)
                return card.balance.minorUnits
            }
            let lamp = try await till.sell(
                [(till.lamp, 1)], "a", [PaymentRequest(methodID: "gift-card", cardCode: code)])
            #expect(try await balance() == 5_509)
            let dear = try await till.exchange(lamp, for: till.dear, cash: 1499, "b")
            #expect(dear.payments.map(\.amount.minorUnits) == [4491, 1499])
            #expect(dear.payments.first?.card?.left.minorUnits == 5_509)
            #expect(try await balance() == 5_509)
            // 59.90 back, 39.90 taken: 14.99 in cash, then 5.01 on the card.
            let cheap = try await till.exchange(dear, for: till.cheap, cash: nil, "c")
            #expect(cheap.goodsBack?.handedOut.map(\.method.id) == ["cash", "gift-card"])
            #expect(try await balance() == 6_010)
            #expect(cheap.payments.map(\.amount.minorUnits) == [3990])
            // The goods give back what they cost, to the card that paid for them.
            let item = try #require(cheap.items.first)
            let back = try await till.counter.refunds.refund(
                RefundDraft(
                    orderID: cheap.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "no"), till: "1",
                key: shop.key("r"), as: till.people.admin)
            #expect(back.tenders.map(\.method.id) == ["gift-card"])
            #expect(try await balance() == 10_000)
            let movements = try await till.counter.cards.history(
                of: till.counter.cards.card(code: code, as: till.people.admin).id, as: till.people.admin
            ).movements
            #expect(movements.last?.left.minorUnits == 10_000)
            var sum: Int64 = 0
            for movement in movements {
                sum += movement.amount.minorUnits
                #expect(movement.left.minorUnits == sum)
            }
            let report = try await till.report()
            #expect(report.isBalanced && report.expected?.minorUnits == 10_000 && report.net.isZero)
            // No other card takes what is left.
            let other = try await till.sell([(till.dear, 1)], "d")
            await #expect(throws: StoreError.paymentRefused(.methodNotTaken)) {
                try await till.exchange(other, for: till.cheap, cash: nil, "e", method: "gift-card")
            }
        },
        ContractCase("A gift card is sold within an exchange, and the goods back pay for it") { shop in
            let till = try await ExchangeShop(shop)
            let lamp = try await till.sell([(till.lamp, 1)], "a")
            let sold = try await till.counter.till.sell(
                SaleDraft(
                    till: "1", lines: [], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1_000)],
                    back: RefundDraft(orderID: lamp.id, lines: lamp.allReturnable, reason: "rather a card"),
                    giftCards: [GiftCardSale(amountMinor: 5_000, code: GiftCardCode(number: 9))]),
                key: shop.key("b"), as: till.people.admin)
            #expect(sold.payments.map(\.amount.minorUnits) == [4491, 509] && sold.total.isZero)
            let card = try await till.counter.cards.card(code: GiftCardCode(number: 9), as: till.people.admin)
            #expect(card.balance.minorUnits == 5_000)
            let report = try await till.report()
            #expect(report.isBalanced && report.expected?.minorUnits == 5_000 && report.net.isZero)
            #expect(report.giftCards.minorUnits == 5_000)
        },
        ContractCase("An invoice has a series of its own, is made once a sale, and is found by its number") {
            shop in
            let till = try await ExchangeShop(shop)
            let service = till.counter.till
            let party = try InvoiceParty(
                name: "Corner Ltd", address: ["1 High Street", "Town"], taxNumber: "GB123")
            func make(_ order: Order, _ party: InvoiceParty, till name: String = "1") async throws -> Order {
                try await service.makeInvoice(of: order.id, to: party, till: name, as: till.people.staff)
            }
            let (lamp, dear) = (
                try await till.sell([(till.lamp, 1)], "a"), try await till.sell([(till.dear, 1)], "b")
            )
            let made = try await make(lamp, party)
            #expect(made.invoice?.number.text == "I1-000001" && made.invoice?.party == party)
            #expect(try await make(lamp, party) == made)
            #expect(try await shop.services.orders.order(lamp.id, as: till.people.admin) == made)
            let other = try InvoiceParty(name: "Somebody else")
            await #expect(throws: StoreError.self) { try await make(lamp, other) }
            #expect(try await make(dear, other).invoice?.number.text == "I1-000002")
            let third = try await till.sell([(till.cheap, 1)], "c")
            #expect(try await make(third, other, till: "2").invoice?.number.text == "I2-000001")
            let number = try #require(DocumentNumber("i1-2"))
            let found = try await shop.services.orders.orders(
                OrderQuery(everybody: true, finding: .number(number)), as: till.people.admin)
            #expect(found.orders.map(\.id) == [dear.id])
            // Its prints are counted apart from those of the receipt.
            let shifts = till.counter.shifts
            let admin = till.people.admin
            #expect(try await shifts.issue(.sale(lamp.id), till: "1", as: admin) == 0)
            #expect(try await shifts.issue(.invoice(order: lamp.id), till: "1", as: admin) == 0)
            #expect(try await shifts.issue(.invoice(order: lamp.id), till: "1", as: admin) == 1)
            let pending = try await shop.services.orders.place(
                OrderDraft(lines: [.init(productID: till.dear.id, quantity: 1)]), key: shop.key("o"),
                as: till.people.customer)
            await #expect(throws: StoreError.wrongStatus(orderID: pending.id, status: .pending)) {
                try await make(pending, other)
            }
            await #expect(throws: StoreError.notAllowed(.sell)) {
                try await service.makeInvoice(of: dear.id, to: other, till: "1", as: till.people.customer)
            }
            #expect(try await till.records().contains(.invoiceMade))
        },
        ContractCase("An exchange that is refused does nothing, and under its key it is made once") { shop in
            let till = try await ExchangeShop(shop)
            let lamp = try await till.sell([(till.lamp, 1)], "a")
            // A role that takes nothing back exchanges nothing.
            _ = try await shop.asking(.refund) {
                try await till.exchange(lamp, for: till.dear, cash: 2000, "b", as: till.people.staff)
            }
            await #expect(throws: StoreError.self) {
                try await till.exchange(lamp, for: till.dear, cash: 1000, "b")
            }
            await #expect(
                throws: StoreError.paymentRefused(.comesTo(try shop.amount("44.91")))
            ) {
                try await till.exchange(lamp, for: till.dear, cash: 2000, "b", agreed: "59.90")
            }
            await #expect(throws: StoreError.self) {
                // Nothing is to be paid, so nothing is taken.
                try await till.exchange(lamp, for: till.cheap, cash: 2000, "b")
            }
            await #expect(
                throws: StoreError.insufficientStock(
                    productID: till.dear.id, name: "Dear lamp", available: 9)
            ) {
                try await till.exchange(lamp, for: till.dear, 10, cash: 100_000, "b")
            }
            #expect(try await till.refunds(of: lamp).isEmpty)
            #expect(try await shop.stock(till.lamp) == 8)
            #expect(try await shop.stock(till.dear) == 9)
            let done = try await till.exchange(lamp, for: till.dear, cash: 2000, "b")
            #expect(done.number?.text == "R1-000002")
            #expect(try await till.exchange(lamp, for: till.dear, cash: 2000, "b") == done)
            await #expect(throws: StoreError.keyReused) {
                try await till.exchange(lamp, for: till.dear, cash: 2001, "b")
            }
            await #expect(throws: StoreError.wrongStatus(orderID: lamp.id, status: .refunded)) {
                try await till.exchange(lamp, for: till.dear, cash: 2000, "c")
            }
            #expect(try await till.refunds(of: lamp).count == 1)
        },
        ContractCase("Cash that goes back in an exchange is rounded to the coins there are") { shop in
            let till = try await ExchangeShop(shop)
            _ = try await shop.services.policy.set("cash.step", to: "5", as: till.people.admin)
            let lamp = try await till.sell([(till.lamp, 1)], "a")
            #expect(lamp.rounding.minorUnits == -1)
            // 44.90 was paid; 39.91 is taken: 4.99 is left, 5.00 in coins.
            let odd = try await shop.product("Odd lamp", price: "39.91", stock: 9, as: till.people.admin)
            let sold = try await till.exchange(lamp, for: odd, cash: nil, "b", agreed: "44.90")
            #expect(sold.goodsBack?.handedOut.map(\.amount.minorUnits) == [500])
            #expect(sold.rounding.minorUnits == -1 && sold.settled.minorUnits == -500)
            let report = try await till.report()
            #expect(report.isBalanced && report.expected?.minorUnits == 3990)
        },
        ContractCase("A sale is parked and taken up with the goods that come back") { shop in
            let till = try await ExchangeShop(shop)
            let lamp = try await till.sell([(till.lamp, 1)], "a")
            let draft = try RefundDraft(orderID: lamp.id, lines: lamp.allReturnable, reason: "too small")
            let figures = try Refunding.figures(
                draft.lines, by: nil, of: lamp,
                Refunding.Basis(
                    earlier: [], methods: PaymentMethod.standard, rounding: .none,
                    principal: till.people.admin))
            var basket = Cart()
            basket.apply(.add(CartLine(till.dear, quantity: 1), by: 1))
            basket.apply(.setTerms(SaleTerms(back: SaleReturn(draft, of: lamp, figures))))
            let parked = try await till.counter.parking.park(
                basket, label: "", till: "1", as: till.people.admin)
            let taken = try await till.counter.parking.resume(parked.code, as: till.people.admin).basket
            #expect(taken.terms == basket.terms)
            let sold = try await till.counter.till.sell(
                taken.saleDraft(
                    till: "1", tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1499)]),
                key: shop.key("b"), as: till.people.admin)
            #expect(sold.settled.minorUnits == 1499 && sold.goodsBack?.reason == "too small")
        },
        ContractCase("The first print of a document is the original, each further one a copy with its number")
        {
            shop in
            let till = try await ExchangeShop(shop)
            let shifts = till.counter.shifts
            let sale = try await till.sell([(till.lamp, 1)], "a")
            #expect(sale.journalMark?.count == 8)
            let cashier = till.people.staff
            #expect(try await shifts.issue(.sale(sale.id), till: "1", as: cashier) == 0)
            #expect(try await shifts.issue(.sale(sale.id), till: "1", as: till.people.admin) == 1)
            #expect(try await shifts.issue(.sale(sale.id), till: nil, as: till.people.admin) == 2)
            let refund = try await till.counter.refunds.refund(
                RefundDraft(orderID: sale.id, lines: sale.allReturnable, reason: "no"), till: "1",
                key: shop.key("r"), as: till.people.admin)
            #expect(refund.journalMark?.count == 8 && refund.journalMark != sale.journalMark)
            let document = IssuedDocument.refund(refund.id, order: sale.id)
            #expect(try await shifts.issue(document, till: "1", as: till.people.admin) == 0)
            #expect(try await shifts.issue(document, till: "1", as: till.people.admin) == 1)
            await #expect(throws: StoreError.notFound(.order(sale.id))) {
                try await shifts.issue(.sale(sale.id), till: nil, as: till.people.customer)
            }
            let pending = try await shop.services.orders.place(
                OrderDraft(lines: [.init(productID: till.dear.id, quantity: 1)]), key: shop.key("o"),
                as: till.people.customer)
            await #expect(throws: StoreError.wrongStatus(orderID: pending.id, status: .pending)) {
                try await shifts.issue(.sale(pending.id), till: nil, as: till.people.customer)
            }
            // Two of them at the till whose shift it is.
            #expect(try await till.report().beside.copies == 2)
        },
        ContractCase("What happens at a till beside sales is counted, on whose doing it is") { shop in
            let till = try await ExchangeShop(shop)
            let shifts = till.counter.shifts
            await #expect(throws: StoreError.notAllowed(.noSale)) {
                try await shifts.note(.noSale(reason: "change"), till: "1", as: till.people.customer)
            }
            await #expect(throws: StoreError.self) {
                try await shifts.note(.noSale(reason: " "), till: "1", as: till.people.admin)
            }
            try await shifts.note(.noSale(reason: "change"), till: "1", as: till.people.admin)
            try await shifts.note(.noSale(reason: "stuck"), till: "2", as: till.people.admin)
            let staff = till.people.staff
            let (five, nine) = (try shop.amount("5.00"), try shop.amount("9.00"))
            try await shifts.note(.abandoned(pieces: 2, amount: nine), till: "1", as: staff)
            try await shifts.note(.abandoned(pieces: 1, amount: five), till: "1", as: staff)
            try await shifts.note(.tenderTakenBack(methodID: "cash", amount: five), till: "1", as: staff)
            try await shifts.note(.slip(amount: nine), till: "1", as: staff)
            let sale = try await till.sell([(till.lamp, 1)], "a", as: staff)
            let voided = try await till.counter.refunds.void(
                VoidDraft(orderID: sale.id, reason: "wrong"), till: "1", key: shop.key("v"),
                as: till.people.admin)
            let report = try await till.report()
            let beside = report.beside
            #expect(beside.abandoned == 2 && beside.abandonedTotal.minorUnits == 1400)
            #expect(beside.tendersTakenBack == 1 && beside.slips == 1 && beside.exchanges == 0)
            #expect(report.noSales == 1 && report.voids == 1 && report.voidsTotal == sale.total)
            #expect(beside.voidNumbers == [voided.number].compactMap(\.self))
            let sums = Dictionary(uniqueKeysWithValues: report.people.map { ($0.id, $0) })
            #expect(sums[till.people.admin.userID]?.noSales == 1)
            #expect(sums[till.people.admin.userID]?.voids == 0)
            // A void counts on who sold.
            #expect(sums[staff.userID]?.voids == 1 && sums[staff.userID]?.refundsTotal == sale.total)
            let records = try await till.records()
            #expect(
                records.isSuperset(of: [
                    .drawerOpened, .saleAbandoned, .tenderTakenBack, .slipPrinted, .saleVoided,
                ]))
        },
    ]
}

/// A till with an open shift, and lamps without tax.
private struct ExchangeShop {
    let shop: Shop
    let people: Shop.People
    let counter: CounterServices
    let shiftID: Int64
    let lamp: Product
    let dear: Product
    let cheap: Product

    init(_ shop: Shop) async throws {
        self.shop = shop
        people = try await shop.people()
        counter = try shop.counter()
        _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
        lamp = try await shop.product("Lamp", price: "44.91", stock: 9, as: people.admin)
        dear = try await shop.product("Dear lamp", price: "59.90", stock: 9, as: people.admin)
        cheap = try await shop.product("Cheap lamp", price: "39.90", stock: 9, as: people.admin)
        shiftID = try await counter.shifts.open(till: "1", float: shop.amount("0.00"), as: people.admin).id
    }

    func sell(
        _ lines: [(Product, Int)], _ key: String,
        _ tenders: [PaymentRequest] = [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)],
        as who: Principal? = nil
    ) async throws -> Order {
        try await counter.till.sell(
            SaleDraft(
                till: "1", lines: lines.map { try SaleDraft.Line(productID: $0.id, quantity: $1) },
                tenders: tenders), key: shop.key(key), as: who ?? people.admin)
    }

    /// Everything of a sale for so many of a product.
    @discardableResult
    func exchange(
        _ order: Order, for product: Product, _ count: Int = 1, cash: Int64?, _ key: String,
        agreed: String? = nil, method: String? = nil, as who: Principal? = nil
    ) async throws -> Order {
        try await counter.till.sell(
            SaleDraft(
                till: "1", lines: [SaleDraft.Line(productID: product.id, quantity: count)],
                tenders: cash.map { [PaymentRequest(methodID: "cash", tenderedMinor: $0)] } ?? [],
                back: RefundDraft(
                    orderID: order.id,
                    lines: order.items.map { .init(itemID: $0.id, quantity: $0.quantity) },
                    reason: "another one", methodID: method, approvalCode: "Z9",
                    agreed: try agreed.map { try shop.amount($0) })),
            key: shop.key(key), as: who ?? people.admin)
    }

    func refunds(of order: Order) async throws -> [Refund] {
        try await counter.refunds.refunds(of: order.id, as: people.admin)
    }

    func report() async throws -> ShiftReport {
        try await counter.shifts.report(shiftID, as: people.admin)
    }

    /// The kinds of all that is on the journal.
    func records() async throws -> Set<JournalKind> {
        var kinds: Set<JournalKind> = []
        for chain in try await counter.journal.chains(as: people.admin) {
            let records = try await counter.journal.records(
                of: chain, from: 1, limit: 1_000, as: people.admin)
            kinds.formUnion(records.map(\.kind))
        }
        return kinds
    }
}
