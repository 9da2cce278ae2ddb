import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Lets a random hand use the real program in memory, and stops at the first thing that does not hold. What it did is a
/// tape as any other. First anything may go wrong; then all is well, and everything must settle.
public struct Explorer {
    private var proof: Proof
    private var hand: RandomHand
    private var random: SeededRandom
    private let header: TapeHeader
    private let steps: Int
    /// Answers come in a random order, each some time after it was asked for.
    private let shufflesAnswers: Bool

    /// The shop is verified after so many steps, and at the end.
    private static let stepsToVerify = 200
    /// No more than so many answers are kept back.
    private static let mostWaiting = 8

    /// - Parameters:
    ///   - facts: whose seed the hand has, too.
    ///   - themes: one of them is the session's.
    ///   - known: what was tried before, which is tried less.
    ///   - shop: a new one.
    public init(
        _ facts: TapeFacts, steps: Int, hasFaults: Bool, themes: [String] = [Theme.standard.name],
        known: Coverage = Coverage(), in shop: ProofShop
    ) {
        // Apart from what the shop draws from the same seed.
        random = SeededRandom(seed: facts.seed &* 31 &+ 7)
        let size = RandomHand.sizes[Int(facts.seed % UInt64(RandomHand.sizes.count))]
        var header = TapeHeader(facts, size: size)
        header.theme = themes.randomElement(using: &random) ?? Theme.standard.name
        header.isUnicode = Int.random(in: 0..<4, using: &random) > 0
        header.colors = (Self.depths.randomElement(using: &random) ?? .direct).rawValue
        header.state = header.freshState
        self.header = header
        proof = Proof(Tape(header: header, entries: []), in: shop, answers: .atOnce)
        hand = RandomHand(
            seed: facts.seed, keyMap: header.keyMap, size: size, hasFaults: hasFaults, known: known)
        self.steps = steps
        shufflesAnswers = Bool.random(using: &random)
    }

    private static let depths: [ColorDepth] = [.direct, .direct, .indexed256, .ansi16, .ansi8, .mono]

    /// - Parameter heard: hears each line of the tape before it is played, the header first: what is left when the
    ///   program crashes.
    public mutating func run(_ heard: (String) -> Void = { _ in }) async -> ProofResult {
        heard(TapeCoder.text(of: header))
        await take(.action(.resized(AppView.viewport(header.size))), heard)
        await take(.action(.started), heard)
        var done = 0
        while done < steps, isSound, !proof.state.isEnding {
            if shufflesAnswers, !proof.answersWait { await take(.fault(.answers(.wait)), heard) }
            for line in hand.next(in: proof.state) where isSound { await take(line, heard) }
            await letAnswersCome(heard)
            done += 1
            if done.isMultiple(of: Self.stepsToVerify) { await take(.check("verify clean"), heard) }
        }
        if isSound {
            await take(.fault(.over), heard)
            await take(.check("verify clean"), heard)
        }
        await take(.end("explored"), heard)
        return proof.outcome
    }

    private var isSound: Bool { proof.result.failures.isEmpty }

    private mutating func letAnswersCome(_ heard: (String) -> Void) async {
        var most = Self.mostWaiting * 4
        while proof.answersWait, isSound, most > 0 {
            most -= 1
            let waiting = proof.waiting
            guard waiting.count > Self.mostWaiting || Int.random(in: 0..<100, using: &random) < 60,
                let one = waiting.randomElement(using: &random)
            else { return }
            await take(.fault(.answers(.comes(one.ask.name))), heard)
        }
    }

    private mutating func take(_ line: TapeLine, _ heard: (String) -> Void) async {
        heard(line.written(after: 0))
        await proof.take(Tape.Entry(line))
    }
}
