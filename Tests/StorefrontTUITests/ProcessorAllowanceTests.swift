import StoreDomain
import StorefrontCore
import StorefrontTUI
import Synchronization
import TerminalKit
import Testing

/// A processor that takes as long for everything as a test says.
private final class Machine: Sendable {
    private let state = Mutex((used: 0.0, now: 0.0, asked: 0, cost: 0.0))

    /// How often it was asked.
    var asked: Int { state.withLock { $0.asked } }

    /// Seconds that everything takes from now on.
    func set(cost: Double) { state.withLock { $0.cost = cost } }
    func wait(_ seconds: Double) { state.withLock { $0.now += seconds } }
    func use(_ seconds: Double) { state.withLock { $0.used += seconds } }

    func allowance(share: Double, most: Double) -> ProcessorAllowance {
        ProcessorAllowance(share: share, most: most) { [self] in
            state.withLock { state in
                state.asked += 1
                state.used += state.cost
                state.now += state.cost
                return ProcessorAllowance.Reading(used: state.used, now: state.now)
            }
        }
    }
}

@Suite struct ProcessorAllowanceTests {
    @Test func whoeverUsesItUpWaitsAndThenHasLittle() throws {
        let machine = Machine()
        var allowance = machine.allowance(share: 0.1, most: 2)
        func pause() -> Duration? { allowance.pause() }
        machine.use(1.9)
        #expect(pause() == nil)
        machine.use(0.12)
        let first = try #require(pause())
        #expect(first > .milliseconds(200) && first < .milliseconds(300))
        machine.wait(0.3)
        #expect(pause() == nil)
        machine.use(0.02)
        #expect(pause() != nil)
        // It fills up again, and never beyond what it is.
        machine.wait(1_000)
        #expect(pause() == nil)
        machine.use(2.1)
        #expect(pause() != nil)
    }

    @Test func nobodyWaitsLongForWhatIsOver() throws {
        let machine = Machine()
        var allowance = machine.allowance(share: 0.02, most: 2)
        func pause() -> Duration? { allowance.pause() }
        machine.use(100)
        #expect(try #require(pause()) <= .seconds(ProcessorAllowance.longestPause))
        machine.wait(ProcessorAllowance.longestPause)
        machine.wait(0.1)
        #expect(pause() == nil)
    }

    /// What is sent without end is forgotten once the share is used up; the sender is heard again at once.
    @Test func aFloodIsForgotten() async throws {
        let machine = Machine()
        let files = try await JourneyStore(products: 60)
        let journey = await Journey(
            try files.open(), allowance: machine.allowance(share: 0.02, most: 0.5))
        let before = machine.asked
        machine.set(cost: 0.01)
        // All of it is there at once.
        journey.terminal.events.hold(true)
        for _ in 0..<10_000 { journey.send(.key(.down)) }
        journey.terminal.events.hold(false)
        await journey.untilIdle()
        #expect(machine.asked - before < 100)
        machine.set(cost: 0)
        machine.wait(1_000)
        await journey.press("/")
        await journey.type("kimchi")
        journey.expect("kimchi")
        journey.abandon()
        _ = await journey.end()
    }

    /// Line by line all of it is carried out: it may come from a script.
    @Test func noLineIsForgotten() async throws {
        let machine = Machine()
        let files = try await JourneyStore(products: 60)
        let journey = PlainJourney(
            try files.open(), sleep: { try await Task.sleep(for: $0 / 100) },
            allowance: machine.allowance(share: 0.02, most: 0.5))
        machine.set(cost: 0.1)
        for number in 1...20 { journey.send("/word\(number)") }
        await journey.type("/last")
        for number in 1...20 { journey.expect("word\(number).") }
        machine.set(cost: 0)
        _ = await journey.end()
    }
}
