import StorefrontTUI
import TerminalKit
import TerminalNcurses

/// The terminal of a program, which outlives one session where another follows on it.
struct Terminals {
    var lines: (any LineTerminal)?
    var screen: NcursesTerminal?

    /// Gives it back.
    mutating func close() {
        lines?.close()
        screen?.close()
        (lines, screen) = (nil, nil)
    }

    /// Takes away what a visitor has left on the terminal: the picture, what has scrolled away, what he typed and
    /// nobody has read, the modes he chose.
    func clearForNext() {
        guard let screen else { return }
        screen.events.hold(false)
        screen.dropInput()
        screen.gatherScans(passing: nil)
        screen.setMouseCapture(true)
        screen.setProgress(nil)
        screen.present(Surface(size: screen.size))
        screen.forget()
    }

    /// Whether the next visitor can follow here: line by line nothing can be taken back.
    var areReadyForNext: Bool { screen != nil }
}
