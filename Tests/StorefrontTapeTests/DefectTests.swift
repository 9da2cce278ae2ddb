import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// A defect that an earlier version had is put back: a short code of the shop that is scanned into the field for cash is typed there
/// and pays the order. A tape with one check finds it, becomes short, and is a test.
@Suite(.serialized, .timeLimit(.minutes(6))) struct DefectTests {
    static let sentence = "ordered checkout.complete never"

    /// As the earlier version did it: a scan is keys like any others, and nothing asks about an amount.
    static func typesScans(_ event: TerminalEvent, _ gestures: [Gesture]) -> [Gesture] {
        guard case .scan(let scan) = event else { return gestures }
        return scan.code.map { .press(.character($0), isAlone: true) }
            + [.press(scan.end, isAlone: true), .action(.answered(true))]
    }

    /// Somebody looks around, goes to pay, scans a label by mistake, and writes down what must hold.
    static func recorded() async throws -> Tape {
        let session = try await RecordedSession()
        await session.press(.down, .down, .up, .character("?"), .escape)
        await session.press(.character("/"))
        await session.type("la")
        await session.press(.escape, .escape)
        await session.press(.function(5), .function(12), .home, .character("+"), .down, .character("+"))
        await session.resize(Size(width: 120, height: 40))
        await session.press(.function(3), .down, .enter)
        #expect(await session.state.kind == .checkout, "\(session.screen)")
        await session.hear(.scan(Scan("500")))
        #expect(await session.state.kind == .checkout, "\(session.screen)")
        await session.press(.function(12), .down, .enter)
        await session.type(sentence)
        await session.press(.enter, .escape)
        return try await session.finish()
    }

    @Test func itIsFoundShrunkAndExported() async throws {
        let tape = try await Self.recorded()
        let sound = try await ProofOfSession.prove(tape)
        #expect(sound.failures == [] && sound.divergence == nil)

        let broken = try await ProofOfSession.prove(tape, .atOnce, defect: Self.typesScans)
        #expect(broken.failures.map(\.sentence) == [Self.sentence])
        #expect(broken.failures.first?.problem == "it was ordered 1 times")

        var shrinker = Shrinker(tape, try #require(broken.failures.first)) {
            try await ProofOfSession.prove($0, .atOnce, defect: Self.typesScans)
        }
        let result = try await shrinker.run()
        #expect(result.after <= 6 && result.after < result.before, "\(result.after) of \(result.before)")
        #expect(try await ProofOfSession.prove(result.tape, .atOnce).failures == [])

        // Whoever has only the file gets the same.
        let received = try Tape(result.tape.text)
        let there = try await ProofOfSession.prove(received, .atOnce, defect: Self.typesScans)
        #expect(there.failures.map(\.sentence) == [Self.sentence])

        // What only writes the check down is no step to repeat.
        let whole = try TapeExport(ProofOfSession.film(tape)).text(as: .steps, named: "whole")
        #expect(!whole.contains("F12`: QA") && whole.contains("It must hold"), "\(whole)")

        let film = try ProofOfSession.film(received)
        let test = try TapeExport(film).text(as: .test, named: "scan-pays")
        #expect(test.contains("struct ScanPays") && test.contains("Scan(\"500\")"))
        #expect(test.contains(Self.sentence))
        let steps = try TapeExport(film).text(as: .steps, named: "scan-pays")
        #expect(steps.contains("Scan `500`") && steps.contains("It must hold: `\(Self.sentence)`"))
    }

    @Test func aFailureThatDoesNotRepeatIsNotShrunk() async throws {
        let tape = try await Self.recorded()
        let broken = try await ProofOfSession.prove(tape, .atOnce, defect: Self.typesScans)
        var shrinker = Shrinker(tape, try #require(broken.failures.first)) {
            try await ProofOfSession.prove($0, .atOnce)
        }
        await #expect(throws: TapeProblem.self) { try await shrinker.run() }
    }
}
