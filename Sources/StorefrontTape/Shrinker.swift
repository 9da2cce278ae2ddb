import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Makes a tape on which a check fails as short as it can: leaves out what the failure does not need, and makes plain
/// what it needs.
public struct Shrinker {
    /// What came of it.
    public struct Result: Sendable {
        /// The shortest tape that was found, with what was answered on it.
        public let tape: Tape
        /// The check that fails on it.
        public let sentence: String
        /// What a person does on it, before and after: what is typed in one go counts as one.
        public let before: Int
        public let after: Int
        public let tries: Int
        /// It fails only where the answers come in the order of the tape, which is part of the short one.
        public let needsOrder: Bool
    }

    private var tape: Tape
    private let failure: ProofResult.Failure
    /// Proves a tape in a new shop.
    private let prove: (Tape) async throws -> ProofResult
    private var tries = 0

    /// So many tapes are tried at most.
    private static let mostTries = 2_000
    /// So often a failure must be seen before anything is left out.
    static let repeats = 3

    /// - Parameters:
    ///   - failure: of the check, or of what always holds, on the tape.
    ///   - prove: proves a tape in a new shop, answering at once.
    public init(
        _ tape: Tape, _ failure: ProofResult.Failure, prove: @escaping (Tape) async throws -> ProofResult
    ) {
        self.tape = tape.withStandingClock
        self.failure = failure
        self.prove = prove
    }

    /// - Throws: `TapeProblem` where the check does not fail each time, neither with answers at once nor in the order of
    ///   the tape.
    public mutating func run() async throws -> Result {
        let before = Gesture.all(of: entriesToCheck.map(\.line).filter(\.isOwn)).count
        let (first, needsOrder) = try await firstResult()
        let all = Gesture.all(of: entriesToCheck.map(\.line).filter(\.isOwn))
        // Nobody needs to write the check down again.
        let ofOthers = Gesture.all(of: first.played.lines(without: first.stepsOfTester))
        var left = try await fails(ofOthers) ? ofOthers : all
        left = try await rewrite(left)
        left = try await shorten(left)
        // What was typed in one go, key by key.
        let keys = left.flatMap { $0.types ? $0.lines.map { Gesture([$0]) } : [$0] }
        if keys.count > left.count { left = try await Gesture.joined(shorten(keys)) }
        left = try await simplify(left)
        try await simplifyLooks(left)
        return Result(
            tape: try await prove(variant(left)).played, sentence: sentence, before: before,
            after: left.count, tries: tries, needsOrder: needsOrder)
    }

    private var sentence: String { failure.sentence }

    /// What came of the tape the first time, and whether it needs its order of answers.
    private mutating func firstResult() async throws -> (ProofResult, needsOrder: Bool) {
        for isOrdered in [false, true] {
            let all = Gesture.all(of: entriesToCheck.map(\.line).filter(\.isOwn))
            var results: [ProofResult] = []
            for _ in 0..<Self.repeats {
                let result = try await prove(variant(all))
                guard result.failures.contains(where: { $0.isSame(as: failure) }) else { break }
                results.append(result)
            }
            if results.count == Self.repeats { return (results[0], isOrdered) }
            if !results.isEmpty {
                throw TapeProblem(
                    "\"\(Check.title(of: sentence))\" does not repeat: it failed \(results.count) of "
                        + "\(results.count + 1) times")
            }
            tape = tape.withItsOrder()
        }
        throw TapeProblem(
            "\"\(Check.title(of: sentence))\" does not repeat: it fails neither when the answers come at once nor when they "
                + "come in the order of the tape")
    }

    // MARK: - Tapes

    /// All up to the check that fails; the whole tape where it is something that always holds.
    private var entriesToCheck: ArraySlice<Tape.Entry> {
        let last = tape.entries.lastIndex { $0.line == .check(sentence) }
        return last.map { tape.entries[..<$0] } ?? tape.entries[...]
    }

