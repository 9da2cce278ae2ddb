import Foundation
import StoreDomain
import StoreWire
import Testing

/// The routes that this project added.
@Suite(.serialized) struct AddedRoutesTests {
    @Test func categoriesAndSorting() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            for (name, price) in [("B", "2.00"), ("C", "1.00"), ("A", "3.00")] {
                _ = try await admin.product(name, price: price, category: name == "C" ? nil : "Letters")
            }
            let categories = try await anyone.call(.categories)
            #expect(categories.text == #"{"categories":[{"name":"Letters","count":2}]}"#)
            func names(_ sort: String) async throws -> String {
                let reply = try await anyone.call(.products, [("sort", sort)])
                return (0..<3).compactMap { reply["products.\($0).name"] }.joined()
            }
            #expect(try await names("newest") == "ACB")
            #expect(try await names("name") == "ABC")
            #expect(try await names("price") == "CBA")
            #expect(try await names("-price") == "ABC")
        }
    }

    @Test func changingAndRemovingAProduct() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug", price: "5.00", stock: 2, category: "Kitchen")
            #expect(try await customer.call(.editProduct, id: mug, [], ["price": 6]).status == 403)
            #expect(try await customer.call(.removeProduct, id: mug).status == 403)
            let changed = try await admin.call(.editProduct, id: mug, [], ["price": 6, "category": nil])
            #expect(changed.status == 200)
            #expect(changed["product.price"] == "6.00")
            #expect(changed["product.name"] == "Mug")
            #expect(changed["product.category"] == "null")
            #expect(try await admin.call(.editProduct, id: mug, [], ["stock": -1]).status == 400)
            #expect(try await admin.call(.editProduct, id: 99, [], ["stock": 1]).status == 404)
            #expect(try await admin.call(.removeProduct, id: mug).status == 204)
            #expect(try await admin.call(.removeProduct, id: mug).status == 404)
            #expect(try await anyone.call(.product, id: mug).status == 404)
            #expect(try await anyone.call(.products)["total"] == "0")
        }
    }

    @Test func cancellingAnOrderGivesItsStockBack() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug", stock: 2)
            _ = try await customer.order(mug, 2)
            #expect(try await customer.order(mug).status == 400)
            for _ in 0..<2 {
                #expect(try await customer.call(.cancelOrder, id: 1)["order.status"] == "cancelled")
            }
            #expect(try await customer.call(.cancelOrder, id: 9).status == 404)
            _ = try await customer.order(mug, 2)
            _ = try await customer.call(.checkout, [], ["order_id": 2])
            #expect(try await customer.call(.cancelOrder, id: 2).status == 400)
        }
    }

    /// Wherever it was signed in: what an account had is gone, and what it gets later counts.
    @Test func signedOutEverywhereIsWhatThereWasBefore() async throws {
        let server = try await TestServer()
        let other = try await TestServer(on: server.engine)
        try await server.run { anyone in
            let admin = try await anyone.registered("admin@example.com")
            let phone = try await anyone.registered("ada@example.com")
            let bystander = try await anyone.registered("bob@example.com")
            server.clock.advance(bySeconds: 1)
            let body: JSON = ["email": "ADA@example.com"]
            #expect(try await phone.call(.signOutEverywhere, [], body).status == 403)
            #expect(try await admin.call(.signOutEverywhere, [], body).status == 204)
            #expect(try await phone.call(.me).status == 401)
            #expect(try await bystander.call(.me).status == 200)
            let later = try await anyone.signedIn("ada@example.com")
            #expect(try await later.call(.me).status == 200)
            let nobody: JSON = ["email": "nobody@example.com"]
            #expect(try await admin.call(.signOutEverywhere, [], nobody).status == 404)
            let token = phone.token
            try await other.run { elsewhere in
                let reply = try await Client(http: elsewhere.http, token: token).call(.me)
                #expect(reply.status == 401)
            }

            // Somebody else's new password does the same, one's own does not.
            let tablet = try await anyone.signedIn("ada@example.com")
            server.clock.advance(bySeconds: 1)
            let word: JSON = ["email": "ada@example.com", "password": "another one"]
            #expect(try await admin.call(.setPassword, [], word).status == 204)
            #expect(try await tablet.call(.me).status == 401)
            server.clock.advance(bySeconds: 1)
            let own: JSON = ["email": "admin@example.com", "password": "another one"]
            #expect(try await admin.call(.setPassword, [], own).status == 204)
            #expect(try await admin.call(.me).status == 200)
        }
    }

    @Test func signingOutHolds() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            _ = try await anyone.registered("ada@example.com")
        }
        let token = Held("")
        try await server.run { anyone in
            let ada = try await anyone.signedIn("ada@example.com")
            let other = try await anyone.signedIn("ada@example.com")
            #expect(try await ada.call(.logOut)["message"] == "Signed out")
            #expect(try await ada.call(.me).status == 401)
            #expect(try await other.call(.me).status == 200)
            token.set(try #require(ada.token))
        }
        // Another server on the same store, as after a restart.
        let signedOut = token.value
        try await server.run { anyone in
            let reply = try await Client(http: anyone.http, token: signedOut).call(.me)
            #expect(reply.status == 401)
        }
    }

    @Test func healthAndReadiness() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let health = try await anyone.call(.health)
            #expect(health.text == #"{"status":"ok"}"#)
            #expect(try await anyone.call(.ready).text == #"{"status":"ready"}"#)
            server.engine.breakDown()
            #expect(try await anyone.call(.health).status == 200)
            #expect(try await anyone.call(.ready).status == 503)
        }
    }

    @Test func metricsCountByRoute() async throws {
        try await TestServer().run { anyone in
            for id in [1, 2] { _ = try await anyone.call(.product, id: Int64(id)) }
            let text = try await anyone.call(.metrics).text
            #expect(
                text.contains(
                    #"storefront_http_requests_total{method="GET",route="/api/products/{id}",status="404"} 2"#
                ))
            #expect(text.contains(#"_bucket{route="/api/products/{id}",le="+Inf"} 2"#))
            #expect(text.contains("storefront_http_requests_in_flight 1"))
        }
    }

    @Test func theDocumentHasEveryRoute() async throws {
        try await TestServer().run { anyone in
            let document = try await anyone.call(.openAPI)
            #expect(document["openapi"] == "3.1.0")
            guard case .object(let root) = document.json,
                case .object(let paths)? = root.first(where: { $0.name == "paths" })?.value
            else { throw StoreError.notFound(.product(0)) }
            var found: Set<String> = []
            for (path, methods) in paths {
                guard case .object(let methods) = methods else { continue }
                found.formUnion(methods.map { "\($0.name.uppercased()) \(path)" })
            }
            #expect(found == Set(Endpoint.allCases.map { "\($0.method.rawValue) \($0.template)" }))
            // What is referred to is there.
            for part in document.text.components(separatedBy: "#/components/schemas/").dropFirst() {
                let name = part.prefix { $0 != "\"" }
                #expect(document["components.schemas.\(name)"] != nil, "\(name)")
            }
        }
    }

    @Test func thePageLoadsNothingFromElsewhere() async throws {
        try await TestServer().run { anyone in
            let page = try await anyone.call(.docs)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            for endpoint in Endpoint.allCases { #expect(page.text.contains(endpoint.template)) }
            #expect(!page.text.contains("src="))
            #expect(!page.text.contains("http:"))
            #expect(!page.text.contains("https:"))
        }
    }
}
