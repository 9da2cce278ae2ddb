import CNcurses
import Glibc
import TerminalKit

/// The modes that ncurses does not set itself: mouse reports, bracketed paste, reports of the focus, frames shown
/// at once, the window's title, the clipboard, progress. Only terminals whose description, environment or answer
/// knows them get them; the others could print them.
struct TerminalModes {
    let hasMouse: Bool
    /// Whether a program may put something on the clipboard (OSC 52).
    let hasClipboard: Bool
    private let isModern: Bool
    private let hasTitle: Bool
    private let hasProgress: Bool
    private let hasHyperlinks: Bool
    let isInTmux: Bool
    /// Whether what has scrolled away can be taken away.
    let knowsScrollback: Bool
    private let asksForSync: Bool
    private var hasSync: Bool
    /// As they are to be while the screen is up; nil where the terminal's own are left alone.
    private var title: String?
    private var progress: TerminalProgress?

    /// - Parameter name: the terminal's own name, whatever description is in use.
    init(_ options: NcursesOptions, name: String) {
        let isModern = TerminalType.isModern(name)
        let isInTmux = name.hasPrefix("tmux") || isModern && TerminalType.environment("TMUX") != nil
        self.isModern = isModern
        self.isInTmux = isInTmux
        knowsScrollback = cn_string("E3") != nil
        hasMouse = options.mouse && isModern
        // A title that cannot be put back is left alone.
        hasTitle = options.title.isOn { isModern && (cn_flag("XT") || isInTmux) }
        hasClipboard = options.clipboard.isOn {
            isModern && (cn_flag("XT") || cn_string("Ms") != nil || isInTmux)
                && TerminalType.environment("VTE_VERSION") == nil
        }
        hasProgress = options.progress.isOn { isModern && !isInTmux && Self.showsProgress }
        hasHyperlinks = options.hyperlinks.isOn { isModern && Self.opensLinks }
        asksForSync = isModern && options.sync == .auto
        hasSync = options.sync == .on
    }

    /// Terminals tell of it in the environment alone; others take OSC 9 for a message to the desktop.
    private static var showsProgress: Bool {
        let version = TerminalType.environment("VTE_VERSION").flatMap { Int($0) } ?? 0
        return version >= 7900 || TerminalType.environment("WT_SESSION") != nil
            || TerminalType.environment("ConEmuANSI") == "ON"
            || TerminalType.environment("TERM_PROGRAM") == "ghostty"
    }

    /// tmux describes it (`Hls`); other terminals that know links tell in the environment who they are.
    private static var opensLinks: Bool {
        let version = TerminalType.environment("VTE_VERSION").flatMap { Int($0) } ?? 0
        let programs = ["ghostty", "WezTerm", "iTerm.app", "vscode"]
        return cn_string("Hls") != nil || version >= 5_000 || TerminalType.environment("WT_SESSION") != nil
            || TerminalType.environment("KITTY_WINDOW_ID") != nil
            || TerminalType.environment("TERM_PROGRAM").map(programs.contains) == true
    }

    var mouseOn: String { "\u{1b}[?1000h\u{1b}[?1006h" }
    var mouseOff: String { "\u{1b}[?1006l\u{1b}[?1000l" }

    /// - Parameter again: they are on already, as far as this program knows: the title from before is kept.
    func on(mouse: Bool, again: Bool = false) -> String {
        (isModern ? "\u{1b}[?2004h\u{1b}[?1004h" + (mouse ? mouseOn : "") : "")
            + (title.map { (again ? "" : "\u{1b}[22;2t") + Self.setting(title: $0) } ?? "")
            + (progress.map(Self.showing) ?? "")
    }

    var off: String {
        frameEnd + (isModern ? (hasMouse ? mouseOff : "") + "\u{1b}[?1004l\u{1b}[?2004l" : "")
            + (title == nil ? "" : "\u{1b}[23;2t") + (progress == nil ? "" : Self.noProgress)
    }

