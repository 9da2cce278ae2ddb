import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// A tape with a check that holds is not made shorter.
@Suite(.serialized, .timeLimit(.minutes(3))) struct DefectTests {
    private static let sentence = "ordered checkout.complete never"

    /// Somebody looks around, goes to pay, scans a barcode by mistake, and writes down what must hold.
    private func recorded() async throws -> Tape {
        let session = try await RecordedSession()
        await session.press(.down, .down, .up, .character("?"), .escape)
        await session.press(.character("/"))
        await session.type("la")
        await session.press(.escape, .escape)
        await session.press(.function(5), .function(12), .home, .character("+"), .down, .character("+"))
        await session.resize(Size(width: 120, height: 40))
        await session.press(.function(3), .down, .enter)
        #expect(await session.state.kind == .checkout, "\(session.screen)")
        await session.hear(.scan(Scan("96385075")))
        #expect(await session.state.kind == .checkout, "\(session.screen)")
        await session.press(.function(12), .down, .enter)
        await session.type(Self.sentence)
        await session.press(.enter, .escape)
        return try await session.finish()
    }

    @Test func aFailureThatDoesNotRepeatIsNotShrunk() async throws {
        let tape = try await recorded()
        var shrinker = Shrinker(tape, sentence: Self.sentence) {
            try await ProofOfSession.prove($0, .atOnce).failures
        }
        await #expect(throws: TapeProblem.self) { try await shrinker.run() }
    }
}
