import TerminalKit

/// Shows a till on a terminal of its own until a key or a signal ends it.
public actor DisplayRuntime {
    private let terminal: any Terminal
    private let view: DisplayView
    private let executor: (any TaskExecutor)?
    private var scene: TillScene?
    /// Before the first scene, or the news that there is none, nothing is claimed.
    private var hasLooked = false

    /// - Parameter executor: what tasks run on; nil for the pool.
    public init(terminal: any Terminal, view: DisplayView, executor: (any TaskExecutor)? = nil) {
        self.terminal = terminal
        self.view = view
        self.executor = executor
    }

    /// Returns when `q`, Esc or Ctrl-C was pressed, or the terminal has ended; then with why.
    ///
    /// - Parameter scenes: nil where the till is not open.
    public func run(_ scenes: AsyncStream<TillScene?>) async -> EndReason? {
        let looking = Task(executorPreference: executor) {
            for await scene in scenes { await self.show(scene) }
        }
        defer { looking.cancel() }
        while let timed = await terminal.events.next() {
            switch timed.event {
            case .ended(let reason): return reason
            case .key(.character("q")), .key(.escape), .key(.control("c")): return nil
            case .resize: draw()
            case .resumed: terminal.redraw()
            case .key, .scan, .paste, .mouse, .focus: break
            }
        }
        return nil
    }

    /// The scene in sight, for tests.
    public var snapshot: TillScene? { scene }

    private func show(_ scene: TillScene?) {
        guard !hasLooked || scene != self.scene else { return }
        hasLooked = true
        self.scene = scene
        draw()
    }

    private func draw() {
        guard hasLooked else { return }
        terminal.present(view.picture(of: scene, size: terminal.size))
    }
}
