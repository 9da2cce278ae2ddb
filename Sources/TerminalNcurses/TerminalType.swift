import CNcurses
import Glibc
import TerminalKit

/// Which terminal description is used, and what locale text has.
enum TerminalType {
    /// The name in TERM when it is known, else the nearest that nearly every terminal understands.
    static func choose() throws(TerminalError) -> (name: String, notice: String?) {
        let wanted = environment("TERM") ?? ""
        for name in [wanted, "xterm-256color", "vt100"] where !name.isEmpty {
            guard cn_probe(name, STDOUT_FILENO) == 1 else { continue }
            let canPlaceCursor = cn_can_place_cursor()
            del_curterm(set_curterm(nil))
            guard canPlaceCursor else { throw .cannotPlaceCursor(term: name) }
            let notice =
                name == wanted || isKin(wanted)
                ? nil
                : "Unknown terminal \(Sanitizer.harmless(wanted.isEmpty ? "(TERM unset)" : wanted)), using \(name)"
            return (name, notice)
        }
        throw .unknownTerminal(term: wanted)
    }

    /// Terminals that bring a description of their own, which hosts hardly ever have; each understands what xterm does.
    private static let kin = [
        "alacritty", "contour", "foot", "ghostty", "iterm2", "kitty", "konsole", "mintty", "mlterm", "rio",
        "rxvt-unicode", "st", "tmux", "vte", "warp", "wezterm", "xterm",
    ]

    /// Whether the name is that of a terminal that can be taken for an xterm without a word: its own, or one that
    /// begins with it or with `xterm-` before it.
    static func isKin(_ term: String) -> Bool {
        let name = term.hasPrefix("xterm-") ? term.dropFirst(6) : term[...]
        return kin.contains { name == $0 || name.hasPrefix("\($0)-") }
    }

    /// Whether the terminal last probed or in use takes the modes that came with the mouse; others could print them.
    /// The console has a mouse of its own and knows none of them.
    static func isModern(_ name: String) -> Bool {
        cn_string("kmous") != nil && name != "linux" && !name.hasPrefix("linux-")
    }

    /// Whether to ask for colours beyond the palette of a description: the settings say so, or the terminal does
    /// in COLORTERM. Only where the description is a modern terminal's.
    ///
    /// - Parameter choice: how many colours the settings allow; nil for as many as there are.
    static func takesDirect(_ name: String, choice: ColorDepth?) -> Bool {
        guard cn_probe(name, STDOUT_FILENO) == 1 else { return false }
        let (colors, isDirect) = (Int(cn_number("colors")), cn_flag("RGB"))
        let isModern = isModern(name) && cn_flag("AX")
        del_curterm(set_curterm(nil))
        guard isModern, depth(colors: colors, isDirect: isDirect) < .direct else { return false }
        switch choice {
        case .direct: break
        case nil where saysDirect(name): break
        case .mono, .ansi8, .ansi16, .indexed256, nil: return false
        }
        return DirectDescription.whileKnown {
            guard cn_probe(DirectDescription.name, STDOUT_FILENO) == 1 else { return false }
            del_curterm(set_curterm(nil))
            return true
        }
    }

    /// GNU screen passes the variable on but not the colours; tmux, which may call itself screen, brings both.
    private static func saysDirect(_ name: String) -> Bool {
        let isScreen = name.hasPrefix("screen") && environment("TMUX") == nil
        return !isScreen && ["truecolor", "24bit"].contains(environment("COLORTERM"))
    }

    /// Sets the locale from the environment. Whether text may hold more than ASCII: only when the locale's
    /// encoding is UTF-8. A UTF-8 locale that is not installed counts as the C library's own, and so does none at
    /// all, as from a client that sends no LANG.
    static func usesUTF8() -> Bool {
        let wanted =
            [environment("LC_ALL"), environment("LC_CTYPE"), environment("LANG")].lazy
            .compactMap { $0 }.first { !$0.isEmpty } ?? ""
        if wanted.isEmpty {
            _ = setlocale(LC_ALL, "")
            _ = setlocale(LC_CTYPE, "C.UTF-8")
        } else if setlocale(LC_ALL, "") == nil {
            let name = wanted.lowercased()
            if name.hasSuffix("utf-8") || name.hasSuffix("utf8") { _ = setlocale(LC_CTYPE, "C.UTF-8") }
        }
        guard let codeset = nl_langinfo(Int32(CODESET)) else { return false }
        return String(cString: codeset) == "UTF-8"
    }

    /// What a description with so many colours shows.
    static func depth(colors: Int, isDirect: Bool) -> ColorDepth {
        switch colors {
        case (1 << 24)... where isDirect: .direct
        case 256...: .indexed256
        case 16...: .ansi16
        case 8...: .ansi8
        default: .mono
        }
    }

    /// Milliseconds after which a lone Esc counts, and why, where no setting says it.
    static var escapeDelay: (milliseconds: Int, reason: String) {
        if let set = environment("ESCDELAY").flatMap({ Int($0) }) { return (set, "ESCDELAY") }
        let isRemote = ["SSH_CONNECTION", "SSH_TTY"].contains { environment($0) != nil }
        return isRemote ? (100, "over SSH") : (25, "not over SSH")
    }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
