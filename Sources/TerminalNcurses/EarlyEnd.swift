import CNcurses
import Glibc
import TerminalKit

/// Signals that ask the program to end before it has a terminal: they are noted, and end it as soon as it has one,
/// so that what it makes until then is put away.
public enum EarlyEnd {
    /// From now on they are noted.
    public static func note() { cn_ends_note() }

    /// What came; nil for nothing. Long work looks here now and then.
    public static var reason: EndReason? {
        switch cn_early_end() {
        case 0: nil
        case SIGHUP: .hangup
        case SIGINT: .interrupted
        case let number: .terminated(signal: number)
        }
    }
}
