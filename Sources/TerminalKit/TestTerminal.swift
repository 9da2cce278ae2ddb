import Synchronization

/// A terminal in memory: tests send events and wait for what is presented.
public final class TestTerminal: Terminal {
    private struct State {
        var size: Size
        var frames = 0
        var surface: Surface?
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
        var nanoseconds: UInt64 = 0
        var isClosed = false
        var mouseCapture: Bool
        var beeps = 0
        var redraws = 0
        var suspensions = 0
        var crashNote = ""
        var gathersScans = false
        var title = ""
        var progress: TerminalProgress?
        var copied: [String] = []
    }

    private struct Waiter {
        let condition: @Sendable (Surface, Int) -> Bool
        let continuation: CheckedContinuation<Surface?, Never>
        let deadline: Task<Void, any Error>

        func resume(_ surface: Surface?) {
            deadline.cancel()
            continuation.resume(returning: surface)
        }
    }

    public struct Timeout: Error, CustomStringConvertible {
        /// What was on the screen instead.
        public let lastScreen: String
        public var description: String { "the awaited screen did not come; there is:\n\(lastScreen)" }
    }

    public let abilities: TerminalAbilities
    public let events = EventQueue()
    private let state: Mutex<State>

    public init(
        size: Size = Size(width: 80, height: 24),
        abilities: TerminalAbilities = TerminalAbilities(
            name: "test", colors: .direct, unicode: true, mouse: true, clipboard: true)
    ) {
        self.abilities = abilities
        state = Mutex(State(size: size, mouseCapture: abilities.mouse))
    }

    // MARK: - Terminal

    public var size: Size { state.withLock { $0.size } }

    public func present(_ surface: Surface) {
        let met = state.withLock { state -> [Waiter] in
            guard !state.isClosed else { return [] }
            state.frames += 1
            state.surface = surface
            let met = state.waiters.filter { $0.value.condition(surface, state.frames) }
            for id in met.keys { state.waiters[id] = nil }
            return Array(met.values)
        }
        for waiter in met { waiter.resume(surface) }
    }

    public func setMouseCapture(_ isOn: Bool) { state.withLock { $0.mouseCapture = isOn } }
    /// Remembers; a test sends `.scan` itself.
    public func gatherScans(passing keys: Set<Key>?) { state.withLock { $0.gathersScans = keys != nil } }
    @discardableResult
    public func dropInput() -> Int {
        defer { events.endDropping() }
        return events.beginDroppingInput()
    }

    public func redraw() { state.withLock { $0.redraws += 1 } }
    public func forget() { redraw() }

    /// Counts, and comes back at once.
    public func suspend() {
        state.withLock { $0.suspensions += 1 }
        send(.resumed)
    }

    /// What a crash would tell.
    public var crashNote: String { state.withLock { $0.crashNote } }

    public func noteForCrash(_ text: String) { state.withLock { $0.crashNote = text } }
    public func beep() { state.withLock { $0.beeps += 1 } }

    public func setTitle(_ title: String) { state.withLock { $0.title = title } }
    public func setProgress(_ progress: TerminalProgress?) { state.withLock { $0.progress = progress } }

    public func copy(_ text: String) -> Bool {
        guard abilities.clipboard else { return false }
        state.withLock { $0.copied.append(text) }
        return true
    }

    public func outside<Result: Sendable>(_ body: @Sendable () throws -> Result) rethrows -> Result {
        try body()
    }

    public func close() {
        let waiters = state.withLock { state -> [Waiter] in
            state.isClosed = true
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(nil) }
        events.finish()
    }

    // MARK: - What a test does

    /// Sends an event `after` nanoseconds from the one before; far apart, as people type, unless told.
    public func send(_ event: TerminalEvent, after nanoseconds: UInt64 = 1_000_000_000) {
        let time = state.withLock { state in
            state.nanoseconds += nanoseconds
            return state.nanoseconds
        }
        events.send(TimedEvent(event, nanoseconds: time))
    }

    public func send(_ keys: Key..., after nanoseconds: UInt64 = 1_000_000_000) {
        for key in keys { send(.key(key), after: nanoseconds) }
    }

    /// Types text key by key.
    public func type(_ text: String, after nanoseconds: UInt64 = 1_000_000_000) {
        for character in text { send(.key(.character(character)), after: nanoseconds) }
    }

    public func resize(_ size: Size) {
        state.withLock { $0.size = size }
        send(.resize(size))
    }

    public var lastSurface: Surface? { state.withLock { $0.surface } }
    /// How many pictures were presented so far.
    public var frameCount: Int { state.withLock { $0.frames } }
    public var isClosed: Bool { state.withLock { $0.isClosed } }
    public var hasMouseCapture: Bool { state.withLock { $0.mouseCapture } }
    public var gathersScans: Bool { state.withLock { $0.gathersScans } }
    public var title: String { state.withLock { $0.title } }
    public var progress: TerminalProgress? { state.withLock { $0.progress } }
    /// What was put on the clipboard, in its order.
    public var copied: [String] { state.withLock { $0.copied } }
    public var beepCount: Int { state.withLock { $0.beeps } }
    public var redrawCount: Int { state.withLock { $0.redraws } }
    public var suspensionCount: Int { state.withLock { $0.suspensions } }

    /// The first picture, the last one included, that meets the condition.
    @discardableResult
    public func waitForSurface(
        within limit: Duration = .seconds(120), where condition: @escaping @Sendable (Surface) -> Bool
    ) async throws -> Surface {
        try await wait(within: limit) { surface, _ in condition(surface) }
    }

    private func wait(
        within limit: Duration, for condition: @escaping @Sendable (Surface, Int) -> Bool
    ) async throws -> Surface {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let surface = await withCheckedContinuation { continuation in
            let now = state.withLock { state -> Surface?? in
                if let surface = state.surface, condition(surface, state.frames) { return .some(surface) }
                if state.isClosed { return .some(nil) }
                let deadline = Task { [weak self] in
                    try await Task.sleep(for: limit)
                    self?.giveUp(id)
                }
                state.waiters[id] = Waiter(
                    condition: condition, continuation: continuation, deadline: deadline)
                return .none
            }
            if let now { continuation.resume(returning: now) }
        }
        guard let surface else { throw Timeout(lastScreen: lastSurface?.text ?? "nothing") }
        return surface
    }

    /// Waits for a picture that shows `text`.
    @discardableResult
    public func waitForText(_ text: String, within limit: Duration = .seconds(120)) async throws -> Surface {
        try await waitForSurface(within: limit) { $0.text.contains(text) }
    }

    /// Waits for the next picture after the first `count` ones.
    @discardableResult
    public func waitForFrame(after count: Int, within limit: Duration = .seconds(120)) async throws -> Surface
    {
        try await wait(within: limit) { _, frames in frames > count }
    }

    private func giveUp(_ id: Int) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
        waiter?.resume(nil)
    }
}
