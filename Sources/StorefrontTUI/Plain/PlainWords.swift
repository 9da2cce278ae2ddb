import StorefrontCore
import TerminalKit

/// The commands as words: which command a line names, and what stands behind the name.
struct PlainWords {
    enum Meaning {
        case command(CommandSpec, [String])
        /// A beginning of several names.
        case several([CommandSpec])
        /// It is a command, but not of this place.
        case elsewhere(CommandSpec)
        case nothing
    }

    let keyMap: KeyMap

    /// By a whole name, else by a key, else by the beginning of one name only.
    func meaning(of line: String, in state: AppState) -> Meaning {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return .nothing }
        let here = CommandSpec.all.filter { applies($0, in: state) }
        for count in stride(from: words.count, to: 0, by: -1) {
            let (phrase, rest) = (words.prefix(count).phrase, Array(words.dropFirst(count)))
            if let command = here.first(where: { names(of: $0, in: state).contains(phrase) }),
                rest.isEmpty || command.spoken.argument != .nothing
            {
                return .command(command, rest)
            }
        }
        if let found = byKey(words, here) { return found }
        for count in stride(from: words.count, to: 0, by: -1) {
            let (phrase, rest) = (words.prefix(count).phrase, Array(words.dropFirst(count)))
            let found = here.filter { command in
                (rest.isEmpty || command.spoken.argument != .nothing)
                    && names(of: command, in: state).dropLast().contains { $0.hasPrefix(phrase) }
            }
            if found.count == 1 { return .command(found[0], rest) }
            if found.count > 1 { return .several(found) }
        }
        let elsewhere = CommandSpec.all.first {
            $0.spoken.applies(on: state.screen.feature)
                && names(of: $0, in: state).contains(first.lowercased())
                && state.availability(of: $0.command) == .absent
        }
        return elsewhere.map { .elsewhere($0) } ?? .nothing
    }

    private func byKey(_ words: [String], _ here: [CommandSpec]) -> Meaning? {
        guard let first = words.first else { return nil }
        var (name, rest) = (first, Array(words.dropFirst()))
        // `/lamp` as well as `/ lamp`.
        if first.count > 1, let sign = first.first, !sign.isLetter, !sign.isNumber, Key(name: first) == nil {
            name = String(sign)
            rest.insert(String(first.dropFirst()), at: 0)
        }
        guard let key = Key(name: name) else { return nil }
        let bound = keyMap.commands(for: key)
        let command = bound.lazy.compactMap { name in here.first { $0.command == name } }.first
        guard let command, rest.isEmpty || command.spoken.argument != .nothing else { return nil }
        return .command(command, rest)
    }

    /// Whether a command means something here, where lines are typed.
    func applies(_ spec: CommandSpec, in state: AppState) -> Bool {
        spec.spoken.applies(on: state.screen.feature) && state.availability(of: spec.command) != .absent
    }

    /// What is typed for it: first what help tells, last the name that the configuration has for it, which is
    /// no word that one would begin.
    func names(of spec: CommandSpec, in state: AppState) -> [String] {
        spec.spoken.words(on: state.screen.feature, state.desk)
            + [spec.title.lowercased(), spec.command.rawValue.lowercased()]
    }
}

extension Spoken.Argument {
    /// Asks a question that the text behind the word answers.
    var isText: Bool { self == .text }

    /// Acts on a row, which the number behind the word names.
    var isRow: Bool {
        switch self {
        case .row, .rowAndCount: true
        case .nothing, .text: false
        }
    }

    /// The least number of pieces that may stand behind the row; nil where none may.
    var leastCount: Int? {
        switch self {
        case .rowAndCount(let least): least
        case .nothing, .text, .row: nil
        }
    }
}

extension Sequence<String> {
    fileprivate var phrase: String { joined(separator: " ").lowercased() }
}
