/// How many colours a terminal shows.
public enum ColorDepth: Int, Hashable, Sendable, Comparable, CaseIterable {
    case mono, ansi8, ansi16, indexed256, direct

    public static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }
}

/// What a terminal can do.
public struct TerminalAbilities: Hashable, Sendable {
    /// Its TERM name, the one in use when the user's own is unknown.
    public var name: String
    public var colors: ColorDepth
    /// Whether it takes more than ASCII.
    public var unicode: Bool
    public var mouse: Bool
    /// Whether a program may put text on the clipboard.
    public var clipboard: Bool
    /// What goes to the clipboard goes through tmux, which may keep it from the terminal without saying so.
    public var isInTmux: Bool
    /// What the user should be told about it, such as a TERM that nobody knows; nil normally.
    public var notice: String?

    public init(
        name: String, colors: ColorDepth, unicode: Bool, mouse: Bool, clipboard: Bool = false,
        isInTmux: Bool = false, notice: String? = nil
    ) {
        self.name = name
        self.colors = colors
        self.unicode = unicode
        self.mouse = mouse
        self.clipboard = clipboard
        self.isInTmux = isInTmux
        self.notice = notice
    }

    /// The marks that it can show.
    public var glyphs: GlyphSet {
        guard unicode else { return .ascii }
        return name == "linux" || name.hasPrefix("linux-") ? .console : .unicode
    }
}

/// How far long work is.
public enum TerminalProgress: Hashable, Sendable {
    /// Percent.
    case percent(Int)
    case unknown
}

/// A full-screen terminal. All of it may be called from anywhere.
public protocol Terminal: AnyObject, Sendable {
    var size: Size { get }
    var abilities: TerminalAbilities { get }
    /// For one reader; ends after `close()`.
    var events: EventQueue { get }

    /// Shows a picture soon and returns at once; one that comes before the last was shown replaces it.
    func present(_ surface: Surface)
    /// Whether mouse events come here instead of selecting text.
    func setMouseCapture(_ isOn: Bool)
    /// Whether a burst of keys that ends in Enter or Tab comes as one `.scan`, which at first is not so.
    ///
    /// - Parameter keys: those that act at once although a code may begin with them; nil to gather no longer.
    func gatherScans(passing keys: Set<Key>?)
    /// Forgets what was typed until now and nobody has handled, also what has come as bytes and is no event yet. A paste
    /// that is under way goes on as one.
    ///
    /// - Returns: how many events that waited are forgotten.
    @discardableResult
    func dropInput() -> Int
    /// Paints everything anew, whatever is thought to be on the screen.
    func redraw()
    /// Paints everything anew, and has the terminal forget what has scrolled away: somebody else comes now.
    func forget()
    /// Stops the program as Ctrl-Z does; `.resumed` comes when it goes on.
    func suspend()
    func beep()
    /// Names the window, until the program ends; nothing where a window has no name or could not get its own
    /// back.
    func setTitle(_ title: String)
    /// Shows how far long work is, beside the screen; nil for none.
    func setProgress(_ progress: TerminalProgress?)
    /// Puts a text on the clipboard. False where the terminal has none for programs, or it is too long for it.
    func copy(_ text: String) -> Bool
    /// Keeps a text, at most 4 KiB, for the report of a crash; it takes the place of the one before. Nothing
    /// that was typed belongs there.
    func noteForCrash(_ text: String)
    /// Runs `body` with the terminal as it was before the start, then takes the screen again.
    func outside<Result: Sendable>(_ body: @Sendable () throws -> Result) rethrows -> Result
    /// Gives the terminal back as it was found and returns when that is done. Harmless when repeated.
    func close()
}
