import StorefrontCore

/// How long what a person did took when it was recorded: from the key, scan or click to the picture after the last
/// answer to what it asked for, and to what those answers asked for; where it asked for nothing, to the first picture
/// after it. Told by the tape alone.
struct StepTime: Hashable {
    /// nil before that picture, and on a tape without it.
    private(set) var milliseconds: Int?
    private var passed = 0
    private var open: Set<Int> = []
    private var isRunning = false

    /// - Parameter isOfTester: it only writes down what must hold.
    mutating func hear(_ entry: Tape.Entry, isOfTester: Bool) {
        switch entry.line {
        case .event where !isOfTester: self = StepTime(isRunning: true)
        case .event:
            // Whoever writes down what must hold has seen the picture.
            isRunning = false
        case .action(.replied(let id, _)), .plain(.action(.replied(let id, _))):
            add(entry)
            open.remove(id.number)
        case .effects(let effects):
            add(entry)
            if isRunning { open.formUnion(effects.compactMap(\.requestNumber)) }
        case .frame, .text:
            add(entry)
            guard isRunning, open.isEmpty else { return }
            milliseconds = passed
            isRunning = false
        case .action, .plain, .state, .lineState, .mark, .check, .fault, .end, .unreadable: add(entry)
        }
    }

    init() {}

    private init(isRunning: Bool) { self.isRunning = isRunning }

    private mutating func add(_ entry: Tape.Entry) {
        if isRunning { passed += entry.milliseconds }
    }
}

extension String {
    /// Of an effect that is a request, as a tape has it.
    fileprivate var requestNumber: Int? {
        let words = split(separator: " ")
        return words.count == 3 ? Int(words[0]) : nil
    }
}
