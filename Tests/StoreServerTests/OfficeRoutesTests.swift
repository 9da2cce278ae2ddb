import HTTPTypes
import StoreDomain
import StoreWire
import Testing

/// Products and prices for who keeps the shop: nothing is overwritten unseen.
@Suite(.serialized) struct OfficeRoutesTests {
    private func ifMatch(_ tag: String?) -> HTTPFields {
        guard let name = HTTPField.Name(WireHeader.ifMatch), let tag else { return [:] }
        return [name: tag]
    }

    @Test func aProductIsChangedOnlyAsItWasSeen() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "5.00", stock: 2)
            let seen = try #require(try await anyone.call(.product, id: mug).headers[.eTag])
            #expect(try await admin.call(.productRecord, id: mug).headers[.eTag] == seen)
            let dearer = try await admin.call(
                .editProduct, id: mug, [], ["price": 6], headers: ifMatch(seen))
            let tag = try #require(dearer.headers[.eTag])
            #expect(dearer.status == 200 && tag != seen)
            // Sent again, as after a lost answer: it is done.
            #expect(
                try await admin.call(.editProduct, id: mug, [], ["price": 6], headers: ifMatch(seen)).status
                    == 200)
            let refused = try await admin.call(
                .editProduct, id: mug, [], ["name": "Cup"], headers: ifMatch(seen))
            #expect(refused.status == 412 && refused["code"] == "changed_meanwhile")
            #expect(refused["params.product.price"] == "6.00" && refused.headers[.eTag] == tag)
            #expect(
                try await admin.call(.removeProduct, id: mug, headers: ifMatch(seen)).status == 412)
            for any in [nil, "*", tag] {
                #expect(
                    try await admin.call(.editProduct, id: mug, [], ["name": "Mug"], headers: ifMatch(any))
                        .status == 200)
            }
            let strange = try await admin.call(
                .editProduct, id: mug, [], ["name": "Cup"], headers: ifMatch("\"x\""))
            #expect(strange.status == 400 && strange["fields.If-Match"] != nil)
            #expect(try await admin.call(.removeProduct, id: mug, headers: ifMatch(tag)).status == 204)
            #expect(try await admin.call(.productRecord, id: mug)["product.is_archived"] == "true")
            #expect(
                try await admin.call(.archivedProducts, [("q", "mu")])["products.0.name"] == "Mug")
        }
    }

    @Test func pricesAreSetAsTheirPlanSaysAndTakenBack() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "5.00", stock: 2)
            let rule: JSON = ["q": "mug", "raise": 10, "rounding": ".95"]
            let plan = try await admin.call(.planPrices, [], rule)
            #expect(plan["plan.lines.0.new"] == "5.95")
            let agreement = try #require(plan["plan.agreement"])
            let cut = try await admin.call(.planPrices, [], ["q": "mug", "amount": .number("-0.50")])
            #expect(cut["plan.lines.0.new"] == "4.50")
            #expect(try await admin.call(.setPrices, [], rule)["code"] == "malformed")
            let other = try await admin.call(
                .setPrices, [], ["q": "mug", "raise": 20, "agreement": .string(agreement)])
            #expect(other.status == 400)
            let batch = try await admin.call(
                .setPrices, [],
                ["q": "mug", "raise": 10, "rounding": ".95", "agreement": .string(agreement)])
            #expect(batch.status == 201 && batch["batch.count"] == "1")
            #expect(try await anyone.call(.product, id: mug)["product.price"] == "5.95")
            let id = try #require(batch["batch.id"].flatMap { Int64($0) })
            #expect(try await admin.call(.takePricesBack, id: id)["taken_back.restored"] == "1")
            #expect(try await admin.call(.takePricesBack, id: id).status == 400)
            #expect(try await admin.call(.takePricesBack, id: 99).status == 404)
            #expect(try await anyone.call(.product, id: mug)["product.price"] == "5.00")
            #expect(try await admin.call(.priceHistory, id: mug)["price_changes"] == "2")
        }
    }
}
