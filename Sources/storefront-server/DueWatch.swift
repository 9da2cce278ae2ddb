import Logging
import ServiceLifecycle
import StoreDomain
import StoreService

/// Does what is due by the clock, as long as the server runs.
struct DueWatch: Service {
    private let care: DueCare

    init(_ store: OpenStore, clock: any StoreClock, logger: Logger) {
        care = DueCare(
            store.due, changes: store.changes, clock: clock, hearsAll: store.hearsAll,
            sleep: { try await Task.sleep(for: $0) },
            failed: { error in
                logger.warning(
                    "what is due by the clock cannot be done", metadata: ["error": .string(error.message)])
            })
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await care.run() }
    }
}
