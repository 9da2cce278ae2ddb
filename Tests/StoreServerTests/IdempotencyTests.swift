import StoreContracts
import StoreDomain
import StoreService
import StoreWire
import Testing

/// The same key: one effect, one answer, to the byte.
@Suite(.serialized) struct IdempotencyTests {
    @Test func aRepeatedOrderIsAnsweredToTheByte() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            let first = try await admin.order(mug, key: "one", code: "NOPE")
            #expect(first.headers[.replayed] == nil)
            // Whatever happens to the order and the shop later.
            server.clock.advance(bySeconds: 10)
            try await admin.call(.checkout, [], ["order_id": 1])
            try await admin.call(.editProduct, id: mug, [], ["name": "Cup"])
            let second = try await admin.order(mug, key: "one", code: "NOPE")
            #expect(second.status == 201)
            #expect(second.text == first.text)
            #expect(second.headers[.replayed] == "true")
            #expect(try await admin.call(.orders)["count"] == "1")
        }
    }

    @Test func aRepeatedPaymentIsAnsweredToTheByte() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            _ = try await admin.order(mug)
            let first = try await admin.call(.checkout, [], ["order_id": 1], key: "pay")
            server.clock.advance(bySeconds: 10)
            let second = try await admin.call(.checkout, [], ["order_id": 1], key: "pay")
            #expect(first.status == 200)
            #expect(second.status == 200)
            #expect(second.text == first.text)
            #expect(second.headers[.replayed] == "true")
            _ = try await admin.order(mug)
            #expect(try await admin.call(.checkout, [], ["order_id": 2], key: "pay").status == 422)
        }
    }

    @Test func otherContentUnderAKeyIsRefused() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            _ = try await admin.order(mug, key: "one")
            #expect(try await admin.order(mug, 2, key: "one").status == 422)
            // Somebody else's key is another key.
            #expect(try await anyone.registered("bob@example.com").order(mug, 2, key: "one").status == 201)
        }
    }

    @Test func whatHadNoEffectIsNotKept() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", stock: 1)
            #expect(try await admin.order(mug, 2, key: "one").status == 400)
            try await admin.call(.editProduct, id: mug, [], ["stock": 2])
            #expect(try await admin.order(mug, 2, key: "one").status == 201)
        }
    }

    @Test func anOrderPlacedAtTheTillIsAnsweredToo() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            let key = try #require(IdempotencyKey("till"))
            let line = try OrderDraft.Line(productID: mug, quantity: 1)
            let user = try #require(
                try await server.services.accounts.accounts(as: .operatorOfStore).first?.user)
            let till = StoreCore(
                engine: server.engine, clock: server.clock, zones: TestZones(), chain: Till.standard,
                digest: PlainDigest.of)
            _ = try await Orders(core: till).place(
                OrderDraft(lines: [line]), key: key, as: .user(Session(user: user)))
            let first = try await admin.order(mug, key: "till")
            #expect(first.status == 201)
            #expect(first.headers[.replayed] == "true")
            #expect(try await admin.order(mug, key: "till").text == first.text)
            #expect(try await admin.call(.orders)["count"] == "1")
        }
    }

    @Test(arguments: ["", "two words", String(repeating: "k", count: 256)])
    func aKeyThatIsNoneIsRefused(_ key: String) async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            let reply = try await admin.order(mug, key: key)
            #expect(reply.status == 400)
            #expect(try await admin.call(.orders)["count"] == "0")
        }
    }

    @Test func thirtyTwoTimesTheSameKeyIsOneOrder() async throws {
        let server = try await TestServer()
        try await server.run(.ahc()) { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", stock: 100)
            let replies = try await inParallel(32) { _ in try await admin.order(mug, key: "same") }
            #expect(Set(replies.map(\.status)) == [201])
            #expect(Set(replies.map(\.text)).count == 1)
            #expect(replies.count { $0.headers[.replayed] == nil } == 1)
            let payments = try await inParallel(32) { _ in
                try await admin.call(.checkout, [], ["order_id": 1], key: "same")
            }
            #expect(Set(payments.map(\.status)) == [200])
            #expect(Set(payments.map(\.text)).count == 1)
            #expect(try await admin.call(.orders)["count"] == "1")
            #expect(try await admin.call(.product, id: mug)["product.stock"] == "99")
        }
    }

    @Test func oneOfThirtyTwoGetsTheLastUnit() async throws {
        let server = try await TestServer()
        try await server.run(.ahc()) { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let last = try await admin.product("The last", stock: 1)
            // Not all at once: passwords are slow, and a request waits no longer than the client has patience.
            var customers: [Client] = []
            for group in 0..<8 {
                customers += try await inParallel(4) {
                    try await anyone.registered("c\(4 * group + $0)@example.com")
                }
            }
            let all = customers
            let replies = try await inParallel(32) { try await all[$0].order(last) }
            #expect(replies.count { $0.status == 201 } == 1)
            let refused = replies.filter { $0.status != 201 }
            #expect(refused.allSatisfy { $0["error"] == "Insufficient stock for The last. Available: 0" })
            #expect(try await admin.call(.product, id: last)["product.stock"] == "0")
        }
    }
}

/// Runs `body` so many times at once and gives the results in order.
func inParallel<T: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> T
) async throws -> [T] {
    try await withThrowingTaskGroup(of: (Int, T).self) { group in
        for index in 0..<count { group.addTask { (index, try await body(index)) } }
        var results: [(Int, T)] = []
        for try await result in group { results.append(result) }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
