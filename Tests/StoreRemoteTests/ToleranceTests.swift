import StoreDomain
import Testing

@testable import StoreRemote

@Suite("A server of the same contract that was made otherwise", .serialized)
struct ToleranceTests {
    private let fixture: RemoteFixture
    private var services: StoreServices { fixture.services }

    init() throws { fixture = try RemoteFixture { Flask.reply($0) } }

    @Test("Dates, money and numbers of every kind; redirects to the slash")
    func products() async throws {
        let page = try await services.catalog.page(ProductQuery(), at: .first, perPage: 20)
        #expect(page.products.map(\.price.minorUnits) == [2999, 110, 200])
        #expect(page.products.map(\.stock) == [4, 9, .untracked])
        let time = Timestamp(year: 2026, month: 11, day: 22, hour: 14, minute: 5, second: 9)
        #expect(page.products.first?.createdAt == time && page.products[1].updatedAt == time)
        #expect(page.products[2].createdAt == Timestamp(milliseconds: 0))
        #expect(page.total == Count(3))
        #expect(fixture.server.requests.map(\.path) == ["/api/products", "/api/products/"])
        #expect(fixture.server.requests[1].parameter("per_page") == "20")
    }

    @Test("A page smaller than the server's is cut from it")
    func smallPages() async throws {
        var ids: [Int64] = []
        for number in 1...3 {
            let page = try await services.catalog.page(ProductQuery(), at: .number(number), perPage: 2)
            #expect(page.total == Count(3) && page.perPage == 2)
            ids += page.products.map(\.id)
        }
        #expect(ids == [3, 2, 1])
        let last = try await services.catalog.page(ProductQuery(), at: .last, perPage: 2)
        #expect(last.number == 2 && last.products.map(\.id) == [1])
    }

    @Test("A search that gives all at once is paged, narrowed and sorted here")
    func search() async throws {
        let catalog = services.catalog
        let second = try await catalog.page(ProductQuery(text: "n"), at: .number(2), perPage: 2)
        #expect(second.products.map(\.id) == [1] && second.total == Count(3) && !second.hasNext)
        let paper = try await catalog.page(
            ProductQuery(text: "n", category: "Paper"), at: .first, perPage: 20)
        #expect(paper.products.map(\.id) == [2] && paper.total == Count(1))
        let cheap = try await catalog.page(ProductQuery(text: "n", sort: .priceUp), at: .first, perPage: 20)
        #expect(cheap.products.map(\.id) == [2, 1, 3])
    }

