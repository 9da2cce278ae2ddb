import StoreContracts
import StoreDomain
import Testing

@testable import StoreRemote

/// Orders at a server that knows no keys: sent once, and looked for instead of sent again.
@Suite("A server that knows no keys")
struct KeylessServerTests {
    private let key = IdempotencyKey(random: 1, 2)

    /// Two lamps at 29.99 with 5.10 tax, placed at the clock's time.
    private static func order(
        _ quantity: Int = 2, total: String = "65.08", code: String = "null", status: String = "pending",
        at time: String = "2026-03-14T09:26:55Z"
    ) -> String {
        """
        {"id":11,"user_id":7,"status":"\(status)","subtotal":59.98,"tax":5.10,"discount_amount":0,\
        "total":\(total),"discount_code":\(code),"created_at":"\(time)","updated_at":"\(time)",\
        "items":[{"id":1,"order_id":11,"product_id":3,"product_name":"Lamp","quantity":\(quantity),\
        "unit_price":29.99,"total_price":59.98}]}
        """
    }

    /// Loses the answer of the first order, places the next.
    private static func server(holding order: String, price: String = "29.99")
        -> @Sendable (ReceivedRequest)
        -> Reply
    {
        let placing = Script([.hangUp, .answer(201, #"{"order":\#(order)}"#)])
        return { request in
            switch "\(request.method) \(request.path)" {
            case "GET /api/orders": .answer(200, #"{"orders":[\#(order)],"count":1}"#)
            case "GET /api/orders/11": .answer(200, #"{"order":\#(order)}"#)
            case "POST /api/orders": placing.next()
            case "GET /api/products/3":
                .answer(200, #"{"product":{"id":3,"name":"Lamp","price":\#(price),"stock":9}}"#)
            case "POST /api/payments/calculate":
                .answer(
                    200,
                    """
                    {"subtotal":59.98,"discount_code":null,"discount_amount":0,"discounted_subtotal":59.98,\
                    "tax":5.10,"total":65.08}
                    """)
            case "POST /api/payments/checkout":
                .answer(200, #"{"order":\#(order.replacing("pending", with: "paid"))}"#)
            default: .answer(404, "<h1>Not Found</h1>")
            }
        }
    }

    private func draft(code: String? = nil, price: Int64 = 2999) throws -> OrderDraft {
        let agreement = PriceAgreement(
            unitPrices: [Money(minorUnits: price)], subtotal: Money(minorUnits: 5998), discount: .zero(),
            tax: Money(minorUnits: 510), total: Money(minorUnits: 6508), discountCode: nil)
        return try OrderDraft(
            lines: [OrderDraft.Line(productID: 3, quantity: 2)], discountCode: code, agreement: agreement)
    }

    private func place(_ services: StoreServices, _ draft: OrderDraft) async -> StoreError? {
        await refusal { () async throws(StoreError) in
            try await services.orders.place(draft, key: key, as: RemoteFixture.customer)
        }
    }

    private func posts(_ fixture: RemoteFixture) -> Int {
        fixture.server.requests.count { $0.method == "POST" && $0.path == "/api/orders" }
    }

    private func candidate(_ error: StoreError?) -> Int64? {
        if case .perhapsPlaced(let order)? = error { order.id } else { nil }
    }

    @Test("When an answer is lost, the buyer is asked about the order that may be it, and none is placed")
    func asked() async throws {
        let fixture = try RemoteFixture(Self.server(holding: Self.order()))
        #expect(await place(fixture.services, try draft()) == .outcomeUnknown)
        #expect(candidate(await place(fixture.services, try draft())) == 11)
        let looked = await refusal { () async throws(StoreError) in
            try await fixture.services.orders.order(placedUnder: key, as: RemoteFixture.customer)
        }
        #expect(candidate(looked) == 11)
        #expect(posts(fixture) == 1)
    }

    @Test("A key that was never sent has no order, and asking places none")
    func neverSent() async throws {
        let fixture = try RemoteFixture(Self.server(holding: Self.order()))
        #expect(
            try await fixture.services.orders.order(placedUnder: key, as: RemoteFixture.customer) == nil)
        #expect(posts(fixture) == 0)
    }

    @Test(
        "An order of other lines, total, code, status or time is another one",
        arguments: [
            order(3), order(total: "65.09"), order(code: "\"SAVE10\""), order(status: "paid"),
            order(at: "2026-03-14T09:24:52Z"), order(at: "2026-03-14T09:28:54Z"),
        ])
    func another(order: String) async throws {
        let fixture = try RemoteFixture(Self.server(holding: order))
        #expect(await place(fixture.services, try draft()) == .outcomeUnknown)
        #expect(await place(fixture.services, try draft()) == nil)
        #expect(posts(fixture) == 2)
    }

    @Test("The next start knows of the lost answer")
    func afterRestart() async throws {
        let folder = try TemporaryFolder()
        let fixture = try RemoteFixture(
            tokenDirectory: folder.path("sessions"), Self.server(holding: Self.order()))
        #expect(await place(fixture.services, try draft()) == .outcomeUnknown)
        let (restarted, _) = try RemoteFixture.client(
            of: fixture.server.url, tokenDirectory: folder.path("sessions"))
        #expect(candidate(await place(restarted.services, try draft())) == 11)
        #expect(posts(fixture) == 1)
    }

    /// A checkout whose order's answer is lost, up to the question.
    private func stuck(_ fixture: RemoteFixture) async throws -> (flow: CheckoutFlow, PendingCheckout, Order)
    {
        let flow = CheckoutFlow(services: fixture.services, ids: CountingIDs())
        var pending = try await flow.begin(draft(), for: .user(7))
        for _ in 0..<2 {
            do {
                _ = try await flow.complete(
                    pending, payment: PaymentRequest(methodID: "online"), owner: .user(7),
                    principal: RemoteFixture.customer)
            } catch {
                pending = error.pending
                if case .perhapsPlaced(let order) = error.error { return (flow, pending, order) }
                #expect(error.error == .outcomeUnknown)
            }
        }
        throw StoreError.outcomeUnknown
    }

    @Test("The buyer says yes: the order is paid, and no other is placed")
    func yes() async throws {
        let fixture = try RemoteFixture(Self.server(holding: Self.order()))
        let (flow, pending, order) = try await stuck(fixture)
        let taken = try await flow.take(order, for: pending, owner: .user(7))
        #expect(try await fixture.services.cart.checkout(of: .user(7)) == taken)
        let (paid, _) = try await flow.complete(
            taken, payment: taken.payment, owner: .user(7), principal: RemoteFixture.customer)
        #expect(paid.id == 11 && paid.status == .paid)
        #expect(posts(fixture) == 1)
    }

    @Test("The buyer says no: another order is placed under another key")
    func no() async throws {
        let fixture = try RemoteFixture(Self.server(holding: Self.order()))
        let (flow, pending, _) = try await stuck(fixture)
        let anew = try await flow.placeAnew(pending, owner: .user(7))
        #expect(anew.orderKey != pending.orderKey && anew.payment == pending.payment)
        #expect(try await fixture.services.cart.checkout(of: .user(7)) == anew)
        let (paid, _) = try await flow.complete(
            anew, payment: anew.payment, owner: .user(7), principal: RemoteFixture.customer)
        #expect(paid.status == .paid)
        #expect(posts(fixture) == 2)
    }

    @Test("Giving up asks, too, and keeps the checkout until it is answered")
    func givingUp() async throws {
        let fixture = try RemoteFixture(Self.server(holding: Self.order()))
        let (flow, pending, _) = try await stuck(fixture)
        let error = await refusal { () async throws(StoreError) in
            try await flow.abandon(pending, owner: .user(7), principal: RemoteFixture.customer)
        }
        #expect(candidate(error) == 11)
        #expect(try await fixture.services.cart.checkout(of: .user(7)) == pending)
        let anew = try await flow.placeAnew(pending, owner: .user(7))
        try await flow.abandon(anew, owner: .user(7), principal: RemoteFixture.customer)
        #expect(try await fixture.services.cart.checkout(of: .user(7)) == nil)
        #expect(posts(fixture) == 1)
    }

    @Test("A price other than the agreed one is noticed here, as the server compares none")
    func priceChanged() async throws {
        let fixture = try RemoteFixture(Self.server(holding: Self.order(), price: "31.00"))
        let error = await place(fixture.services, try draft())
        guard case .priceChanged(let now)? = error else {
            Issue.record("not refused but \(String(describing: error))")
            return
        }
        #expect(now.lines.map(\.unitPrice.minorUnits) == [3100])
        #expect(posts(fixture) == 0)
    }

    @Test("A try of the day before is forgotten, one of today is not")
    func forgotten() throws {
        let folder = try TemporaryFolder()
        let address = try ServerAddress("https://shop.example.com")
        func attempts() -> OrderAttempts {
            OrderAttempts(directory: folder.path("sessions"), server: address)
        }
        let (start, other) = (Timestamp(seconds: 1_773_480_413), IdempotencyKey(random: 1, 3))
        attempts().open(key, try draft(), at: start)
        attempts().open(other, try draft(), at: start.advanced(bySeconds: 86_399))
        #expect(attempts().attempt(under: key) != nil)
        attempts().open(other, try draft(), at: start.advanced(bySeconds: 86_400))
        #expect(attempts().attempt(under: key) == nil)
        #expect(attempts().attempt(under: other)?.tries.count == 2)
        attempts().close(other)
        #expect(attempts().attempt(under: other) == nil)
    }
}
