import StorefrontCore

/// The registry as pages of keys: for the help overlay, the README and the manual alike.
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
    public static func sections(for state: AppState, keyMap: KeyMap, ascii: Bool) -> [Section] {
        let here = Command.allCases.filter {
            if case .screens(let kinds) = $0.scope { kinds.contains(state.screen) } else { false }
        }
        return [
            section(state.screen.title, here, keyMap, ascii),
            section("Lists", Command.allCases.filter { $0.scope == .lists }, keyMap, ascii),
            section("Everywhere", Command.allCases.filter { $0.scope == .everywhere }, keyMap, ascii),
            Section(
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
                ]),
        ].filter { !$0.rows.isEmpty }
    }

    /// Every key of every screen, as the README has it.
    public static func allSections(keyMap: KeyMap, ascii: Bool = false) -> [Section] {
        let screens = ScreenKind.allCases.map { kind in
            section(
                kind.title,
                Command.allCases.filter {
                    if case .screens(let kinds) = $0.scope { kinds.contains(kind) } else { false }
                }, keyMap, ascii)
        }
        return [
            section("Everywhere", Command.allCases.filter { $0.scope == .everywhere }, keyMap, ascii),
            section("Lists", Command.allCases.filter { $0.scope == .lists }, keyMap, ascii),
        ] + screens.filter { !$0.rows.isEmpty }
    }

    private static func section(_ title: String, _ commands: [Command], _ keyMap: KeyMap, _ ascii: Bool)
        -> Section
    {
        Section(
            title: title,
            rows: commands.map { command in
                let isNumber = command == .setQuantity
                let keys = keyMap.keys(of: isNumber ? .open : command).map { $0.name(ascii: ascii) }
                return Row(
                    name: isNumber ? nil : command.rawValue,
                    keys: ((isNumber ? ["0-9"] : []) + keys).joined(separator: " "), title: command.title,
                    help: command.helpLine)
            })
    }
}
