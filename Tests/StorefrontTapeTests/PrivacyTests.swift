import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// No secret is on a tape, in whatever way it was entered: not as text, not letter by letter, not by its length.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PrivacyTests {
    /// Letters that nothing else on a tape has beside each other.
    private static func secret(_ seed: UInt64) -> String {
        var random = SeededBytes(seed)
        let signs = Array("QXZJVKWqxzjvkw7391#%&!")
        return String(
            (0..<Int.random(in: 9...20, using: &random)).map { _ in signs.randomElement(using: &random) ?? "q"
            })
    }

    private func expectNone(of secrets: [String], in text: String, _ what: String) {
        for secret in secrets {
            #expect(!text.contains(secret), "\(what) has a secret")
            for length in [5, 8] where secret.count >= length {
                #expect(!text.contains(secret.prefix(length)), "\(what) has a part of a secret")
                #expect(!text.contains(secret.suffix(length)), "\(what) has a part of a secret")
            }
        }
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>) func fullScreen(seed: UInt64) async throws {
        let secrets = (0..<4).map { Self.secret(seed * 10 + $0) }
        let session = try await RecordedSession()
        await session.press(.function(5))
        await session.type("somebody@example.com")
        await session.press(.tab)
        await session.type(secrets[0])
        await session.press(.control("r"), .backspace, .left, .control("w"))
        await session.hear(.paste(secrets[1]))
        await session.press(.enter)
        // What a scanner types is a password or is refused.
        await session.hear(.scan(Scan(secrets[2])))
        await session.hear(.scan(Scan("4012345678901")))
        await session.press(.backTab, .tab, .function(6))
        await session.type("Name")
        await session.press(.tab)
        await session.type("other@example.com")
        await session.press(.tab)
        await session.type(secrets[3])
        await session.press(.tab)
        await session.hear(.paste(secrets[3]))
        await session.press(.control("r"))
        #expect(session.screen.contains(secrets[3]), "it is revealed on the screen itself\n\(session.screen)")
        await session.press(.enter)
        let text = try await session.finishText()
        expectNone(of: secrets + ["4012345678901"], in: text, "the tape")
        // Nor does it tell how many letters there were: each secret is one line.
        let tape = try Tape(text)
        let edits = tape.entries.count { entry in
            if case .event(.secret) = entry.line { true } else { false }
        }
        #expect((4...6).contains(edits), "\(edits) lines for secrets")
        let film = try ProofOfSession.film(tape)
        for form in TapeForm.allCases where form != .plain {
            let bytes = try TapeExport(film).bytes(as: form, named: "secret")
            expectNone(of: secrets, in: String(decoding: bytes, as: UTF8.self), "\(form)")
        }
        var played = film
        played.go(to: played.steps)
        #expect(played.differences == [], "\(played.differences.map(\.sentence))")
        expectNone(of: secrets, in: played.surface.text, "the film")
        let report = try await DefectReporter(film: ProofOfSession.film) {
            try await ProofOfSession.prove($0, $1)
        }.report(tape, named: "secret", on: MachineFacts(program: "test", doctor: ""))
        for file in report.files { expectNone(of: secrets + ["4012345678901"], in: file.text, file.name) }
        for words in report.typedWords { expectNone(of: secrets, in: words, "the words") }
    }

    /// The rhythm and the number of letters leave no trace: two passwords of any lengths make tapes of as many lines.
    @Test func twoPasswordsMakeTapesOfOneShape() async throws {
        var shapes: [[String]] = []
        for secret in ["short", "a much longer one than that"] {
            let session = try await RecordedSession()
            await session.press(.function(5))
            await session.type("a@b.example")
            await session.press(.tab)
            await session.type(secret)
            await session.press(.backTab)
            let tape = try await session.finish()
            // What the shop answers meanwhile may come in any order.
            shapes.append(
                tape.entries.map(\.line).filter { $0.isStep || $0.code == "s" }.map(\.code)
                    .filter { $0 != "a" })
        }
        #expect(shapes[0] == shapes[1])
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>) func inLines(seed: UInt64) async throws {
        let secrets = (0..<3).map { Self.secret(seed * 100 + $0) }
        let folder = try RecordedSession.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "lines.tape").path
        let ids = SeededIDs(seed: RecordedSession.seed)
        let store = try RecordedSession.shop(ids)
        let recorder = try TapeRecorder(path: path, facts: RecordedSession.facts)
        let terminal = RecordedLines()
        let runtime = PlainRuntime(
            state: AppState(context: RecordedSession.context(store), start: .shop), terminal: terminal,
            services: store.services, ids: ids, ports: SilentPorts(),
            ticks: Ticks(sleep: { _ in try await Task.sleep(for: .seconds(3600)) }), recorder: recorder)
        let program = Task { await runtime.run() }
        // All typed ahead, before anybody asks for a password.
        let lines = [
            "sign in", "nobody@example.com", secrets[0], "", ":register", "Name", "other@example.com",
            secrets[1],
            secrets[2],
        ]
        for line in lines { terminal.input.send(.line(line)) }
        await runtime.untilQuiet(after: lines.count)
        terminal.input.send(.ended(nil))
        _ = await program.value
        recorder.close()
        try store.close()
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        expectNone(of: secrets, in: text, "the tape")
        let tape = try Tape(text)
        #expect(tape.entries.contains { $0.line == .event(.secretLine) }, "\(text)")
        var film = try ProofOfSession.film(tape)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.map(\.sentence))")
        expectNone(of: secrets, in: try TapeExport(film).text(as: .plain, named: "secret"), "the lines")
    }
}

/// Random numbers that are the same for a seed.
struct SeededBytes: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

/// Lines in memory.
final class RecordedLines: LineTerminal {
    let input = LineQueue()
    let isUnicode = true
    let echoes = false

    func write(_ text: String) {}
    func hideTyping(_ isHidden: Bool) {}
    func close() { input.finish() }
}
