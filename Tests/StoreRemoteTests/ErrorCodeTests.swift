import StoreDomain
import Testing

@testable import StoreRemote

/// What a refusal means is in its code, whatever its sentence says and in whatever language.
@Suite("Errors with codes")
struct ErrorCodeTests {
    private let draft: OrderDraft

    init() throws { draft = try OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 9)]) }

    private func refusal(of reply: Reply) async throws -> StoreError? {
        let fixture = try RemoteFixture { request in
            request.path == "/api/ready" ? .answer(200, #"{"status":"ready"}"#) : reply
        }
        return await StoreRemoteTests.refusal { () async throws(StoreError) in
            try await fixture.services.orders.place(
                draft, key: IdempotencyKey(random: 1, 2), as: RemoteFixture.customer)
        }
    }

    @Test("The code counts, in any status")
    func code() async throws {
        let stock =
            #"{"error":"Zu wenig","code":"insufficient_stock","params":{"product_id":3,"name":"Lampe","available":4}}"#
        for status in [400, 409, 418] {
            #expect(
                try await refusal(of: .answer(status, stock))
                    == .insufficientStock(productID: 3, name: "Lampe", available: 4))
        }
        #expect(
            try await refusal(
                of: .answer(404, #"{"error":"?","code":"not_found","params":{"what":"product","id":3}}"#))
                == .notFound(.product(3)))
        #expect(try await refusal(of: .answer(422, #"{"error":"?","code":"key_reused"}"#)) == .keyReused)
        #expect(
            try await refusal(of: .answer(404, #"{"error":"?","code":"no_route"}"#)) == .unsupported("orders")
        )
        #expect(
            try await refusal(of: .answer(501, #"{"error":"?","code":"unsupported","params":{"what":"x"}}"#))
                == .unsupported("x"))
    }

    @Test("A twin under way is waited for, a changed price is not")
    func conflicts() async throws {
        let replies = Script([
            .answer(409, #"{"error":"?","code":"key_busy"}"#), .answer(201, Flask.order),
        ])
        let fixture = try RemoteFixture { request in
            request.path == "/api/ready" ? .answer(200, #"{"status":"ready"}"#) : replies.next()
        }
        let order = try await fixture.services.orders.place(
            draft, key: IdempotencyKey(random: 1, 2), as: RemoteFixture.customer)
        #expect(order.id == 11)
        let prices =
            #"{"lines":[],"subtotal":1,"discount_amount":0,"tax":0,"total":1,"discount_code":null,"steps":[]}"#
        let changed = try await refusal(
            of: .answer(409, #"{"error":"?","code":"price_changed","params":{"prices":\#(prices)}}"#))
        guard case .priceChanged(let now)? = changed else {
            Issue.record("not \(String(describing: changed))")
            return
        }
        #expect(now.total.minorUnits == 100)
    }

    @Test("Without a code the sentence says nothing to the program, even our own")
    func sentences() async throws {
        for error in [
            StoreError.insufficientStock(productID: 3, name: "Lamp", available: 4), .emptyOrder,
            .wrongStatus(orderID: 7, status: .paid), .taken(field: "sku", value: "A-1"),
        ] {
            let told = try await refusal(of: .answer(400, #"{"error":"\#(error.message)"}"#))
            guard case .invalid? = told else {
                Issue.record("\(error) was read from its sentence: \(String(describing: told))")
                continue
            }
            #expect(told?.message == error.message)
        }
    }

    @Test("A fault of the server is tried again by its status, and told as trouble there")
    func faults() async throws {
        let told = try await refusal(of: .answer(503, #"{"error":"busy","code":"storage"}"#))
        guard case .unreachable? = told else {
            Issue.record("not \(String(describing: told))")
            return
        }
    }

    @Test("A refusal by status alone names the right that the route asks for")
    func statusAlone() async throws {
        #expect(try await refusal(of: .answer(403, "")) == .notAllowed(.placeOrders))
        #expect(try await refusal(of: .answer(401, "")) == .signInRequired)
        #expect(try await refusal(of: .answer(422, #"{"msg":"Not enough segments"}"#)) == .signInRequired)
    }
}

/// The shop's policy, as a server tells it.
@Suite("The policy over the API")
struct RemotePolicyTests {
    private static func policy(_ currency: String) -> String {
        """
        {"policy":{"version":3,"at":"2026-01-01T00:00:00Z","by":null,"shop_name":"K","currency":"\(currency)",\
        "tax_classes":[{"id":"s","name":"S","rates":[{"from":null,"rate":10}]}],"tax_mode":"added",\
        "tax_base":"after-discount","cash_step":0.05,"cash_ties_go_down":false,"low_stock":5,\
        "pending_minutes":60,"grace_minutes":15,"shift_tolerance":0.00}}
        """
    }

    @Test("Its tax counts while the server cannot be reached, not that of the settings")
    func previews() async throws {
        let fixture = try RemoteFixture { request in
            request.path == "/api/policy" ? .answer(200, Self.policy("USD")) : .hangUp
        }
        let lines = [PricedLine(name: "Lamp", unitPrice: Money(minorUnits: 10_000), quantity: 1)]
        func tax() async throws -> Int64 {
            try await fixture.services.payments.quote(lines, discountCode: nil, as: .guest).tax.minorUnits
        }
        #expect(try await tax() == 850)
        #expect(try await fixture.services.policy.current().number == 3)
        #expect(try await tax() == 1000)
    }

    @Test("A shop of another currency is not misread")
    func currency() async throws {
        let fixture = try RemoteFixture { _ in .answer(200, Self.policy("CHF")) }
        let words = await sentence { () async throws(StoreError) in
            try await fixture.services.policy.current()
        }
        #expect(words?.contains("CHF") == true)
    }
}
