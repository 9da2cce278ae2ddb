import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// Tapes that released builds have recorded: each is read by this one, and its checks hold by its keys alone.
@Suite(.serialized, .timeLimit(.minutes(20))) struct GoldenTapeTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Tapes")

    private static var tapes: [URL] {
        ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
            .filter { $0.pathExtension == "tape" }.sorted { $0.path < $1.path }
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
