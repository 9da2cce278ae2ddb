import Foundation
import StorefrontCore

/// Why a file is no tape: one sentence.
public struct TapeProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ sentence: String) { description = sentence }
}

/// A session as it was recorded.
public struct Tape: Hashable, Sendable {
    public var header: TapeHeader
    public var entries: [Entry]

    public struct Entry: Hashable, Sendable {
        /// Since the entry before.
        public var milliseconds: Int
        public var line: TapeLine

        public init(_ line: TapeLine, after milliseconds: Int = 0) {
            self.line = line
            self.milliseconds = milliseconds
        }
    }

    public init(header: TapeHeader, entries: [Entry]) {
        self.header = header
        self.entries = entries
    }

    /// - Throws: `TapeProblem` for a text that is no tape. The end of a tape may be missing, as after a crash.
    public init(_ text: String) throws(TapeProblem) {
        var lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }[...]
        guard let first = lines.popFirst() else { throw TapeProblem("This is no tape: it is empty") }
        guard let header = TapeCoder.value(TapeHeader.self, of: first) else {
            throw TapeProblem(
                "This is no tape of format \(TapeHeader.format): its first line cannot be read")
        }
        self.header = header
        entries = []
        while let line = lines.popFirst() {
            guard let read = TapeLine.read(line) else {
                // Half a line is what a crash or a kill leaves.
                if lines.isEmpty { break }
                throw TapeProblem("Line \(entries.count + 2) of the tape cannot be read")
            }
            entries.append(Entry(read.line, after: read.milliseconds))
        }
    }

    /// The tape as a file holds it.
    public var text: String {
        TapeCoder.text(of: header) + "\n"
            + entries.map { $0.line.written(after: $0.milliseconds) + "\n" }.joined()
    }

    /// Its first steps, with what each led to.
    public func beginning(_ steps: Int) -> Tape {
        var left = steps
        let some = entries.prefix { entry in
            if entry.line.isStep { left -= 1 }
            return left >= 0
        }
        return Tape(header: header, entries: Array(some) + [Entry(.end("kept"))])
    }

    public var steps: Int { entries.count { $0.line.isStep } }

    /// Why only what was typed can be played and not the answers: another build has recorded it.
    public var foreign: String? {
        for entry in entries {
            if case .unreadable(let code) = entry.line {
                return "a line of kind \(code) is not known here"
            }
        }
        if header.state == nil { return "its state is not known here" }
        return nil
    }

    /// Whether what was asked on it is answered on it.
    var hasAnswers: Bool {
        entries.contains { entry in
            switch entry.line {
            case .action(.replied), .plain(.action(.replied)): true
            case .event, .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .fault,
                .end, .unreadable:
                false
            }
        }
    }

    /// Another build has recorded it, which may have more or fewer actions, commands and screens.
    public var isOfOtherBuild: Bool { header.cases != ActionCode.cases }
}
