/// When a request that does no harm twice is tried again: back-off that doubles, with jitter, within one
/// deadline for all tries together.
public struct RetryPolicy: Sendable {
    /// From the first try to the last answer.
    public var deadline: Duration
    public var tries: Int
    public var firstPause: Duration

    public init(
        deadline: Duration = .seconds(10), tries: Int = 4, firstPause: Duration = .milliseconds(200)
    ) {
        self.deadline = deadline
        self.tries = tries
        self.firstPause = firstPause
    }

    /// The wait after so many failed tries: half of the doubled pause, and as much of the other half as
    /// `jitter` says.
    ///
    /// - Parameter jitter: 0…255, random.
    func pause(afterTries tries: Int, jitter: UInt8) -> Duration {
        let whole = firstPause * (1 << min(tries - 1, 6))
        return whole / 2 + whole * Int(jitter) / 512
    }
}

/// What the client takes from the world round it.
public struct RemoteSurroundings: Sendable {
    let sleep: @Sendable (Duration) async throws -> Void
    /// 0…255, different each time.
    let jitter: @Sendable () -> UInt8
    /// For the times that answers name.
    let now: @Sendable () -> ContinuousClock.Instant

    /// - Parameter sleep: waits; ends early by an error when its task is cancelled.
    public init(
        sleep: @escaping @Sendable (Duration) async throws -> Void, jitter: @escaping @Sendable () -> UInt8,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.sleep = sleep
        self.jitter = jitter
        self.now = now
    }
}
