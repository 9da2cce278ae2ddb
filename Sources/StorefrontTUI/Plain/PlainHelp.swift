import StorefrontCore
import TerminalKit

/// What can be done here, one sentence each.
struct PlainHelp {
    let words: PlainWords

    /// - Parameter all: also what cannot be done just now, with the reason.
    func lines(for state: AppState, all: Bool) -> [String] {
        // The palette is this very list.
        let known = CommandSpec.all.filter { words.applies($0, in: state) && $0.command != .palette }
        let shown = (known.filter { $0.place != .everywhere } + known.filter { $0.place == .everywhere })
            .filter { all || state.availability(of: $0.command).isEnabled }
        let start =
            !state.takesText
            ? "Type a name, or as much of it as is needed."
            : "What you type answers the question. With a colon in front it is a command, such as :back."
        let macros = state.kind == .till ? state.desk.context.macros?.macros ?? [] : []
        return [start] + shown.map { line(for: $0, in: state) }
            + macros.map { "macro \($0.name): \($0.words.joined(separator: ", "))." }
            + [
                "where, or an empty line: tells this place once more.",
                all ? nil : "help all: also what cannot be done just now, and why.",
            ].compactMap { $0 }
    }

    func line(for spec: CommandSpec, in state: AppState) -> String {
        let keys = words.keyMap.keys(of: spec.command).filter(Self.canBeTyped).map { $0.name(ascii: true) }
        let name = words.names(of: spec, in: state)[0]
        let names = [name] + (keys.isEmpty ? [] : ["or \(keys.joined(separator: " or "))"])
        var sentence = "\(names.joined(separator: ", ")): \((spec.spoken.help ?? spec.help).asSentence)"
        if case .disabled(let reason) = state.availability(of: spec.command) {
            sentence += " Not now: \(reason.asSentence)"
        }
        return sentence
    }

    /// A sign, a letter or a function key's name; the names of arrows and the like are not for typing.
    private static func canBeTyped(_ key: Key) -> Bool {
        switch key {
        case .character, .function, .control: true
        // Keys are TerminalKit's: those without a short name.
        default: false
        }
    }
}
