import Logging
import StoreDomain
import StorefrontCore
import TerminalKit

/// What a runtime asks of the world beside the services and the terminal.
public protocol RuntimePorts: Ports {
    /// - Throws: a sentence that names the file and what is wrong with it.
    func theme(named name: String) throws(StoreError) -> Theme
    /// Writes a picture of the screen to a new file; returns its path.
    func saveScreen(_ surface: Surface, as form: PictureForm, title: String) async throws(StoreError)
        -> String
    /// Every change in how the server is reached; nil for a local store.
    var connectionChanges: AsyncStream<ConnectionState>? { get }
    /// Where a line for each action and each request goes; nil for nowhere.
    var logger: Logger? { get }
    /// What the user should know of the surroundings, such as a log that cannot be written; nil for nothing ever.
    var notices: AsyncStream<String>? { get }
    /// What the owner of a kiosk wants of its session; nil for nothing ever.
    var ownersWishes: AsyncStream<AppAction>? { get }
    /// Those who look on at this till from other terminals; nil where nobody can.
    var audience: (any TillAudience)? { get }
    /// From here on this goes wrong on purpose, as a tape spells it.
    func arm(fault: String)
    /// What is still to go wrong on purpose, as a tape spells it.
    var standingFaults: [String] { get }
    /// Carries requests out, and keeps their answers back where that is to go wrong.
    func heldBack<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value
    /// Somebody has done something.
    ///
    /// - Parameter waits: it waits for an answer itself.
    func passEvent(waits: Bool)
}

extension PictureForm {
    /// As surfaces call it.
    public var surfaceForm: SurfaceForm {
        switch self {
        case .svg: .svg
        case .text: .text
        case .ansi: .ansi
        }
    }

    /// What names of files end in.
    public var ending: String {
        switch self {
        case .svg: "svg"
        case .text: "txt"
        case .ansi: "ans"
        }
    }
}

extension RuntimePorts {
    public var connectionChanges: AsyncStream<ConnectionState>? { nil }
    public var logger: Logger? { nil }
    public var notices: AsyncStream<String>? { nil }
    public var ownersWishes: AsyncStream<AppAction>? { nil }
    public var audience: (any TillAudience)? { nil }
    public func arm(fault: String) {}
    public var standingFaults: [String] { [] }
    public func heldBack<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value { await body() }
    public func passEvent(waits: Bool) {}

    /// Tells of every change in how the server is reached, of notices and of an owner's wishes, until the tasks are
    /// cancelled.
    ///
    /// - Parameters:
    ///   - recorder: whose trouble is told, too.
    ///   - looked: somebody has come to look on at the till.
    func follow(
        _ recorder: (any SessionRecorder)?, on executor: (any TaskExecutor)?,
        looked: @escaping @Sendable () async -> Void,
        _ heard: @escaping @Sendable (AppAction) async -> Void
    ) -> [Task<Void, Never>] {
        let audience = audience.map { audience in
            Task(executorPreference: executor) {
                for await _ in audience.arrivals { await looked() }
            }
        }
        let changes = connectionChanges.map { changes in
            Task(executorPreference: executor) {
                for await change in changes { await heard(.connectionChanged(change)) }
            }
        }
        let notices = notices.map { notices in
            Task(executorPreference: executor) {
                for await notice in notices { await heard(.noticed(notice)) }
            }
        }
        let wishes = ownersWishes.map { wishes in
            Task(executorPreference: executor) {
                for await wish in wishes { await heard(wish) }
            }
        }
        let trouble = recorder.map { recorder in
            Task(executorPreference: executor) {
                for await why in recorder.trouble { await heard(.noticed(why)) }
            }
        }
        return [changes, notices, wishes, trouble, audience].compactMap { $0 }
    }
}

extension Outside {
    /// What both runtimes carry requests out with.
    public init(
        services: StoreServices, ids: any IDSource, ports: any RuntimePorts, zones: any ZoneSource
    ) {
        @Sendable func zone(_ style: ReceiptStyle) -> ShopZone {
            zones.zone(named: style.timeZone) ?? zones.machine
        }
        @Sendable func time(_ instant: Timestamp, _ style: ReceiptStyle) -> String {
            zone(style).minuteText(instant)
        }
        self.init(
            services: services, ids: ids, ports: ports, zones: zones,
            receiptText: { order, style, issue in
                ReceiptText.lines(
                    order, style, time: time(order.paidAt ?? order.createdAt, style), issue: issue
                ).map { $0 + "\n" }.joined()
            },
            shiftText: { report, style, issue in
                ShiftText.lines(report, style, zone: zone(style), issue: issue).map { $0 + "\n" }.joined()
            },
            refundText: { returned, style, issue in
                RefundText.lines(returned, style, time: time(returned.refund.at, style), issue: issue)
                    .map { $0 + "\n" }.joined()
            },
            looseText: { taken, style in
                LooseReturnText.lines(taken, style, time: time(taken.at, style)).map { $0 + "\n" }.joined()
            },
            slipText: { slip, style in
                SlipText.lines(slip, style).map { $0 + "\n" }.joined()
            },
            reportText: { ReportText.lines($0).map { $0 + "\n" }.joined() },
            labelPage: { ProductLabel($0).page(width: $1) },
            testPage: { style in
                PrintedPage(text: TestPageText.lines(style).map { $0 + "\n" }.joined())
            })
    }
}
