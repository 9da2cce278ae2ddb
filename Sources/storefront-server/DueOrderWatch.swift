import Logging
import ServiceLifecycle
import StoreDomain
import StoreService

/// Cancels unpaid orders when they are due, as long as the server runs.
struct DueOrderWatch: Service {
    private let care: DueOrderCare

    init(_ store: OpenStore, clock: any StoreClock, logger: Logger) {
        care = DueOrderCare(
            store.orders, changes: store.changes, clock: clock, hearsAll: store.hearsAll,
            sleep: { try await Task.sleep(for: $0) },
            failed: { error in
                logger.warning(
                    "orders that are due cannot be looked for", metadata: ["error": .string(error.message)])
            })
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await care.run() }
    }
}
