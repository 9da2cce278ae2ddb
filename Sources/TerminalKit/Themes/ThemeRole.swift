/// What a piece of screen means; a theme says how that looks. Names fall back along their dots, so that
/// `ui.text.focus` looks like `ui.text` in a theme that does not know it. Declare more where they are used.
public struct ThemeRole: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public init(_ name: String) { rawValue = name }
}

extension ThemeRole {
    /// The page itself: foreground and background wherever nothing else is said.
    public static let ui = ThemeRole("ui")
    public static let text = ThemeRole("ui.text")
    public static let textMuted = ThemeRole("ui.text.muted")
    public static let textStrong = ThemeRole("ui.text.strong")
    public static let textAccent = ThemeRole("ui.text.accent")
    public static let heading = ThemeRole("ui.heading")
    public static let header = ThemeRole("ui.header")
    public static let headerAccent = ThemeRole("ui.header.accent")
    public static let footer = ThemeRole("ui.footer")
    public static let footerKey = ThemeRole("ui.footer.key")
    public static let status = ThemeRole("ui.status")
    public static let border = ThemeRole("ui.border")
    public static let borderFocus = ThemeRole("ui.border.focus")
    public static let selection = ThemeRole("ui.selection")
    public static let selectionInactive = ThemeRole("ui.selection.inactive")
    /// The mark before the selected row.
    public static let selectionMark = ThemeRole("ui.selection.mark")
    public static let field = ThemeRole("ui.field")
    public static let fieldFocus = ThemeRole("ui.field.focus")
    public static let fieldFocusPlaceholder = ThemeRole("ui.field.focus.placeholder")
    public static let fieldPlaceholder = ThemeRole("ui.field.placeholder")
    public static let fieldError = ThemeRole("ui.field.error")
    public static let button = ThemeRole("ui.button")
    public static let buttonFocus = ThemeRole("ui.button.focus")
    /// Where a search matched.
    public static let match = ThemeRole("ui.match")
    public static let scrollbar = ThemeRole("ui.scrollbar")
    public static let dialog = ThemeRole("ui.dialog")
    public static let dialogBorder = ThemeRole("ui.dialog.border")
    public static let success = ThemeRole("state.success")
    public static let warning = ThemeRole("state.warning")
    public static let error = ThemeRole("state.error")
    public static let info = ThemeRole("state.info")
    public static let disabled = ThemeRole("state.disabled")
    public static let chartBar = ThemeRole("chart.bar")
    public static let chartAxis = ThemeRole("chart.axis")
}
