import StoreDomain
import StorefrontCore
import StorefrontTUI
@testable import StorefrontTape
import TerminalKit
import Testing

/// The shop's clock goes by the seconds of the tape: what expires while it is recorded expires there on each proof.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ClockTests {
    /// An order that nobody pays, and half a day in which nobody does anything.
    private static func waited() async throws -> (tape: Tape, now: Timestamp, screen: String) {
        let ticks = HandTicks()
        let session = try await RecordedSession(earlier: Stage.pendingExpiring.earlier, ticks: ticks)
        let before = session.screen
        ticks.pass(.seconds(12 * 3_600))
        await session.press(.control("l"), .down, .up)
        await session.press(.escape, .function(4))
        let (now, screen) = (session.now, session.screen)
        #expect(before.contains("pending") && !screen.contains("pending"), "\(before)\n\(screen)")
        return (try await session.finish(), now, screen)
    }

    @Test func whatExpiresOnTheTapeExpiresInTheProof() async throws {
        let (tape, now, screen) = try await Self.waited()
        #expect(tape.entries.contains { $0.milliseconds >= 12 * 3_600_000 })
        for answers in [Proof.Answers.taped, .atOnce] {
            let result = try await ProofOfSession.withShop { shop in
                var proof = Proof(tape, in: shop, answers: answers)
                let result = await proof.run()
                #expect(abs(shop.faults.now().milliseconds - now.milliseconds) < 2_000)
                return result
            }
            #expect(result.failures == [] && result.divergence == nil, "\(answers)")
            #expect(result.samePictures == result.pictures || answers == .atOnce)
            var film = try ProofOfSession.film(result.played)
            film.go(to: film.steps)
            #expect(film.surface.text.contains("cancelled") == screen.contains("cancelled"))
        }
        // On a tape of an earlier build no time passes.
        var old = tape
        old.header.facts.clockRuns = nil
        let stood = try await ProofOfSession.prove(old, .atOnce)
        #expect(stood.samePictures < stood.pictures)
    }

    /// Whoever goes on by hand, or makes a tape short, does what was done in no time: a line moves the clock.
    @Test func timeThatHasPassedIsALineWhereNoneCanPass() async throws {
        let (tape, _, _) = try await Self.waited()
        let standing = tape.withStandingClock
        #expect(standing.header.facts.clockRuns == nil && standing.steps == tape.steps)
        let moved = standing.entries.compactMap { entry in
            if case .fault(.clock(.moves(let seconds))) = entry.line { seconds } else { nil }
        }
        #expect(moved.contains { $0 >= 12 * 3_600 }, "\(moved)")
        let earlier = try tape.earlier(secret: Secret(AppContext.demoPassword))
        #expect(
            earlier.contains { if case .fault(let text) = $0 { text.hasPrefix("clock +432") } else { false } }
        )
    }
}
