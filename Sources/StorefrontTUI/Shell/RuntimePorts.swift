import StoreDomain
import StorefrontCore
import TerminalKit

/// What a runtime asks of the world beside the services and the terminal.
public protocol RuntimePorts: Ports {
    /// - Throws: a sentence that names the file and what is wrong with it.
    func theme(named name: String) throws(StoreError) -> Theme
    /// Every change in how the server is reached; nil for a local store.
    var connectionChanges: AsyncStream<ConnectionState>? { get }
}

extension RuntimePorts {
    public var connectionChanges: AsyncStream<ConnectionState>? { nil }

    /// Tells of every change in how the server is reached until the task is cancelled.
    func follow(
        on executor: (any TaskExecutor)?, _ heard: @escaping @Sendable (AppAction) async -> Void
    ) -> Task<Void, Never>? {
        connectionChanges.map { changes in
            Task(executorPreference: executor) {
                for await change in changes { await heard(.connectionChanged(change)) }
            }
        }
    }
}

extension Outside {
    /// What both runtimes carry requests out with.
    init(
        services: StoreServices, ids: any IDSource, ports: any RuntimePorts, zones: any ZoneSource
    ) {
        self.init(services: services, ids: ids, ports: ports) { order, style in
            let instant = order.paidAt ?? order.createdAt
            let zone = zones.zone(named: style.timeZone) ?? zones.machine
            return ReceiptText.lines(order, style, time: zone.minuteText(instant))
                .map { $0 + "\n" }.joined()
        }
    }
}
