import StorefrontCore

/// Tells when a signed-in user has left: one timer, and none for a guest.
struct IdleWatch {
    private var lastEvent: ContinuousClock.Instant
    private var timer: Task<Void, Never>?
    private var limit = Duration.zero

    init(now: ContinuousClock.Instant) { lastEvent = now }

    mutating func note(_ now: ContinuousClock.Instant) { lastEvent = now }

    /// How long there may still be silence; nil when it has lasted too long, which ends the watch.
    mutating func timeLeft(at now: ContinuousClock.Instant) -> Duration? {
        let left = limit - (now - lastEvent)
        if left > .zero { return left }
        timer = nil
        return nil
    }

    /// - Parameter check: asks `timeLeft` and signs out when there is none.
    mutating func follow(
        _ state: AppState, on executor: (any TaskExecutor)?,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        check: @escaping @Sendable () async -> Duration?
    ) {
        guard state.user != nil, state.desk.context.idleMinutes > 0 else { return stop() }
        guard timer == nil else { return }
        limit = .seconds(state.desk.context.idleMinutes * 60)
        timer = Task(executorPreference: executor) {
            while !Task.isCancelled, let left = await check() {
                do { try await sleep(left) } catch { return }
            }
        }
    }

    mutating func stop() {
        timer?.cancel()
        timer = nil
    }
}
