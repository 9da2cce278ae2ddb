/// Whether a terminal is dark on light or light on dark, as far as it says so.
///
/// Only the environment is read: a terminal that is asked (OSC 11) answers late, not at all, or into the
/// shell.
public enum TerminalBackground: String, Sendable {
    case dark, light

    /// Reads `COLORFGBG` as rxvt, Konsole and iTerm2 set it: numbers of the sixteen colours between
    /// semicolons, the background's last. nil when that is no such number.
    public init?(colorFGBG: String) {
        let last = colorFGBG.split(separator: ";", omittingEmptySubsequences: false).last
        guard let number = last.flatMap({ UInt8($0) }), number < 16 else { return nil }
        // White, and all that is bright but the bright black.
        self = number == 7 || number > 8 ? .light : .dark
    }
}

extension ThemeCatalog {
    /// The theme for somebody who has not chosen one.
    public func name(for background: TerminalBackground?) -> String {
        let light = "light"
        guard background == .light, entries().contains(where: { $0.name == light }) else {
            return Theme.standard.name
        }
        return light
    }
}
