import StoreDomain
import StoreWire
import Testing

/// What every server of the contract has, line by line, with its statuses, fields and messages.
@Suite(.serialized) struct ContractTableTests {
    @Test func register() async throws {
        try await TestServer().run { anyone in
            let body: JSON = ["email": "ada@example.com", "password": "long enough", "name": "Ada"]
            let made = try await anyone.call(.register, [], body)
            #expect(made.status == 201)
            #expect(made["message"] == "User registered successfully")
            #expect(made["user.email"] == "ada@example.com")
            #expect(made["user.password"] == nil)
            #expect(made["access_token"]?.split(separator: ".").count == 3)

            let again = try await anyone.call(
                .register, [], ["email": "ADA@example.com", "password": "long enough", "name": "Ada"])
            #expect(again.status == 409)
            #expect(again["error"] == "Email already registered")

            let missing = try await anyone.call(.register, [], ["email": "bob@example.com", "name": ""])
            #expect(missing.status == 400)
            #expect(missing["error"] == "Missing required fields: email, password, name")
            #expect(missing["fields.password"] == "is missing")
            #expect(missing["fields.name"] == "is missing")
            #expect(missing["fields.email"] == nil)

            let invalid = try await anyone.call(
                .register, [], ["email": "bob", "password": "short", "name": "Bob"])
            #expect(invalid.status == 400)
            #expect(invalid["fields.email"] == "must look like name@example.com")
            #expect(invalid["fields.password"] == "must be 8 characters or more")
            #expect(try await anyone.call(.register).status == 400)
        }
    }

    @Test func theFirstAccountIsTheAdmin() async throws {
        try await TestServer().run { anyone in
            let first = try await anyone.registered("ada@example.com").call(.me)
            let second = try await anyone.registered("bob@example.com").call(.me)
            #expect(first["user.role"] == "admin")
            #expect(second["user.role"] == "customer")
        }
    }

    @Test func logIn() async throws {
        try await TestServer().run { anyone in
            _ = try await anyone.registered("ada@example.com")
            func logIn(_ email: String, _ password: String) async throws -> Client.Reply {
                try await anyone.call(.logIn, [], ["email": .string(email), "password": .string(password)])
            }
            let right = try await logIn(" Ada@Example.com", TestServer.password)
            #expect(right.status == 200)
            #expect(right["message"] == "Login successful")
            #expect(right["user.name"] == "Name")
            #expect(right["access_token"] != nil)
            for (email, password) in [("ada@example.com", "wrong"), ("nobody@example.com", "wrong")] {
                let wrong = try await logIn(email, password)
                #expect(wrong.status == 401)
                #expect(wrong["error"] == "Invalid email or password")
            }
            let missing = try await anyone.call(.logIn, [], ["email": "ada@example.com"])
            #expect(missing.status == 400)
            #expect(missing["error"] == "Missing required fields: email, password")
        }
    }

