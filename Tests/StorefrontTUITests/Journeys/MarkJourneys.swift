import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// Marking rows and acting on all of them, by key and by line, on a real store.
@Suite(.serialized, .timeLimit(.minutes(20))) struct MarkJourneys {
    @Test func markedLinesLeaveTheCartAndComeBack() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        for _ in 1...3 {
            await journey.press("+")
            await journey.press(.down)
        }
        await journey.press(.function(3))
        await journey.press(.home)
        await journey.press(" ")
        await journey.press(" ")
        journey.expect("✓", "2 in all")
        await journey.press(.up)
        journey.expect("2 lines marked")
        await journey.press("d")
        journey.expect("2 lines removed")
        #expect(try await store.services.cart.cart(of: .guest).lines.count == 1)
        await journey.press("u")
        #expect(try await store.services.cart.cart(of: .guest).lines.count == 3)
        await journey.press("U")
        #expect(try await store.services.cart.cart(of: .guest).lines.count == 1)
        await journey.press("q")
        #expect(await journey.end() == nil)
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func markedOrdersArePrintedExportedAndCancelled() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        await journey.signIn(.staff)
        await journey.press(.function(4))
        await journey.press("*")
        let marked = try #require(await journey.state.orders?.marks.items)
        let pending = marked.filter { $0.status == .pending }
        #expect(!pending.isEmpty && pending.count < marked.count)
        await journey.press("P")
        journey.expect("\(marked.count.counted("order")) sent to the printer")
        #expect(journey.ports.printed.count == marked.count)
        await journey.press("E")
        journey.expect("saved as orders.csv")
        #expect(journey.ports.exported == [marked.map(\.id)])
        await journey.press("x")
        journey.expect("Cancel \(pending.count.counted("order"))?", "cannot be")
        await journey.press("y")
        journey.expect("\(pending.count.counted("order")) cancelled")
        for order in marked {
            let now = try #require(await journey.state.orders?.page?.orders.first { $0.id == order.id })
            #expect(now.status == (order.status == .pending ? .cancelled : order.status))
        }
        await journey.press(.escape)
        #expect(await journey.state.orders?.marks.isEmpty == true)
        await journey.press("q")
        #expect(await journey.end() == nil)
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func marksInLines() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.staff)
        await journey.type("add 1", "add 2", "add 3", "cart", "mark 1", "mark 3", "where", "remove 2")
        await journey.type("remove", "undo", "redo", "undo", "mark all", "mark 2", "unmark", "unmark", "back")
        await journey.type(
            "orders", "mark 2", "mark 1", "print", "export", "cancel 3", "cancel", "y", "where")
        await journey.type("back", "quit")
        #expect(await journey.ended() == nil)
        #expect(journey.ports.printed.count == 2 && journey.ports.exported.first?.count == 2)
        try Golden.check(journey.transcript(), "plain-marks")
        try store.close()
        #expect(try await files.violations() == [])
    }
}
