/// A code as a barcode scanner types it: many keys at once, then Enter or Tab.
public struct Scan: Hashable, Sendable {
    public let code: String
    /// Enter or Tab.
    public let end: Key
    /// How many of its first characters came as keys already, because there they did no harm.
    public let passed: Int

    public init(_ code: String, end: Key = .enter, passed: Int = 0) {
        self.code = code
        self.end = end
        self.passed = passed
    }
}

/// Tells what a scanner types from what a person types, by time alone. The keys of a scan come out as one
/// event, all others as they came in, in their order.
///
/// A scanner leaves 1 to 16 ms between two keys (a report for the key and one for its release, every 8 ms at
/// most), a person hardly ever less than 50, the repeat of a key that is held down 25 or more. So a character,
/// which may begin a code, waits `gap` for the next key: one frame of a screen. Any other key passes at once. So do
/// the keys of `prompt`, though a code may begin with them, when nothing came just before them: what did may change
/// what they mean, and whoever says what `prompt` is has not heard of it yet. The scan says how many did, so that
/// what they moved can be moved back.
public struct ScanDetector: Sendable {
    /// Nanoseconds between two keys of a scan at most.
    public static let gap: UInt64 = 20_000_000
    /// Fewer characters are what a person has typed ahead.
    public static let shortest = 4
    /// More than any printed code holds.
    public static let longest = 4_096
    /// A letter or a space so often is a key held down.
    public static let repeats = 8

    /// Keys that need not wait, as they do no harm when they turn out to be the first of a code; nil while
    /// nothing is gathered.
    private var prompt: Set<Key>?
    private var keys: [TimedEvent] = []
    private var code = ""
    private var isOneKey = true
    /// How many of `keys` have passed already.
    private var passed = 0
    private var last: TimedEvent?
    private var endOfScan: TimedEvent?
    private var before: TimedEvent?

    public init() {}

    /// Gathers from now on, or no longer; returns what waited and waits no longer. A code that is under way stays
    /// whole where only `prompt` is another one.
    public mutating func gather(passing prompt: Set<Key>?) -> [TimedEvent] {
        self.prompt = prompt
        return prompt == nil ? flush() : []
    }

    /// When what waits has waited long enough, unless something more can be read by then; nil while nothing
    /// waits.
    public var due: UInt64? { keys.isEmpty ? nil : last.map { $0.nanoseconds + Self.gap } }

    /// Nothing more came: the keys are a person's.
    public mutating func flush() -> [TimedEvent] {
        defer { forget() }
        return Array(keys[passed...])
    }

    public mutating func feed(_ event: TimedEvent, into out: inout [TimedEvent]) {
        defer { before = event }
        guard prompt != nil, case .key(let key) = event.event else {
            out += flush()
            out.append(event)
            return
        }
        switch key {
        case .character(let character) where !keys.isEmpty || character.mayBeginCode:
            endOfScan = nil
            add(character, event, into: &out)
        case .enter, .tab: end(with: key, event, into: &out)
        default:
            endOfScan = nil
            out += flush()
            out.append(event)
        }
    }

    private mutating func add(_ character: Character, _ event: TimedEvent, into out: inout [TimedEvent]) {
        isOneKey = keys.isEmpty || isOneKey && event.event == keys[0].event
        keys.append(event)
        code.append(character)
        last = event
        if isOneKey, passed == keys.count - 1, passed > 0 || isFree(event),
            prompt?.contains(.character(character)) == true
        {
            passed += 1
            out.append(event)
        }
        if keys.count == Self.longest || keys.count == Self.repeats && isRepeat { out += flush() }
    }

    private mutating func end(with key: Key, _ event: TimedEvent, into out: inout [TimedEvent]) {
        let before = endOfScan
        endOfScan = nil
        if keys.count >= Self.shortest, !isRepeat {
            let scan = Scan(code, end: key, passed: passed)
            out.append(TimedEvent(.scan(scan), nanoseconds: keys[0].nanoseconds))
            forget()
            endOfScan = event
        } else if let before, before.event == event.event, keys.isEmpty,
            event.nanoseconds - before.nanoseconds <= Self.gap
        {
            // The second of a scanner's CR and LF.
        } else {
            out += flush()
            out.append(event)
        }
    }

    /// Nothing just before it can have changed what it means.
    private func isFree(_ event: TimedEvent) -> Bool {
        guard let before, before.event != event.event else { return true }
        return event.nanoseconds - before.nanoseconds > Self.gap
    }

    private var isRepeat: Bool { isOneKey && (code.first?.isLetter == true || code.first == " ") }

    private mutating func forget() {
        keys = []
        code = ""
        passed = 0
    }
}

extension Character {
    /// On another keyboard layout than its own, a scanner types anything for its digits; some type a space first.
    fileprivate var mayBeginCode: Bool { !isWhitespace || self == " " }
}
