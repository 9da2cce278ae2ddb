import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// A tape is proved on a shop of its own: the same keys lead to the same orders and the same pictures.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ProofTests {
    @Test func whatWasRecordedIsProvedAgain() async throws {
        let (tape, _) = try await FilmTests.way()
        let first = try await ProofOfSession.prove(tape)
        #expect(first.divergence == nil, "\(first.divergence?.sentence ?? "")")
        #expect(first.failures == [])
        #expect(first.pictures > 10 && first.samePictures == first.pictures)
        #expect(try await ProofOfSession.prove(tape) == first)
    }

    @Test func aSaleIsProvedWithItsOrderAndItsStock() async throws {
        let session = try await RecordedSession()
        await session.press(.function(5), .function(12), .character("+"), .function(3), .enter)
        await session.type("500")
        await session.press(.enter)
        // So much for so little is asked about once.
        if session.screen.contains("in cash?") { await session.press(.character("y")) }
        #expect(session.screen.contains("is paid"), "\(session.screen)")
        for sentence in [
            "see \"is paid\"", "ordered checkout.complete once", "verify clean",
            "in header has \"Cart empty\"", "paid once", "frame = golden", "took < 600000 ms", "exit 129",
        ] {
            await session.press(.function(12), .down, .enter)
            await session.type(sentence)
            await session.press(.enter)
        }
        let tape = try await session.finish()
        for answers in [Proof.Answers.taped, .atOnce] {
            let result = try await ProofOfSession.prove(tape, answers)
            #expect(result.checks == 8)
            #expect(result.failures == [] && result.doubts == [], "\(answers)")
            #expect(result.divergence == nil, "\(result.divergence?.sentence ?? "")")
        }
    }

    /// How long a step took is told by the tape, or not at all; the picture that a check holds is compared.
    @Test func timesAndPicturesAreThoseOfTheTape() async throws {
        let session = try await RecordedSession()
        await session.press(.function(3))
        for sentence in ["took < 700 ms", "frame = golden without status"] {
            await session.press(.function(12), .down, .enter)
            await session.type(sentence)
            await session.press(.enter)
        }
        var tape = try await session.finish()
        // As if the picture after the key had come late.
        let key = try #require(
            tape.entries.firstIndex { $0.line == .event(.key(.function(3), isAlone: true)) })
        let frame = try #require(
            tape.entries[key...].firstIndex { if case .frame = $0.line { true } else { false } })
        tape.entries[frame].milliseconds = 700
        let slow = try await ProofOfSession.prove(try Tape(tape.text))
        #expect(slow.failures.map(\.sentence) == ["took < 700 ms"], "\(slow.failures)")
        #expect(slow.doubts == [])

        tape.entries.removeAll { if case .frame = $0.line { true } else { false } }
        let untold = try await ProofOfSession.prove(tape)
        #expect(untold.failures == [] && untold.doubts.map(\.sentence) == ["took < 700 ms"])

        let index = try #require(
            tape.entries.firstIndex {
                if case .check(let sentence) = $0.line { sentence.hasPrefix("frame") } else { false }
            })
        guard case .check(let golden) = tape.entries[index].line else { return }
        tape.entries[index].line = .check(golden.replacing("empty", with: "full"))
        let other = try await ProofOfSession.prove(tape)
        #expect(other.failures.map(\.title) == ["frame = golden without status"], "\(other.failures)")
    }

    /// Sessions of somebody who presses anything, in three sizes: played twice, the pictures are the same.
    @Test func randomTapesArePlayedTheSame() async throws {
        let sizes = [Size(width: 80, height: 24), Size(width: 40, height: 12), Size(width: 200, height: 60)]
        for seed in 1...12 as ClosedRange<UInt64> {
            var random = SeededBytes(seed)
            let session = try await RecordedSession(size: sizes[Int(seed % 3)])
            for _ in 0..<30 { await session.hear(Self.event(&random)) }
            let tape = try await session.finish()
            var film = try ProofOfSession.film(tape)
            film.go(to: film.steps)
            #expect(film.differences == [], "seed \(seed): \(film.differences.first?.sentence ?? "")")
            guard seed.isMultiple(of: 4) else { continue }
            let result = try await ProofOfSession.prove(tape)
            #expect(result.divergence == nil, "seed \(seed): \(result.divergence?.sentence ?? "")")
            #expect(result.failures == [], "seed \(seed)")
        }
    }

    private static func event(_ random: inout SeededBytes) -> TerminalEvent {
        let keys: [Key] =
            "+-jkl/?%23y".map { .character($0) }
            + [.enter, .escape, .tab, .up, .down, .pageDown, .home, .left, .backspace]
            + [2, 3, 4, 5, 9, 10, 11].map { .function($0) }
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return .scan(Scan("4006381333931"))
        case 1: return .paste("12.50")
        case 2:
            return .mouse(
                MouseEvent(
                    kind: .press,
                    position: Point(
                        x: Int.random(in: 0..<80, using: &random), y: Int.random(in: 0..<24, using: &random)))
            )
        default: return .key(keys.randomElement(using: &random) ?? .escape)
        }
    }
}
