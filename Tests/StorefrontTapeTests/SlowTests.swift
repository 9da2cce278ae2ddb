import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
@testable import StorefrontTape
import TerminalKit
import Testing

/// What comes late on purpose: pictures on a terminal that is read slowly, and answers in a session in lines.
@Suite(.serialized, .timeLimit(.minutes(20))) struct SlowTests {
    @Test func picturesComeLateAndKeysDoNot() async throws {
        let session = try await RecordedSession(earlier: [.fault("terminal slow")])
        #expect(session.screen.contains("fault: terminal slow"), "\(session.screen)")
        let keys = 60
        let before = session.terminal.frameCount
        for number in 0..<keys { session.send(.key(number.isMultiple(of: 2) ? .down : .up)) }
        await session.press(.character("/"))
        await session.type("lamp")
        #expect(await session.state.focusedField?.text == "lamp")
        #expect(session.screen.contains("lamp"), "the last picture comes, too")
        #expect(session.terminal.frameCount - before < keys, "what waits is drawn once")
        let tape = try await session.finish()
        var film = try ProofOfSession.film(tape)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.first?.sentence ?? "")")
    }

    /// In lines an answer that was to come later comes when a line waits for it, and one that never comes when all is well.
    @Test(arguments: ["slow page", "never page"]) func linesWaitForAnswersThatAreKeptBack(fault: String)
        async throws
    {
        let folder = try RecordedSession.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let faults = StoreFaults(clock: RecordedSession.now, zone: OnlyUTC().machine)
        let ids = SeededIDs(seed: RecordedSession.seed)
        let store = try RecordedSession.shop(ids, clock: faults)
        let path = folder.appending(path: "lines.tape").path
        let recorder = try TapeRecorder(path: path, facts: RecordedSession.facts)
        let terminal = RecordedLines()
        let runtime = PlainRuntime(
            state: AppState(context: RecordedSession.context(store), start: .shop), terminal: terminal,
            services: faults.wrap(store.services), ids: ids, ports: SilentPorts(faults: faults),
            recorder: recorder)
        let program = Task { await runtime.run() }
        for line in ["fault", fault, "/lamp"] { terminal.input.send(.line(line)) }
        while !faults.keepsBack { await Task.yield() }
        // A line that waits lets a slow answer come, and no other.
        terminal.input.send(.line(":where"))
        if fault.hasPrefix("slow") {
            await runtime.untilQuiet(after: 4)
            #expect(!faults.keepsBack)
        } else {
            terminal.input.send(.line("all is well"))
            await runtime.untilQuiet(after: 5)
        }
        #expect(await runtime.snapshot.desk.requests.open.isEmpty)
        terminal.input.send(.ended(nil))
        _ = await program.value
        recorder.close()
        try store.close()
        let tape = try Tape(String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self))
        #expect(tape.entries.contains { if case .fault(.call(.page, _)) = $0.line { true } else { false } })
        let lines = tape.entries.map(\.line)
        let asked = try #require(lines.firstIndex(of: .event(.line("/lamp"))))
        #expect(lines[asked...].contains { if case .plain(.action(.replied)) = $0 { true } else { false } })
    }
}
