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
                name == wanted
                ? nil
                : "Unknown terminal \(Sanitizer.harmless(wanted.isEmpty ? "(TERM unset)" : wanted)), using \(name)"
            return (name, notice)
        }
        throw .unknownTerminal(term: wanted)
    }

    /// Sets the locale from the environment. Whether text may hold more than ASCII: only when the locale's
    /// encoding is UTF-8. A UTF-8 locale that is not installed counts as the C library's own.
    static func usesUTF8() -> Bool {
        let wanted =
            [environment("LC_ALL"), environment("LC_CTYPE"), environment("LANG")].lazy
            .compactMap { $0 }.first { !$0.isEmpty } ?? ""
        if setlocale(LC_ALL, "") == nil {
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
