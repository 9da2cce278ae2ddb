import StoreDomain
import StorefrontCore
import TerminalKit
import Testing

@testable import StorefrontTape

/// A random hand uses the real program: everything holds, the same seed does the same, what fails is a tape.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ExploreTests {
    private func explore(seed: UInt64, steps: Int, faults: Bool, verify: [String]? = nil) async throws
        -> ProofResult
    {
        var facts = RecordedSession.facts
        facts.seed = seed
        return try await ProofOfSession.withShop(verify: verify) { [facts] shop in
            var explorer = Explorer(Exploration(facts, steps: steps, hasFaults: faults), in: shop)
            return await explorer.run()
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func everythingHolds(seed: UInt64) async throws {
        let result = try await explore(seed: seed, steps: 60, faults: seed > 1)
        #expect(result.failures == [], "seed \(seed): \(result.played.text)")
        #expect(result.checks > 0 && result.steps >= 60 && result.coverage.commands.count > 5)
    }

    @Test func theSameSeedDoesTheSame() async throws {
        let first = try await explore(seed: 4, steps: 60, faults: true)
        let second = try await explore(seed: 4, steps: 60, faults: true)
        #expect(first == second)
        // As a tape it is played to the same end, wherever it is.
        let tape = try Tape(first.played.text)
        let proved = try await ProofOfSession.prove(tape)
        #expect(proved.divergence == nil && proved.failures == [], "\(proved.divergence?.sentence ?? "")")
        var film = try ProofOfSession.film(tape)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.first?.sentence ?? "")")
    }

    /// Whatever nobody has been on yet is begun near, in the kind of program that has it.
    @Test func aHandBeginsNearWhatIsMissing() {
        let all = ScreenKind.allCases
        var goals: Set<ScreenKind> = []
        for screen in all {
            var known = Coverage()
            for other in all where other != screen { known.note(other) }
            let exploration = Exploration(RecordedSession.facts, steps: 1, hasFaults: false, known: known)
            let beginning = exploration.beginning
            goals.insert(beginning.goal ?? .shop)
            let context = exploration.header.state?.desk.context
            #expect(beginning.goal == screen && (context?.kiosk != nil) == (screen == .visitor))
            #expect(exploration.header.state?.kind == (screen == .welcome ? .welcome : .shop))
            if [.baskets, .importing, .welcome].contains(screen) { #expect(context?.isThrowAway == false) }
        }
        #expect(goals == Set(all))
    }

    /// What is without a key is found by its name: one hand is led to a screen of the back office.
    @Test func aHandFindsWhatHasNoKey() async throws {
        var known = Coverage()
        for screen in ScreenKind.allCases where screen != .reports { known.note(screen) }
        let result = try await ProofOfSession.withShop { [known] shop in
            var explorer = Explorer(
                Exploration(RecordedSession.facts, steps: 40, hasFaults: false, known: known), in: shop)
            return await explorer.run()
        }
        #expect(result.coverage.screens.contains("reports"), "\(result.coverage.screens)")
        #expect(result.failures == [])
    }

    @Test func whatDoesNotHoldEndsIt() async throws {
        let result = try await explore(seed: 5, steps: 20, faults: false, verify: ["a line is missing"])
        #expect(result.failures.map(\.sentence) == ["verify clean"])
        #expect(result.failures.first?.problem == "a line is missing")
        #expect(result.played.entries.contains { $0.line == .check("verify clean") })
    }

    /// Nothing of what always must hold is so by its wording: a broken state is found.
    @Test func aPictureOfAnotherSizeIsFound() {
        let state = AppState(context: AppContext(), start: .shop)
        let surface = AlwaysHolds.problems(
            of: state, on: .init(size: .init(width: 10, height: 3)), size: .init(width: 80, height: 24),
            in: RenderContext(theme: .standard, glyphs: .unicode))
        #expect(surface.map(\.sentence) == ["a picture is as big as the screen"])
    }

    /// What is wrong with a field can be read where the keys are, whatever colours there are.
    @Test(arguments: ColorDepth.allCases) func aWrongFieldCanBeRead(depth: ColorDepth) async throws {
        var header = TapeHeader(RecordedSession.facts, size: Size(width: 80, height: 24))
        header.colors = depth.rawValue
        let keys: [Key] = [
            .function(5), .function(12), .function(7), .character("d"), .character("c"), .enter,
        ]
        let tape = Tape(
            header: header,
            entries: [Tape.Entry(.action(.started))]
                + keys.map { Tape.Entry(.event(.key($0, isAlone: true))) }
                + [Tape.Entry(.check("screen shift")), Tape.Entry(.check("see \"is not an amount\""))])
        #expect(try await ProofOfSession.prove(tape, .atOnce).failures == [])
    }

    @Test func coverageAddsUp() async throws {
        let one = try await explore(seed: 6, steps: 30, faults: false).coverage
        var both = one
        both += one
        #expect(both.screens == one.screens && both.commands.count == one.commands.count)
        #expect(both.requests["shop.page"]?.done == (one.requests["shop.page"]?.done ?? 0) * 2)
        #expect(Coverage.places.contains { $0.screen == "cart" } && one.commands.count > 3)
        #expect(both.looks == one.looks && !one.looks.isEmpty && both.screenSessions == 2)
        #expect(both.failures.values.reduce(0, +) == one.failures.values.reduce(0, +) * 2)
    }
}
