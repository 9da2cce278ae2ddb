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
            var explorer = Explorer(facts, steps: steps, hasFaults: faults, in: shop)
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
