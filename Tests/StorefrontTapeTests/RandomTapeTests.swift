import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

@testable import StorefrontTape

/// The same tape shows the same pictures each time, on a screen of any size. STOREFRONT_RANDOM_TAPES says how many are
/// tried: 100 take some minutes.
@Suite(.serialized, .timeLimit(.minutes(20))) struct RandomTapeTests {
    private static let tapes =
        ProcessInfo.processInfo.environment["STOREFRONT_RANDOM_TAPES"].flatMap { UInt64($0) } ?? 1
    private static let sizes = [(40, 12), (80, 24), (200, 60)].map { Size(width: $0, height: $1) }

    @Test(arguments: 0..<tapes) func aTapeShowsTheSameEachTime(seed: UInt64) async throws {
        var facts = RecordedSession.facts
        facts.seed = 900 + seed
        let exploration = Exploration(facts, steps: 12, hasFaults: true)
        let tape = try await ProofOfSession.withShop { shop in
            var explorer = Explorer(exploration, in: shop)
            return await explorer.run()
        }.played
        for size in Self.sizes {
            var sized = tape
            sized.header.term.cols = size.width
            sized.header.term.rows = size.height
            #expect(
                try await Self.pictures(of: sized) == Self.pictures(of: sized), "seed \(facts.seed), \(size)")
        }
    }

    /// After each line, as hashes.
    private static func pictures(of tape: Tape) async throws -> [String] {
        var pictures: [String] = []
        _ = try await ProofOfSession.withShop { shop in
            var proof = Proof(tape, in: shop, answers: .atOnce)
            for entry in tape.entries {
                await proof.take(entry)
                pictures.append(StableHash(proof.surface).text)
            }
            return proof.outcome
        }
        return pictures
    }
}
