/// Events that came from a terminal and do not fit into its full queue, in their order and in little memory: one
/// byte for each of the first 255 different ones. So the terminal is read on, and Ctrl-C is heard behind a flood.
public struct SpilledEvents: Sendable {
    /// Bytes of memory at most, roughly: a paste of a megabyte, or as many keys.
    public static let limit = 1 << 20

    private var kinds: [TerminalEvent] = []
    private var numbers: [TerminalEvent: UInt8] = [:]
    /// The number of each event among `kinds`, or `other`.
    private var waiting: [UInt8] = []
    private var head = 0
    /// Those that have no number.
    private var others: [TerminalEvent] = []
    private var otherHead = 0
    private var otherCost = 0
    private static let other = UInt8.max

    public init() {}

    public var isEmpty: Bool { head == waiting.count }
    public var isFull: Bool { waiting.count - head + otherCost >= Self.limit }

    public mutating func add(_ event: TerminalEvent) {
        if let number = numbers[event] {
            waiting.append(number)
        } else if kinds.count < Self.other, event.cost == 1 {
            let number = UInt8(kinds.count)
            numbers[event] = number
            kinds.append(event)
            waiting.append(number)
        } else {
            waiting.append(Self.other)
            others.append(event)
            otherCost += 64 + event.cost
        }
    }

    /// The first that was added and not taken yet.
    public mutating func take() -> TerminalEvent? {
        guard head < waiting.count else { return nil }
        let number = waiting[head]
        head += 1
        let event: TerminalEvent
        if number == Self.other {
            event = others[otherHead]
            otherHead += 1
            otherCost -= 64 + event.cost
        } else {
            event = kinds[Int(number)]
        }
        if head == waiting.count { self = SpilledEvents() }
        return event
    }

    /// Forgets what was typed; what else came is kept.
    public mutating func dropInput() {
        var kept = SpilledEvents()
        while let event = take() { if !event.isInput { kept.add(event) } }
        self = kept
    }
}
