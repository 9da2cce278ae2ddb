import StorefrontCore

/// Tells now and then that the payment screen of an order is open, so that the order does not expire; no timer
/// runs without such a screen.
struct PaymentWatch {
    private var timer: (orderID: Int64, task: Task<Void, Never>)?

    mutating func follow(
        _ state: AppState, on executor: (any TaskExecutor)?,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        stillOpen: @escaping @Sendable () async -> Void
    ) {
        let orderID = state.orderBeingPaid
        guard timer?.orderID != orderID else { return }
        stop()
        // Well within the grace, which counts from each call.
        let pause = Duration.seconds(max(20, 20 * state.desk.policy.graceMinutes))
        timer = orderID.map { orderID in
            let task = Task(executorPreference: executor) {
                while true {
                    await stillOpen()
                    do { try await sleep(pause) } catch { return }
                }
            }
            return (orderID, task)
        }
    }

    mutating func stop() {
        timer?.task.cancel()
        timer = nil
    }
}
