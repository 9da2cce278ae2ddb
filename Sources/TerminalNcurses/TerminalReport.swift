import CNcurses
import Glibc
import TerminalKit

/// What can be told of the terminal without taking it: for `storefront doctor`.
public struct TerminalReport: Sendable {
    /// TERM as it is set; nil when it is not.
    public let wanted: String?
    /// The description that the shop would use, or why there can be no full screen.
    public let used: Result<String, TerminalError>
    /// What the user should know of that choice; nil normally.
    public let notice: String?
    /// How many colours that description has; 0 for none.
    public private(set) var colors = 0
    /// The most that can be shown with them.
    public private(set) var depth = ColorDepth.mono
    /// Whether it knows a mouse; the same terminals mark pasted text as such.
    public private(set) var hasMouse = false
    /// LC_ALL, LC_CTYPE or LANG, the first that is set; nil for none.
    public let locale: String?
    /// The locale's encoding, such as `UTF-8`.
    public let charset: String
    /// Milliseconds after which a lone Esc counts, and why, where no setting says it.
    public let escapeDelay: (milliseconds: Int, reason: String)
    /// Whether standard input and output are both a terminal.
    public let isTerminal: Bool
    /// Whether the locale's text is UTF-8.
    public let usesUTF8: Bool
    /// nil when standard output is no terminal.
    public let size: Size?
    /// Such as "6.4.20221231".
    public let ncursesVersion: String

    /// Looks at the environment, the terminal descriptions and standard output.
    public init() {
        wanted = TerminalType.environment("TERM")
        usesUTF8 = TerminalType.usesUTF8()
        charset = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? "unknown"
        locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(TerminalType.environment).first {
            !$0.isEmpty
        }
        escapeDelay = TerminalType.escapeDelay
        isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        let version = curses_version().map { String(cString: $0) } ?? "unknown"
        ncursesVersion = String(version.drop { !$0.isNumber })
        var window = winsize()
        let hasSize = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
        size = hasSize ? Size(width: Int(window.ws_col), height: Int(window.ws_row)) : nil
        do throws(TerminalError) {
            let type = try TerminalType.choose()
            used = .success(type.name)
            notice = type.notice
        } catch {
            used = .failure(error)
            notice = nil
        }
        if case .success(let name) = used { describe(name) }
    }

    private mutating func describe(_ name: String) {
        guard cn_probe(name, STDOUT_FILENO) == 1 else { return }
        defer { del_curterm(set_curterm(nil)) }
        colors = max(0, Int(cn_number("colors")))
        depth = TerminalType.depth(colors: colors, isDirect: cn_flag("RGB"))
        hasMouse = TerminalType.isModern(name)
    }
}
