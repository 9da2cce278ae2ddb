/// The corners and lines of a box.
public struct BorderGlyphs: Hashable, Sendable {
    public let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String
    public let teeLeft, teeRight, teeTop, teeBottom, cross: String
}

/// The marks that a screen is made of, in a rich form and in one of plain ASCII. Each takes one cell unless
/// it says otherwise.
public struct GlyphSet: Hashable, Sendable {
    public let isASCII: Bool
    public let border: BorderGlyphs
    /// Shown where text was cut.
    public let ellipsis: String
    /// Stands before the selected row.
    public let selection: String
    public let bullet, separator, check, cross, warning, info: String
    public let up, down, left, right: String
    public let times, secret: String
    public let spinner: [String]
    /// From empty to full, for bars that grow to the right.
    public let barParts: [String]
    /// From low to high, for small charts.
    public let chartParts: [String]
    public let barEmpty: String
    public let scrollTrack, scrollThumb: String
    /// The steps of a process: behind, here, ahead.
    public let stepDone, stepCurrent, stepAhead: String

    public static let unicode = GlyphSet(
        isASCII: false,
        border: BorderGlyphs(
            topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─", vertical: "│",
            teeLeft: "├", teeRight: "┤", teeTop: "┬", teeBottom: "┴", cross: "┼"),
        ellipsis: "…", selection: "▌", bullet: "•", separator: "·", check: "✓", cross: "✗", warning: "▲",
        info: "•", up: "↑", down: "↓", left: "←", right: "→", times: "×", secret: "•",
        spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
        barParts: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
        chartParts: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        barEmpty: "░", scrollTrack: " ", scrollThumb: "▐",
        stepDone: "●", stepCurrent: "◉", stepAhead: "○")

    public static let ascii = GlyphSet(
        isASCII: true,
        border: .plain,
        ellipsis: "~", selection: ">", bullet: "*", separator: "-", check: "+", cross: "x", warning: "!",
        info: "i", up: "^", down: "v", left: "<", right: ">", times: "x", secret: "*",
        spinner: ["|", "/", "-", "\\"],
        barParts: [" ", "#"], chartParts: [" ", ".", ":", "#"],
        barEmpty: ".", scrollTrack: "|", scrollThumb: "#",
        stepDone: "*", stepCurrent: "@", stepAhead: "o")
}

extension BorderGlyphs {
    fileprivate static let plain = BorderGlyphs(
        topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|",
        teeLeft: "+", teeRight: "+", teeTop: "+", teeBottom: "+", cross: "+")
}
