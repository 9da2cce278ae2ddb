/// How many bytes a stranger may send: so many within any ten seconds, in steps of one.
public struct InputAllowance: Sendable {
    /// What nobody types or pastes.
    public static let ofKiosk = 256 * 1_024
    private static let seconds = 10

    private let limit: Int
    /// Bytes by second; the number of the second that a place stands for.
    private var counts = [Int](repeating: 0, count: seconds)
    private var second: UInt64 = 0

    /// - Parameter limit: bytes in ten seconds.
    public init(limit: Int) { self.limit = limit }

    /// Counts what came; false when it is too much.
    ///
    /// - Parameter nanoseconds: when, by a clock that never goes back.
    public mutating func take(_ bytes: Int, at nanoseconds: UInt64) -> Bool {
        let now = nanoseconds / 1_000_000_000
        let passed = now > second ? min(UInt64(Self.seconds), now - second) : 0
        for step in 0..<passed { counts[Int((now - step) % UInt64(Self.seconds))] = 0 }
        second = max(second, now)
        counts[Int(second % UInt64(Self.seconds))] += bytes
        return counts.reduce(0, +) <= limit
    }
}
