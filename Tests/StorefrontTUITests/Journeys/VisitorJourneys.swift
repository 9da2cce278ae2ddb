import StoreDomain
import StoreService
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

@testable import StorefrontTUI

/// A kiosk's visitors with their keys, on the whole screen and a real store.
@Suite(.serialized) struct VisitorJourneys {
    private static func key(_ number: UInt8) throws -> KeyFingerprint {
        try #require(KeyFingerprint(sha256: [UInt8](repeating: number, count: 32)))
    }

    private func come(_ number: UInt8, to store: LocalStore) async throws -> Journey {
        let key = try Self.key(number)
        let identity = store.visitors.service(
            for: key, visitor: "v\(number)", ids: CountedIDs(from: UInt64(number) << 32))
        return await Journey(
            store,
            services: store.services.forVisitors(
                VisitorLimits(), registrations: VisitTally(), identity: identity
            ) { _ in }, visitor: VisitorStanding(key: key))
    }

    /// One key makes an account, a code adds another, and either takes out the other.
    @Test func aSecondKeyIsAddedByACode() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let first = try await come(1, to: store)
        await first.press(.function(5))
        first.expect("Go on with my key", "Enter a code")
        await first.press(.alt("k"))
        first.expect("Welcome, Visitor")
        await first.press(.function(5))
        first.expect("Make a code", "Set a password", "Forget me", "yours just now")
        await first.press(.enter)
        first.expect("Good once")
        let code = try #require(await first.state.visitorCode)
        first.expect(code.shown)

        let second = try await come(2, to: store)
        await second.press(.function(5), .alt("c"))
        await second.type("wrong")
        await second.press(.enter)
        second.expect("good no longer")
        await second.press(.alt("c"))
        await second.type(code.shown.lowercased())
        await second.press(.enter)
        second.expect("Welcome, Visitor")
        await second.press(.function(5))
        second.expect(try Self.key(1).short, try Self.key(2).short)
        await second.press(.down, .down, .enter)
        second.expect("Take the key out?")
        await second.press("y")
        second.expect("The key is out")
        second.expectNot(try Self.key(1).short)
        for journey in [first, second] {
            journey.abandon()
            _ = await journey.end()
        }
        try store.close()
        #expect(try await files.violations() == [])
    }

    // MARK: - Pictures

    @Test func picturesComeSixtyTimesASecondAtMost() throws {
        var pace = FramePace()
        let start = ContinuousClock.now
        #expect(pace.wait(at: start) == nil)
        #expect(pace.wait(at: start + .milliseconds(1)) == FramePace.gap - .milliseconds(1))
        #expect(pace.wait(at: start + FramePace.gap) == nil)
        var drawn = 0
        for microseconds in 0..<1_000_000 where microseconds % 50 == 0 {
            if pace.wait(at: start + FramePace.gap * 2 + .microseconds(microseconds)) == nil { drawn += 1 }
        }
        #expect(drawn <= 60)
    }

    /// However fast the keys come, the last picture is that of the last of them.
    @Test func theLastPictureComesAlthoughItWasEarly() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = try await come(1, to: store)
        for _ in 0..<20 { await journey.press("j") }
        let surface = journey.screen
        await journey.press(.control("l"))
        #expect(journey.screen == surface)
        journey.abandon()
        _ = await journey.end()
        try store.close()
    }
}

extension AppState {
    fileprivate var visitorCode: VisitorCode? {
        if case .visitor(let visitor) = screen { visitor.code } else { nil }
    }
}
