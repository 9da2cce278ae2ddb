import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// What was recorded plays again, in both directions, and what a build does otherwise is found.
@Suite(.serialized, .timeLimit(.minutes(20))) struct FilmTests {
    /// A way through the shop with typing, clicks, a scan, sizes, a mark and a check.
    static func way(size: Size = Size(width: 80, height: 24)) async throws -> (tape: Tape, screen: String) {
        let session = try await RecordedSession(size: size)
        await session.press(.character("/"))
        await session.type("lamp")
        await session.press(.enter, .down, .up)
        await session.press(.character("2"), .character("+"))
        await session.hear(.mouse(MouseEvent(kind: .wheelDown, button: .none, position: Point(x: 0, y: 0))))
        await session.hear(.mouse(MouseEvent(kind: .press, position: Point(x: 20, y: 6))))
        await session.resize(Size(width: 120, height: 40))
        await session.hear(.scan(Scan("4006381333931")))
        await session.press(.function(3), .function(12), .enter, .character("?"), .escape)
        await session.hear(.focus(false))
        await session.hear(.focus(true))
        await session.hear(.paste("nothing here takes text"))
        await session.press(.function(9), .down, .escape, .character("Z"))
        return (try await session.finish(), session.screen)
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 40, height: 12), Size(width: 200, height: 60)])
    func aTapePlaysAsItWasRecorded(size: Size) async throws {
        let (tape, screen) = try await Self.way(size: size)
        var film = try ProofOfSession.film(tape)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.map(\.sentence))")
        #expect(film.surface.text == screen)
        #expect(film.marks.count == 1)
        #expect(tape.entries.contains { if case .frame = $0.line { true } else { false } })
    }

    @Test func itGoesBackAsItWentForward() async throws {
        let (tape, _) = try await Self.way()
        var film = try ProofOfSession.film(tape)
        var pictures = [film.surface]
        while film.forward() { pictures.append(film.surface) }
        #expect(pictures.count == film.steps + 1)
        for step in [film.steps, 3, 0, film.steps / 2, film.steps / 2 - 1] {
            film.go(to: step)
            #expect(film.step == step && film.surface == pictures[step], "step \(step)")
        }
        film.back()
        #expect(film.surface == pictures[film.steps / 2 - 2])
    }

    @Test func theHeaderCountsForAsLongAsItIsRecorded() async throws {
        for width in [40, 80, 120] {
            let session = try await RecordedSession(size: Size(width: width, height: 24))
            await session.press(.function(3))
            #expect(session.screen.split(separator: "\n")[0].contains(" rec "), "\(session.screen)")
            _ = try await session.finish()
        }
    }

    @Test func aBuildThatDoesSomethingElseIsFound() async throws {
        let (tape, _) = try await Self.way()
        var other = tape
        // This build gets another key than the one that was recorded.
        let index = try #require(
            tape.entries.firstIndex { $0.line == .event(.key(.function(3), isAlone: true)) })
        other.entries[index].line = .event(.key(.function(4), isAlone: true))
        var film = try ProofOfSession.film(other)
        film.go(to: film.steps)
        let first = try #require(film.differences.first)
        #expect(first.step == tape.entries[...index].count { $0.line.isStep })
    }

    /// Where nobody has its file, a session shows in the theme that it had.
    @Test func aThemeOfOnesOwnIsOnTheTape() async throws {
        var styles = Theme.standard.styles
        styles["ui"] = Style(foreground: .rgb(1, 2, 3), background: .rgb(250, 251, 252))
        let own = Theme(name: "own", summary: "Of one's own", styles: styles)
        let session = try await RecordedSession(theme: own)
        await session.press(.function(3), .escape)
        let tape = try Tape(try await session.finishText())
        let find = tape.header.themes(else: { _ in nil })
        #expect(tape.header.theme == "own" && find("own") == own && find("default") == nil)
        var film = try Film(tape, zones: OnlyUTC(), themes: find)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.map(\.sentence))")
        var other = try ProofOfSession.film(tape)
        other.go(to: other.steps)
        #expect(!other.differences.isEmpty, "no theme of that name is here")
    }

    /// What a header of an earlier build has not is not written either.
    @Test func aHeaderHasNoMoreThanItNeeds() async throws {
        let text = try await RecordedSession().finishText()
        #expect(!text.contains("\"themeFile\"") && !text.contains("\"stage\""))
        let tape = try Tape(text)
        #expect(tape.header.themeFile == nil && tape.header.facts.stage == nil)
        #expect(try Tape(tape.text) == tape)
    }
}
