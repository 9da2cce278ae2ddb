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
    public let colors: Int
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
        let version = curses_version().map { String(cString: $0) } ?? "unknown"
        ncursesVersion = String(version.drop { !$0.isNumber })
        var window = winsize()
        let hasSize = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
        size = hasSize ? Size(width: Int(window.ws_col), height: Int(window.ws_row)) : nil
        do throws(TerminalError) {
            let type = try TerminalType.choose()
            used = .success(type.name)
            notice = type.notice
            colors = Self.colors(of: type.name)
        } catch {
            used = .failure(error)
            notice = nil
            colors = 0
        }
    }

    private static func colors(of name: String) -> Int {
        guard cn_probe(name, STDOUT_FILENO) == 1 else { return 0 }
        defer { del_curterm(set_curterm(nil)) }
        return max(0, Int(cn_number("colors")))
    }
}
