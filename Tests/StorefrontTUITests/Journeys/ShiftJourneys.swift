import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// A day at the till, by keys, on a real store.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ShiftJourneys {
    @Test func aShiftFromItsFloatToItsZ() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        await journey.signIn(.admin)
        await journey.press(.function(7))
        journey.expect("Open since", "$200.00")
        // A sale in cash, from the shop.
        await journey.press(.function(2))
        await journey.press("+")
        await journey.press(.function(3), .enter)
        await journey.type("100")
        await journey.press(.enter)
        journey.expect("is paid")
        // The X report in two keys.
        await journey.press(.function(7))
        await journey.press("x")
        journey.expect("X REPORT", "NET SALES", "Cash")
        await journey.press("e")
        journey.expect("float $200.00 + cash sales")
        await journey.press(.escape, .escape)
        await journey.press("o")
        await journey.type("5")
        await journey.press(.enter)
        await journey.type("Milk")
        await journey.press(.enter)
        journey.expect("Paid out: $5.00")
        let counter = try #require(store.services.counter)
        let shift = try #require(
            try await counter.shifts.current(till: Till.standard, as: .operatorOfStore))
        let expected = try #require(
            try await counter.shifts.report(shift.id, as: .operatorOfStore).expected)
        await journey.press("c")
        var rest = expected.minorUnits
        for denomination in Currency.usd.denominations {
            await journey.type(String(rest / denomination))
            rest %= denomination
            await journey.press(.enter)
        }
        await journey.press("y")
        journey.expect("The count is right")
        await journey.press(.enter)
        await journey.press("y")
        journey.expect("Z1-000005", "Z REPORT")
        // The next one begins with what was left; the earlier ones are there.
        await journey.press(.escape)
        journey.expect("No shift is open", "200.00")
        await journey.press(.enter)
        journey.expect("Shift opened with $200.00")
        await journey.press("z")
        journey.expect("Z1-000005", "Z1-000001", "-$1.00")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }
}
