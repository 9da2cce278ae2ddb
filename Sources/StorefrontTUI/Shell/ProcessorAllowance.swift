/// How much of the processor a stranger's session takes: a stock of seconds that fills up slowly.
///
/// A person who looks at what a key has done never uses it up. Whoever sends keys without end does, and then waits,
/// so that others are served.
public struct ProcessorAllowance: Sendable {
    /// What the machine tells, in seconds; both only ever grow.
    public struct Reading: Hashable, Sendable {
        /// Processor time that the program has taken.
        public let used: Double
        /// The time of day, or of anything.
        public let now: Double

        public init(used: Double, now: Double) {
            self.used = used
            self.now = now
        }
    }

    /// Seconds that nobody waits longer at once; what was taken beyond is not owed.
    public static let longestPause = 0.5
    /// Seconds of waiting after which a little is there again, so that not every key has a pause of its own.
    private static let reserve = 0.05

    private let share: Double
    private let most: Double
    private let read: @Sendable () -> Reading
    private var left: Double
    private var last: Reading

    /// - Parameters:
    ///   - share: how much of one processor in the long run, from 0 to 1.
    ///   - most: the full stock, in seconds of the processor; it is full at first.
    ///   - reading: asks the machine.
    public init(share: Double, most: Double, reading: @escaping @Sendable () -> Reading) {
        self.share = share
        self.most = most
        read = reading
        left = most
        last = reading()
    }

    /// How long to wait before more is done; nil while something is left.
    public mutating func pause() -> Duration? {
        let reading = read()
        left = min(most, left + (reading.now - last.now) * share - (reading.used - last.used))
        last = reading
        guard left < 0 else { return nil }
        left = max(left, -Self.longestPause * share)
        return .seconds(min(Self.longestPause, -left / share + Self.reserve))
    }
}
