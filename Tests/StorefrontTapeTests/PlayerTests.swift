import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// What a tester sees and does in the player, on a terminal in memory.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PlayerTests {
    /// Somebody puts two pieces into the cart and marks the step between.
    private static func tape() async throws -> Tape {
        let session = try await RecordedSession()
        await session.press(.function(5), .function(12), .character("+"))
        await session.press(.function(12), .enter, .character("+"))
        return try await session.finish()
    }

    /// Presses keys one by one; each has its picture before the next.
    private func play(
        _ tape: Tape, size: Size = Size(width: 80, height: 24), _ keys: [Key]
    ) async throws -> (pictures: [Surface], outcome: Player.Outcome) {
        let terminal = TestTerminal(size: size)
        let player = Player(try ProofOfSession.film(tape), on: terminal, sleep: { _ in })
        let run = Task { await player.run() }
        var pictures = [try await terminal.waitForFrame(after: 0)]
        for (index, key) in keys.enumerated() {
            terminal.send(.key(key))
            pictures.append(try await terminal.waitForFrame(after: index + 1))
        }
        terminal.send(.ended(.hangup))
        return (pictures, await run.value)
    }

    private func row(_ surface: Surface) -> String { surface.text(ofRow: surface.size.height - 1) }

    @Test func theRowTellsTheStepInWordsAndTheKeys() async throws {
        let tape = try await Self.tape()
        let keys: [Key] = [.character("]"), .right, .character("+"), .character("?"), .character("?")]
        let (pictures, outcome) = try await play(tape, keys)
        #expect(outcome == .left)
        #expect(
            row(pictures[0]).contains("0/\(tape.steps) shop") && row(pictures[0]).contains("Enter take over"))
        #expect(row(pictures[2]).contains(" 1\u{D7} "), "\(row(pictures[2]))")
        #expect(row(pictures[3]).contains(" 2\u{D7} "), "\(row(pictures[3]))")
        #expect(pictures[4].text.contains("go on by hand") && !pictures[5].text.contains("go on by hand"))
        var film = try ProofOfSession.film(tape)
        let plus = try #require(
            tape.entries.firstIndex { $0.line == .event(.key(.character("+"), isAlone: true)) })
        film.go(to: tape.entries[...plus].count { $0.line.isStep })
        let last = try #require(film.lastStep)
        #expect(last.hasPrefix("+ ") && last.count > 3, "the key has its command: \(last)")
    }

    @Test func nextIsTheSearchOrTheRow() async throws {
        let tape = try await Self.tape()
        // The header has the cart in it: its row changes.
        let keys: [Key] =
            Array(repeating: .up, count: 24) + [
                .character("n"), .character("/"), .character("C"),
                .character("a"), .character("r"), .character("t"), .enter, .home, .character("n"),
            ]
        let (pictures, _) = try await play(tape, size: Size(width: 140, height: 24), keys)
        var film = try ProofOfSession.film(tape)
        let header = film.surface.text(ofRow: 0)
        #expect(film.goOn { $0.surface.text(ofRow: 0) != header })
        #expect(row(pictures[25]).hasPrefix(" \(film.step)/"), "\(row(pictures[25]))")
        #expect(
            row(pictures[24]).contains("n row changes")
                && row(pictures[33]).contains("n next \u{201C}Cart\u{201D}"))
    }

    @Test func theStatePaneShowsWhatTheStepChanged() async throws {
        let tape = try await Self.tape()
        let wide = try await play(tape, size: Size(width: 140, height: 40), [.end, .character("p")]).pictures
        #expect(wide[0].text.contains("Changed") && !wide[2].text.contains("Changed"))
        let narrow = try await play(tape, [.end, .character("p"), .tab]).pictures
        #expect(!narrow[1].text.contains("Changed") && narrow[2].text.contains("Changed"))
        #expect(narrow[3].text != narrow[2].text, "there is more of it")
    }

    @Test func enterTakesOverAtTheStep() async throws {
        var tape = try await Self.tape()
        let (_, outcome) = try await play(tape, [.right, .right, .right, .enter])
        #expect(outcome == .takesOver(3))
        tape.header.lines = SessionStart.LineShell(isUnicode: true, echoes: false)
        #expect(try await play(tape, [.right, .enter]).outcome == .left)
    }

    @Test func whatAStepChangedIsTold() async throws {
        let tape = try await Self.tape()
        var film = try ProofOfSession.film(tape)
        let plus = try #require(
            tape.entries.lastIndex { $0.line == .event(.key(.character("+"), isAlone: true)) })
        film.go(to: tape.entries[...plus].count { $0.line.isStep })
        let report = StateReport(
            before: film.stateBefore, after: film.state, ordered: film.effectsOfStep)
        let pieces = report.changes.first { $0.path.hasSuffix("lines[0].quantity") }
        #expect(pieces?.old == "1" && pieces?.new == "2", "\(report.changes.map(\.path))")
        #expect(report.undoDepth == 2 && report.redoDepth == 0)
        #expect(!report.waiting.isEmpty && report.lastRequest > 0 && !report.ordered.isEmpty)
        let refused = report.commands.filter { $0.reason != nil }
        #expect(report.commands.count > refused.count && !refused.isEmpty)
        #expect(StateReport(before: film.state, after: film.state, ordered: []).changes == [])
    }
}
