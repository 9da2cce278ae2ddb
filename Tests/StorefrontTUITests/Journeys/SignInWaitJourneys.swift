import Synchronization
import TerminalKit
import Testing

@Suite(.serialized) struct SignInWaitJourneys {
    @Test(arguments: [false, true])
    func theWaitAfterManyFailuresCountsDownAndEnds(reducedMotion: Bool) async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let alarm = Alarm(reducedMotion ? .seconds(4) : .seconds(1))
        let journey = await Journey(store, reducedMotion: reducedMotion) { try await alarm.sleep($0) }
        await journey.press(.function(5))
        await journey.type("staff@example.com")
        await journey.press(.tab)
        // Five are free, then the wait doubles.
        for wait in [0, 0, 0, 0, 1, 2] as [Int64] {
            await journey.type("wrong")
            await journey.press(.enter)
            journey.expect("Invalid email or password")
            files.clock.advance(bySeconds: wait)
        }
        await journey.type("wrong")
        await journey.press(.enter)
        journey.expect("Invalid email or password")
        #expect(alarm.count == 0)
        await journey.type("storefront-demo")
        await journey.press(.enter)
        #expect(
            await journey.state.signIn?.problem == "Too many failed attempts. Try again in 4 seconds.")
        journey.expect("Too many failed attempts")

        if reducedMotion {
            try await alarm.ring()
        } else {
            for passed in 1...3 {
                try await alarm.ring()
                try await journey.terminal.waitForText("Try again in \(4 - passed)")
            }
            try await alarm.ring()
        }
        try await journey.terminal.waitForText("You can try to sign in again")
        journey.expectNot("Too many failed attempts")
        #expect(alarm.count == (reducedMotion ? 1 : 4))
        // What was typed is still there.
        files.clock.advance(bySeconds: 4)
        await journey.press(.enter)
        journey.expect("Welcome, Demo Staff")
        journey.abandon()
        try store.close()
    }
}

/// Sleeps of one length end when the test says so; others by themselves.
private final class Alarm: Sendable {
    private struct State {
        var sleeps = 0
        var rings = 0
    }

    private let duration: Duration
    private let state = Mutex(State())

    init(_ duration: Duration) { self.duration = duration }

    /// How many such sleeps began.
    var count: Int { state.withLock { $0.sleeps } }

    func sleep(_ duration: Duration) async throws {
        guard duration == self.duration else { return try await Task.sleep(for: duration) }
        let number = state.withLock { state in
            state.sleeps += 1
            return state.sleeps
        }
        while state.withLock({ $0.rings }) < number { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Ends the sleep that is under way, or the next.
    func ring() async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while state.withLock({ $0.sleeps <= $0.rings }) {
            try #require(ContinuousClock.now < deadline, "nobody sleeps")
            try await Task.sleep(for: .milliseconds(2))
        }
        state.withLock { $0.rings += 1 }
    }
}
