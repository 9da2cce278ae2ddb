/// What came of proving a tape.
public struct ProofResult: Hashable, Sendable {
    /// A check, or what always holds, that does not.
    public struct Failure: Hashable, Sendable {
        public let step: Int
        public let screen: String
        /// The check, or the name of what always holds.
        public let sentence: String
        public let problem: String

        /// The check in one line, without the picture that it may hold.
        public var title: String { Check.title(of: sentence) }

        /// Whether the same is wrong: one piece too many is something else than none at all.
        func isSame(as other: Failure) -> Bool {
            guard sentence == other.sentence else { return false }
            return (try? Check(sentence))?.tellsWhatIs == true ? problem == other.problem : true
        }
    }

    /// So many were played, answers among them.
    public internal(set) var steps = 0
    public internal(set) var checks = 0
    /// Another build has recorded it: only what was typed counts, and answers come at once.
    public internal(set) var playsKeysAlone = false
    public internal(set) var failures: [Failure] = []
    /// Checks of which it cannot be told whether they hold, and why.
    public internal(set) var doubts: [Failure] = []
    /// Where something else was ordered than the tape says; nil where nothing was.
    public internal(set) var divergence: Film.Difference?
    /// How many pictures the tape has, and how many of them were the same.
    public internal(set) var pictures = 0
    public internal(set) var samePictures = 0
    /// The steps, counted from 0, that only write down what must hold.
    public internal(set) var stepsOfTester: Set<Int> = []
    /// What of the program was tried; nothing of a session in lines but its requests.
    public internal(set) var coverage = Coverage()
    /// What was done, ordered and answered here, as a tape of its own: this build's films play it.
    public internal(set) var played: Tape
}
