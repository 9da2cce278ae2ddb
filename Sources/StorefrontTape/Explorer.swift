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
    /// Of how much time passes, apart from what is done.
    private var pauses: SeededRandom
    private let exploration: Exploration
    /// Answers come in a random order, each some time after it was asked for.
    private let shufflesAnswers: Bool

    /// The shop is verified after so many steps, and at the end.
    private static let stepsToVerify = 200
    /// No more than so many answers are kept back.
    private static let mostWaiting = 8

    /// - Parameter shop: a new one, as the header of the exploration says.
    public init(_ exploration: Exploration, in shop: ProofShop) {
        self.exploration = exploration
        let header = exploration.header
        random = exploration.random
        pauses = SeededRandom(seed: header.facts.seed &* 17 &+ 5)
        proof = Proof(Tape(header: header, entries: []), in: shop, answers: .atOnce)
        hand = RandomHand(exploration)
        shufflesAnswers = Bool.random(using: &random)
    }

    /// - Parameter heard: hears each line of the tape before it is played, the header first: what is left when the
    ///   program crashes.
    public mutating func run(_ heard: (String) -> Void = { _ in }) async -> ProofResult {
        heard(TapeCoder.text(of: exploration.header))
        await take(.action(.resized(AppView.viewport(exploration.header.size))), heard)
        await take(.action(.started), heard)
        for line in exploration.beginning.lines where isSound { await take(line, heard) }
        var done = 0
        while done < exploration.steps, isSound, !proof.state.isEnding {
            if shufflesAnswers, !proof.answersWait { await take(.fault(.answers(.wait)), heard) }
            for line in hand.next(in: proof.state) where isSound {
                await take(line, after: pause(), heard)
            }
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

    /// Milliseconds: most often a moment, now and then as long as orders and sign-ins wait.
    private mutating func pause() -> Int {
        switch Int.random(in: 0..<100, using: &pauses) {
        case 0..<90: Int.random(in: 0..<1_000, using: &pauses)
        case 90..<98: Int.random(in: 1_000..<60_000, using: &pauses)
        default: Int.random(in: 60_000..<3_600_000, using: &pauses)
        }
    }

    private mutating func take(
        _ line: TapeLine, after milliseconds: Int = 0, _ heard: (String) -> Void
    ) async {
        heard(line.written(after: milliseconds))
        await proof.take(Tape.Entry(line, after: milliseconds))
    }
}
