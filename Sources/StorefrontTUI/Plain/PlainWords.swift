import StorefrontCore
import TerminalKit

/// The registry as words: which command a line names, and what stands behind the name.
struct PlainWords {
    enum Meaning: Equatable {
        case command(Command, [String])
        /// A beginning of several names.
        case several([Command])
        /// It is a command, but not of this place.
        case elsewhere(Command)
        case nothing
    }

    let keyMap: KeyMap

    /// By a whole name, else by a key, else by the beginning of one name only.
    func meaning(of line: String, in state: AppState) -> Meaning {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return .nothing }
        let here = Command.allCases.filter { applies($0, in: state) }
        for count in stride(from: words.count, to: 0, by: -1) {
            let (phrase, rest) = (words.prefix(count).phrase, Array(words.dropFirst(count)))
            if let command = here.first(where: { names(of: $0, in: state).contains(phrase) }),
                rest.isEmpty || command.takesArguments
            {
                return .command(command, rest)
            }
        }
        if let found = byKey(words, here) { return found }
        for count in stride(from: words.count, to: 0, by: -1) {
            let (phrase, rest) = (words.prefix(count).phrase, Array(words.dropFirst(count)))
            let found = here.filter { command in
                (rest.isEmpty || command.takesArguments)
                    && names(of: command, in: state).dropLast().contains { $0.hasPrefix(phrase) }
            }
            if found.count == 1 { return .command(found[0], rest) }
            if found.count > 1 { return .several(found) }
        }
        let elsewhere = Command.allCases.first {
            !$0.needsScreen && names(of: $0, in: state).contains(first.lowercased())
                && state.availability(of: $0) == .absent
        }
        return elsewhere.map { .elsewhere($0) } ?? .nothing
    }

    private func byKey(_ words: [String], _ here: [Command]) -> Meaning? {
        guard let first = words.first else { return nil }
        var (name, rest) = (first, Array(words.dropFirst()))
        // `/lamp` as well as `/ lamp`.
        if first.count > 1, let sign = first.first, !sign.isLetter, !sign.isNumber, Key(name: first) == nil {
            name = String(sign)
            rest.insert(String(first.dropFirst()), at: 0)
        }
        guard let key = Key(name: name) else { return nil }
        let command = keyMap.commands(for: key).first(where: here.contains)
        guard let command, rest.isEmpty || command.takesArguments else { return nil }
        return .command(command, rest)
    }

    /// Whether a command means something here, where there are lines and no screen.
    func applies(_ command: Command, in state: AppState) -> Bool {
        guard !command.needsScreen, state.availability(of: command) != .absent else { return false }
        let isForm = state.screen == .signIn || state.screen == .register
        switch command {
        case .nextField, .previousField: return isForm
        case .up, .down, .pageUp, .pageDown, .first, .last:
            return state.screen == .shop || state.screen == .cart || state.screen == .orders
        case .open: return state.screen == .shop || state.screen == .orders || state.screen == .welcome
        default: return true
        }
    }

    /// What is typed for it: first what help tells, last the name that the configuration has for it, which is
    /// no word that one would begin.
    func names(of command: Command, in state: AppState) -> [String] {
        let more: [String] =
            switch command {
            case .pageDown: ["next"]
            case .pageUp: ["previous"]
            case .takeOne: ["take"]
            case .acceptChanges: ["accept"]
            case .checkout: ["checkout"]
            case .setQuantity: ["quantity"]
            case .takePayment: ["pay"]
            case .account: [state.user == nil ? "sign in" : "sign out"]
            case .submit where state.screen == .checkout && state.checkout?.step == .done: ["receipt"]
            default: []
            }
        return more + [command.title.lowercased(), command.rawValue.lowercased()]
    }
}

extension Command {
    /// Does nothing where there is no screen.
    var needsScreen: Bool {
        switch self {
        case .theme, .redraw, .suspend, .toggleMouse, .reveal: true
        default: false
        }
    }

    var takesArguments: Bool { takesText || takesRow }

    /// Asks a question that the text behind it answers.
    var takesText: Bool {
        switch self {
        case .search, .category, .sort, .discountCode, .findOrder, .findLine, .filterStatus, .connect, .help,
            .palette:
            true
        default: false
        }
    }

    /// Acts on a row, which the number behind it names.
    var takesRow: Bool {
        switch self {
        case .open, .addOne, .takeOne, .remove, .setQuantity, .showReceipt, .cancelOrder, .takePayment: true
        default: false
        }
    }

    /// Takes a number of pieces, behind the row.
    var takesCount: Bool { self == .addOne || self == .takeOne || self == .setQuantity }
}

extension Sequence<String> {
    fileprivate var phrase: String { joined(separator: " ").lowercased() }
}
