import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

@Suite(.serialized, .timeLimit(.minutes(20))) struct StageTests {
    /// Each stage is where it says, on a screen of any size, and the same each time.
    @Test(arguments: Stage.allCases) func aStageIsWhereItSays(stage: Stage) async throws {
        var states: [String] = []
        for size in [Size(width: 80, height: 24), Size(width: 120, height: 40)] {
            let session = try await RecordedSession(size: size, earlier: stage.earlier)
            states.append("\(await session.state.kind) \(await session.state.cart)")
            var tape = try await session.finish()
            let end = tape.entries.lastIndex { entry in
                if case .end = entry.line { true } else { false }
            }
            tape.entries.insert(
                contentsOf: stage.holds.map { Tape.Entry(.check($0)) }, at: end ?? tape.entries.count)
            let proof = try await ProofOfSession.prove(tape)
            #expect(proof.failures.isEmpty && proof.checks == stage.holds.count, "\(proof.failures)")
        }
        #expect(Set(states).count == 1, "\(states)")
    }

    /// The same stage and the same keys come to the same bytes.
    @Test(arguments: [Stage.offline, .checkoutInterrupted, .pendingExpiring])
    func theSameComesOfTheSame(stage: Stage) async throws {
        let lines = stage.earlier.compactMap { earlier -> TapeLine? in
            switch earlier {
            case .event(let event, let isAlone): TapedEvent(event, isAlone: isAlone).map { .event($0) }
            case .fault(let text): TapedFault(text).map { .fault($0) }
            }
        }
        let keys: [Key] = [.escape, .function(3)]
        let tape = Tape(
            header: TapeHeader(RecordedSession.facts, size: Size(width: 80, height: 24)),
            entries: ([.action(.started)] + lines + keys.map { .event(.key($0, isAlone: true)) })
                .map { Tape.Entry($0) })
        let first = try await ProofOfSession.prove(tape, .atOnce)
        #expect(first.failures == [])
        #expect(try await ProofOfSession.prove(tape, .atOnce).played.text == first.played.text)
    }

    /// What a tester has kept is offered in a session, behind the program's own.
    @Test func keptStagesAreOffered() {
        let stages = QARules.ofTester(seed: 1, clock: RecordedSession.now, kept: ["mine"]).stages
        #expect(stages.map(\.text) == Stage.allCases.map(\.rawValue) + ["mine"])
    }

    /// What was done on a tape is done anew up to a step, and from there it is another session.
    @Test func aTapeIsGoneOnWithFromAnyStep() async throws {
        let first = try await RecordedSession(earlier: Stage.counter.earlier)
        await first.hear(.scan(Scan("2000000000237")))
        await first.hear(.scan(Scan("2000000000237")))
        let before = await first.state.cart
        let tape = try await first.finish()
        let earlier = try tape.earlier(secret: Secret(AppContext.demoPassword))

        let again = try await RecordedSession(size: Size(width: 120, height: 40), earlier: earlier)
        #expect(await again.state.cart == before)
        await again.type("c")
        await again.press(.enter)
        let sold = try await again.finish()
        #expect(try await ProofOfSession.prove(sold).divergence == nil)

        // Before the second scan there is one piece.
        var (steps, scans) = (0, 0)
        for entry in tape.entries where entry.line.isStep {
            if case .event(.scan) = entry.line { scans += 1 }
            if scans == 2 { break }
            steps += 1
        }
        #expect(scans == 2)
        let half = try await RecordedSession(
            earlier: try tape.earlier(until: steps, secret: Secret(AppContext.demoPassword)))
        #expect(await half.state.cart.pieces == 1 && before.pieces == 2)
        _ = try await half.finish()
    }

    /// A branch says which tape it goes on from; a tape without a parent is read as before.
    @Test func aBranchNamesItsParent() async throws {
        let session = try await RecordedSession()
        var tape = try await session.finish()
        #expect(tape.header.facts.parent == nil && !tape.text.contains("parent"))
        tape.header.facts.parent = ParentTape(name: "scan.tape", step: 118)
        #expect(try Tape(tape.text).header.facts.parent == ParentTape(name: "scan.tape", step: 118))
    }

    /// The first steps of a tape lead where they led, with what was answered on the way.
    @Test func theBeginningOfATapeIsATape() async throws {
        let session = try await RecordedSession()
        await session.press(.character("/"))
        await session.type("lamp")
        await session.press(.enter, .function(3))
        let tape = try await session.finish()
        for steps in [0, 3, tape.steps - 1, tape.steps, tape.steps + 5] {
            let beginning = tape.beginning(steps)
            #expect(beginning.steps == min(steps, tape.steps))
            var (short, whole) = (try ProofOfSession.film(beginning), try ProofOfSession.film(tape))
            short.go(to: steps)
            whole.go(to: steps)
            #expect(short.state == whole.state && short.differences == [], "\(steps)")
        }
    }

    @Test func aSessionInLinesIsRefused() async throws {
        let session = try await RecordedSession()
        var tape = try await session.finish()
        tape.header.lines = SessionStart.LineShell(isUnicode: true, echoes: false)
        #expect(throws: TapeProblem.self) { try tape.earlier(secret: Secret("")) }
    }
}
