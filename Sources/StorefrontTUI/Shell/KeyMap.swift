import StoreDomain
import StorefrontCore
import TerminalKit

/// Which keys mean which command: those that the commands name, and others where the configuration says so.
public struct KeyMap: Hashable, Sendable {
    /// In the order in which hints prefer them.
    public let keys: [Command: [Key]]

    public static let standard = KeyMap(
        keys: Dictionary(
            CommandSpec.all.map { ($0.command, $0.keys.compactMap { Key(name: $0) }) },
            uniquingKeysWith: { first, _ in first }))

    private let commandsByKey: [Key: [Command]]

    init(keys: [Command: [Key]]) {
        self.keys = keys
        var byKey: [Key: [Command]] = [:]
        // What a screen says of a key comes before what the key does elsewhere.
        let own = CommandSpec.all.filter { if case .screens = $0.place { true } else { false } }.map(
            \.command)
        let others = Command.allCases.filter { $0 != .submit && !own.contains($0) }
        for command in [.submit] + own.filter({ $0 != .submit }) + others {
            for key in Set(keys[command] ?? []) { byKey[key, default: []].append(command) }
        }
        commandsByKey = byKey
    }

    /// Keys of a command, hint first.
    public func keys(of command: Command) -> [Key] { keys[command] ?? [] }

    /// The key that a hint names: one that works while a text field has the keys, where one has.
    func primaryKey(_ command: Command, isTyping: Bool) -> Key? {
        let all = keys(of: command)
        return isTyping ? all.first { !$0.isTakenByFields } : all.first
    }

    /// What a key press means now.
    ///
    /// - Parameters:
    ///   - isAlone: no other key came just before it.
    ///   - scroller: the text in front as it is painted; asked for only when the key may move it.
    public func action(
        for key: Key, in state: AppState, isAlone: Bool = true, scroller: @autoclosure () -> Scroller? = nil
    ) -> AppAction {
        if case .confirm = state.overlays.last {
            if key == .character("y") || key == .character("Y") { return .answered(true) }
            if key == .character("n") || key == .character("N") { return .answered(false) }
        }
        if case .pointing = state.overlays.last, let move = Pointing.Move(key) {
            return .tester(.pointed(move))
        }
        if let field = state.focusedField {
            if let edit = TextEdit(key, isSecret: field.isSecret), !isTaken(key, in: state),
                field.takes(edit)
            {
                return .edit(edit)
            }
        } else if case .character(let character) = key, let digit = character.wholeNumberValue,
            character.isASCII, state.overlays.isEmpty, state.takesNumbers
        {
            return .digit(digit)
        }
        let bound = commands(for: key).map { ($0, state.availability(of: $0)) }
        if let enabled = bound.first(where: { $0.1.isEnabled }) { return enabled.0.action(scroller()) }
        if let refused = bound.first(where: { $0.1 != .absent }) { return .command(refused.0) }
        if let macro = macro(of: key, in: state) { return .chose(.macro(macro.name)) }
        let help = primaryKey(.help, isTyping: state.takesText)?.name(ascii: true) ?? ""
        return .unknownKey(AppAction.UnknownKey(key.name(ascii: true), help: help, isAlone: isAlone))
    }

    /// The macro that a key plays at the till.
    private func macro(of key: Key, in state: AppState) -> TillMacro? {
        guard state.kind == .till, state.overlays.isEmpty else { return nil }
        return state.desk.context.macros?.macros.first { $0.key.flatMap { Key(name: $0) } == key }
    }

    /// Why no macro can be played by the key of that name, as a clause; nil where one can: it means nothing else at
    /// the till.
    public func problem(ofMacroKey name: String) -> String? {
        guard let key = Key(name: name) else {
            return
                "\u{201C}\(Sanitizer.harmless(name))\u{201D} is none: write a letter, F6, Alt-c or the like"
        }
        if let edit = TextEdit(key), TextInput("0", limit: 9, content: .figures).takes(edit) {
            return "\(key.name(ascii: true)) is for what is typed: take another one, such as F6 or Alt-c"
        }
        let taken = commands(for: key).first { command in
            switch CommandSpec[command]?.place {
            case .everywhere, .lists: true
            case .screens(let kinds): kinds.contains(.till)
            case nil: false
            }
        }
        return taken.map {
            "\(key.name(ascii: true)) means \($0.title) at the till: take another one, such as F6 or Alt-c"
        }
    }

    /// Commands bound to a key, in the order of help, those of forms first.
    public func commands(for key: Key) -> [Command] {
        commandsByKey[key] ?? []
    }

    /// Keys that walk a list: they only move what is selected.
    var walkingKeys: Set<Key> {
        Set(CommandSpec.all.filter { $0.place == .lists }.flatMap { keys(of: $0.command) })
    }

    /// A field leaves these keys to a command: up and down always, the ends of a list in a picker.
    private func isTaken(_ key: Key, in state: AppState) -> Bool {
        switch key {
        case .control: commands(for: key).contains { state.availability(of: $0).isEnabled }
        default: false
        }
    }
}

extension Key {
    /// A key that a text field keeps for editing whatever it is bound to; keys with Ctrl go to a command that
    /// has one.
    var isTakenByFields: Bool {
        if case .control = self { false } else { TextEdit(self) != nil }
    }
}

extension Command {
    /// What the command comes to where a text is in front: a movement becomes the line at the top, as a click
    /// becomes a row.
    public func action(_ scroller: @autoclosure () -> Scroller?) -> AppAction {
        guard let walk, let scroller = scroller() else { return .command(self) }
        return .scrolled(to: scroller.first(after: walk))
    }
}

extension TextEdit {
    /// What a key does in a text field, as in readline; nil when it is not for editing.
    init?(_ key: Key, isSecret: Bool = false) {
        switch key {
        case .character(let character):
            self = isSecret ? .insertSecret(Secret(String(character))) : .insert(String(character))
        case .backspace: self = .deleteBackward
        case .delete, .control("d"): self = .deleteForward
        case .left, .control("b"): self = .left
        case .right, .control("f"): self = .right
        case .home, .control("a"): self = .start
        case .end, .control("e"): self = .end
        case .controlLeft, .alt("b"): self = .wordLeft
        case .controlRight, .alt("f"): self = .wordRight
        case .control("w"): self = .deleteWordBackward
        case .alt("d"): self = .deleteWordForward
        case .control("u"): self = .killToStart
        case .control("k"): self = .killToEnd
        case .control("y"): self = .yank
        case .control("_"): self = .undo
        default: return nil
        }
    }
}
