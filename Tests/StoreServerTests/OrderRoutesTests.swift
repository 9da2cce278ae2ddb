import StoreDomain
import StoreWire
import Testing

/// Looking orders up, agreeing to prices and paying with tenders.
@Suite struct OrderRoutesTests {
    @Test func anOrderIsFoundByItsKey() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug")
            let key = "a/b?c=100%+d"
            #expect(try await customer.call(.orderByKey, at: key)["code"] == "not_found")
            let placed = try await customer.order(mug, key: key)
            let found = try await customer.call(.orderByKey, at: key)
            #expect(found.status == 200 && found["order.id"] == placed["order.id"])
            #expect(try await admin.call(.orderByKey, at: key).status == 404)
            #expect(try await customer.call(.orders)["count"] == "1")
        }
    }

    @Test func everybodysOrdersAreForThoseWhoMaySeeThem() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug")
            _ = try await admin.order(mug)
            _ = try await customer.order(mug)
            try await customer.call(.cancelOrder, id: 2)
            #expect(try await admin.call(.orders)["count"] == "1")
            #expect(try await admin.call(.orders, [("scope", "all")])["count"] == "2")
            let cancelled = try await admin.call(.orders, [("scope", "all"), ("status", "cancelled")])
            #expect(cancelled["count"] == "1" && cancelled["orders.0.id"] == "2")
            #expect(try await customer.call(.orders, [("status", "pending")])["count"] == "0")
            let refused = try await customer.call(.orders, [("scope", "all")])
            #expect(refused.status == 403 && refused["params.permission"] == "seeAllOrders")
            for (name, value) in [("scope", "some"), ("status", "lost")] {
                #expect(try await admin.call(.orders, [(name, value)])["fields.\(name)"] != nil)
            }
        }
    }

    @Test func anAgreementThatIsNotKeptPlacesNothing() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "10.00")
            func agreed(_ price: String, _ total: String) -> JSON {
                [
                    "items": [["product_id": .number("\(mug)")]],
                    "agreed": [
                        "unit_prices": [.number(price)], "subtotal": .number(price), "discount_amount": 0,
                        "tax": .number("0.85"), "total": .number(total), "discount_code": nil,
                    ],
                ]
            }
            let refused = try await admin.call(.placeOrder, [], agreed("9.00", "9.85"))
            #expect(refused.status == 409 && refused["code"] == "price_changed")
            #expect(refused["params.prices.total"] == "10.85")
            #expect(refused["params.prices.lines.0.unit_price"] == "10.00")
            #expect(try await admin.call(.orders)["count"] == "0")
            #expect(try await admin.call(.placeOrder, [], agreed("10.00", "10.85")).status == 201)
            var short = agreed("10.00", "10.85")
            if case .object(let members) = short {
                short = .object([members[0], ("agreed", ["unit_prices": []])])
            }
            #expect(try await admin.call(.placeOrder, [], short)["code"] == "malformed")
        }
    }

    @Test func productsByTheirNumbers() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            for name in ["A", "B", "C"] { _ = try await admin.product(name) }
            let found = try await anyone.call(.products, [("ids", "3,1,99")])
            #expect(found["total"] == "2")
            #expect(Set([found["products.0.name"], found["products.1.name"]]) == ["A", "C"])
            for bad in ["1,x", "1,,2", Array(repeating: "1", count: 101).joined(separator: ",")] {
                #expect(try await anyone.call(.products, [("ids", bad)])["fields.ids"] != nil)
            }
        }
    }

    @Test func aProductComesBackOnSale() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            #expect(try await admin.call(.removeProduct, id: mug).status == 204)
            #expect(try await admin.call(.editProduct, id: mug, [], ["price": 1]).status == 404)
            let back = try await admin.call(.editProduct, id: mug, [], ["is_archived": false])
            #expect(back.status == 200 && back["product.is_archived"] == "false")
            #expect(try await anyone.call(.product, id: mug).status == 200)
            #expect(
                try await admin.call(.editProduct, id: 99, [], ["is_archived": false])["code"] == "not_found")
        }
    }

    @Test func aQuoteOfLinesForAnyone() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "10.00")
            let body: JSON = [
                "lines": [
                    ["product_id": .number("\(mug)"), "quantity": 2],
                    ["name": "Wrap", "unit_price": .number("5.00")],
                ], "discount_code": "save20",
            ]
            let quote = try await anyone.call(.quote, [], body)
            #expect(quote.status == 200)
            #expect(quote["prices.subtotal"] == "25.00" && quote["prices.discount_amount"] == "5.00")
            #expect(quote["prices.tax"] == "2.13" && quote["prices.total"] == "22.13")
            #expect(quote["prices.discount_code"] == "SAVE20")
            #expect(quote["prices.lines.0.name"] == "Mug")
            #expect(quote["prices.steps.0.kind"] == "line" && quote["prices.steps.3.kind"] == "discount")
            #expect(quote["prices.steps.3.takes.percent"] == "20")
            let unknown = try await anyone.call(
                .quote, [], ["lines": [["unit_price": 1]], "discount_code": "NOPE"])
            #expect(unknown["prices.discount_refused.why"] == "unknown")
            let gone = try await anyone.call(.quote, [], ["lines": [["product_id": 99]]])
            #expect(gone.status == 404 && gone["params.id"] == "99")
            let many: JSON = .array(
                Array(repeating: ["product_id": 1], count: Order.maximumLines + 1))
            for bad: JSON in [
                [:], ["lines": [[:]]], ["lines": many], ["lines": [["unit_price": 1, "quantity": 0]]],
            ] {
                #expect(try await anyone.call(.quote, [], bad).status == 400)
            }
        }
    }

    @Test func tendersSettleAnOrder() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug", price: "10.00")
            _ = try await customer.order(mug)
            let methods = try await admin.call(.paymentMethods)
            #expect(methods["methods.0.id"] == "cash" && methods["methods.4.id"] == "online")
            #expect(try await customer.call(.paymentMethods)["methods"] == "1")
            func pay(_ tenders: JSON, as somebody: Client) async throws -> Client.Reply {
                try await somebody.call(.checkout, [], ["order_id": 1, "tenders": tenders])
            }
            let little = try await pay([["method": "cash", "given": 1]], as: admin)
            #expect(little["code"] == "payment_refused" && little["params.why"] == "too_little")
            #expect(little["params.missing"] == "9.85")
            #expect(try await pay([["method": "cash", "given": 20]], as: customer).status == 403)
            let paid = try await pay(
                [
                    ["method": "card", "amount": 5, "approval_code": "A-1"],
                    ["method": "cash", "given": 10],
                ], as: admin)
            #expect(paid["order.status"] == "paid" && paid["order.tenders"] == "2")
            #expect(paid["order.tenders.0.approval_code"] == "A-1")
            #expect(paid["order.tenders.1.amount"] == "5.85" && paid["order.tenders.1.change"] == "4.15")
        }
    }

    @Test func anOrderWhosePaymentIsOpenIsKept() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            _ = try await admin.order(mug)
            _ = try await admin.order(mug)
            server.clock.advance(bySeconds: 3590)
            let ada = try await anyone.signedIn("ada@example.com")
            #expect(try await ada.call(.keepPaymentOpen, id: 1).status == 204)
            server.clock.advance(bySeconds: 60)
            #expect(try await ada.call(.order, id: 1)["order.status"] == "pending")
            #expect(try await ada.call(.order, id: 2)["order.status"] == "cancelled")
            #expect(try await ada.call(.keepPaymentOpen, id: 2)["code"] == "wrong_status")
            #expect(try await ada.call(.keepPaymentOpen, id: 77).status == 404)
        }
    }

    @Test func moneyForAnOrderThatCannotStandIsOnRecord() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "10.00", stock: 1)
            _ = try await admin.order(mug)
            try await admin.call(.cancelOrder, id: 1)
            _ = try await admin.order(mug)
            let stranded = try await admin.call(
                .checkout, [],
                ["order_id": 1, "tenders": [["method": "card", "approval_code": "A-77"]]])
            #expect(stranded.status == 409 && stranded["code"] == "payment_stranded")
            #expect(stranded["params.payment.approval_code"] == "A-77")
            let kept = try await admin.call(.strandedPayments)
            #expect(kept["payments.0.approval_code"] == "A-77" && kept["payments.0.amount"] == "10.85")
        }
    }

    @Test func whatWasSoldByTheDaysOfTheShop() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "10.00")
            _ = try await admin.order(mug)
            try await admin.call(.checkout, [], ["order_id": 1])
            func keepTime(_ zone: String) async throws {
                try await admin.call(.setPolicy, [], ["name": "shop.timezone", "value": .string(zone)])
            }
            try await keepTime("Europe/Zurich")
            let days = try await admin.call(.dailySales, [("days", "2")])
            #expect(days["days"] == "2" && days["days.0.orders"] == "0")
            #expect(days["days.1.start"] == "2026-03-13T23:00:00Z")
            #expect(days["days.1.orders"] == "1" && days["days.1.total"] == "10.85")
            // Ten hours west it is still yesterday's date there, but today's sale.
            try await keepTime("Pacific/Honolulu")
            let west = try await admin.call(.dailySales, [("days", "1")])
            #expect(west["days.0.start"] == "2026-03-13T10:00:00Z" && west["days.0.orders"] == "1")
            #expect(try await admin.call(.dailySales, [("days", "367")])["fields.days"] != nil)
        }
    }
}
