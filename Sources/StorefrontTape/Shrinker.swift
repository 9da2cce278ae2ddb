import StorefrontCore
import TerminalKit

/// Makes a tape on which a check fails as short as it can: leaves out what the failure does not need.
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
    }

    private let tape: Tape
    private let failure: ProofResult.Failure
    /// Proves a tape in a new shop.
    private let prove: (Tape) async throws -> ProofResult
    private var tries = 0

    /// So many tapes are tried at most.
    private static let mostTries = 2_000

    /// - Parameters:
    ///   - failure: of the check, or of what always holds, on the tape.
    ///   - prove: proves a tape in a new shop, answering at once.
    public init(
        _ tape: Tape, _ failure: ProofResult.Failure, prove: @escaping (Tape) async throws -> ProofResult
    ) {
        self.tape = tape
        self.failure = failure
        self.prove = prove
    }

    /// - Throws: `TapeProblem` where the check does not fail when the tape is played by its keys alone.
    public mutating func run() async throws -> Result {
        let all = gestures
        let first = try await prove(variant(all))
        guard first.failures.contains(where: { $0.isSame(as: failure) }) else {
            throw TapeProblem(
                "\"\(Check.title(of: sentence))\" does not fail when the answers come at once; it may need their order"
            )
        }
        // Nobody needs to write the check down again.
        let ofOthers = Self.joined(first.played.lines(without: first.stepsOfTester).map { [$0] })
        let start = try await fails(ofOthers) ? ofOthers : all
        var left = try await shorten(start)
        // What was typed in one go, key by key.
        let keys = left.flatMap { $0.map { [$0] } }
        if keys.count > left.count { left = try await Self.joined(shorten(keys)) }
        return Result(
            tape: try await prove(variant(left)).played, sentence: sentence, before: all.count,
            after: left.count, tries: tries)
    }

    private var sentence: String { failure.sentence }

    // MARK: - Gestures

    /// What a person did; keys that type follow each other in one.
    private var gestures: [[TapeLine]] {
        Self.joined(
            entriesToCheck.map(\.line).filter(\.isOwn).map { [$0] })
    }

    /// All up to the check that fails; the whole tape where it is something that always holds.
    private var entriesToCheck: ArraySlice<Tape.Entry> {
        let last = tape.entries.lastIndex { $0.line == .check(sentence) }
        return last.map { tape.entries[..<$0] } ?? tape.entries[...]
    }

    private static func joined(_ gestures: [[TapeLine]]) -> [[TapeLine]] {
        gestures.reduce(into: []) { all, next in
            if next.allSatisfy(\.types), let last = all.last, last.allSatisfy(\.types) {
                all[all.count - 1] += next
            } else {
                all.append(next)
            }
        }
    }

    /// The tape with these gestures alone: what it begins with stays, answers and pictures go.
    private func variant(_ gestures: [[TapeLine]]) -> Tape {
        let start = tape.entries.prefix { entry in
            !entry.line.isOwn
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
            entries: start + gestures.joined().map { Tape.Entry($0) }
                + (isWritten ? [Tape.Entry(.check(sentence))] : []) + [Tape.Entry(.end("shrunk"))])
    }

    // MARK: - Leaving out

    /// ddmin: leaves out halves, then quarters and so on, as long as the same check fails in the same way; at last one by one, until
    /// none can be left out.
    private mutating func shorten(_ all: [[TapeLine]]) async throws -> [[TapeLine]] {
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

    private mutating func fails(_ gestures: [[TapeLine]]) async throws -> Bool {
        guard tries < Self.mostTries else { return false }
        tries += 1
        return try await prove(variant(gestures)).failures.contains { $0.isSame(as: failure) }
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
    fileprivate var isOwn: Bool {
        switch self {
        case .event, .fault: true
        case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .unreadable:
            false
        }
    }

    /// A key that types a character.
    fileprivate var types: Bool {
        if case .event(.key(.character, _)) = self { true } else { false }
    }
}
