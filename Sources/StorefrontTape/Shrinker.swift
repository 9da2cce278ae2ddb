import StorefrontCore
import TerminalKit

/// Makes a tape on which a check fails as short as it can: leaves out what the failure does not need.
public struct Shrinker {
    /// What came of it.
    public struct Result: Sendable {
        /// The shortest tape that was found.
        public let tape: Tape
        /// The check that fails on it.
        public let sentence: String
        /// What a person does on it, before and after: what is typed in one go counts as one.
        public let before: Int
        public let after: Int
        public let tries: Int
    }

    private let tape: Tape
    private let sentence: String
    /// The failures of a tape that is proved in a new shop.
    private let prove: (Tape) async throws -> [ProofResult.Failure]
    private var tries = 0

    /// So many tapes are tried at most.
    private static let mostTries = 2_000

    /// - Parameters:
    ///   - sentence: the check, or what always holds, that fails on the tape.
    ///   - prove: proves a tape in a new shop, answering at once, and returns what failed.
    public init(
        _ tape: Tape, sentence: String, prove: @escaping (Tape) async throws -> [ProofResult.Failure]
    ) {
        self.tape = tape
        self.sentence = sentence
        self.prove = prove
    }

    /// - Throws: `TapeProblem` where the check does not fail when the tape is played by its keys alone.
    public mutating func run() async throws -> Result {
        let all = gestures
        guard try await fails(all) else {
            throw TapeProblem(
                "\"\(sentence)\" does not fail when the answers come at once; it may need their order")
        }
        var left = try await shorten(all)
        // What was typed in one go, key by key.
        let keys = left.flatMap { $0.map { [$0] } }
        if keys.count > left.count { left = try await Self.joined(shorten(keys)) }
        return Result(
            tape: variant(left), sentence: sentence, before: all.count, after: left.count, tries: tries)
    }

    // MARK: - Gestures

    /// What a person did; keys that type follow each other in one.
    private var gestures: [[TapedEvent]] {
        Self.joined(
            entriesToCheck.compactMap { entry in
                if case .event(let event) = entry.line { [event] } else { nil }
            })
    }

    /// All up to the check that fails; the whole tape where it is something that always holds.
    private var entriesToCheck: ArraySlice<Tape.Entry> {
        let last = tape.entries.lastIndex { $0.line == .check(sentence) }
        return last.map { tape.entries[..<$0] } ?? tape.entries[...]
    }

    private static func joined(_ gestures: [[TapedEvent]]) -> [[TapedEvent]] {
        gestures.reduce(into: []) { all, next in
            if next.allSatisfy(\.types), let last = all.last, last.allSatisfy(\.types) {
                all[all.count - 1] += next
            } else {
                all.append(next)
            }
        }
    }

    /// The tape with these gestures alone: what it begins with stays, answers and pictures go.
    private func variant(_ gestures: [[TapedEvent]]) -> Tape {
        let start = tape.entries.prefix { entry in
            if case .event = entry.line { false } else { true }
        }.filter { entry in
            switch entry.line {
            case .action(.replied), .plain(.action(.replied)): false
            case .action, .plain: true
            case .event, .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .unreadable: false
            }
        }
        let isWritten = tape.entries.contains { $0.line == .check(sentence) }
        return Tape(
            header: tape.header,
            entries: start + gestures.joined().map { Tape.Entry(.event($0)) }
                + (isWritten ? [Tape.Entry(.check(sentence))] : []) + [Tape.Entry(.end("shrunk"))])
    }

    // MARK: - Leaving out

    /// ddmin: leaves out halves, then quarters and so on, as long as the same check fails; at last one by one, until
    /// none can be left out.
    private mutating func shorten(_ all: [[TapedEvent]]) async throws -> [[TapedEvent]] {
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

    private mutating func fails(_ gestures: [[TapedEvent]]) async throws -> Bool {
        guard tries < Self.mostTries else { return false }
        tries += 1
        return try await prove(variant(gestures)).contains { $0.sentence == sentence }
    }
}

extension TapedEvent {
    /// A key that types a character.
    fileprivate var types: Bool { if case .key(.character, _) = self { true } else { false } }
}
