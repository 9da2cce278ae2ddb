import HTTPTypes
import StoreDomain
import StoreTransfer
import StoreWire
import Testing

/// Whole tables over HTTP: written while they are read, and read within limits.
@Suite(.serialized) struct TransferRoutesTests {
    private static func row(_ number: Int, _ name: String = "Pen") -> JSON {
        [
            "handle": .string("h\(number)"), "row": .number(String(number + 1)),
            "name": .string("\(name) \(number)"), "price": .number("1.00"), "stock": .number("2"),
        ]
    }

    /// More products than are read at once.
    @Test func aTableIsWholeHoweverManyPagesItIsReadIn() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let count = 1_203
            let rows = (1...count).map { Self.row($0) }
            let check = try await admin.call(.checkImport, [], ["products": .array(rows)])
            #expect(check.status == 200 && check["import.added"] == "\(count)")
            #expect(try await admin.call(.exportProducts)["products"] == "0")
            let made = try await admin.call(.importProducts, [], ["products": .array(rows)])
            #expect(made["import.added"] == "\(count)")

            let all = try await admin.call(.exportProducts)
            #expect(all["products"] == "\(count)" && all.headers[.contentType] == "application/json")
            #expect(all["products.0.handle"] == "h1" && all["products.1202.handle"] == "h1203")
            #expect(try await admin.call(.exportProducts, [("limit", "501")])["products"] == "501")
            let rest = try await admin.call(.exportProducts, [("after", "1200"), ("limit", "9")])
            #expect(rest["products"] == "3" && rest["products.0.product.id"] == "1201")

            let table = try await admin.call(.exportProducts, [("format", "csv")])
            #expect(table.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(table.headers[.contentDisposition] == "attachment; filename=\"products.csv\"")
            #expect(table.text.hasPrefix(PlainCatalog.header))
            #expect(table.text.split(separator: "\n").count == count + 1)
        }
    }

    @Test func ordersGoOutNewestFirst() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("=Mug", price: "5.00", stock: 9)
            for quantity in 1...3 { #expect(try await admin.order(mug, quantity).status == 201) }
            let all = try await admin.call(.exportOrders)
            #expect(all["orders"] == "3" && all["orders.0.id"] == "3" && all["orders.2.id"] == "1")
            let table = try await admin.call(.exportOrders, [("format", "csv"), ("limit", "2")])
            #expect(table.text.hasPrefix(OrderTable.header))
            #expect(table.text.split(separator: "\n").dropFirst().map { $0.prefix(2) } == ["3,", "2,"])
            #expect(try await admin.call(.exportOrders, [("status", "paid")])["orders"] == "0")
            // In the list, too, one goes on behind an order.
            let behind = try await admin.call(
                .orders, [("scope", "all"), ("before", "3"), ("per_page", "1")])
            #expect(behind["orders.0.id"] == "2" && behind["count"] == "3")
        }
    }

    @Test(arguments: [
        ("format", "xml"), ("after", "-1"), ("after", "x"), ("limit", "0"),
    ]) func whatIsAskedForWronglyIsNamed(_ name: String, _ value: String) async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let reply = try await admin.call(.exportProducts, [(name, value)])
            #expect(reply.status == 400 && reply["fields.\(name)"] != nil, "\(reply.text)")
        }
    }

    /// A catalogue may be long: so it is not even read of somebody who may not bring one in.
    @Test func whoMayNotImportIsRefusedBeforeAnythingIsRead() async throws {
        let server = try await TestServer { $0.limits.catalogueBytes = 2_000 }
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("cara@example.com")
            for endpoint in [Endpoint.importProducts, .checkImport] {
                let target = endpoint.target()
                let broken = Array("{".utf8)
                #expect(try await anyone.send(.post, target, broken).status == 401)
                #expect(try await customer.send(.post, target, broken).status == 403)
                #expect(try await admin.send(.post, target, broken).status == 400)
                let long = Array("{".utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 2_000)
                #expect(try await admin.send(.post, target, long).status == 413)
            }
        }
    }

    @Test func aRowThatBreaksARuleIsNamedWithItsPlace() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let nameless: JSON = ["handle": "h", "row": 2, "name": "", "price": 1]
            let reply = try await admin.call(
                .importProducts, [], ["products": [Self.row(1), nameless]])
            #expect(reply.status == 400 && reply.text.contains("products[1].name"), "\(reply.text)")
            #expect(try await admin.call(.exportProducts)["products"] == "0")
        }
    }
}
