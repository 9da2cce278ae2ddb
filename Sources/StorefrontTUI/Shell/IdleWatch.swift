import StorefrontCore

/// Tells when whoever is there has left: one timer, and none where nobody is watched for.
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

    /// - Parameters:
    ///   - minutes: how long there may be silence; 0 for ever.
    ///   - check: asks `timeLeft` and acts when there is none.
    mutating func follow(
        minutes: Int, on executor: (any TaskExecutor)?,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        check: @escaping @Sendable () async -> Duration?
    ) {
        guard minutes > 0 else { return stop() }
        guard timer == nil else { return }
        limit = .seconds(minutes * 60)
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

extension AppState {
    /// Minutes of silence after which a signed-in user is signed out; 0 for never.
    var minutesToSignOut: Int { user == nil ? 0 : desk.context.idleMinutes }

    /// Minutes of silence after which the screen of who sells is locked; 0 for never, and while it is.
    var minutesToLock: Int { desk.sellsAtTill && !isLocked ? desk.context.lockMinutes : 0 }
}
