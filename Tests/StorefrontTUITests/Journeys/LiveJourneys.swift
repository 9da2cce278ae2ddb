import StoreContracts
import StoreDomain
import StoreSQLite
import StorefrontCore
import Synchronization
import TerminalKit
import Testing

/// Two programs on one file: what one does is on the other's screen.
@Suite(.serialized, .timeLimit(.minutes(20))) struct LiveJourneys {
    /// Waits until the screen is as it should be, for as long as the suite may take.
    private func see(
        _ text: String, on journey: Journey, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while !journey.screen.contains(text) {
            try #require(
                ContinuousClock.now < deadline, "\(text) is not on\n\(journey.screen)",
                sourceLocation: sourceLocation)
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func until(
        _ journey: Journey, _ isMet: (AppState) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while await !isMet(journey.state) {
            try #require(
                ContinuousClock.now < deadline, "this does not become so:\n\(journey.screen)",
                sourceLocation: sourceLocation)
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func shown(_ store: LocalStore, _ number: Int) async throws -> Product {
        let page = try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 16)
        return try #require(page.products.dropFirst(number).first)
    }

    private func change(_ product: Product, in store: LocalStore, _ change: (inout ProductPatch) -> Void)
        async throws
    {
        var patch = ProductPatch()
        change(&patch)
        _ = try await store.services.catalog.edit(product.id, patch, as: .operatorOfStore)
    }

    @Test func aPriceOfAnotherProgramShowsAndTheSelectionStays() async throws {
        let files = try await JourneyStore()
        let (near, far) = (try files.open(), try files.open())
        let journey = await Journey(near)
        let (first, third) = (try await shown(near, 0), try await shown(near, 2))
        await journey.press("j")
        await journey.press("j")
        try await change(first, in: far) { $0.price = Money(minorUnits: 123_456) }
        try await see("$1,234.56", on: journey)
        await journey.untilIdle()
        #expect(await journey.state.shop?.selected?.id == third.id)
        await journey.press("/")
        await journey.type("zzz")
        try await change(first, in: far) { $0.name = "Renamed elsewhere" }
        await journey.type("y")
        #expect(await journey.state.focusedField?.text == "zzzy")
        await journey.press(.escape)
        try await see("Renamed elsewhere", on: journey)
        journey.abandon()
        _ = await journey.end()
        try near.close()
        try far.close()
    }

    @Test func aCartHearsOfAnothersSaleAndAppliesNothing() async throws {
        let files = try await JourneyStore()
        let (near, far) = (try files.open(), try files.open())
        let journey = await Journey(near)
        let product = try await shown(near, 0)
        try await change(product, in: far) { $0.stock = 5 }
        await journey.press("5")
        await journey.press("+")
        await journey.press(.function(3))
        try await change(product, in: far) { $0.stock = 1 }
        try await until(journey) { $0.differences.count == 1 }
        #expect(await journey.state.cart.pieces == 5)
        journey.abandon()
        _ = await journey.end()
        try near.close()
        try far.close()
    }

    @Test func linesSayNothingInBetweenAndAreFresh() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let changes = ToldChanges()
        let journey = PlainJourney(
            store, services: store.services.replacing(changes: changes),
            sleep: { if $0 >= .milliseconds(500) { try await Task.sleep(for: .seconds(3600)) } })
        await journey.type("")
        let before = journey.transcript()
        let product = try await shown(store, 0)
        try await change(product, in: store) { $0.price = Money(minorUnits: 123_456) }
        await changes.tell(.everything)
        #expect(journey.transcript() == before, "nothing is said behind an open question")
        await journey.type("")
        let after = journey.transcript().dropFirst(before.count)
        #expect(after.contains("$1,234.56"), "\(after)")
        _ = await journey.end()
        try store.close()
    }

    @Test func aTillAndItsShiftFollowAnotherTerminal() async throws {
        let files = try await JourneyStore()
        let (near, far) = (try files.open(), try files.open())
        let (till, shift) = (await Journey(near, hasTill: true), await Journey(far, hasTill: true))
        await till.signIn(.admin)
        await shift.signIn(.staff)
        await till.press(.function(2))
        #expect(await till.state.kind == .till)
        await shift.press(.function(7))
        shift.expect("Open since")
        let before = shift.screen
        // What one terminal sells shows on the other's page of the shift.
        let product = try await shown(near, 0)
        await till.type(try #require(product.barcode))
        await till.press(.enter)
        await till.press("c")
        await till.press(.enter)
        till.expect("R1-")
        try await until(shift) { _ in shift.screen != before }
        // And what it parks on the other's till.
        await shift.press(.function(2))
        await till.type(try #require(product.barcode))
        await till.press(.enter)
        await till.press("p")
        till.expect("Parked as")
        try await see("1 parked", on: shift)
        // A shift that is opened, counted or closed elsewhere is another here.
        await till.press(.function(7))
        let counter = try #require(far.services.counter)
        let open = try #require(try await counter.shifts.current(till: Till.standard, as: .operatorOfStore))
        let staff = try #require(await shift.state.desk.principal.userID)
        #expect(staff != 0 && open.isOpen)
        let principal = await shift.state.desk.principal
        _ = try await counter.shifts.count(
            DrawerCount(total: open.float), till: Till.standard, as: principal)
        try await until(till) { state in
            if case .shift(let shift) = state.screen, case .closing = shift.stage { true } else { false }
        }
        till.abandon()
        shift.abandon()
        _ = await till.end()
        _ = await shift.end()
        try near.close()
        try far.close()
    }
}

/// Tells what a test says, and knows when that was heard.
private final class ToldChanges: ChangeService {
    private let (told, telling) = AsyncStream<(ShopChanges, @Sendable () -> Void)>.makeStream()

    func tell(_ changes: ShopChanges) async {
        await withCheckedContinuation { continuation in telling.yield((changes, { continuation.resume() })) }
    }

    func follow(as principal: Principal, _ heard: @Sendable (ShopChanges) async -> Void) async {
        for await (changes, done) in told {
            await heard(changes)
            done()
        }
    }
}
