import TerminalKit

/// Brings the colours of a theme to those a terminal has.
struct ColorQuantizer {
    let depth: ColorDepth

    /// ncurses' number for a colour; -1 is the terminal's own.
    func number(_ color: Color?) -> Int32 {
        guard depth != .mono, let color, let (red, green, blue) = color.components else { return -1 }
        switch depth {
        case .mono: return -1
        case .ansi8, .ansi16:
            if case .indexed(let index) = color, index < (depth == .ansi8 ? 8 : 16) { return Int32(index) }
            return Self.ansi(red, green, blue, hasBright: depth == .ansi16)
        case .indexed256:
            if case .indexed(let index) = color { return Int32(index) }
            return Self.indexed(red, green, blue)
        case .direct:
            // The lowest numbers mean the palette even here, up to 255 on some; nobody sees so little green.
            let value = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
            return value < 256 ? value | 256 : value
        }
    }

    /// The pair of a style. What was told apart stays so: text never vanishes into its background.
    func pair(_ style: Style) -> (foreground: Int32, background: Int32) {
        let foreground = number(style.foreground)
        let background = number(style.background)
        guard foreground >= 0, foreground == background, style.foreground != style.background else {
            return (foreground, background)
        }
        guard let (red, green, blue) = style.background?.components else { return (foreground, background) }
        let isLight = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue) > 128_000
        let light: Int32 = depth == .direct ? 0xffffff : depth == .ansi8 ? 7 : 15
        let dark: Int32 = depth == .direct ? 256 : 0
        return (isLight ? dark : light, background)
    }

    /// The nearest of the 6×6×6 cube and the grays of the 256; the first 16 are the user's own and not used.
    private static func indexed(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
        let steps = [0, 95, 135, 175, 215, 255]
        func nearest(_ value: UInt8) -> Int {
            steps.indices.min { abs(steps[$0] - Int(value)) < abs(steps[$1] - Int(value)) } ?? 0
        }
        func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
            let (dr, dg, db) = (r - Int(red), g - Int(green), b - Int(blue))
            return dr * dr * 3 + dg * dg * 6 + db * db
        }
        let (r, g, b) = (nearest(red), nearest(green), nearest(blue))
        let mean = (Int(red) + Int(green) + Int(blue)) / 3
        let gray = min(max((mean - 3) / 10, 0), 23)
        let level = 8 + 10 * gray
        return distance(level, level, level) < distance(steps[r], steps[g], steps[b])
            ? Int32(232 + gray) : Int32(16 + 36 * r + 6 * g + b)
    }

    /// One of the eight or sixteen by hue: nearness would make all that is dark black.
    private static func ansi(_ red: UInt8, _ green: UInt8, _ blue: UInt8, hasBright: Bool) -> Int32 {
        let (r, g, b) = (Int(red), Int(green), Int(blue))
        let most = max(r, g, b)
        let least = min(r, g, b)
        if most < 32 { return 0 }
        if (most - least) * 100 < most * 34 {
            let brightness = (299 * r + 587 * g + 114 * b) / 1_000
            if brightness < 64 { return 0 }
            if brightness < 128 { return hasBright ? 8 : 0 }
            return hasBright && brightness >= 230 ? 15 : 7
        }
        let middle = (most + least) / 2
        let number = Int32((r > middle ? 1 : 0) | (g > middle ? 2 : 0) | (b > middle ? 4 : 0))
        return hasBright && most >= 224 ? number + 8 : number
    }
}
