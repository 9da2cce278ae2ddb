import StoreDomain
import Synchronization
import Testing

@testable import StoreRemote

/// What is left of a request when the other side fails, in every way it can.
@Suite("A server that fails", .serialized)
struct FaultTests {
    static let empty = #"{"products":[],"total":0,"page":1,"per_page":20,"pages":0}"#

    private func list(_ services: StoreServices) async throws(StoreError) -> ProductPage {
        try await services.catalog.page(ProductQuery(), at: .first, perPage: 20)
    }

    private func draft() throws -> OrderDraft {
        try OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 2)])
    }

    private let key = IdempotencyKey(random: 1, 2)

    @Test("Nobody listens: said so after a few tries, and it is offline")
    func refused() async throws {
        let dead = try DeadPort()
        let (store, pauses) = try RemoteFixture.client(of: "http://127.0.0.1:\(dead.port)")
        let words = try #require(
            await sentence { () async throws(StoreError) in try await list(store.services) })
        #expect(words.hasPrefix("127.0.0.1:\(dead.port) cannot be reached"))
        #expect(pauses.asked == [.milliseconds(150), .milliseconds(300), .milliseconds(600)])
        guard case .offline = store.health.current else {
            Issue.record("not offline")
            return
        }
    }

    @Test("No such host")
    func noHost() async throws {
        let (store, _) = try RemoteFixture.client(of: "http://no-such-host.invalid")
        let words = await sentence { () async throws(StoreError) in try await list(store.services) }
        #expect(words?.hasPrefix("no-such-host.invalid cannot be reached") == true)
    }

    @Test("Silence and a slow drip end at the deadline", arguments: [Reply.silence, .drip])
    func deadline(reply: Reply) async throws {
        let fixture = try RemoteFixture(deadline: .milliseconds(400)) { _ in reply }
        let words = await sentence { () async throws(StoreError) in try await list(fixture.services) }
        #expect(words == "127.0.0.1:\(fixture.server.port) did not answer in time")
    }

    @Test("A body without end is not read to the end, nor asked for again")
    func endless() async throws {
        let fixture = try RemoteFixture { _ in .endless }
        let words = await sentence { () async throws(StoreError) in try await list(fixture.services) }
        #expect(words?.hasSuffix("sent far more than was asked for") == true)
        #expect(fixture.server.requests.count == 1)
    }

    @Test(
        "What is no whole answer is one sentence after four tries",
        arguments: [
            Reply.hangUp, .bytes("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"products\":["),
            .answer(200, #"{"products":[{"id":1,"na"#), .answer(200, "<html>It works!</html>"),
            .answer(200, ""), .answer(200, "null"), .answer(200, "[]"),
            .answer(
                200,
                #"{"products":[{"id":1,"name":"A","price":-1}],"total":1,"page":1,"per_page":20,"pages":1}"#),
            .answer(200, #"{"products":[{"id":99999999999999999999,"name":"A","price":1}],"total":1}"#),
            .answer(500, "<h1>Internal Server Error</h1>"), .answer(502, "<html>Bad Gateway</html>"),
            .answer(503, ""), .answer(504, "{"), .bytes("SSH-2.0-OpenSSH_9.2\r\n"),
            .bytes("HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 200_000))\r\n\r\n{}"),
        ])
    func nonsense(reply: Reply) async throws {
        let fixture = try RemoteFixture { _ in reply }
        let words = try #require(
            await sentence { () async throws(StoreError) in try await list(fixture.services) })
        #expect(words.contains("127.0.0.1") && words.count < 400)
    }

    @Test("Reads are tried again until they are answered")
    func readAgain() async throws {
        let replies = Script([.hangUp, .answer(502, "<html>"), .answer(200, Self.empty)])
        let fixture = try RemoteFixture { _ in replies.next() }
        #expect(try await list(fixture.services).products.isEmpty)
        #expect(fixture.server.requests.count == 3)
        #expect(fixture.store.health.current == .connected)
    }

    @Test("An order is tried again under its key, and comes out once")
    func orderAgain() async throws {
        let replies = Script([.hangUp, .answer(502, ""), .answer(201, Flask.order)])
        let fixture = try RemoteFixture { request in
            request.path == "/api/ready" ? .answer(200, #"{"status":"ready"}"#) : replies.next()
        }
        let order = try await fixture.services.orders.place(draft(), key: key, as: RemoteFixture.customer)
        #expect(order.id == 11)
        let posts = fixture.server.requests.filter { $0.method == "POST" }
        #expect(posts.count == 3)
        #expect(Set(posts.compactMap { $0.headers["idempotency-key"] }) == [key.text])
        #expect(Set(posts.map(\.body)).count == 1)
    }

    @Test("A lost answer of an order is an unknown outcome, not a failure")
    func unknown() async throws {
        let fixture = try RemoteFixture { request in
            request.path == "/api/ready" ? .answer(200, #"{"status":"ready"}"#) : .hangUp
        }
        let error = await refusal { () async throws(StoreError) in
            try await fixture.services.orders.place(
                OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 2)]), key: key,
                as: RemoteFixture.customer)
        }
        #expect(error == .outcomeUnknown)
    }

    @Test("Whatever answers in the shop's place after a lost answer does not say that nothing was sold")
    func somebodyElsesRefusal() async throws {
        for (status, expected) in [(404, StoreError.outcomeUnknown), (403, .outcomeUnknown)] {
            let replies = Script([.hangUp, .answer(status, "<html>proxy</html>")])
            let fixture = try RemoteFixture { _ in replies.next() }
            let counter = try #require(fixture.services.counter)
            let sale = try SaleDraft(till: "1", lines: [SaleDraft.Line(productID: 3, quantity: 2)])
            #expect(
                await refusal { () async throws(StoreError) in
                    try await counter.till.sell(sale, key: key, as: RemoteFixture.customer)
                } == expected)
        }
    }

    @Test("A sale at a till is tried again under its key; a shift is opened once")
    func counter() async throws {
        let replies = Script([.hangUp, .answer(201, Flask.order), .hangUp])
        let fixture = try RemoteFixture { _ in replies.next() }
        let counter = try #require(fixture.services.counter)
        let sale = try SaleDraft(till: "1", lines: [SaleDraft.Line(productID: 3, quantity: 2)])
        #expect(try await counter.till.sell(sale, key: key, as: RemoteFixture.customer).id == 11)
        #expect(fixture.server.requests.map { $0.headers["idempotency-key"] } == [key.text, key.text])
        #expect(
            await refusal { () async throws(StoreError) in
                try await counter.shifts.open(till: "1", float: .zero(), as: RemoteFixture.customer)
            } == .outcomeUnknown)
        #expect(fixture.server.requests.count == 3)
    }

    @Test(
        "What became of a payment is asked of the order, where no answer or a refusal tells",
        arguments: [
            (Reply.hangUp, "paid", StoreError?.none), (.hangUp, "pending", .outcomeUnknown),
            (.answer(400, #"{"error":"Already paid"}"#), "paid", nil),
            (
                .answer(400, #"{"error":"Card declined"}"#), "pending",
                .paymentRefused(.told("Card declined"))
            ),
            (
                .answer(400, #"{"error":"Cancelled"}"#), "cancelled",
                .wrongStatus(orderID: 11, status: .cancelled)
            ), (.hangUp, "gone", .outcomeUnknown),
        ])
    func payment(reply: Reply, status: String, expected: StoreError?) async throws {
        let fixture = try RemoteFixture { request in
            switch request.path {
            case "/api/payments/checkout": reply
            case "/api/orders/11" where status != "gone":
                .answer(200, Flask.order.replacing("pending", with: status))
            default: .answer(404, "<h1>Not Found</h1>")
            }
        }
        let error = await refusal { () async throws(StoreError) in
            try await fixture.services.payments.pay(
                11, [PaymentRequest(methodID: "online")], key: key, as: RemoteFixture.customer)
        }
        #expect(error == expected)
        #expect(fixture.server.requests.count { $0.method == "POST" } == 1)
    }

    @Test("Many products are asked for by their numbers, a hundred at a time")
    func numbers() async throws {
        let fixture = try RemoteFixture { request in
            request.path == "/api/ready" ? .answer(200, #"{"status":"ready"}"#) : .answer(200, Self.empty)
        }
        #expect(try await fixture.services.catalog.products(Array(1...250) + [7, 7]).isEmpty)
        let asked = fixture.server.requests.compactMap { $0.parameter("ids") }
        #expect(asked.map { $0.components(separatedBy: "%2C").count } == [100, 100, 50])
    }

    @Test("Registering and adding are never sent twice")
    func writesWithoutKeys() async throws {
        let fixture = try RemoteFixture { _ in .hangUp }
        let registration = try Registration(
            email: "a@example.com", name: "A", password: Secret("storefront-demo"))
        #expect(
            await refusal { () async throws(StoreError) in
                try await fixture.services.auth.register(registration)
            } == .outcomeUnknown)
        let product = try ProductDraft(name: "Lamp", price: Money(minorUnits: 100))
        #expect(
            await refusal { () async throws(StoreError) in
                try await fixture.services.catalog.add(product, as: RemoteFixture.customer)
            } == .outcomeUnknown)
        #expect(fixture.server.requests.count == 2)
    }

    @Test("What never left is unreachable, also for an order")
    func neverLeft() async throws {
        let dead = try DeadPort()
        let (store, _) = try RemoteFixture.client(of: "http://127.0.0.1:\(dead.port)")
        let draft = try draft()
        let words = await sentence { () async throws(StoreError) in
            try await store.services.orders.place(draft, key: key, as: RemoteFixture.customer)
        }
        #expect(words?.contains("cannot be reached") == true)
    }

    @Test("Too many failed sign-ins: the server's wait, as seconds or as a date")
    func wait() async throws {
        for (header, seconds) in [("17", 17), ("Sat, 14 Mar 2026 09:27:53 GMT", 60), ("soon", 1)] {
            let fixture = try RemoteFixture { _ in
                .answer(429, #"{"error":"wait"}"#, headers: ["Retry-After": header])
            }
            #expect(
                await refusal { () async throws(StoreError) in
                    try await fixture.services.auth.signIn(
                        email: "a@example.com", password: Secret("wrong"))
                } == .signInMustWait(seconds: seconds))
        }
    }

    @Test("A token is not sent to where a redirect leads elsewhere")
    func redirectElsewhere() async throws {
        let other = try TestServer { _ in .answer(200, Self.empty) }
        let fixture = try RemoteFixture { [url = other.url] request in
            .answer(308, "", headers: ["Location": url + request.target + "/"])
        }
        let words = await sentence { () async throws(StoreError) in
            try await fixture.services.orders.orders(OrderQuery(), as: RemoteFixture.customer)
        }
        #expect(words?.contains("which is not followed") == true)
        #expect(other.requests.isEmpty)
    }

    @Test("Redirects in a circle end")
    func circle() async throws {
        let fixture = try RemoteFixture { request in
            let path = request.path.hasSuffix("/") ? String(request.path.dropLast()) : request.path + "/"
            return .answer(308, "", headers: ["Location": path])
        }
        let words = await sentence { () async throws(StoreError) in try await list(fixture.services) }
        #expect(words?.hasSuffix("in a circle") == true)
    }

    @Test("A read that is no longer wanted is not tried again")
    func cancelled() async throws {
        let fixture = try RemoteFixture { _ in .silence }
        let task = Task { await refusal { () async throws(StoreError) in try await list(fixture.services) } }
        await fixture.server.untilAsked()
        task.cancel()
        #expect(await task.value != nil)
        #expect(fixture.store.health.current == .connected)
    }
}

/// Replies in a row; the last for ever.
final class Script: Sendable {
    private let replies: Mutex<[Reply]>

    init(_ replies: [Reply]) { self.replies = Mutex(replies) }

    func next() -> Reply {
        replies.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .hangUp }
    }
}
