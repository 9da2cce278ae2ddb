import CNcurses
import Glibc
import TerminalKit

/// The modes that ncurses does not set itself: mouse reports, bracketed paste, reports of the focus. Only
/// terminals whose description knows a mouse get them; the others could print them.
struct TerminalModes {
    let hasMouse: Bool
    private let isModern: Bool

    init(hasMouse: Bool) {
        isModern = cn_string("kmous") != nil
        self.hasMouse = hasMouse && isModern
    }

    var mouseOn: String { "\u{1b}[?1000h\u{1b}[?1006h" }
    var mouseOff: String { "\u{1b}[?1006l\u{1b}[?1000l" }

    func on(mouse: Bool) -> String {
        isModern ? "\u{1b}[?2004h\u{1b}[?1004h" + (mouse ? mouseOn : "") : ""
    }

    var off: String {
        isModern ? (hasMouse ? mouseOff : "") + "\u{1b}[?1004l\u{1b}[?2004l" : ""
    }

    /// All that a crash has to write, ncurses' own modes included.
    var wayOut: [UInt8] {
        var bytes = Array(off.utf8)
        for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
            if let value = cn_string(name) { bytes += Self.withoutPadding(String(cString: value)).utf8 }
        }
        return bytes
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
