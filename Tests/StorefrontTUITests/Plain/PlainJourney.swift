import StoreDomain
import StoreSQLite
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// One run of the plain program on lines in memory and real services.
final class PlainJourney: Sendable {
    let terminal: TestLines
    let ports: JourneyPorts
    private let runtime: PlainRuntime
    private let program: Task<EndReason?, Never>
    private let sent = Counter()

    /// - Parameters:
    ///   - services: where they are not the store's own.
    ///   - sleep: nothing takes long unless a test says so.
    init(
        _ store: LocalStore, services: StoreServices? = nil, start: StartScreen = .shop,
        isUnicode: Bool = true,
        ids: any IDSource = CountedIDs(from: 100),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in
            try await Task.sleep(for: .seconds(3600))
        },
        allowance: ProcessorAllowance? = nil
    ) {
        terminal = TestLines(isUnicode: isUnicode)
        ports = JourneyPorts(database: store.database)
        let context = AppContext(
            policy: store.policy, isDemo: store.isDemo, storePath: "store.db", isReadOnly: store.isReadOnly,
            hasPrinter: true, version: "test")
        runtime = PlainRuntime(
            state: AppState(context: context, start: start), terminal: terminal,
            services: services ?? store.services, ids: ids, ports: ports,
            ticks: Ticks(sleep: sleep), allowance: allowance)
        let runtime = runtime
        program = Task { await runtime.run() }
    }

    /// Types lines one after the other, each when what the one before asked for is done.
    func type(_ lines: String...) async {
        for line in lines {
            send(line)
            await runtime.untilQuiet(after: Int(sent.count))
        }
    }

    /// Types without waiting.
    func send(_ line: String) {
        sent.next()
        terminal.send(.line(line))
    }

    func signIn(_ role: Role) async {
        await type("\(role.name)@example.com", DemoData.password.revealed)
    }

    /// Ends the lines, as Ctrl-D does, or sends a signal.
    func end(_ reason: EndReason? = nil) async -> EndReason? {
        terminal.send(.ended(reason))
        return await program.value
    }

    /// Waits for the end that a line has brought.
    func ended() async -> EndReason? { await program.value }

    /// As a power cut would: nothing more is heard.
    func abandon() { terminal.close() }

    var state: AppState { get async { await runtime.snapshot } }

    /// All that was printed, once it is sure to be lines of text.
    func transcript(sourceLocation: SourceLocation = #_sourceLocation) -> String {
        let output = terminal.output
        let steering = output.unicodeScalars.filter {
            $0 != "\n"
                && ($0.properties.generalCategory == .control || $0.properties.generalCategory == .format)
        }
        #expect(steering.isEmpty, "\(steering.map { $0.value })", sourceLocation: sourceLocation)
        if !terminal.isUnicode {
            #expect(output.utf8.allSatisfy { $0 < 0x7f }, sourceLocation: sourceLocation)
        }
        return output
    }

    func expect(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        let output = transcript(sourceLocation: sourceLocation)
        for text in texts {
            let isThere = output.contains(text)
            #expect(isThere, "\"\(text)\" is not in\n\(output)", sourceLocation: sourceLocation)
        }
    }
}
