import StoreDomain
import Testing

/// What `PaymentService` and `DiscountService` promise.
public enum PaymentContract {
    public static let cases = quoting + paying + refusing + discounts

    private static let quoting = [
        ContractCase("A quote is what the order then costs, for guests too") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "19.99", stock: 9, as: people.admin)
            let lines = [PricedLine(name: "Pen", unitPrice: pen.price, quantity: 3)]
            for (number, code) in [nil, "save10", "FLAT5", "NOSUCH", "  "].enumerated() {
                let quote = try await shop.services.payments.quote(lines, discountCode: code, as: .guest)
                let order = try await shop.services.orders.place(
                    shop.draft([(pen, 3)], code: code), key: shop.key("k\(number)"), as: people.customer)
                #expect(quote.total == order.total)
                #expect(quote.discount == order.discount)
                #expect(quote.tax == order.tax)
                #expect(quote.discountCode == order.discountCode)
                #expect((quote.discountProblem == .unknown) == (code == "NOSUCH"))
                _ = try await shop.services.orders.cancel(order.id, as: people.customer)
            }
            #expect(try await shop.services.payments.quote([], discountCode: nil, as: .guest).total.isZero)
        },
        ContractCase("Lines that no order could have are refused, not added up") { shop in
            let price = try shop.amount("1.00")
            let line = PricedLine(name: "Pen", unitPrice: price, quantity: 1)
            let tooDear = Money(minorUnits: .max)
            for lines in [
                [PricedLine(name: "Pen", unitPrice: price, quantity: 0)],
                [PricedLine(name: "Pen", unitPrice: price, quantity: -1)],
                [PricedLine(name: "Pen", unitPrice: tooDear, quantity: 2)],
                [PricedLine(name: "Pen", unitPrice: Money(minorUnits: -1), quantity: 2)],
                Array(repeating: line, count: Order.maximumLines + 1),
            ] {
                await #expect(throws: StoreError.self) {
                    try await shop.services.payments.quote(lines, discountCode: nil, as: .guest)
                }
            }
        },
    ]

    private static let paying = [
        ContractCase("Staff take cash with change and cards with their code, customers the demo card") {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 9, as: people.admin)
            let (orders, payments) = (shop.services.orders, shop.services.payments)
            #expect(try await payments.methods(as: .guest).isEmpty)
            #expect(try await payments.methods(as: people.customer) == [.simulatedCard])
            #expect(
                try await payments.methods(as: people.staff) == [
                    .cash, .externalCard, .giftCard, .storeCredit, .simulatedCard,
                ])
            var placed: [Int64] = []
            for key in ["a", "b", "c"] {
                placed.append(
                    try await orders.place(
                        shop.draft([(pen, 1)]), key: shop.key(key), as: people.customer
                    ).id)
            }
            let cash = try await payments.pay(
                placed[0], [PaymentRequest(methodID: "cash", tenderedMinor: 4000)], key: shop.key("a"),
                as: people.staff)
            #expect(cash.status == .paid)
            #expect(cash.payments.first?.amount == cash.total)
            #expect(cash.payments.first?.change == (try shop.amount("7.46")))
            #expect(cash.payments.first?.paidAt == shop.clock.now())
            let card = try await payments.pay(
                placed[1], [PaymentRequest(methodID: "card", approvalCode: " A-123 ")], key: shop.key("b"),
                as: people.staff)
            #expect(card.payments.first?.approvalCode == "A-123")
            #expect(card.payments.first?.method == .externalCard)
            let demo = try await payments.pay(
                placed[2], [PaymentRequest(methodID: nil)], key: shop.key("c"), as: people.customer)
            #expect(demo.payments.first?.method == .simulatedCard)
            #expect(try await orders.order(demo.id, as: people.customer) == demo)
            #expect(try await orders.orders(OrderQuery(status: .paid), as: people.customer).total == 3)
        },
        ContractCase("Paying again with the same key is the same payment; with another it is refused") {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 9, as: people.admin)
            let payments = shop.services.payments
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            let other = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("b"), as: people.customer)
            let request = PaymentRequest(methodID: "demo-card")
            let paid = try await payments.pay(order.id, [request], key: shop.key("a"), as: people.customer)
            shop.clock.advance(bySeconds: 9)
            #expect(
                try await payments.pay(order.id, [request], key: shop.key("a"), as: people.customer) == paid)
            await #expect(throws: StoreError.keyReused) {
                try await payments.pay(other.id, [request], key: shop.key("a"), as: people.customer)
            }
            await #expect(throws: StoreError.wrongStatus(orderID: order.id, status: .paid)) {
                try await payments.pay(order.id, [request], key: shop.key("b"), as: people.customer)
            }
            await #expect(throws: StoreError.wrongStatus(orderID: order.id, status: .paid)) {
                try await shop.services.orders.cancel(order.id, as: people.customer)
            }
        },
        ContractCase("32 payments at once, with one key or with many: one is taken") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 9, as: people.admin)
            for sharesKey in [true, false] {
                let order = try await shop.services.orders.place(
                    shop.draft([(pen, 1)]), key: shop.key("\(sharesKey)"), as: people.customer)
                let answers = await withTaskGroup(of: Result<Order, StoreError>.self) { group in
                    for number in 0..<32 {
                        group.addTask {
                            do {
                                return .success(
                                    try await shop.services.payments.pay(
                                        order.id, [PaymentRequest(methodID: nil)],
                                        key: shop.key(sharesKey ? "same" : "key\(number)"),
                                        as: people.customer))
                            } catch {
                                return .failure(error as? StoreError ?? .outcomeUnknown)
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                let paid = answers.compactMap { try? $0.get() }
                #expect(paid.count == (sharesKey ? 32 : 1))
                #expect(Set(paid).count == 1)
                let refusal = Result<Order, StoreError>.failure(
                    .wrongStatus(orderID: order.id, status: .paid))
                #expect(answers.count(where: { $0 == refusal }) == (sharesKey ? 0 : 31))
            }
        },
    ]

    private static let refusing = [
        ContractCase("What cannot settle an order leaves it pending, and its key free") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 9, as: people.admin)
            let payments = shop.services.payments
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            let key = try shop.key("p")
            for (request, reason) in [
                (
                    PaymentRequest(methodID: "cash", tenderedMinor: 3253),
                    PaymentProblem.tooLittle(missing: try shop.amount("0.01"))
                ),
                (PaymentRequest(methodID: "cash"), .cashNotNamed),
                (
                    PaymentRequest(methodID: "card", approvalCode: "no code!"), .approvalCodeUnusable
                ),
                (PaymentRequest(methodID: "card"), .approvalCodeMissing),
                (PaymentRequest(methodID: "cheque"), .methodNotTaken),
            ] {
                await #expect(throws: StoreError.paymentRefused(reason)) {
                    try await payments.pay(order.id, [request], key: key, as: people.staff)
                }
            }
            await #expect(throws: StoreError.notAllowed(.takePayment)) {
                try await payments.pay(
                    order.id, [PaymentRequest(methodID: "cash", tenderedMinor: 9999)], key: key,
                    as: people.customer)
            }
            await #expect(throws: StoreError.signInRequired) {
                try await payments.pay(order.id, [PaymentRequest(methodID: nil)], key: key, as: .guest)
            }
            await #expect(throws: StoreError.notFound(.order(order.id))) {
                try await payments.pay(
                    order.id, [PaymentRequest(methodID: nil)], key: key, as: people.stranger)
            }
            #expect(try await shop.services.orders.order(order.id, as: people.customer) == order)
            let exact = PaymentRequest(methodID: "cash", tenderedMinor: 3254)
            #expect(
                try await payments.pay(order.id, [exact], key: key, as: people.staff).payments.first?.change?
                    .isZero
                    == true)
        },
        ContractCase("A cancelled order takes no money") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 9, as: people.admin)
            let cancelled = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            _ = try await shop.services.orders.cancel(cancelled.id, as: people.customer)
            await #expect(throws: StoreError.wrongStatus(orderID: cancelled.id, status: .cancelled)) {
                try await shop.services.payments.pay(
                    cancelled.id, [PaymentRequest(methodID: nil)], key: shop.key("p"), as: people.customer)
            }
        },
        ContractCase("A real shop takes no demo card", ContractOptions(isDemo: false)) { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 9, as: people.admin)
            let payments = shop.services.payments
            #expect(try await payments.methods(as: people.customer).isEmpty)
            #expect(
                try await payments.methods(as: people.admin) == [
                    .cash, .externalCard, .giftCard, .storeCredit,
                ])
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            for methodID in [nil, "demo-card"] {
                await #expect {
                    try await payments.pay(
                        order.id, [PaymentRequest(methodID: methodID)], key: shop.key("p"), as: people.admin)
                } throws: { error in
                    if case .paymentRefused? = error as? StoreError { true } else { false }
                }
            }
        },
    ]

    private static let discounts = [
        ContractCase("A store has the built-in codes; an admin adds more") { shop in
            let people = try await shop.people()
            let service = shop.services.discounts
            #expect(
                try await service.discounts(as: people.admin).map(\.code) == [
                    "FLAT5", "SAVE10", "SAVE20", "SAVE30",
                ])
            let from = shop.clock.now()
            let summer = try Discount(
                code: "Été-24", kind: .percent(try #require(Rate(percentText: "8.875"))), validFrom: from,
                validUntil: from.advanced(bySeconds: 60), minimumSubtotal: try shop.amount("10.00"),
                usageLimit: 2)
            #expect(try await service.add(summer, as: people.admin) == summer)
            #expect(try await service.discounts(as: people.admin).contains(summer))
            let twin = try Discount(code: "ÉTÉ-24", kind: .fixed(try shop.amount("1.00")))
            await #expect(throws: StoreError.taken(field: "code", value: "ÉTÉ-24")) {
                try await service.add(twin, as: people.admin)
            }
            await #expect(throws: StoreError.notAllowed(.manageDiscounts)) {
                try await service.add(twin, as: people.staff)
            }
            await #expect(throws: StoreError.notAllowed(.manageDiscounts)) {
                try await service.discounts(as: people.customer)
            }
        },
        ContractCase("A code ends, counts again, and counts on its days alone, by the shop's calendar") {
            shop in
            let people = try await shop.people()
            let service = shop.services.discounts
            let pen = try await shop.product("Pen", price: "50.00", stock: 9, as: people.admin)
            func problem() async throws -> DiscountProblem? {
                let lines = [PricedLine(productID: pen.id, name: "Pen", unitPrice: pen.price, quantity: 2)]
                let quote = try await shop.services.payments.quote(
                    lines, discountCode: "save10", as: people.customer)
                return quote.discountProblem
            }
            #expect(try await problem() == nil)
            let ended = try await service.change("save10", .end, as: people.admin)
            #expect(!ended.isActive && ended.code == "SAVE10")
            #expect(try await problem() == .inactive)
            // Done once more, it is done.
            #expect(try await service.change("SAVE10", .end, as: people.admin) == ended)
            _ = try await service.change("SAVE10", .resume, as: people.admin)
            #expect(try await problem() == nil)
            let today = ShopZone.utc.dateText(shop.clock.now())
            let day = try #require(ShopDay(today))
            let last = try await service.change(
                "SAVE10", .days(ValidDays(first: day, last: day)), as: people.admin)
            #expect(last.validUntil == ShopZone.utc.startOfDay(today, plusDays: 1))
            #expect(try await problem() == nil)
            let tomorrow = try await service.change(
                "SAVE10", .days(ValidDays(first: day.advanced(by: 1), last: nil)), as: people.admin)
            #expect(tomorrow.validUntil == nil)
            #expect(try await problem() == tomorrow.validFrom.map { .notYet($0) })
            let before = try await service.change(
                "SAVE10", .days(ValidDays(first: nil, last: day.advanced(by: -1))), as: people.admin)
            #expect(try await problem() == before.validUntil.map { .expired($0) })
            let always = try await service.change("SAVE10", .days(.always), as: people.admin)
            #expect(always.validFrom == nil && always.validUntil == nil)
            #expect(try await service.discounts(as: people.admin).contains(always))
            #expect(try await problem() == nil)
            await #expect(throws: StoreError.notFound(.discount("NONE"))) {
                try await service.change("NONE", .end, as: people.admin)
            }
            await #expect(throws: StoreError.notAllowed(.manageDiscounts)) {
                try await service.change("SAVE10", .end, as: people.staff)
            }
        },
        ContractCase("A limited code counts as often as its limit says; cancelled orders give it back") {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 99, as: people.admin)
            _ = try await shop.services.discounts.add(
                Discount(code: "Twice", kind: .fixed(try shop.amount("1.00")), usageLimit: 2),
                as: people.admin)
            let draft = try shop.draft([(pen, 1)], code: "TWICE")
            let orders = shop.services.orders
            let first = try await orders.place(draft, key: shop.key("a"), as: people.customer)
            #expect(first.discountCode == "Twice")
            _ = try await orders.place(draft, key: shop.key("b"), as: people.customer)
            #expect(try await shop.uses(of: "Twice", as: people.admin) == 2)
            let third = try await orders.place(draft, key: shop.key("c"), as: people.customer)
            #expect(third.discount.isZero && third.discountCode == nil)
            _ = try await orders.cancel(first.id, as: people.customer)
            #expect(try await shop.uses(of: "Twice", as: people.admin) == 1)
            let fourth = try await orders.place(draft, key: shop.key("d"), as: people.customer)
            #expect(fourth.discountCode == "Twice")
            shop.clock.advance(bySeconds: 3601)
            _ = try await orders.orders(OrderQuery(), as: people.customer)
            #expect(try await shop.uses(of: "Twice", as: people.admin) == 0)
        },
        ContractCase("Of many orders at once a code with one use left serves one") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 99, as: people.admin)
            _ = try await shop.services.discounts.add(
                Discount(code: "ONCE", kind: .fixed(try shop.amount("1.00")), usageLimit: 1),
                as: people.admin)
            let draft = try shop.draft([(pen, 1)], code: "once")
            let discounted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await shop.services.orders.place(
                            draft, key: shop.key("k\(number)"), as: people.customer
                        ).discountCode != nil
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(discounted == 1)
        },
    ]
}

extension Shop {
    fileprivate func uses(of code: String, as admin: Principal) async throws -> Int? {
        try await services.discounts.discounts(as: admin).first { $0.code == code }?.timesUsed
    }
}
