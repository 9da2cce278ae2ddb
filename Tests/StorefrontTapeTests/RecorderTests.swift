import Foundation
import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// A recorder never stops a session: what is wrong with its file ends the recording, with one sentence.
@Suite(.serialized, .timeLimit(.minutes(20))) struct RecorderTests {
    @Test func aFileThatIsThereIsLeftAlone() throws {
        let folder = try RecordedSession.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "a.tape").path
        try Data("mine".utf8).write(to: URL(filePath: path))
        #expect(throws: TapeProblem.self) { try TapeRecorder(path: path, facts: RecordedSession.facts) }
        #expect(throws: TapeProblem.self) {
            try TapeRecorder(path: "\(folder.path)/none/a.tape", facts: RecordedSession.facts)
        }
        #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
    }

    @Test func onlyItsOwnerReadsATape() async throws {
        let session = try await RecordedSession()
        let attributes = try FileManager.default.attributesOfItem(atPath: session.path)
        #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o777 } == 0o600)
        _ = try await session.finish()
    }

    @Test func aFullDiskEndsTheRecordingAndNotTheSale() async throws {
        let recorder = try TapeRecorder(path: "/dev/full", facts: RecordedSession.facts, isThere: true)
        var troubles = recorder.trouble.makeAsyncIterator()
        recorder.note(.action(.started))
        let sentence = await troubles.next()
        #expect(sentence?.contains("disk is full") == true, "\(sentence ?? "nothing")")
        #expect(recorder.count == nil)
        recorder.note(.action(.focused))
        recorder.close()
        #expect(await troubles.next() == nil, "it is said once")
    }

    @Test func aFlightRecorderKeepsTheLastAndPlaysFromThere() async throws {
        let session = try await RecordedSession(limit: 200)
        for _ in 0..<70 { await session.press(.down, .up, .function(3), .function(2)) }
        let screen = session.screen
        let tape = try await session.finish()
        #expect(tape.entries.count < 1_600)
        guard case .state = tape.entries.first?.line else {
            Issue.record("it begins with \(String(describing: tape.entries.first?.line.code))")
            return
        }
        var film = try ProofOfSession.film(tape)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.first?.sentence ?? "")")
        #expect(film.surface.text == screen)
    }
}
