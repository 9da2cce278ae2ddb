import Logging
import ServiceLifecycle
import StoreDomain
import StoreService

/// Cancels unpaid orders when they are due while nobody asks for orders, so that what they hold is on sale again. It
/// wakes when the oldest one that waits is due, and else once in the time that orders may wait.
struct DueOrderCare: Service {
    let orders: Orders
    let clock: any StoreClock
    let logger: Logger

    /// How long to wait where the store cannot be used just now.
    private static let patience: Int64 = 30

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let next = await look()
                let rest = next.milliseconds - clock.now().milliseconds
                // Cut short by the end of the server alone.
                try await Task.sleep(for: .milliseconds(max(1_000, rest)))
            }
        }
    }

    private func look() async -> Timestamp {
        do { return try await orders.lookAfterDue() } catch {
            logger.warning(
                "orders that are due cannot be looked for", metadata: ["error": .string(error.message)])
            return clock.now().advanced(bySeconds: Self.patience)
        }
    }
}
