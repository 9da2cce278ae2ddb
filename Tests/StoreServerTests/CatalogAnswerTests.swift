import HTTPTypes
import StoreDomain
import StoreWire
import Synchronization
import Testing

/// What is answered about the goods has a tag and is kept as long as nothing changes.
@Suite("Answers about the goods", .timeLimit(.minutes(20))) struct CatalogAnswerTests {
    /// A store's number of changes, as a test says.
    private final class Count: Sendable {
        private let number = Mutex<Int?>(1)

        var now: Int? { number.withLock { $0 } }
        func change() { number.withLock { $0 = ($0 ?? 0) + 1 } }
        func isUnknown() { number.withLock { $0 = nil } }
    }

    private static func have(_ tag: String?) -> HTTPFields { tag.map { [.ifNoneMatch: $0] } ?? [:] }

    private typealias Question = (endpoint: Endpoint, id: Int64?, query: [(name: String, value: String)])

    /// Every route that keeps answers, with goods of which the first is number 1.
    private static let questions: [Question] = [
        (.products, nil, []), (.products, nil, [("ids", "1")]), (.products, nil, [("category", "Kitchen")]),
        (.searchProducts, nil, [("q", "mug")]), (.product, 1, []), (.categories, nil, []),
    ]

    @Test(arguments: questions.indices) func whoHasItIsToldSo(_ index: Int) async throws {
        let question = Self.questions[index]
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "5.00", stock: 2, category: "Kitchen")
            let first = try await anyone.call(question.endpoint, id: question.id, question.query)
            let tag = try #require(first.headers[.eTag])
            #expect(first.headers[.cacheControl] == "no-cache")
            for known in [tag, "W/" + tag, "\"other\", " + tag, "*"] {
                let again = try await anyone.call(
                    question.endpoint, id: question.id, question.query, headers: Self.have(known))
                #expect(again.status == 304)
                #expect(again.text.isEmpty)
                #expect(again.headers[.eTag] == tag)
            }
            #expect(
                try await anyone.call(
                    question.endpoint, id: question.id, question.query, headers: Self.have("\"other\"")
                )
                .text == first.text)
            _ = try await admin.call(.editProduct, id: mug, [], ["price": 6, "category": "Table"])
            let changed = try await anyone.call(
                question.endpoint, id: question.id, question.query, headers: Self.have(tag))
            #expect(changed.status == 200)
            #expect(changed.headers[.eTag] != tag)
        }
    }

    @Test func whatIsKeptIsAnsweredWithoutLookingUntilSomethingChanges() async throws {
        let count = Count()
        let server = try await TestServer(version: { count.now })
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "5.00", stock: 2)
            let first = try await anyone.call(.products)
            // The test says that nothing has changed, so nobody looks.
            _ = try await admin.call(.editProduct, id: mug, [], ["price": 6])
            #expect(try await anyone.call(.products).text == first.text)
            #expect(try await anyone.call(.products, [("sort", "name")])["products.0.price"] == "6.00")
            count.change()
            #expect(try await anyone.call(.products)["products.0.price"] == "6.00")
            // Where it cannot be told, it is looked at each time.
            count.isUnknown()
            _ = try await admin.call(.editProduct, id: mug, [], ["price": 7])
            #expect(try await anyone.call(.products)["products.0.price"] == "7.00")
        }
    }

    /// What is kept for one is seen by all, so it is the same for all; what only some may see is never kept.
    @Test func nothingOfAPersonIsKept() async throws {
        let count = Count()
        let server = try await TestServer(version: { count.now })
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let customer = try await anyone.registered("bob@example.com")
            let mug = try await admin.product("Mug", price: "5.00", stock: 2)
            let gone = try await admin.product("Plate", price: "5.00", stock: 2)
            #expect(try await admin.call(.removeProduct, id: gone).status == 204)
            count.change()
            for endpoint in [Endpoint.products, .categories] {
                var texts: Set<String> = []
                for client in [admin, customer, anyone] { texts.insert(try await client.call(endpoint).text) }
                #expect(texts.count == 1)
            }
            // The staff's look at a product that is off sale is nobody else's.
            #expect(try await admin.call(.productRecord, id: gone).status == 200)
            #expect(try await customer.call(.productRecord, id: gone).status == 403)
            #expect(try await anyone.call(.productRecord, id: gone).status == 401)
            #expect(try await customer.call(.product, id: gone).status == 404)
            #expect(try await admin.call(.productRecord, id: mug).headers[.cacheControl] == nil)
            // A token that does not count is refused before anything that is kept is given.
            let stranger = Client(http: anyone.http, token: "nobody's")
            let refused = try await stranger.call(.orders)
            #expect(refused.status == 401)
            // Refusals are not kept.
            #expect(try await anyone.call(.product, id: 99).status == 404)
            #expect(try await anyone.call(.products, [("page", "none")]).status == 400)
        }
    }

    @Test func aProductsTagIsTheOneThatAChangeTakes() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug", price: "5.00", stock: 2)
            let tag = try #require(try await anyone.call(.product, id: mug).headers[.eTag])
            let changed = try await admin.call(
                .editProduct, id: mug, [], ["price": 6], headers: [.ifMatch: tag])
            #expect(changed.status == 200)
            #expect(
                try await anyone.call(.product, id: mug, headers: Self.have(changed.headers[.eTag])).status
                    == 304)
        }
    }
}