    /// The tape with these gestures alone: what it begins with stays, answers and pictures go.
    private func variant(_ gestures: [Gesture]) -> Tape {
        let start = tape.entries.prefix { entry in
            if case .fault = entry.line { true } else { !entry.line.isOwn }
        }.filter { entry in
            switch entry.line {
            case .action(.replied), .plain(.action(.replied)): false
            case .action, .plain: true
            case .event, .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .fault,
                .unreadable:
                false
            }
        }
        let isWritten = tape.entries.contains { $0.line == .check(sentence) }
        return Tape(
            header: tape.header,
            entries: start + gestures.flatMap(\.lines).map { Tape.Entry($0) }
                + (isWritten ? [Tape.Entry(.check(sentence))] : []) + [Tape.Entry(.end("shrunk"))])
    }

    private mutating func fails(_ gestures: [Gesture]) async throws -> Bool {
        guard tries < Self.mostTries else { return false }
        tries += 1
        return try await prove(variant(gestures)).failures.contains { $0.isSame(as: failure) }
    }

    // MARK: - Leaving out

    /// Leaves out what a person seldom needs: what takes itself back, repeats, sizes, windows that come and go.
    private mutating func rewrite(_ all: [Gesture]) async throws -> [Gesture] {
        var left = all
        for isDropped in [Gesture.isOfWindow, Gesture.isOfView] {
            let fewer = left.filter { !isDropped($0) }
            if fewer.count < left.count, try await fails(fewer) { left = fewer }
        }
        for pairs in [Gesture.cancels, Gesture.repeats] {
            let fewer = Gesture.without(pairs, in: left)
            if fewer.count < left.count, try await fails(fewer) { left = fewer }
        }
        return left
    }

    /// ddmin: leaves out halves, then quarters and so on, as long as the same check fails in the same way; at last one by one, until
    /// none can be left out.
    private mutating func shorten(_ all: [Gesture]) async throws -> [Gesture] {
        var left = all
        var size = max(1, (all.count + 1) / 2)
        while !left.isEmpty {
            var isShorter = false
            var start = 0
            while start < left.count {
                var fewer = left
                fewer.removeSubrange(start..<min(start + size, left.count))
                if try await fails(fewer) {
                    left = fewer
                    isShorter = true
                } else {
                    start += size
                }
            }
            if size > 1 { size = max(1, min(size, left.count) / 2) } else if !isShorter { break }
        }
        return left
    }

    // MARK: - Values

    /// Puts the plainest value that will do in place of each that was typed, pasted or waited for.
    private mutating func simplify(_ all: [Gesture]) async throws -> [Gesture] {
        var left = all
        for index in left.indices {
            for plainer in left[index].plainer {
                var other = left
                other[index] = plainer
                if try await fails(other) {
                    left = other
                    break
                }
            }
        }
        return left
    }

    /// The usual size, theme, colours and marks, where they will do.
    private mutating func simplifyLooks(_ gestures: [Gesture]) async throws {
        let looks: [(inout TapeHeader) -> Void] = [
            { ($0.term.cols, $0.term.rows) = (80, 24) },
            { header in
                guard header.theme != Theme.standard.name || header.themeFile != nil else { return }
                (header.theme, header.themeFile) = (Theme.standard.name, nil)
                header.state = header.state.map { _ in header.freshState }
            },
            { ($0.colors, $0.isUnicode) = (ColorDepth.direct.rawValue, true) },
        ]
        for look in looks {
            let before = tape
            look(&tape.header)
            let size = tape.header.size
            for index in tape.entries.indices {
                if case .action(.resized) = tape.entries[index].line {
                    tape.entries[index].line = .action(.resized(AppView.viewport(size)))
                }
            }
            if tape == before { continue }
            if try await !fails(gestures) { tape = before }
        }
    }
}

extension Tape {
    /// What a person did and what went wrong on purpose, apart from these steps.
    fileprivate func lines(without steps: Set<Int>) -> [TapeLine] {
        var step = -1
        return entries.map(\.line).filter { line in
            if line.isStep { step += 1 }
            return line.isOwn && !(line.isStep && steps.contains(step))
        }
    }
}

extension TapeLine {
    /// What a person did, or what goes wrong on purpose: everything else follows from that.
    var isOwn: Bool {
        switch self {
        case .event, .fault: true
        case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .unreadable:
            false
        }
    }
}
