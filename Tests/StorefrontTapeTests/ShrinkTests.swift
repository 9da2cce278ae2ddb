import TerminalKit
import Testing

@testable import StorefrontTape

/// What a shrinker leaves out first, and what it makes plain at last.
@Suite(.timeLimit(.minutes(20))) struct ShrinkTests {
    private func gestures(_ keys: Key...) -> [Shrinker.Gesture] {
        Shrinker.Gesture.all(of: keys.map { .event(.key($0, isAlone: true)) })
    }

    @Test func whatTakesItselfBackGoesTogether() {
        let all = gestures(.down, .up, .function(3), .escape, .tab, .enter)
        #expect(Shrinker.Gesture.without(Shrinker.Gesture.cancels, in: all) == gestures(.tab, .enter))
        // What comes to stand side by side does, too.
        let nested = gestures(.home, .down, .up, .end, .enter)
        #expect(Shrinker.Gesture.without(Shrinker.Gesture.cancels, in: nested) == gestures(.enter))
    }

    @Test func repeatsBecomeOne() {
        let all = gestures(.down, .down, .down, .enter)
        #expect(Shrinker.Gesture.without(Shrinker.Gesture.repeats, in: all) == gestures(.down, .enter))
    }

    @Test func signingInAndTypingAreOneGestureEach() {
        #expect(gestures(.function(5), .function(12), .enter).count == 2)
        #expect(gestures(.character("4"), .character("2"), .enter, .character("x")).count == 3)
        #expect(gestures(.function(12), .function(5)).count == 2)
    }

    @Test func valuesBecomePlain() {
        let amount = gestures(.character("9"), .character("9"), .character("."), .character("5"))[0]
        #expect(
            amount.plainer == [
                gestures(.character("1"))[0],
                gestures(.character("1"), .character("1"), .character("."), .character("1"))[0],
            ])
        let word = gestures(.character("l"), .character("a"))[0]
        #expect(word.plainer == [gestures(.character("a"))[0]])
        #expect(gestures(.character("a"))[0].plainer == [] && gestures(.character("+"))[0].plainer == [])
        #expect(
            Shrinker.Gesture([.fault(.call(.pay, .slow(9)))]).plainer
                == [Shrinker.Gesture([.fault(.call(.pay, .slow(1)))])])
        #expect(Shrinker.Gesture([.event(.paste("a"))]).plainer == [])
    }

    /// A session is played with answers at once, and yet with its own order of answers.
    @Test func aTapeKeepsItsOrderOfAnswers() async throws {
        let (tape, _) = try await FilmTests.way()
        let ordered = tape.withItsOrder()
        #expect(ordered.entries.contains { $0.line == .fault(.answers(.comes("shop.page"))) })
        let result = try await ProofOfSession.prove(ordered, .atOnce)
        #expect(result.failures == [])
        let again = try await ProofOfSession.prove(try Tape(result.played.text))
        #expect(again.divergence == nil && again.failures == [], "\(again.divergence?.sentence ?? "")")
    }
}
