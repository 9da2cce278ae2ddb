import Synchronization

/// What came from a terminal and waits for the program that reads it, in its order and never more than `limit`.
///
/// Whoever fills the queue stops reading the terminal while the queue `isFull`, so that the sender waits and
/// memory stays flat; `onRoom` tells when to go on. The end of the line and a wish to interrupt overtake what
/// waits. One task reads at a time: with `for await` or `next()`, which wait, and with `take()`, which does not.
public final class InputQueue<Element: Sendable>: AsyncSequence, Sendable {
    private struct State {
        /// Comes before all that waits.
        var urgent: [Element] = []
        var waiting: [Element] = []
        /// The first of `waiting` that was not taken yet.
        var head = 0
        var cost = 0
        var isFull = false
        var isHeld = false
        var isFinished = false
        var reader: CheckedContinuation<Element?, Never>?
        /// What is forgotten instead of added, and how many want that.
        var drop: (wanted: Int, isDropped: @Sendable (Element) -> Bool)?

        func drops(_ element: Element) -> Bool { drop?.isDropped(element) ?? false }

        mutating func take(_ cost: (Element) -> Int) -> Element? {
            if !urgent.isEmpty { return urgent.removeFirst() }
            guard !isHeld, head < waiting.count else { return nil }
            let element = waiting[head]
            head += 1
            self.cost -= cost(element)
            if head == waiting.count {
                waiting.removeAll(keepingCapacity: head < 1_024)
                head = 0
            } else if head >= 1_024, head * 2 >= waiting.count {
                waiting.removeFirst(head)
                head = 0
            }
            return element
        }

        var isOver: Bool { isFinished && urgent.isEmpty && (isHeld || head == waiting.count) }
    }

    private let state = Mutex(State())
    private let limit: Int
    private let cost: @Sendable (Element) -> Int
    private let onRoom: @Sendable () -> Void

    /// - Parameters:
    ///   - limit: how much waits at most before the queue is full. One element more than fits is taken whole.
    ///   - cost: how much of the limit an element takes.
    ///   - onRoom: called when a full queue is half empty again, from wherever it was emptied.
    public init(
        limit: Int, cost: @escaping @Sendable (Element) -> Int = { _ in 1 },
        onRoom: @escaping @Sendable () -> Void = {}
    ) {
        self.limit = limit
        self.cost = cost
        self.onRoom = onRoom
    }

    // MARK: - Filling

    /// Whether nothing should be read from the terminal for now.
    public var isFull: Bool { state.withLock { $0.isFull } }

    /// How many wait, those that overtake included.
    public var count: Int { state.withLock { $0.urgent.count + $0.waiting.count - $0.head } }

    public func add(_ element: Element) {
        change { state in
            guard !state.isFinished, !state.drops(element) else { return }
            state.waiting.append(element)
            state.cost += cost(element)
            if state.cost >= limit { state.isFull = true }
        }
    }

    /// Puts an element before all that waits, behind those that were put there before it.
    ///
    /// - Parameter keeps: which of those that wait still count; none of them unless told.
    public func overtake(with element: Element, keeping keeps: (Element) -> Bool = { _ in false }) {
        change { state in
            guard !state.isFinished, !state.drops(element) else { return }
            state.waiting = state.waiting[state.head...].filter(keeps)
            state.head = 0
            state.cost = state.waiting.reduce(0) { $0 + cost($1) }
            state.urgent.append(element)
        }
    }

    /// Gives back what was taken and not used, before all that waits.
    public func putBack(_ elements: [Element]) {
        change { state in
            if elements.count <= state.head {
                state.waiting.replaceSubrange(state.head - elements.count..<state.head, with: elements)
                state.head -= elements.count
            } else {
                state.waiting = elements + state.waiting[state.head...]
                state.head = 0
            }
            state.cost += elements.reduce(0) { $0 + cost($1) }
        }
    }

