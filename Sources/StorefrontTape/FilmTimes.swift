/// How long this build works on the steps of a tape: model and picture, without a store and without a terminal.
public struct FilmTimes: Sendable {
    public struct Step: Hashable, Sendable {
        public let step: Int
        public let screen: String
        /// What was done, in words.
        public let words: String
        public let nanoseconds: Int
    }

    /// In their order.
    public private(set) var steps: [Step] = []

    /// - Parameter measured: runs what it is given and says how long that took, in nanoseconds.
    public init(_ film: Film, measured: (() -> Void) -> Int) {
        var film = film
        film.go(to: 0)
        var isAtEnd = film.isAtEnd
        while !isAtEnd {
            let time = measured {
                isAtEnd = !film.forward()
                _ = film.surface
            }
            guard !isAtEnd else { break }
            steps.append(
                Step(
                    step: film.step, screen: "\(film.state.kind)", words: film.lastStep ?? "",
                    nanoseconds: time))
        }
    }

    /// The time below which so many of a thousand steps stay, in nanoseconds; 0 where there are none.
    public static func permille(_ permille: Int, of times: [Int]) -> Int {
        guard !times.isEmpty else { return 0 }
        let sorted = times.sorted()
        let rank = (permille * sorted.count + 999) / 1_000
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
