import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Lets a random hand use the real program in memory, and stops at the first thing that does not hold. What it did is a
/// tape as any other.
public struct Explorer {
    private var proof: Proof
    private var hand: RandomHand
    private let header: TapeHeader
    private let steps: Int
    private let hasFaults: Bool

    /// The shop is verified after so many steps, and at the end.
    private static let stepsToVerify = 200

    /// - Parameters:
    ///   - facts: whose seed the hand has, too.
    ///   - shop: a new one.
    public init(_ facts: TapeFacts, steps: Int, hasFaults: Bool, in shop: ProofShop) {
        let size = RandomHand.sizes[Int(facts.seed % UInt64(RandomHand.sizes.count))]
        header = TapeHeader(facts, size: size)
        proof = Proof(Tape(header: header, entries: []), in: shop, answers: .atOnce)
        hand = RandomHand(seed: facts.seed, keyMap: header.keyMap, size: size, hasFaults: hasFaults)
        self.steps = steps
        self.hasFaults = hasFaults
    }

    /// - Parameter heard: hears each line of the tape before it is played, the header first: what is left when the
    ///   program crashes.
    public mutating func run(_ heard: (String) -> Void = { _ in }) async -> ProofResult {
        heard(TapeCoder.text(of: header))
        await take(.action(.resized(AppView.viewport(header.size))), heard)
        await take(.action(.started), heard)
        var done = 0
        while done < steps, proof.result.failures.isEmpty, !proof.state.isEnding {
            for line in hand.next(in: proof.state) where proof.result.failures.isEmpty {
                await take(line, heard)
            }
            done += 1
            if done.isMultiple(of: Self.stepsToVerify) { await take(.check("verify clean"), heard) }
        }
        if proof.result.failures.isEmpty {
            if hasFaults { await take(.fault(.over), heard) }
            await take(.check("verify clean"), heard)
        }
        await take(.end("explored"), heard)
        return proof.outcome
    }

    private mutating func take(_ line: TapeLine, _ heard: (String) -> Void) async {
        heard(line.written(after: 0))
        await proof.take(Tape.Entry(line))
    }
}
