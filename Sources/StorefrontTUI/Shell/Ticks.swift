/// The time by which a session waits: how it tells time and how it sleeps. Injected, so that a session can be
/// played in no time.
public struct Ticks: Sendable {
    public let now: @Sendable () -> ContinuousClock.Instant
    /// Waits; ends early by an error when its task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void

    public init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.now = now
        self.sleep = sleep
    }
}
