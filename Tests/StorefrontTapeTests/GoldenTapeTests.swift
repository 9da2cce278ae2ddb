import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// Tapes that released builds have recorded: each is read by this one, and its checks hold by its keys alone.
@Suite(.serialized, .timeLimit(.minutes(2))) struct GoldenTapeTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Tapes")

    private static var tapes: [URL] {
        ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
            .filter { $0.pathExtension == "tape" }.sorted { $0.path < $1.path }
    }

    /// With `UPDATE_GOLDENS` the tape of this version is recorded, unless it is there already: it is never changed.
    @Test func theTapeOfThisVersionIsKept() async throws {
        let file = Self.folder.appending(path: "0.1.tape")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil,
            !FileManager.default.fileExists(atPath: file.path)
        {
            let session = try await RecordedSession()
            await session.press(.function(5), .function(12), .home, .character("+"))
            await session.press(.function(3), .enter)
            await session.hear(.scan(Scan("96385074")))
            await session.press(.function(12), .down, .enter)
            await session.type("ordered checkout.complete never")
            await session.press(.enter)
            try Data(try await session.finishText().utf8).write(to: file)
        }
        #expect(FileManager.default.fileExists(atPath: file.path))
    }

    @Test func everyReleasedTapeStillHolds() async throws {
        try #require(!Self.tapes.isEmpty)
        for file in Self.tapes {
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            let tape = try Tape(text)
            if tape.foreign == nil {
                var film = try ProofOfSession.film(tape)
                film.go(to: film.steps)
                #expect(film.step == tape.steps, "\(file.lastPathComponent)")
            }
            let result = try await ProofOfSession.prove(tape, .atOnce)
            #expect(result.checks > 0 && result.failures == [], "\(file.lastPathComponent)")
        }
    }
}
