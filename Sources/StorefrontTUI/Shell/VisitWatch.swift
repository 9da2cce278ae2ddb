import StorefrontCore

/// Looks after who stands before a kiosk: one timer, and none elsewhere.
struct VisitWatch {
    private let begin: ContinuousClock.Instant
    private var lastEvent: ContinuousClock.Instant
    private var timer: Task<Void, Never>?

    /// - Parameter begin: when the session began, which may have had visitors before this one.
    init(since begin: ContinuousClock.Instant, now: ContinuousClock.Instant) {
        self.begin = begin
        lastEvent = now
    }

    /// Somebody is there.
    mutating func note(_ now: ContinuousClock.Instant) { lastEvent = now }

    /// What has to happen, and after how long to look again.
    func due(_ state: AppState, at now: ContinuousClock.Instant) -> (action: VisitAction?, next: Duration)? {
        guard !state.isEnding else { return nil }
        return state.desk.context.kiosk?.due(state, quiet: now - lastEvent, age: now - begin)
    }

    /// - Parameter check: asks `due`, does it, and says after how long to look again; nil at the end.
    mutating func follow(
        _ state: AppState, on executor: (any TaskExecutor)?,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        check: @escaping @Sendable () async -> Duration?
    ) {
        guard state.desk.context.kiosk != nil, timer == nil else { return }
        timer = Task(executorPreference: executor) {
            while !Task.isCancelled, let pause = await check() {
                do { try await sleep(pause) } catch { return }
            }
        }
    }

    mutating func stop() {
        timer?.cancel()
        timer = nil
    }
}
