import StoreDomain
import StoreWire
import Testing

/// Customers as JSON: found page by page, merged, exported and erased.
@Suite struct CustomerRoutesTests {
    @Test func customersAreFoundPageByPage() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            for name in ["ann", "bob", "cid"] { _ = try await anyone.registered("\(name)@example.com") }
            let first = try await admin.call(.customers, [("limit", "2")])
            #expect(first["customers.0.email"] == "cid@example.com", "\(first.text)")
            #expect(first["customers.1.email"] == "bob@example.com" && first["customers.2.id"] == nil)
            let next = try #require(first["next"])
            let second = try await admin.call(.customers, [("limit", "2"), ("after", next)])
            #expect(second["customers.0.email"] == "ann@example.com" && second["next"] == "null")
            #expect(
                try await admin.call(.customers, [("find", "bob")])["customers.0.email"] == "bob@example.com")
            let short = try await admin.call(.customers, [("find", "b")])
            #expect(short.status == 400 && short["fields.customer"] != nil)
            #expect(try await admin.call(.customers, [("after", "x")])["fields.after"] != nil)
        }
    }

    @Test func oneIsMergedExportedAndErased() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let ann = try await anyone.registered("ann@example.com")
            let bob = try await anyone.registered("bob@example.com")
            _ = try await admin.product("Mug", price: "10.00", stock: 9)
            #expect(
                try await ann.call(.placeOrder, [], ["items": [["product_id": 1]]], key: "a").status == 201)
            let shown = try await admin.call(.customer, id: 2)
            #expect(shown["customer.account.email"] == "ann@example.com", "\(shown.text)")
            #expect(shown["customer.figures.orders"] == "1" && shown["customer.credit"] == "null")
            let merged = try await admin.call(.mergeCustomers, id: 2, [], ["into": 3])
            #expect(merged["customer.account.id"] == "3" && merged["customer.orders.0.user_id"] == "3")
            // Her token opens nothing any more.
            #expect(try await ann.call(.me).status == 401)
            #expect(try await ann.call(.orders).status == 401)
            #expect(try await bob.call(.orders)["orders.0.id"] == "1")
            let gone = try await admin.call(.customer, id: 2)
            #expect(gone.status == 404 && gone["params.what"] == "customer", "\(gone.text)")
            let export = try await admin.call(.exportCustomer, id: 3)
            #expect(
                export["export.orders.0.id"] == "1" && export["export.account.email"] == "bob@example.com")
            let waiting = try await admin.call(.eraseCustomer, id: 3)
            #expect(waiting.status == 400 && waiting["fields.customer"]?.contains("order 1") == true)
            _ = try await admin.call(.cancelOrder, id: 1)
            let erased = try await admin.call(.eraseCustomer, id: 3)
            #expect(erased.status == 200 && erased["user.name"] == User.formerName, "\(erased.text)")
            #expect(try await bob.call(.me).status == 401)
            let refused = try await anyone.call(
                .register, [],
                ["email": "x@erased.invalid", "password": "long enough", "name": "X"])
            #expect(refused.status == 400 && refused["fields.email"] != nil)
        }
    }
}
