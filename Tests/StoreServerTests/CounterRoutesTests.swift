import StoreDomain
import StoreWire
import Testing

/// What a till and a back office ask for.
@Suite struct CounterRoutesTests {
    private static func sale(_ tenders: JSON = [["method": "cash", "given": 50]]) -> JSON {
        [
            "till": "1",
            "lines": [["product_id": 1, "quantity": 2, "discount": ["percent": 10]]], "tenders": tenders,
        ]
    }

    @Test func aSaleIsPricedPlacedPaidAndNumbered() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug", price: "10.00")
            let priced = try await admin.call(.priceSale, [], Self.sale([]))
            #expect(priced["sale.lines.0.line_discount"] == "2.00")
            #expect(priced["sale.taxes.0.rate"] == "8.5" && priced["sale.prices.total"] == "19.53")
            let sold = try await admin.call(.sell, [], Self.sale(), key: "s")
            #expect(sold.status == 201 && sold["order.status"] == "paid")
            #expect(sold["order.number"] == "R1-000001" && sold["order.user_id"] == "null")
            #expect(sold["order.operator_id"] == "1" && sold["order.till"] == "1")
            #expect(sold["order.tenders.0.change"] == "30.47")
            let again = try await admin.call(.sell, [], Self.sale(), key: "s")
            #expect(again.text == sold.text)
            #expect(try await admin.call(.sell, [], Self.sale([]), key: "s")["code"] == "key_reused")
            #expect(try await admin.call(.product, id: 1)["product.stock"] == "3")
            #expect(try await admin.call(.sell, [], ["till": "1", "lines": []])["code"] == "empty_order")
            #expect(try await admin.call(.sell, [], ["lines": [["product_id": 1]]])["fields.till"] != nil)
        }
    }

    @Test func goodsComeBack() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug", price: "10.00")
            _ = try await admin.call(.sell, [], Self.sale())
            func refund(_ quantity: Int, key: String) async throws -> Client.Reply {
                try await admin.call(
                    .refund, [],
                    [
                        "order_id": 1, "till": "1", "reason": "broken",
                        "lines": [["item_id": 1, "quantity": .number("\(quantity)"), "restocks": false]],
                    ], key: key)
            }
            #expect(try await refund(3, key: "a")["code"] == "not_returnable")
            let back = try await refund(1, key: "b")
            #expect(back.status == 201 && back["refund.number"] == "F1-000001")
            #expect(back["refund.tenders.0.method.id"] == "cash")
            #expect(try await refund(1, key: "b").text == back.text)
            #expect(try await admin.call(.refundsOfOrder, id: 1)["refunds"] == "1")
            let order = try await admin.call(.order, id: 1)
            #expect(order["order.status"] == "partially_refunded" && order["order.items.0.returned"] == "1")
            #expect(order["order.refunded"] == back["refund.amount"])
        }
    }

    @Test func aShiftFromFloatToCount() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug", price: "10.00")
            #expect(try await admin.call(.currentShift).text == #"{"shift":null}"#)
            #expect(try await admin.call(.closeShift, [], ["till": "1", "counted": 0])["code"] == "no_shift")
            let opened = try await admin.call(.openShift, [], ["till": "1", "float": 200])
            #expect(opened.status == 201)
            let twice = try await admin.call(.openShift, [], ["till": "1", "float": 0])
            #expect(twice.status == 409 && twice["params.since"] == opened["shift.opened_at"])
            #expect(try await admin.call(.currentShift, [("till", "1")])["shift.float"] == "200.00")
            _ = try await admin.call(.sell, [], Self.sale())
            let moved = try await admin.call(
                .moveCash, [], ["till": "1", "kind": "drop", "amount": 100, "reason": "bank"])
            #expect(moved.status == 201 && moved["movement.by"] == "1")
            let bad = try await admin.call(
                .moveCash, [], ["till": "1", "kind": "theft", "amount": 1, "reason": "x"])
            #expect(bad["fields.kind"] != nil)
            #expect(try await admin.call(.shiftReport, id: 1)["report.expected"] == "119.53")
            #expect(try await admin.call(.shiftReport, id: 9)["params.what"] == "shift")
            let off = try await admin.call(.closeShift, [], ["till": "1", "counted": 119])
            #expect(off.status == 409 && off["params.variance"] == "-0.53")
            let closed = try await admin.call(
                .closeShift, [], ["till": "1", "counted": 119, "reason": "miscounted"])
            #expect(closed["report.shift.number"] == "Z1-000001")
            #expect(closed["report.shift.closing.variance"] == "-0.53")
            #expect(try await admin.call(.shifts, [("till", "1")])["shifts"] == "1")
            #expect(try await admin.call(.shifts, [("till", "2")])["shifts"] == "0")
        }
    }

    @Test func aSaleIsPutAsideAndTakenUp() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let basket: JSON = [
                "lines": [["product_id": 1, "name": "Mug", "unit_price": 10, "quantity": 2]]
            ]
            let parked = try await admin.call(
                .park, [], ["till": "1", "label": "blue coat", "basket": basket])
            #expect(parked.status == 201 && parked["parked_sale.code"] == "10")
            #expect(try await admin.call(.parkedSales)["parked_sales.0.label"] == "blue coat")
            let taken = try await admin.call(.resumeParked, at: "10")
            #expect(taken["parked_sale.basket.lines.0.unit_price"] == "10.00")
            #expect(try await admin.call(.resumeParked, at: "10").status == 404)
            let empty = try await admin.call(.park, [], ["till": "1", "basket": ["lines": []]])
            #expect(empty["code"] == "empty_order")
        }
    }

    @Test func stockIsBooked() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug", stock: 5)
            func book(_ kind: String, _ quantity: Int, cost: JSON? = nil) async throws -> Client.Reply {
                try await admin.call(
                    .adjustStock, [],
                    [
                        "product_id": 1, "kind": .string(kind), "quantity": .number("\(quantity)"),
                        "reason": "because", "unit_cost": cost ?? .null,
                    ])
            }
            #expect(try await book("receiving", 3, cost: 4)["product.stock"] == "8")
            #expect(try await book("loss", -1, cost: 4)["fields.unit_cost"] != nil)
            #expect(try await book("loss", -9)["code"] == "insufficient_stock")
            #expect(try await book("loss", 1)["fields.quantity"] != nil)
            let movements = try await admin.call(.stockMovements, id: 1)
            #expect(
                movements["movements.0.kind"] == "receiving" && movements["movements.0.unit_cost"] == "4.00")
            #expect(movements["movements.0.cost"] == "12.00")
            #expect(try await admin.call(.stockMovements, id: 9).status == 404)
            let cost = try await admin.call(.productCost, id: 1)
            #expect(cost["cost.average"] == "4.00" && cost["cost.value"] == "32.00")
            #expect(try await admin.call(.productCost, id: 9).status == 404)
        }
    }

    @Test func thePolicyIsReadByAnyoneAndChangedByFew() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            #expect(try await anyone.call(.policy)["policy.tax_classes.0.rates.0.rate"] == "8.5")
            let changed = try await admin.call(
                .setPolicy, [], ["name": "orders.pendingminutes", "value": "5"])
            #expect(changed["policy.version"] == "2" && changed["policy.pending_minutes"] == "5")
            #expect(try await anyone.call(.policy).text == changed.text)
            #expect(try await admin.call(.policyHistory)["policies"] == "2")
            let unknown = try await admin.call(.setPolicy, [], ["name": "tax.colour", "value": "red"])
            #expect(unknown.status == 404 && unknown["params.what"] == "policy")
            let bad = try await admin.call(.setPolicy, [], ["name": "tax.rate", "value": "much"])
            #expect(bad["fields.tax.rate"] == nil && bad["code"] == "invalid")
        }
    }

    @Test func codesAreListedAndAdded() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            #expect(try await admin.call(.discounts)["discounts"] == "4")
            let body: JSON = ["code": "Summer", "takes": ["amount": 1], "usage_limit": 2]
            let added = try await admin.call(.addDiscount, [], body)
            #expect(added.status == 201 && added["discount.takes.amount"] == "1.00")
            #expect(try await admin.call(.addDiscount, [], body)["code"] == "taken")
            #expect(
                try await admin.call(.addDiscount, [], ["code": "X", "takes": ["percent": 0]]).status == 400)
        }
    }

    @Test func accountsAndRoles() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let role: JSON = [
                "name": "barista",
                "permissions": ["sell": true, "refund": ["amount": 20], "discountLines": ["percent": 5]],
            ]
            let saved = try await admin.call(.saveRole, [], role)
            #expect(saved["role.permissions.refund.amount"] == "20.00")
            #expect(try await admin.call(.roles)["roles"] == "7")
            let person: JSON = [
                "email": "bo@example.com", "password": "long enough", "name": "Bo", "role": "barista",
            ]
            let added = try await admin.call(.addAccount, [], person)
            #expect(added.status == 201 && added["user.permissions.discountLines.percent"] == "5")
            #expect(try await admin.call(.addAccount, [], person)["code"] == "email_taken")
            #expect(try await admin.call(.accounts)["users"] == "2")
            let credentials: JSON = ["email": "bo@example.com", "password": "another one"]
            #expect(try await admin.call(.setPassword, [], credentials).status == 204)
            #expect(try await anyone.call(.logIn, [], credentials).status == 200)
            let senior = try await admin.call(
                .setRole, [], ["email": "bo@example.com", "role": "senior"])
            #expect(senior["user.role"] == "senior" && senior["user.permissions.sell"] == "true")
            let nobody = try await admin.call(
                .setRole, [], ["email": "no@example.com", "role": "senior"])
            #expect(nobody.status == 404 && nobody["params.what"] == "account")
            let wrong = try await admin.call(
                .saveRole, [], ["name": "b", "permissions": ["sell": ["percent": 5]]])
            #expect(wrong.status == 400)
        }
    }

    @Test func theJournalIsReadAndChecked() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug")
            #expect(try await admin.call(.journalChains).text == #"{"chains":["api"]}"#)
            let records = try await admin.call(.journalRecords, [("from", "2")], at: "api")
            #expect(records["records.0.kind"] == "product.added" && records["records.0.number"] == "2")
            #expect(try await admin.call(.journalRecords, at: "bar").text == #"{"records":[]}"#)
            #expect(try await admin.call(.verifyJournal).text == #"{"breaks":[]}"#)
        }
    }
}
