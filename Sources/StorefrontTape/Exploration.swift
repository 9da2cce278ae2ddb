import StoreDomain
import StorefrontCore
import TerminalKit

/// What a random hand is let loose on: all of it comes from the seed and from what was tried before.
public struct Exploration: Hashable, Sendable {
    /// Whose seed the hand has, too.
    public let facts: TapeFacts
    public let steps: Int
    public let hasFaults: Bool
    /// What was tried before, which is tried less.
    public let known: Coverage
    /// Of the tape; it says in what kind of shop it is done.
    public let header: TapeHeader
    let beginning: Beginning
    /// What the hand draws from after that.
    let random: SeededRandom

    private static let depths: [ColorDepth] = [.direct, .direct, .indexed256, .ansi16, .ansi8, .mono]

    /// - Parameter themes: one of them is the session's.
    public init(
        _ facts: TapeFacts, steps: Int, hasFaults: Bool, themes: [String] = [Theme.standard.name],
        known: Coverage = Coverage()
    ) {
        // Apart from what the shop draws from the same seed.
        var random = SeededRandom(seed: facts.seed &* 31 &+ 7)
        let size = RandomHand.sizes[Int(facts.seed % UInt64(RandomHand.sizes.count))]
        var facts = facts
        facts.clockRuns = true
        var header = TapeHeader(facts, size: size)
        header.theme = themes.randomElement(using: &random) ?? Theme.standard.name
        header.isUnicode = Int.random(in: 0..<4, using: &random) > 0
        header.colors = (Self.depths.randomElement(using: &random) ?? .direct).rawValue
        let beginning = Beginning(leastOf: known, hasFaults: hasFaults, using: &random)
        header.state = beginning.program.state(header)
        (self.facts, self.steps, self.hasFaults, self.known) = (facts, steps, hasFaults, known)
        (self.header, self.beginning, self.random) = (header, beginning, random)
    }
}
