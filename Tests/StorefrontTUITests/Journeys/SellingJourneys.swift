import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// Whole ways through the program on a real store, by key.
@Suite(.serialized, .timeLimit(.minutes(20))) struct SellingJourneys {
    @Test func fromSignInToOrderHistory() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store, start: .signIn)
        journey.expect("Sign in", "staff@example.com")
        await journey.type("staff@example.com")
        await journey.press(.enter)
        await journey.type(DemoData.password.revealed)
        await journey.press(.enter)
        journey.expect("Welcome, Demo Staff", "Demo Staff (staff)")

        let product = try await product(in: store)
        await journey.press("/")
        await journey.type(product.name)
        await journey.press(.enter)
        journey.expect(String(product.name.prefix(20)))
        await journey.press("2")
        await journey.press("+")
        journey.expect("Cart 2")
        await journey.press(.function(3))
        journey.expect(product.price.displayText)
        await journey.press("%")
        await journey.type("save20")
        await journey.press(.enter)
        journey.expect("Discount SAVE20")
        await journey.press(.enter)
        journey.expect("Cash given")
        await journey.type("99999")
        await journey.press(.enter)
        // So much for so little is asked about once.
        journey.expect("Take $99,999.00 in cash?")
        await journey.press("y")
        journey.expect("is paid", "Change")
        await journey.press("v")
        journey.expect("TOTAL", "Discount SAVE20")
        await journey.press("s")
        journey.expect("Receipt saved as receipt-")
        #expect(journey.ports.saved.count == 1)
        await journey.press("p")
        // What was saved is the original.
        let copy = try #require(journey.ports.printed.first)
        #expect(copy.contains("COPY 1"))
        let rest = copy.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasSuffix("COPY 1") }.joined(separator: "\n")
        #expect([rest] == Array(journey.ports.saved.values))
        await journey.press(.function(4))
        journey.expect("Orders", "paid", "Demo Staff")
        await journey.press(.enter)
        journey.expect("   2  \(product.name.prefix(20))")

        let after = try await store.services.catalog.product(product.id)
        #expect(after.stock == product.stock.moved(by: -2))
        await journey.press("q")
        #expect(await journey.end() == nil)
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func aGuestSignsInAtTheCheckout() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        await journey.press("+")
        journey.expect("Cart 1", "Guest")
        await journey.press(.function(3), .enter)
        journey.expect("your cart comes along")
        await journey.type("customer@example.com")
        await journey.press(.tab)
        await journey.type("not the password")
        await journey.press(.enter)
        journey.expect("Invalid email or password", "Cart 1")
        await journey.type(DemoData.password.revealed)
        await journey.press(.enter)
        journey.expect("Demo Customer", "Cart 1", "To pay", "Demo card")
        await journey.press(.enter)
        journey.expect("is paid")
        await journey.press(.function(4))
        journey.expect("Orders")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func scanningSellsFromAnyScreen() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        let product = try await product(in: store)
        let code = try #require(product.barcode)
        await journey.scan(code)
        journey.expect("Cart 1", "added")
        await journey.press(.function(3))
        await journey.scan(code)
        journey.expect("Cart 2")
        await journey.press(.function(2), .enter)
        await journey.scan(code)
        journey.expect("Cart 3")
        await journey.press(.escape, .character("/"))
        await journey.scan(code)
        journey.expect("Cart 4")
        await journey.scan("0000000000000")
        journey.expect("No product has the code 0000000000000", "Cart 4")
        #expect(journey.terminal.beepCount == 1)
        journey.abandon()
        try store.close()
    }

    /// A label with letters, and keys that would do something by themselves.
    @Test func aScanActsOnlyAsACode() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        let sku = try #require(try await product(in: store).sku)
        #expect(journey.terminal.gathersScans)
        await journey.press("3")
        await journey.hear(.scan(Scan(sku)))
        journey.expect("Cart 3", "added (\(sku))")
        await journey.press("/")
        #expect(journey.terminal.gathersScans)
        await journey.hear(.scan(Scan(sku.lowercased(), end: .tab)))
        journey.expect("Cart 4")
        await journey.hear(.scan(Scan("nobody's-code")))
        journey.expect("nobody's-code", "Nothing", "Cart 4")
        await journey.press("x")
        await journey.hear(.scan(Scan("qqq-+ay1")))
        journey.expect("No product has the code qqq-+ay1", "Cart 4")
        // The first key of a code that only walked the list is taken back.
        let row = await journey.state.screen.feature.selectedRow(journey.state.desk)
        await journey.type("j")
        await journey.hear(.scan(Scan("jqq-1", passed: 1)))
        #expect(await journey.state.screen.feature.selectedRow(journey.state.desk) == row)
        // What is typed by others is typing, however fast it comes.
        await journey.press(":")
        await journey.hear(.scan(Scan("theme")))
        journey.expect("Theme")
        let overlays = await journey.state.overlays
        #expect(overlays.count == 1, "\(overlays)")
        journey.abandon()
        try store.close()
    }

    /// An article's number would be 96,385,074.00 in cash, and any code an approval.
    @Test func aScanWhilePayingPaysNothing() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        await journey.signIn(.staff)
        let before = try await orderCount(store)
        await journey.press("+")
        await journey.press("o")
        journey.expect("Cash given")
        await journey.hear(.scan(Scan("96385074")))
        journey.expect("That was a scan (96385074), not an amount")
        await journey.press(.down)
        await journey.hear(.scan(Scan("4006381333931")))
        journey.expect("That was a scan", "Approval code")
        await journey.press(.control("c"))
        journey.expect("Quit?")
        await journey.hear(.scan(Scan("jy-12345")))
        let question = await journey.state.overlays
        #expect(question.count == 1, "a scan answers nothing: \(journey.screen)")
        await journey.press("n")
        await journey.press(.character("Z"), .backspace, .up)
        #expect(try await orderCount(store) == before, "\(journey.screen)")
        await journey.press(.enter)
        journey.expect("is paid")
        await journey.press("z")
        journey.expect("z has no meaning here; ? shows what has")
        // Done: the next scan is the next sale's first.
        let code = try #require(try await product(in: store).barcode)
        await journey.hear(.scan(Scan(code)))
        journey.expect("Cart 1", "added (\(code))")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func enterHammeredIsOneOrder() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        await journey.signIn(.customer)
        let before = try await orderCount(store)
        await journey.press("+")
        await journey.press(.function(3))
        // Each volley comes faster than the store answers; what is under way takes no second Enter.
        for _ in 0..<5 {
            for _ in 0..<30 { journey.send(.key(.enter)) }
            await journey.untilIdle()
        }
        #expect(await journey.state.cart.isEmpty, "\(journey.screen)")
        #expect(try await orderCount(store) == before + 1, "\(journey.screen)")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    // MARK: - Meanwhile, elsewhere

    @Test func soldOutMeanwhile() async throws {
        let files = try await JourneyStore()
        let (here, there) = (try files.open(), try files.open())
        let journey = await Journey(here)
        await journey.signIn(.customer)
        let product = try #require(await journey.state.shop?.selected)
        await journey.press("+")
        await journey.press(.function(3), .enter)
        journey.expect("Demo card")
        // The other till sells all there is, between review and payment.
        try await edit(product.id, in: there, ProductPatch(stock: 0))
        await journey.press(.enter)
        journey.expect("is sold out", "Review", "cannot be had any more")
        await journey.press(.enter)
        journey.expect("Accept the changes first")
        await journey.press("y")
        #expect(await journey.state.cart.isEmpty, "\(journey.screen)")
        journey.abandon()
        try here.close()
        try there.close()
        #expect(try await files.violations() == [])
    }

    @Test func priceChangedMeanwhile() async throws {
        let files = try await JourneyStore()
        let (here, there) = (try files.open(), try files.open())
        let journey = await Journey(here)
        await journey.signIn(.customer)
        let product = try #require(await journey.state.shop?.selected)
        await journey.press("+")
        let price = Money(minorUnits: 123_456)
        try await edit(product.id, in: there, ProductPatch(price: price))
        await journey.press(.function(3))
        journey.expect("price now $1,234.56")
        await journey.press(.enter)
        journey.expect("Accept the changes first")
        await journey.press("y")
        await journey.press(.enter, .enter)
        journey.expect("is paid")
        let order = try #require(await journey.state.checkout?.order)
        #expect(order.subtotal == price)
        journey.abandon()
        try here.close()
        try there.close()
    }

    // MARK: - What survives

    @Test func theCartSurvivesARestart() async throws {
        let files = try await JourneyStore()
        let first = try files.open()
        let journey = await Journey(first)
        await journey.signIn(.staff)
        await journey.press("3")
        await journey.press("+")
        // No quit: as after a power cut, of which its session ends, too.
        journey.abandon()
        try first.close()
        let second = try files.open(ids: CountedIDs(from: 2))
        let next = await Journey(second)
        next.expect("Cart empty")
        await next.signIn(.staff)
        next.expect("Cart 3", "still here")
        await next.press("u")
        next.expect("Cart empty", "Took back: 3 ×")
        await next.press("U")
        next.expect("Cart 3", "Made again: 3 ×")
        next.abandon()
        try second.close()
        // What was taken back can be made again after a restart, too.
        let third = try files.open(ids: CountedIDs(from: 3))
        let last = await Journey(third)
        await last.signIn(.staff)
        await last.press("u")
        last.abandon()
        try third.close()
        let fourth = try files.open(ids: CountedIDs(from: 4))
        let again = await Journey(fourth)
        await again.signIn(.staff)
        again.expect("Cart empty")
        await again.press("U")
        again.expect("Cart 3")
        again.abandon()
        try fourth.close()
    }

    @Test(arguments: [FaultyCall.place, .pay, .finishCheckout])
    func aCheckoutCutShortIsFinishedByTheNextStart(during call: FaultyCall) async throws {
        let files = try await JourneyStore()
        let first = try files.open()
        let plan = FaultPlan()
        let journey = await Journey(first, services: plan.wrap(first.services))
        await journey.signIn(.customer)
        let before = try await orderCount(first)
        await journey.press("+")
        await journey.press(.function(3), .enter)
        plan.next(call, .after(.outcomeUnknown))
        await journey.press(.enter)
        journey.expect("asks again")
        journey.abandon()
        try first.close()

        let second = try files.open(ids: CountedIDs(from: 2))
        let next = await Journey(second, ids: CountedIDs(from: 3))
        await next.signIn(.customer)
        if call != .finishCheckout {
            next.expect("A checkout was interrupted")
            await next.press(.enter)
            next.expect("is paid", "Cart empty")
        }
        #expect(try await orderCount(second) == before + 1, "\(next.screen)")
        #expect(await next.state.cart.isEmpty, "\(next.screen)")
        next.abandon()
        try second.close()
        #expect(try await files.violations() == [])
    }

    @Test func anInterruptedCheckoutPutOffIsNotOrderedTwice() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let plan = FaultPlan()
        let journey = await Journey(store, services: plan.wrap(store.services))
        await journey.signIn(.customer)
        let before = try await orderCount(store)
        await journey.press("+")
        await journey.press(.function(3), .enter)
        plan.next(.pay, .after(.outcomeUnknown))
        await journey.press(.enter, .escape)
        journey.expect("Leave the checkout?")
        await journey.press("y")
        journey.expect("Cart")
        await journey.press(.enter)
        journey.expect("A checkout was interrupted")
        await journey.press("y")
        journey.expect("is paid", "Cart empty")
        #expect(try await orderCount(store) == before + 1)
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func aRefusedDiskTakesTheChangeBack() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let plan = FaultPlan()
        let journey = await Journey(store, services: plan.wrap(store.services))
        await journey.press("+")
        let sentence = "The disk of state.db is full: free some space"
        plan.next(.applyChange, .before(.storage(StorageFault(.full, path: "state.db", sentence: sentence))))
        await journey.press("+")
        journey.expect(sentence, "Cart 1")
        await journey.press(.down)
        journey.expect("Cart 1")
        await journey.press(.up, .character("+"))
        journey.expect("Cart 2")
        journey.abandon()
        try store.close()
    }

    // MARK: - What the tests above share

    private func product(in store: LocalStore) async throws -> Product {
        let page = try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 100)
        return try #require(
            page.products.first { $0.stock.isTracked && $0.stock.covers(9) && $0.barcode != nil })
    }

    private func orderCount(_ store: LocalStore) async throws -> Int {
        try await store.services.orders.orders(OrderQuery(everybody: true), as: .operatorOfStore).total
    }

    private func edit(_ id: Int64, in store: LocalStore, _ patch: ProductPatch) async throws {
        _ = try await store.services.catalog.edit(id, patch, as: .operatorOfStore)
    }
}
