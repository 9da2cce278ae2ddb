import StorefrontCore
import TerminalKit

/// Which keys mean which command. The defaults are product.md's; the configuration may bind others.
public struct KeyMap: Hashable, Sendable {
    /// In the order in which hints prefer them.
    public private(set) var keys: [Command: [Key]]

    public static let standard = KeyMap(keys: defaults)

    init(keys: [Command: [Key]]) { self.keys = keys }

    /// Keys of a command, hint first.
    public func keys(of command: Command) -> [Key] { keys[command] ?? [] }

    /// The key that a hint names: one that works while a text field has the keys, where one has.
    func primaryKey(_ command: Command, in state: AppState) -> Key? {
        let all = keys(of: command)
        guard state.focusedField != nil else { return all.first }
        return all.first { !$0.isTakenByFields }
    }

    /// What a key press means now; nil when nothing.
    public func action(for key: Key, in state: AppState) -> AppAction? {
        if case .confirm = state.overlays.last {
            if key == .character("y") || key == .character("Y") { return .answered(true) }
            if key == .character("n") || key == .character("N") { return .answered(false) }
        }
        if state.focusedField != nil {
            if let edit = TextEdit(key), !isTaken(key, in: state) { return .edit(edit) }
        } else if case .character(let character) = key, let digit = character.wholeNumberValue,
            character.isASCII,
            state.overlays.isEmpty, state.takesNumbers
        {
            return .digit(digit)
        }
        let bound = commands(for: key).map { ($0, state.availability(of: $0)) }
        if let enabled = bound.first(where: { $0.1.isEnabled }) { return .command(enabled.0) }
        if let refused = bound.first(where: { $0.1 != .absent }) { return .command(refused.0) }
        return state.focusedField == nil ? .unknownKey : nil
    }

    /// Commands bound to a key, in the registry's order, those of forms first.
    public func commands(for key: Key) -> [Command] {
        let bound = Command.allCases.filter { keys[$0]?.contains(key) == true }
        return bound.filter { $0 == .submit } + bound.filter { $0 != .submit }
    }

    /// Keys that walk a list: they only move what is selected.
    var walkingKeys: Set<Key> {
        Set(Command.allCases.filter { $0.scope == .lists }.flatMap(keys(of:)))
    }

    /// A field leaves these keys to a command: up and down always, the ends of a list in a picker.
    private func isTaken(_ key: Key, in state: AppState) -> Bool {
        switch key {
        case .control: commands(for: key).contains { state.availability(of: $0).isEnabled }
        default: false
        }
    }

    private static let defaults: [Command: [Key]] = [
        .help: [.character("?"), .function(1)],
        .palette: [.character(":"), .control("p")],
        .back: [.escape],
        .quit: [.character("q"), .control("c")],
        .openShop: [.function(2)],
        .openCart: [.function(3)],
        .openOrders: [.function(4)],
        .account: [.function(5)],
        .nextField: [.tab],
        .previousField: [.backTab],
        .theme: [.function(9)],
        .redraw: [.control("l")],
        .suspend: [.control("z")],
        .toggleMouse: [.control("t")],
        .retry: [.character("r"), .function(8)],
        .up: [.up, .character("k")],
        .down: [.down, .character("j")],
        .pageUp: [.pageUp, .character("[")],
        .pageDown: [.pageDown, .character("]")],
        .first: [.home, .character("g")],
        .last: [.end, .character("G")],
        .open: [.enter],
        .search: [.character("/")],
        .category: [.character("c")],
        .sort: [.character("s")],
        .addOne: [.character("+"), .character("a")],
        .takeOne: [.character("-")],
        .clearFilters: [.character("x")],
        .remove: [.character("d"), .delete],
        .undo: [.character("u")],
        .discountCode: [.character("%")],
        .explain: [.character("e")],
        .checkout: [.character("o")],
        .acceptChanges: [.character("y")],
        .submit: [.enter],
        .reveal: [.control("r")],
        .register: [.function(6)],
        .browseAsGuest: [.function(7)],
        .newSale: [.character("n")],
        .printReceipt: [.character("p")],
        .saveReceipt: [.character("s")],
        .filterStatus: [.character("f")],
        .findOrder: [.character("/")],
        .findLine: [.character("/")],
        .nextMatch: [.character("n")],
        .previousMatch: [.character("N")],
        .cancelOrder: [.character("x"), .function(6)],
        .showReceipt: [.character("v")],
        .takePayment: [.character("p")],
        .makeAdmin: [.character("m")],
        .loadDemoData: [.character("d")],
        .connect: [.character("c")],
    ]
}

extension Key {
    /// A key that a text field keeps for editing whatever it is bound to; keys with Ctrl go to a command that
    /// has one.
    var isTakenByFields: Bool {
        if case .control = self { false } else { TextEdit(self) != nil }
    }
}

extension TextEdit {
    /// What a key does in a text field, as in readline; nil when it is not for editing.
    init?(_ key: Key) {
        switch key {
        case .character(let character): self = .insert(String(character))
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
