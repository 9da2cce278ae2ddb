import StoreDomain
import StorefrontCore

/// Listens to what others change, as long as a screen shows what they can change, for whoever is there. Nothing wakes
/// while nothing changes.
struct LiveWatch {
    private var listening: (principal: Principal, task: Task<Void, Never>)?

    /// Between one change that is told and the next.
    private static let pause = Duration.milliseconds(200)

    /// - Parameter changes: nil where nobody else can change anything.
    mutating func follow(
        _ state: AppState, _ changes: (any ChangeService)?, on executor: (any TaskExecutor)?,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        changed: @escaping @Sendable (ShopChanges) async -> Void
    ) {
        guard let changes else { return }
        let principal = state.showsTheShop && !state.isEnding ? state.desk.principal : nil
        guard listening?.principal != principal else { return }
        stop()
        listening = principal.map { principal in
            let task = Task(executorPreference: executor) {
                await changes.follow(as: principal) {
                    await changed($0)
                    // However much happens, there is time to look at it. An end of the task ends the listening.
                    try? await sleep(Self.pause)
                }
            }
            return (principal, task)
        }
    }

    mutating func stop() {
        listening?.task.cancel()
        listening = nil
    }
}