    @Test func afterFiveFailuresLoggingInWaits() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            _ = try await anyone.registered("ada@example.com")
            let wrong: JSON = ["email": "ada@example.com", "password": "wrong"]
            for _ in 0..<5 { #expect(try await anyone.call(.logIn, [], wrong).status == 401) }
            let early = try await anyone.call(.logIn, [], wrong)
            #expect(early.status == 429)
            #expect(early.headers[.retryAfter] == "1")
            server.clock.advance(bySeconds: 1)
            _ = try await anyone.signedIn("ada@example.com")
        }
    }

    @Test func me() async throws {
        try await TestServer().run { anyone in
            #expect(try await anyone.call(.me).status == 401)
            let reply = try await anyone.registered("ada@example.com").call(.me)
            #expect(reply.status == 200)
            #expect(reply["user.id"] == "1")
        }
    }

    @Test func products() async throws {
        try await TestServer().run { anyone in
            let empty = try await anyone.call(.products)
            #expect(empty.text == #"{"products":[],"total":0,"page":1,"per_page":20,"pages":0}"#)
            let admin = try await anyone.registered("ada@example.com")
            for number in 1...25 {
                _ = try await admin.product(
                    "Mug \(number)", category: number.isMultiple(of: 5) ? "Fifth" : nil)
            }
            let first = try await anyone.call(.products)
            #expect(first["products"] == "20")
            #expect(first["products.0.name"] == "Mug 25")
            #expect(first["total"] == "25")
            #expect(first["pages"] == "2")
            let second = try await anyone.call(.products, [("page", "2"), ("per_page", "20")])
            #expect(second["products"] == "5")
            #expect(second["products.4.name"] == "Mug 1")
            #expect(try await anyone.call(.products, [("page", "9")])["products"] == "0")
            #expect(try await anyone.call(.products, [("category", "Fifth")])["total"] == "5")
            #expect(try await anyone.call(.products, [("category", "None")])["total"] == "0")
            #expect(try await anyone.call(.products, [("per_page", "1000")])["per_page"] == "100")
            for (name, value) in [("page", "0"), ("page", "x"), ("per_page", "-1"), ("sort", "up")] {
                let refused = try await anyone.call(.products, [(name, value)])
                #expect(refused.status == 400)
                #expect(refused["fields.\(name)"] != nil)
            }
        }
    }

    @Test func product() async throws {
        try await TestServer().run { anyone in
            let id = try await anyone.registered("ada@example.com").product("Mug", price: "29.9900000001")
            let found = try await anyone.call(.product, id: id)
            #expect(found.status == 200)
            #expect(found["product.price"] == "29.99")
            for target in ["/api/products/99", "/api/products/abc", "/api/products/99999999999999999999"] {
                let missing = try await anyone.send(.get, target)
                #expect(missing.status == 404)
                #expect(missing["error"] == "Product not found")
            }
        }
    }

    @Test func search() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            for name in ["Blue mug", "Red mug", "Plate"] { _ = try await admin.product(name) }
            let found = try await anyone.call(.searchProducts, [("q", "mug"), ("per_page", "1")])
            #expect(found.status == 200)
            #expect(found["products"] == "1")
            #expect(found["count"] == "2")
            #expect(try await anyone.call(.searchProducts, [("q", "spoon")])["count"] == "0")
            #expect(try await anyone.call(.searchProducts).status == 400)
            #expect(try await anyone.call(.searchProducts, [("q", " ")]).status == 400)
            let hostile = try await anyone.call(.searchProducts, [("q", "'; DROP TABLE product; --\" OR *")])
            #expect(hostile.status == 200)
        }
    }

    @Test func addProduct() async throws {
        try await TestServer().run { anyone in
            let mug: JSON = ["name": "Mug", "price": 8.number, "stock": 3, "sku": "M1", "unknown": [1]]
            #expect(try await anyone.call(.addProduct, [], mug).status == 401)
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let refused = try await customer.call(.addProduct, [], mug)
            #expect(refused.status == 403)
            let made = try await admin.call(.addProduct, [], mug)
            #expect(made.status == 201)
            #expect(made["product.price"] == "8.00")
            #expect(made["product.sku"] == "M1")
            for bad: JSON in [
                ["name": "Mug"], ["price": 1], ["name": "", "price": 1], ["name": "Mug", "price": -1],
                ["name": "Mug", "price": "1"], ["name": 1, "price": 1],
                ["name": "Mug", "price": 1, "stock": -1],
                ["name": "Mug", "price": 1, "stock": "3"], mug, [], "mug", nil,
            ] {
                #expect(try await admin.call(.addProduct, [], bad).status == 400)
            }
        }
    }

    @Test func placeOrder() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "100.00", stock: 5)
            #expect(try await anyone.order(mug).status == 401)
            let placed = try await admin.order(mug, 1, code: "save20")
            #expect(placed.status == 201)
            #expect(placed["order.status"] == "pending")
            #expect(placed["order.subtotal"] == "100.00")
            #expect(placed["order.discount_amount"] == "20.00")
            #expect(placed["order.tax"] == "8.50")
            #expect(placed["order.total"] == "88.50")
            #expect(placed["order.discount_code"] == "SAVE20")
            #expect(placed["order.items.0.product_name"] == "Mug")
            #expect(placed["order.items.0.quantity"] == "1")
            #expect(placed["discount_problem"] == nil)
            let one = try await admin.call(.placeOrder, [], ["items": [["product_id": .number("\(mug)")]]])
            #expect(one["order.items.0.quantity"] == "1")
            let unknown = try await admin.order(mug, code: "NOPE")
            #expect(unknown["order.discount_code"] == "null")
            #expect(unknown["discount_problem"] == "code not recognised")

            for empty: JSON in [[:], ["items": []], ["items": nil]] {
                let refused = try await admin.call(.placeOrder, [], empty)
                #expect(refused.status == 400)
                #expect(refused["error"] == "Order must include at least one item")
            }
            let short = try await admin.order(mug, 3)
            #expect(short.status == 400)
            #expect(short["error"] == "Insufficient stock for Mug. Available: 2")
            let gone = try await admin.order(99)
            #expect(gone.status == 404)
            #expect(gone["error"] == "Product 99 not found")
            for quantity in [0, -1, 10_000] {
                #expect(try await admin.order(mug, quantity).status == 400)
            }
            #expect(try await admin.call(.placeOrder, [], ["items": "all"]).status == 400)
            #expect(try await admin.call(.placeOrder, [], ["items": [["quantity": 1]]]).status == 400)
        }
    }

    @Test func orders() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug", stock: 100)
            _ = try await admin.order(mug)
            for _ in 0..<3 {
                server.clock.advance(bySeconds: 1)
                _ = try await customer.order(mug)
            }
            #expect(try await anyone.call(.orders).status == 401)
            let own = try await customer.call(.orders)
            #expect(own.status == 200)
            #expect(own["count"] == "3")
            #expect(own["orders.0.id"] == "4")
            #expect(own["orders.0.items.0.product_name"] == "Mug")
            let page = try await customer.call(.orders, [("page", "2"), ("per_page", "2")])
            #expect(page["orders"] == "1")
            #expect(page["count"] == "3")
            #expect(try await admin.call(.orders)["count"] == "1")
        }
    }

    @Test func order() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug")
            _ = try await admin.order(mug)
            _ = try await customer.order(mug)
            #expect(try await anyone.call(.order, id: 2).status == 401)
            let own = try await customer.call(.order, id: 2)
            #expect(own.status == 200)
            #expect(own["order.items.0.order_id"] == "2")
            for target in ["/api/orders/1", "/api/orders/77", "/api/orders/x"] {
                let missing = try await customer.send(.get, target)
                #expect(missing.status == 404)
                #expect(missing["error"] == "Order not found")
            }
        }
    }

    @Test(arguments: [
        ("49.99", nil, "4.25", "54.24"), ("999.99", nil, "85.00", "1084.99"),
        ("200.00", nil, "17.00", "217.00"),
        ("0", nil, "0.00", "0.00"), ("199.99", "SAVE20", "17.00", "176.99"), ("29.99", nil, "2.55", "32.54"),
        ("100", "SAVE20", "8.50", "88.50"), ("3.00", "FLAT5", "0.26", "0.26"),
        // More than any one product costs, as orders may come to.
        ("1999999999.98", "SAVE20", "170000000.00", "1769999999.98"),
    ])
    func calculate(_ subtotal: String, _ code: String?, _ tax: String, _ total: String) async throws {
        try await TestServer().run { anyone in
            let body: JSON = [
                "subtotal": .number(subtotal), "discount_code": code.map(JSON.string) ?? .null,
            ]
            #expect(try await anyone.call(.calculate, [], body).status == 401)
            let ada = try await anyone.registered("ada@example.com")
            let reply = try await ada.call(.calculate, [], body)
            #expect(reply.status == 200)
            #expect(reply["tax"] == tax)
            #expect(reply["total"] == total)
            #expect(reply["discount_code"] == code ?? "null")
        }
    }

    @Test func calculateRefuses() async throws {
        try await TestServer().run { anyone in
            let ada = try await anyone.registered("ada@example.com")
            let missing = try await ada.call(.calculate, [], [:])
            #expect(missing.status == 400)
            #expect(missing["error"] == "Missing required fields: subtotal")
            for bad: JSON in ["10", -1, true, .number("1e15")] {
                #expect(try await ada.call(.calculate, [], ["subtotal": bad]).status == 400)
            }
            let unknown = try await ada.call(.calculate, [], ["subtotal": 10, "discount_code": "NOPE"])
            #expect(unknown["discount_amount"] == "0.00")
            #expect(unknown["discount_problem"] == "code not recognised")
        }
    }

    @Test func checkout() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug")
            _ = try await customer.order(mug)
            #expect(try await anyone.call(.checkout, [], ["order_id": 1]).status == 401)
            let missing = try await customer.call(.checkout, [], [:])
            #expect(missing.status == 400)
            #expect(missing["error"] == "Missing required fields: order_id")
            let none = try await customer.call(.checkout, [], ["order_id": 77])
            #expect(none.status == 404)
            #expect(none["error"] == "Order not found")
            let paid = try await customer.call(.checkout, [], ["order_id": 1])
            #expect(paid.status == 200)
            #expect(paid["message"] == "Payment processed successfully")
            #expect(paid["order.status"] == "paid")
            #expect(paid["order.items"] == "1")
            let again = try await customer.call(.checkout, [], ["order_id": 1])
            #expect(again.status == 400)
            #expect(again["error"] == "Order 1 is already paid")
            _ = try await customer.order(mug)
            try await customer.call(.cancelOrder, id: 2)
            #expect(try await customer.call(.checkout, [], ["order_id": 2]).status == 400)
            #expect(
                try await anyone.registered("eve@example.com").call(.checkout, [], ["order_id": 2]).status
                    == 404)
        }
    }

    @Test func pathsWorkWithATrailingSlash() async throws {
        try await TestServer().run { anyone in
            let ada = try await anyone.registered("ada@example.com")
            let mug = try await ada.product("Mug")
            for target in [
                "/api/products/", "/api/products/\(mug)/", "/api/products/search/?q=mug", "/api/orders/",
            ] {
                #expect(try await ada.send(.get, target).status == 200)
            }
        }
    }
}

extension Int {
    fileprivate var number: JSON { .number(String(self)) }
}
