import StorefrontCore
import TerminalKit

/// What can be done here, one sentence each.
struct PlainHelp {
    let words: PlainWords

    /// - Parameter all: also what cannot be done just now, with the reason.
    func lines(for state: AppState, all: Bool) -> [String] {
        // The palette is this very list.
        let known = Command.allCases.filter { words.applies($0, in: state) && $0 != .palette }
        let shown = (known.filter { !Self.isGeneral($0) } + known.filter(Self.isGeneral))
            .filter { all || state.availability(of: $0).isEnabled }
        let start =
            state.focusedField == nil
            ? "Type a name, or as much of it as is needed."
            : "What you type answers the question. With a colon in front it is a command, such as :back."
        return [start] + shown.map { line(for: $0, in: state) }
            + [
                "where, or an empty line: tells this place once more.",
                all ? nil : "help all: also what cannot be done just now, and why.",
            ].compactMap { $0 }
    }

    func line(for command: Command, in state: AppState) -> String {
        let keys = words.keyMap.keys(of: command).filter(Self.canBeTyped).map { $0.name(ascii: true) }
        let name = words.names(of: command, in: state)[0]
        let names = [name] + (keys.isEmpty ? [] : ["or \(keys.joined(separator: " or "))"])
        var sentence = "\(names.joined(separator: ", ")): \(help(command).asSentence)"
        if case .disabled(let reason) = state.availability(of: command) {
            sentence += " Not now: \(reason.asSentence)"
        }
        return sentence
    }

    /// The registry's line, where a key is pressed differently with an example.
    private func help(_ command: Command) -> String {
        switch command {
        case .addOne: "Put one in the cart; add 3 puts in one of number 3, add 3 2 two of it"
        case .takeOne: "Take one out of the cart; take 3 takes one of number 3, take 3 2 two of it"
        case .setQuantity: "Make a line that many pieces; quantity 2 5 makes line 2 five"
        case .open: "Open a row; open 3 or just 3 opens number 3"
        case .search: "\(command.helpLine); search lamp finds lamps"
        case .category, .sort, .discountCode, .filterStatus, .findOrder, .findLine, .connect:
            "\(command.helpLine); or give it at once"
        default: command.helpLine
        }
    }

    private static func isGeneral(_ command: Command) -> Bool {
        switch command.scope {
        case .everywhere: true
        case .lists, .screens: false
        }
    }

    /// A sign, a letter or a function key's name; arrows and the like have names that nobody would type.
    private static func canBeTyped(_ key: Key) -> Bool {
        switch key {
        case .character, .function, .control: true
        default: false
        }
    }
}
