import StorefrontCore

/// Tells now and then that the cart is in sight, so that what others sell meanwhile shows in it; no timer runs where
/// it is not.
struct CartWatch {
    private var timer: Task<Void, Never>?

    private static let pause = Duration.seconds(15)

    mutating func follow(
        _ state: AppState, on executor: (any TaskExecutor)?,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        stillOpen: @escaping @Sendable () async -> Void
    ) {
        guard state.showsCart else { return stop() }
        guard timer == nil else { return }
        timer = Task(executorPreference: executor) {
            while true {
                do { try await sleep(Self.pause) } catch { return }
                await stillOpen()
            }
        }
    }

    mutating func stop() {
        timer?.cancel()
        timer = nil
    }
}