    @Test("Categories are counted where there is no list of them; sorting is said to be missing")
    func withoutAddedRoutes() async throws {
        #expect(
            try await services.catalog.categories() == [
                CategoryCount(name: "Home", count: 1), CategoryCount(name: "Paper", count: 1),
            ])
        let error = await refusal { () async throws(StoreError) in
            try await services.catalog.page(ProductQuery(sort: .priceUp), at: .first, perPage: 20)
        }
        #expect(error?.message.hasPrefix("This server does not offer sorting") == true)
        #expect(
            await refusal { () async throws(StoreError) in
                try await services.orders.cancel(11, as: RemoteFixture.customer)
            } == .unsupported("cancelling orders"))
        #expect(
            await refusal { () async throws(StoreError) in
                try await services.catalog.edit(3, ProductPatch(stock: 1), as: RemoteFixture.customer)
            } == .unsupported("changing products"))
    }

    @Test("Sign in, order, pay and sign out, with the body and the token behind every redirect")
    func wholeSale() async throws {
        let session = try await services.auth.signIn(
            email: "customer@example.com", password: Secret("storefront-demo"))
        let draft = try OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 2)])
        let customer = Principal.user(session)
        let order = try await services.orders.place(draft, key: IdempotencyKey(random: 1, 2), as: customer)
        #expect(order.subtotal.minorUnits == 5998 && order.tax.minorUnits == 510)
        #expect(order.items.map(\.unitPrice.minorUnits) == [2999])
        let paid = try await services.payments.pay(
            order.id, [PaymentRequest(methodID: nil)], key: IdempotencyKey(random: 1, 3), as: customer)
        #expect(paid.status == .paid)
        #expect(try await services.orders.orders(OrderQuery(status: .paid), as: customer).orders.isEmpty)
        try await services.auth.signOut(session)
        #expect(fixture.store.session == nil)
        let posts = fixture.server.requests.filter { $0.path == "/api/orders/" && $0.method == "POST" }
        #expect(posts.count == 1 && posts[0].headers["authorization"] == "Bearer token-1")
        #expect(posts[0].body == #"{"items":[{"product_id":3,"quantity":2}]}"#)
    }

    @Test("Refusals in its own words")
    func refusals() async throws {
        let draft = try OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 9)])
        #expect(
            await refusal { () async throws(StoreError) in
                try await services.orders.place(
                    draft, key: IdempotencyKey(random: 1, 2), as: RemoteFixture.customer)
            } == .insufficientStock(productID: 3, name: "Lamp", available: 4))
        #expect(
            await refusal { () async throws(StoreError) in
                try await services.auth.signIn(email: "a@example.com", password: Secret("wrong"))
            } == .wrongCredentials)
        let expired = Principal.user(Session(user: RemoteFixture.user, token: Secret("old")))
        #expect(
            await refusal { () async throws(StoreError) in
                try await services.orders.orders(OrderQuery(), as: expired)
            } == .signInRequired)
        #expect(
            await refusal { () async throws(StoreError) in try await services.catalog.product(99) }
                == .notFound(.product(99)))
    }

    @Test("Figures rounded to the cent, once each; the server's count, not ours")
    func quote() async throws {
        let lines = [PricedLine(name: "Lamp", unitPrice: Money(minorUnits: 19_999), quantity: 1)]
        let payments = services.payments
        let saved = try await payments.quote(lines, discountCode: "SAVE20", as: RemoteFixture.customer)
        #expect(saved.discount.minorUnits == 4000 && saved.tax.minorUnits == 1700)
        #expect(saved.total.minorUnits == 17_699 && saved.discountCode == "SAVE20")
        let plain = try await payments.quote(lines, discountCode: "NOSUCH", as: RemoteFixture.customer)
        #expect(plain.discountProblem == .unknown && plain.total.minorUnits == 21_699)
        let guest = try await payments.quote(lines, discountCode: "NOSUCH", as: .guest)
        #expect(guest.discountProblem == .unchecked && guest.total.minorUnits == 21_699)
        // What a code is worth is the server's to say, whatever it is called.
        let coded = try await payments.quote(lines, discountCode: "SAVE20", as: .guest)
        #expect(coded.discountProblem == .unchecked && coded.total.minorUnits == 21_699)
    }

    @Test("What it does not have is said to be missing; the policy is then the program's own")
    func withoutACounter() async throws {
        let (who, counter) = (RemoteFixture.customer, try #require(services.counter))
        let sale = try SaleDraft(till: "1", lines: [SaleDraft.Line(productID: 3, quantity: 1)])
        let key = IdempotencyKey(random: 1, 2)
        func isMissing(_ call: () async throws(StoreError) -> some Any) async -> Bool {
            if case .unsupported = await refusal(call) { true } else { false }
        }
        #expect(
            await isMissing { () async throws(StoreError) in
                try await counter.till.sell(sale, key: key, as: who)
            })
        #expect(
            await isMissing { () async throws(StoreError) in
                try await counter.shifts.current(till: "1", as: who)
            })
        #expect(
            await isMissing { () async throws(StoreError) in try await counter.parking.parked(as: who) })
        #expect(
            await isMissing { () async throws(StoreError) in try await counter.journal.chains(as: who) })
        #expect(
            await isMissing { () async throws(StoreError) in try await services.accounts.roles(as: who) })
        #expect(
            await isMissing { () async throws(StoreError) in
                try await services.policy.set("tax.rate", to: "1", as: who)
            })
        #expect(
            await isMissing { () async throws(StoreError) in
                try await services.orders.orders(OrderQuery(everybody: true), as: who)
            })
        #expect(
            await isMissing { () async throws(StoreError) in
                try await services.orders.dailySales(days: 3, as: who)
            })
        let cash = PaymentRequest(methodID: "cash", tenderedMinor: 9999)
        #expect(
            await isMissing { () async throws(StoreError) in
                try await services.payments.pay(11, [cash], key: key, as: who)
            })
        #expect(try await services.policy.current().policy == ShopPolicy())
        #expect(try await services.payments.methods(as: who) == [.online])
        // An order that such a server keeps cannot be kept longer.
        try await services.payments.keepOpen(11, as: who)
        #expect(fixture.server.requests.allSatisfy { $0.method == "GET" || !$0.path.contains("checkout") })
    }

    @Test("Which product is meant is found in the catalogue, not in the sentence")
    func shortage() async throws {
        let orders = services.orders
        func place(_ lines: [OrderDraft.Line]) async -> StoreError? {
            await refusal { () async throws(StoreError) in
                try await orders.place(
                    OrderDraft(lines: lines), key: IdempotencyKey(random: 1, 2), as: RemoteFixture.customer)
            }
        }
        let lamps = try OrderDraft.Line(productID: 3, quantity: 9)
        #expect(await place([lamps]) == .insufficientStock(productID: 3, name: "Lamp", available: 4))
        let nothing = try OrderDraft.Line(productID: 99, quantity: 1)
        #expect(await place([nothing]) == .notFound(.product(99)))
        // Nothing in the catalogue explains it: it is told in the server's words.
        let few = try OrderDraft.Line(productID: 3, quantity: 1)
        #expect(await place([few])?.message == "Insufficient stock for Lamp. Available: 4")
    }
}
