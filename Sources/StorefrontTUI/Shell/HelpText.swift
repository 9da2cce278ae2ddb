import StorefrontCore

/// The commands as pages of keys: for the help overlay, the README and the manual alike.
public enum HelpText {
    public struct Row: Hashable, Sendable {
        /// What the configuration calls it; nil for what cannot be bound.
        public let name: String?
        public let keys: String
        public let title: String
        public let help: String
    }

    public struct Section: Hashable, Sendable {
        public let title: String
        public let rows: [Row]
    }

    /// What applies on this screen first, then what applies everywhere.
    ///
    /// - Parameters:
    ///   - isTyping: a text field of the screen has the keys, so what works in fields comes before lists.
    ///   - macros: those that the screen can play.
    public static func sections(
        for screen: ScreenKind, isTyping: Bool = false, macros: [TillMacro] = [], keyMap: KeyMap, ascii: Bool
    ) -> [Section] {
        let here = [section(on: screen, keyMap, ascii), section(macros)]
        let (lists, everywhere) = (lists(keyMap, ascii), everywhere(keyMap, ascii))
        let sections =
            isTyping ? here + [fields, lists, everywhere] : here + [lists, everywhere, fields]
        return sections.filter { !$0.rows.isEmpty }
    }

    private static func section(_ macros: [TillMacro]) -> Section {
        Section(
            title: "Macros",
            rows: macros.map { Row(name: nil, keys: $0.key ?? "", title: $0.name, help: $0.summary) })
    }

    private static let fields = Section(
        title: "In text fields",
        rows: [
            Row(name: nil, keys: "Ctrl-A Ctrl-E", title: "Ends", help: "Start and end of the line"),
            Row(
                name: nil, keys: "Ctrl-W Ctrl-U Ctrl-K", title: "Delete",
                help: "The word before, all before, all behind"),
            Row(
                name: nil, keys: "Ctrl-Y Ctrl-_", title: "Bring back",
                help: "What was deleted last; take an edit back"),
            Row(name: nil, keys: "Alt-B Alt-F", title: "Words", help: "A word back or on"),
        ])

    /// Every key of every screen, as the README has it.
    public static func allSections(keyMap: KeyMap, ascii: Bool = false) -> [Section] {
        let screens = ScreenKind.allCases.map { section(on: $0, keyMap, ascii) }
        return [everywhere(keyMap, ascii), lists(keyMap, ascii)] + screens.filter { !$0.rows.isEmpty }
    }

    private static func everywhere(_ keyMap: KeyMap, _ ascii: Bool) -> Section {
        section("Everywhere", CommandSpec.all.filter { $0.place == .everywhere }, keyMap, ascii)
    }

    private static func lists(_ keyMap: KeyMap, _ ascii: Bool) -> Section {
        section("Lists", CommandSpec.all.filter { $0.place == .lists }, keyMap, ascii)
    }

    private static func section(on screen: ScreenKind, _ keyMap: KeyMap, _ ascii: Bool) -> Section {
        section(screen.title, CommandSpec.all.filter { $0.place.includes(screen) }, keyMap, ascii)
    }

    private static func section(_ title: String, _ specs: [CommandSpec], _ keyMap: KeyMap, _ ascii: Bool)
        -> Section
    {
        Section(
            title: title,
            rows: specs.map { spec in
                let isNumber = spec.traits.contains(.unbindable)
                let keys = keyMap.keys(of: isNumber ? .open : spec.command).map { $0.name(ascii: ascii) }
                return Row(
                    name: isNumber ? nil : spec.command.rawValue,
                    keys: ((isNumber ? ["0-9"] : []) + keys).joined(separator: " "), title: spec.title,
                    help: spec.help)
            })
    }
}