    /// Forgets some of what waits, held back or not, and of what is added until `endDropping()`.
    ///
    /// - Returns: how many that waited are forgotten.
    public func beginDropping(where isDropped: @escaping @Sendable (Element) -> Bool) -> Int {
        change { state in
            state.drop = ((state.drop?.wanted ?? 0) + 1, isDropped)
            let before = state.urgent.count + state.waiting.count - state.head
            state.urgent.removeAll(where: isDropped)
            state.waiting = state.waiting[state.head...].filter { !isDropped($0) }
            state.head = 0
            state.cost = state.waiting.reduce(0) { $0 + cost($1) }
            return before - state.urgent.count - state.waiting.count
        }
    }

    /// Ends what one `beginDropping` began.
    public func endDropping() {
        change { state in
            state.drop = state.drop.flatMap { $0.wanted > 1 ? ($0.wanted - 1, $0.isDropped) : nil }
        }
    }

    /// Nothing more is added; the reader ends once all that waits was taken.
    public func finish() { change { $0.isFinished = true } }

    // MARK: - Reading

    /// Keeps back all that does not overtake, while the reader has enough to do.
    public func hold(_ isHeld: Bool) { change { $0.isHeld = isHeld } }

    /// The next element, if there is one now.
    public func take() -> Element? { change { $0.take(cost) } }

    /// The next element; nil at the end and when the task is cancelled.
    public func next() async -> Element? {
        await withTaskCancellationHandler {
            if Task.isCancelled { return nil }
            return await withCheckedContinuation { reader in
                change { state in
                    precondition(state.reader == nil, "one task at a time reads what comes from a terminal")
                    state.reader = reader
                }
                if Task.isCancelled { wakeReader() }
            }
        } onCancel: {
            wakeReader()
        }
    }

    /// Ends the waiting without an element.
    private func wakeReader() {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, reader, next, hasRoom) = state.withLock { state in
            let result = body(&state)
            var reader: CheckedContinuation<Element?, Never>?
            var next: Element?
            if state.reader != nil {
                next = state.take(cost)
                if next != nil || state.isOver { swap(&reader, &state.reader) }
            }
            let hasRoom = state.isFull && state.cost * 2 <= limit
            if hasRoom { state.isFull = false }
            return (result, reader, next, hasRoom)
        }
        reader?.resume(returning: next)
        if hasRoom { onRoom() }
        return result
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let queue: InputQueue

        public mutating func next() async -> Element? { await queue.next() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(queue: self) }
}

/// The events of a full-screen terminal.
public typealias EventQueue = InputQueue<TimedEvent>

extension InputQueue where Element == TimedEvent {
    /// More than is handled between two pictures. What comes while that many wait stays bytes, which is cheap: only
    /// reading the line must never wait.
    public static var eventLimit: Int { 16_384 }

    /// - Parameters:
    ///   - eventLimit: how many wait at most.
    ///   - onRoom: called when a full queue is half empty again.
    public convenience init(
        eventLimit: Int = InputQueue.eventLimit, onRoom: @escaping @Sendable () -> Void = {}
    ) {
        self.init(limit: eventLimit, cost: { $0.event.cost }, onRoom: onRoom)
    }

    /// Adds an event. The end of everything goes before all that waits and drops it; Ctrl-C drops what was
    /// typed before it and not handled yet, as the kernel does for a program that leaves its terminal alone.
    public func send(_ event: TimedEvent) {
        switch event.event {
        case .ended: overtake(with: event)
        case .key(.control("c")): overtake(with: event) { !$0.event.isInput }
        case .key, .scan, .paste, .mouse, .resize, .focus, .resumed: add(event)
        }
    }
}

extension InputQueue where Element == TimedEvent {
    /// Forgets what a person made and nobody has handled, until `endDropping()`; sizes, the focus and the end stay.
    ///
    /// - Returns: how many events that waited are forgotten.
    public func beginDroppingInput() -> Int { beginDropping { $0.event.isInput } }
}

extension TerminalEvent {
    /// A person made it.
    public var isInput: Bool {
        switch self {
        case .key, .scan, .paste, .mouse: true
        case .resize, .focus, .resumed, .ended: false
        }
    }

    /// How many bytes came for it, roughly.
    var cost: Int {
        switch self {
        case .paste(let text): 1 + text.utf8.count
        case .scan(let scan): 1 + scan.code.utf8.count
        case .key, .mouse, .resize, .focus, .resumed, .ended: 1
        }
    }
}