    /// All that a crash has to write, ncurses' own modes included.
    var wayOut: [UInt8] {
        var bytes = Array(off.utf8)
        for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
            if let value = cn_string(name) { bytes += Self.withoutPadding(String(cString: value)).utf8 }
        }
        return bytes
    }

    // MARK: - Frames at once

    /// Asks once whether the terminal knows frames; it may answer late, or never.
    var question: String { asksForSync ? "\u{1b}[?2026$p" : "" }

    /// False when it changes nothing.
    mutating func adopt(_ answer: ModeAnswer) -> Bool {
        guard asksForSync, answer.mode == 2026, !hasSync else { return false }
        hasSync = answer.isSwitchable
        return hasSync
    }

    var frameBegin: String { hasSync ? "\u{1b}[?2026h" : "" }
    var frameEnd: String { hasSync ? "\u{1b}[?2026l" : "" }

    /// Takes away what has scrolled out of the screen, where the terminal knows how.
    var forgetting: String { knowsScrollback ? "\u{1b}[3J" : "" }

    // MARK: - Title, progress, clipboard

    /// What to write for a title: the first keeps the one from before.
    mutating func title(_ new: String) -> String {
        guard hasTitle, title != new else { return "" }
        defer { title = new }
        return (title == nil ? "\u{1b}[22;2t" : "") + Self.setting(title: new)
    }

    private static func setting(title: String) -> String {
        "\u{1b}]2;\(Sanitizer.harmless(title))\u{1b}\\"
    }

    /// nil takes it away.
    mutating func progress(_ new: TerminalProgress?) -> String {
        guard hasProgress, progress != new else { return "" }
        progress = new
        return new.map(Self.showing) ?? Self.noProgress
    }

    private static let noProgress = "\u{1b}]9;4;0\u{1b}\\"

    private static func showing(_ progress: TerminalProgress) -> String {
        switch progress {
        case .percent(let percent): "\u{1b}]9;4;1;\(min(max(percent, 0), 100))\u{1b}\\"
        case .unknown: "\u{1b}]9;4;3\u{1b}\\"
        }
    }

    // MARK: - Links

    /// Writes the linked cells of a picture once more, as a link. ncurses knows of none: cursor and colours are put
    /// back to where it left them.
    ///
    /// - Parameter looks: makes of a style what the terminal shows for it.
    func linking(_ surface: Surface?, _ looks: (Style) -> Style) -> String {
        guard hasHyperlinks, let surface, let link = surface.link else { return "" }
        return "\u{1b}7\u{1b}[\(link.cells.y + 1);\(link.cells.x + 1)H"
            + "\u{1b}]8;;\(link.address(host: Self.hostName))\u{1b}\\"
            + surface.ansi(of: link.cells, looks) + "\u{1b}]8;;\u{1b}\\\u{1b}8"
    }

    private static let hostName: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    /// Terminals take no more than this at once.
    static let longestCopy = 74_000

    /// What puts a text on the clipboard. tmux takes it for its own, and passes it on where it is allowed to.
    func copying(_ text: String) -> String {
        guard hasClipboard else { return "" }
        let sequence = "\u{1b}]52;c;\(Base64.text(Array(text.utf8)))"
        guard isInTmux else { return sequence + "\u{7}" }
        return sequence + "\u{7}\u{1b}Ptmux;\u{1b}\(sequence)\u{7}\u{1b}\\"
    }

    /// Leaves out the delays (`$<2>`) that only tputs understands.
    static func withoutPadding(_ capability: String) -> String {
        var result = ""
        var rest = Substring(capability)
        while let dollar = rest.firstIndex(of: "$") {
            let after = rest[rest.index(after: dollar)...]
            guard after.first == "<", let end = after.firstIndex(of: ">") else {
                result += rest[...dollar]
                rest = after
                continue
            }
            result += rest[..<dollar]
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

/// What a terminal answers when it is asked for a mode (DECRQM).
struct ModeAnswer: Hashable, Sendable {
    let mode: Int
    /// It knows the mode and lets programs change it.
    let isSwitchable: Bool

    /// - Parameter sequence: what came between `ESC [` and the end, which included; nil when it is no such answer.
    init?(_ sequence: [UInt8]) {
        guard sequence.first == UInt8(ascii: "?"), sequence.suffix(2) == Array("$y".utf8)[...] else {
            return nil
        }
        let numbers = String(decoding: sequence.dropFirst().dropLast(2), as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let mode = numbers[0], let state = numbers[1] else { return nil }
        self.mode = mode
        isSwitchable = state == 1 || state == 2
    }
}

enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    static func text(_ bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0...group.count { text.append(digits[bits >> (18 - 6 * place) & 63]) }
            text += String(repeating: "=", count: 3 - group.count)
        }
        return text
    }
}
