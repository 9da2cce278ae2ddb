import StoreDomain
import StoreService
import Testing

/// What becomes of an order between its review and its money.
public enum ExpiryContract {
    public static let cases = agreements + expiry + asking + lookingAfter

    private static let lookingAfter = [
        ContractCase("What a due order holds is on sale again though nobody asks for orders") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 1, as: people.admin)
            guard let orders = shop.services.orders as? Orders else { return }
            let first = shop.clock.now()
            let outlook = try await orders.nextDue()
            #expect(outlook.order == nil && outlook.patience == 3_600)
            shop.clock.advance(bySeconds: 600)
            _ = try await orders.place(shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            shop.clock.advance(bySeconds: 3_000)
            // The order can be due no sooner than an hour behind it.
            try await orders.cancelDue()
            #expect(try await orders.nextDue().order == first.advanced(bySeconds: 4_201))
            #expect(try await shop.stock(pen) == 0)
            shop.clock.advance(bySeconds: 601)
            try await orders.cancelDue()
            #expect(try await orders.nextDue().order == nil)
            #expect(try await shop.stock(pen) == 1)
        }
    ]

    private static let agreements = [
        ContractCase("An order whose price changed after its buyer agreed is not placed") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let agreed = try await shop.agreedDraft(pen, 2, code: "SAVE10")
            _ = try await shop.services.catalog.edit(
                pen.id, ProductPatch(price: try shop.amount("11.00")), as: people.staff)
            let refusal = await #expect(throws: StoreError.self) {
                try await shop.services.orders.place(agreed, key: shop.key("a"), as: people.customer)
            }
            guard case .priceChanged(let now)? = refusal else {
                Issue.record("refused with \(String(describing: refusal))")
                return
            }
            #expect(now.subtotal.minorUnits == 2200)
            #expect(now.lines.map(\.unitPrice.minorUnits) == [1100])
            #expect(try await shop.stock(pen) == 9)
            #expect(try await shop.services.orders.orders(OrderQuery(), as: people.customer).total == 0)
            let again = try OrderDraft(
                lines: agreed.lines, discountCode: agreed.discountCode, agreement: PriceAgreement(now))
            let order = try await shop.services.orders.place(again, key: shop.key("b"), as: people.customer)
            #expect(order.total == now.total)
        },
        ContractCase("A tax rate or a discount that changed is a changed price") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            _ = try await shop.services.discounts.add(
                Discount(
                    code: "TODAY", kind: .fixed(try shop.amount("1.00")),
                    validUntil: shop.clock.now().advanced(bySeconds: 60)), as: people.admin)
            let discounted = try await shop.agreedDraft(pen, 1, code: "TODAY")
            let plain = try await shop.agreedDraft(pen, 1, code: nil)
            shop.clock.advance(bySeconds: 60)
            let ended = await #expect(throws: StoreError.self) {
                try await shop.services.orders.place(discounted, key: shop.key("a"), as: people.customer)
            }
            #expect(ended?.isPriceChanged == true)
            _ = try await shop.services.policy.set("tax.rate", to: "10", as: people.admin)
            let taxed = await #expect(throws: StoreError.self) {
                try await shop.services.orders.place(plain, key: shop.key("b"), as: people.customer)
            }
            #expect(taxed?.isPriceChanged == true)
            #expect(try await shop.stock(pen) == 9)
        },
        ContractCase("A retry under its key is the order that was agreed, whatever costs what by then") {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let agreed = try await shop.agreedDraft(pen, 1, code: nil)
            let order = try await shop.services.orders.place(agreed, key: shop.key("a"), as: people.customer)
            _ = try await shop.services.catalog.edit(
                pen.id, ProductPatch(price: try shop.amount("99.00")), as: people.staff)
            #expect(
                try await shop.services.orders.place(agreed, key: shop.key("a"), as: people.customer) == order
            )
        },
    ]

    private static let expiry = [
        ContractCase("An order whose payment screen is open does not expire") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 1, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            for _ in 1...10 {
                shop.clock.advance(bySeconds: 14 * 60)
                try await shop.services.payments.keepOpen(order.id, as: people.staff)
                #expect(try await shop.services.orders.order(order.id, as: people.staff).status == .pending)
            }
            shop.clock.advance(bySeconds: 15 * 60 + 1)
            #expect(try await shop.services.orders.order(order.id, as: people.staff).status == .cancelled)
            #expect(try await shop.stock(pen) == 1)
        },
        ContractCase("Within the grace, paying an order that expired lets it stand again") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 1, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)], code: "SAVE10"), key: shop.key("a"), as: people.customer)
            shop.clock.advance(bySeconds: 3601)
            #expect(try await shop.services.orders.order(order.id, as: people.staff).status == .cancelled)
            shop.clock.advance(bySeconds: 14 * 60)
            let paid = try await shop.services.payments.pay(
                order.id, [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)], key: shop.key("p"),
                as: people.staff)
            #expect(paid.status == .paid && paid.total == order.total)
            #expect(try await shop.stock(pen) == 0)
            let codes = try await shop.services.discounts.discounts(as: people.admin)
            #expect(codes.first { $0.code == "SAVE10" }?.timesUsed == 1)
        },
        ContractCase("After the grace an expired order takes no cash") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 1, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            shop.clock.advance(bySeconds: 3601)
            _ = try await shop.services.orders.order(order.id, as: people.staff)
            shop.clock.advance(bySeconds: 15 * 60 + 1)
            await #expect(throws: StoreError.wrongStatus(orderID: order.id, status: .cancelled)) {
                try await shop.services.payments.pay(
                    order.id, [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)], key: shop.key("p"),
                    as: people.staff)
            }
        },
        ContractCase("An approval code for an order that cannot stand again is on record") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 1, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            _ = try await shop.services.orders.cancel(order.id, as: people.customer)
            _ = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("b"), as: people.stranger)
            let stranded = StrandedPayment(
                orderID: order.id, methodID: "card", amount: order.total, approvalCode: "A-77")
            await #expect(throws: StoreError.paymentStranded(stranded, soldOut: "Pen")) {
                try await shop.services.payments.pay(
                    order.id, [PaymentRequest(methodID: "card", approvalCode: "A-77")], key: shop.key("p"),
                    as: people.staff)
            }
            #expect(try await shop.services.payments.stranded(as: people.staff) == [stranded])
            #expect(try await shop.services.orders.order(order.id, as: people.staff).status == .cancelled)
        },
    ]

    private static let asking = [
        ContractCase("An order is found by the key it was placed under, and asking places none") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.00", stock: 9, as: people.admin)
            let orders = shop.services.orders
            #expect(try await orders.order(placedUnder: shop.key("a"), as: people.customer) == nil)
            #expect(try await shop.stock(pen) == 9)
            let order = try await orders.place(
                shop.draft([(pen, 2)]), key: shop.key("a"), as: people.customer)
            #expect(try await orders.order(placedUnder: shop.key("a"), as: people.customer) == order)
            #expect(try await orders.order(placedUnder: shop.key("a"), as: people.stranger) == nil)
        },
        ContractCase("Giving up a checkout that placed nothing places nothing") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.00", stock: 9, as: people.admin)
            let userID = try #require(people.customer.userID)
            let flow = CheckoutFlow(services: shop.services, ids: CountingIDs())
            var pending = try await flow.begin(shop.draft([(pen, 2)]), for: .user(userID))
            pending.paysLater = true
            try await flow.abandon(pending, owner: .user(userID), principal: people.customer)
            #expect(try await shop.services.orders.orders(OrderQuery(), as: people.customer).total == 0)
            #expect(try await shop.stock(pen) == 9)
        },
    ]
}

extension Shop {
    /// What a buyer agreed to, as the store would quote it now.
    fileprivate func agreedDraft(_ product: Product, _ quantity: Int, code: String?) async throws
        -> OrderDraft
    {
        let line = PricedLine(
            productID: product.id, name: product.name, unitPrice: product.price, quantity: quantity)
        let quote = try await services.payments.quote([line], discountCode: code, as: .guest)
        return try OrderDraft(
            lines: [OrderDraft.Line(productID: product.id, quantity: quantity)], discountCode: code,
            agreement: PriceAgreement(quote))
    }
}

extension StoreError {
    var isPriceChanged: Bool { if case .priceChanged = self { true } else { false } }
}
