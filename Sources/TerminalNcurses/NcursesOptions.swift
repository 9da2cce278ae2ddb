import TerminalKit

/// How a terminal is to be used, as far as its own description does not decide.
public struct NcursesOptions: Sendable {
    /// The user's word on colours: wins over `NO_COLOR`, though a terminal cannot show more than it has.
    public var forcedColors: ColorDepth?
    /// What the settings say; counts when there is neither the user's word nor `NO_COLOR`.
    public var configuredColors: ColorDepth?
    public var mouse: Bool
    /// Whether each frame is marked, so that the terminal shows it at once (mode 2026).
    public var sync = TerminalSwitch.auto
    /// Whether the window gets a title.
    public var title = TerminalSwitch.auto
    /// Whether text may be put on the clipboard (OSC 52).
    public var clipboard = TerminalSwitch.auto
    /// Whether the terminal shows the progress of long work (OSC 9;4).
    public var progress = TerminalSwitch.auto
    /// Whether files that the picture names can be clicked (OSC 8).
    public var hyperlinks = TerminalSwitch.auto
    /// Keeps to ASCII even where the locale knows more.
    public var asciiOnly: Bool
    /// Milliseconds until a lone Esc counts as the key. When nil, `ESCDELAY` from the environment, else 25
    /// here and 100 over SSH.
    public var escapeDelay: Int?
    /// Where stderr goes while the screen is up. When nil it is kept in memory. Shown after the end in
    /// either case.
    public var logPath: String?
    /// A file, not there yet, that a crash writes what it knows to: the signal, the time, the notes for it
    /// and what came to stderr. nil for none.
    public var crashReportPath: String?

    /// Bytes that may come within ten seconds; more is the end. nil for any number.
    public var inputLimit: Int?
    /// How many events wait before nothing more is made of what comes; nil for the usual number.
    public var eventLimit: Int?

    public init(
        forcedColors: ColorDepth? = nil, configuredColors: ColorDepth? = nil, mouse: Bool = true,
        asciiOnly: Bool = false, escapeDelay: Int? = nil, logPath: String? = nil,
        crashReportPath: String? = nil
    ) {
        self.forcedColors = forcedColors
        self.configuredColors = configuredColors
        self.mouse = mouse
        self.asciiOnly = asciiOnly
        self.escapeDelay = escapeDelay
        self.logPath = logPath
        self.crashReportPath = crashReportPath
    }
}

/// Whether something that not every terminal knows is used.
public enum TerminalSwitch: String, Sendable, CaseIterable {
    /// Where the terminal's description, environment or answer tells of it.
    case auto
    case on
    case off

    func isOn(_ isKnown: () -> Bool) -> Bool {
        switch self {
        case .auto: isKnown()
        case .on: true
        case .off: false
        }
    }
}

/// Why there can be no full screen here.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    case notATerminal
    /// The terminal can only print line after line.
    case cannotPlaceCursor(term: String)
    case unknownTerminal(term: String)
    case alreadyInUse
    case system(call: String, code: Int32)

    public var description: String {
        switch self {
        case .notATerminal:
            "a full screen needs a terminal: standard input and output are not both one"
        case .cannotPlaceCursor(let term):
            "this terminal (TERM=\(Sanitizer.harmless(term))) cannot place the cursor; try TERM=xterm-256color"
        case .unknownTerminal(let term):
            "no description of this terminal (TERM=\(Sanitizer.harmless(term))), of xterm-256color or of vt100"
                + " is installed; install ncurses-base"
        case .alreadyInUse: "the terminal is already in use by this program"
        case .system(let call, let code): "\(call) failed with error \(code)"
        }
    }
}
