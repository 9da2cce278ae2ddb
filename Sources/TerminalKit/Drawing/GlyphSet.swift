/// The corners and lines of a box.
public struct BorderGlyphs: Hashable, Sendable {
    public let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String
    public let teeLeft, teeRight, teeTop, teeBottom, cross: String
}

/// What a terminal can show of Unicode.
public enum Repertoire: Hashable, Sendable {
    case unicode
    /// The fonts of the Linux console, of at most 512 glyphs: Latin-1, lines and blocks are in all of them.
    case console
    case ascii
}

/// The marks that a screen is made of, for each repertoire. Each takes one cell unless it says otherwise.
public struct GlyphSet: Hashable, Sendable {
    public let repertoire: Repertoire
    public let border: BorderGlyphs
    /// Shown where text was cut.
    public let ellipsis: String
    /// Stands before the selected row.
    public let selection: String
    /// Stands beside a marked row.
    public let mark: String
    public let minus, breadcrumb, bullet, separator, check, cross, warning, info: String
    public let up, down, left, right: String
    public let times, secret: String
    public let spinner: [String]
    /// From empty to full, for bars that grow to the right.
    public let barParts: [String]
    /// From low to high, for small charts.
    public let chartParts: [String]
    public let barEmpty: String
    /// The parts of a stacked bar, the first one first.
    public let fills: [String]
    /// From nothing to most, for the cells of a heat map.
    public let heatParts: [String]
    /// A line that stands out from the thin one.
    public let heavyLine: String
    public let scrollTrack, scrollThumb: String
    /// The steps of a process: behind, here, ahead.
    public let stepDone, stepCurrent, stepAhead: String

    public static let unicode = GlyphSet(
        repertoire: .unicode,
        border: BorderGlyphs(
            topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─", vertical: "│",
            teeLeft: "├", teeRight: "┤", teeTop: "┬", teeBottom: "┴", cross: "┼"),
        ellipsis: "…", selection: "▌", mark: "✓", minus: "−", breadcrumb: "›", bullet: "•", separator: "·",
        check: "✓",
        cross: "✗", warning: "▲",
        info: "•", up: "↑", down: "↓", left: "←", right: "→", times: "×", secret: "•",
        spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
        barParts: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
        chartParts: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        barEmpty: "░", fills: ["█", "▒", "░"], heatParts: [" ", "░", "▒", "▓", "█"], heavyLine: "━",
        scrollTrack: " ", scrollThumb: "▐",
        stepDone: "●", stepCurrent: "◉", stepAhead: "○")

    public static let console = GlyphSet(
        repertoire: .console,
        border: BorderGlyphs(
            topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘", horizontal: "─", vertical: "│",
            teeLeft: "├", teeRight: "┤", teeTop: "┬", teeBottom: "┴", cross: "┼"),
        ellipsis: "~", selection: "▌", mark: "*", minus: "-", breadcrumb: ">", bullet: "*", separator: "·",
        check: "+",
        cross: "x", warning: "!", info: "i", up: "^", down: "v", left: "<", right: ">", times: "×",
        secret: "*", spinner: ["|", "/", "-", "\\"],
        barParts: [" ", "▌", "█"], chartParts: [" ", "▄", "█"],
        barEmpty: "░", fills: ["█", "▒", "░"], heatParts: [" ", "░", "▒", "▓", "█"], heavyLine: "=",
        scrollTrack: " ", scrollThumb: "▐",
        stepDone: "*", stepCurrent: "@", stepAhead: "o")

    public static let ascii = GlyphSet(
        repertoire: .ascii,
        border: .plain,
        ellipsis: "~", selection: ">", mark: "*", minus: "-", breadcrumb: ">", bullet: "*", separator: "-",
        check: "+",
        cross: "x", warning: "!",
        info: "i", up: "^", down: "v", left: "<", right: ">", times: "x", secret: "*",
        spinner: ["|", "/", "-", "\\"],
        barParts: [" ", "#"], chartParts: [" ", ".", ":", "#"],
        barEmpty: ".", fills: ["#", "=", "-"], heatParts: [" ", ".", ":", "+", "#"], heavyLine: "=",
        scrollTrack: "|", scrollThumb: "#",
        stepDone: "*", stepCurrent: "@", stepAhead: "o")
}

extension GlyphSet {
    /// Arrow keys go by their names: there may be no arrows.
    public var isPlain: Bool { repertoire != .unicode }

    /// The marks of a repertoire.
    public init(_ repertoire: Repertoire) {
        switch repertoire {
        case .unicode: self = .unicode
        case .console: self = .console
        case .ascii: self = .ascii
        }
    }
}

extension BorderGlyphs {
    fileprivate static let plain = BorderGlyphs(
        topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|",
        teeLeft: "+", teeRight: "+", teeTop: "+", teeBottom: "+", cross: "+")
}
