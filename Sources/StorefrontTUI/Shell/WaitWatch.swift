import StorefrontCore

/// Counts down until signing in is heard again; no timer runs without such a wait.
struct WaitWatch {
    private var timer: (number: Int, task: Task<Void, Never>)?

    /// - Parameter inSteps: tells each second, or minute, instead of the end alone.
    mutating func follow(
        _ state: AppState, inSteps: Bool, on executor: (any TaskExecutor)?,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        waited: @escaping @Sendable (AppAction) async -> Void
    ) {
        let wait = state.signInWait
        guard timer?.number != wait?.number else { return }
        stop()
        timer = wait.map { wait in
            let task = Task(executorPreference: executor) {
                var wait = wait
                while wait.seconds > 0 {
                    let next = inSteps ? wait.next : 0
                    do { try await sleep(.seconds(wait.seconds - next)) } catch { return }
                    wait.seconds = next
                    await waited(.signInWaited(number: wait.number, left: next))
                }
            }
            return (wait.number, task)
        }
    }

    mutating func stop() {
        timer?.task.cancel()
        timer = nil
    }
}
