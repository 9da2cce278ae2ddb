import StorefrontCore

/// Looks after who stands before a kiosk: one timer, and none elsewhere.
struct VisitWatch {
    private let begin: ContinuousClock.Instant
    private var lastEvent = ContinuousClock.now
    private var timer: Task<Void, Never>?

    /// - Parameter begin: when the session began, which may have had visitors before this one.
    init(since begin: ContinuousClock.Instant) { self.begin = begin }

    /// Somebody is there.
    mutating func note() { lastEvent = .now }

    /// What has to happen, and after how long to look again.
    func due(_ state: AppState) -> (action: VisitAction?, next: Duration)? {
        let now = ContinuousClock.now
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
