import StoreWire
import Testing

@Suite struct EndpointTests {
    @Test func everyLineIsOnce() {
        let lines = Endpoint.allCases.map { "\($0.method.rawValue) \($0.template)" }
        #expect(Set(lines).count == lines.count)
    }

    @Test func putsIDsAndQueriesIn() {
        #expect(Endpoint.cancelOrder.target("12") == "/api/orders/12/cancel")
        #expect(
            Endpoint.searchProducts.target(query: [("q", "Ça & 50 %"), ("page", "2")])
                == "/api/products/search?q=%C3%87a%20%26%2050%20%25&page=2")
    }

    @Test func whatTakesMoneyOrGoodsTakesKeys() {
        #expect(
            Endpoint.allCases.filter(\.takesIdempotencyKey) == [
                .placeOrder, .checkout, .sell, .refund, .voidSale, .takeReturn, .park, .resumeParked,
            ])
    }
}
