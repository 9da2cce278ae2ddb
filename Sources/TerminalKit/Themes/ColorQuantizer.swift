/// How a style comes out on a terminal: the numbers of its colours there, -1 for the terminal's own.
public struct ShownStyle: Hashable, Sendable {
    public var foreground: Int32
    public var background: Int32
    public var attributes: Attributes
}

/// Brings the colours of a theme to those a terminal has. What can be read in the theme can be read there: a
/// colour whose nearest does not stand out from its ground gives way to the next that does.
public struct ColorQuantizer: Sendable {
    public let depth: ColorDepth

    /// What text needs to be read, as WCAG 2 has it.
    public static let leastContrast = 4.5

    public init(depth: ColorDepth) { self.depth = depth }

    /// A style as it comes out: at least as legible as it was meant to be, up to `leastContrast`.
    public func shown(_ style: Style) -> ShownStyle {
        guard depth > .mono else {
            return ShownStyle(foreground: -1, background: -1, attributes: style.attributes)
        }
        var shown = ShownStyle(
            foreground: number(style.foreground), background: ground(style.background),
            attributes: style.attributes)
        guard depth < .direct, let foreground = style.foreground,
            let meant = style.background.flatMap({ foreground.contrast(with: $0) })
        else { return shown }
        let least = min(meant, Self.leastContrast)
        if contrast(shown.foreground, shown.background) < least {
            shown.foreground =
                numbers(near: foreground).first { contrast($0, shown.background) >= least }
                ?? shown.foreground
        }
        if shown.attributes.contains(.bold), let bright = brightened(shown.foreground),
            contrast(bright, shown.background) < least
        {
            shown.attributes.remove(.bold)
        }
        return shown
    }

    /// The same as a style: with the colours as they come out.
    public func looks(of style: Style) -> Style {
        let shown = shown(style)
        func color(_ number: Int32) -> Color? {
            guard number >= 0 else { return nil }
            return depth == .direct
                ? .rgb(UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255))
                : .indexed(UInt8(clamping: number))
        }
        return Style(
            foreground: color(shown.foreground), background: color(shown.background),
            attributes: shown.attributes)
    }

    /// The number of a colour; -1 is the terminal's own.
    public func number(_ color: Color?) -> Int32 {
        guard depth != .mono, let color, let (red, green, blue) = color.components else { return -1 }
        switch depth {
        case .mono: return -1
        case .ansi8, .ansi16:
            if case .indexed(let index) = color, index < count { return Int32(index) }
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

    /// The number of a colour as a ground: on every one of them something can be read.
    public func ground(_ color: Color?) -> Int32 {
        let nearest = number(color)
        guard let color, nearest >= 0, depth < .direct, !carriesText(nearest) else { return nearest }
        return numbers(near: color).first(where: carriesText) ?? nearest
    }

    /// All numbers of the palette, the nearest to a colour first. Of 256, the first 16 are left out, as users
    /// change them.
    func numbers(near color: Color) -> [Int32] {
        guard depth < .direct, let wanted = color.components else { return [] }
        let first: Int32 = depth == .indexed256 ? 16 : 0
        return (first..<Int32(count)).map { number in
            (number, Self.components(number).map { Self.distance($0, wanted) } ?? .max)
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    }

    /// 21 for black and white, 1 for the same colour twice, and also where one is the terminal's own.
    public func contrast(_ one: Int32, _ other: Int32) -> Double {
        Self.color(one, depth).flatMap { one in
            Self.color(other, depth).flatMap { one.contrast(with: $0) }
        } ?? 1
    }

    /// What many terminals with eight colours show for bold text; nil where bold changes no colour.
    public func brightened(_ number: Int32) -> Int32? {
        depth == .ansi8 && (0..<8).contains(number) ? number + 8 : nil
    }

    private func carriesText(_ ground: Int32) -> Bool {
        let light: Int32 = depth == .ansi8 ? 7 : 15
        return max(contrast(0, ground), contrast(light, ground)) >= Self.leastContrast
    }

    private var count: Int {
        switch depth {
        case .mono: 0
        case .ansi8: 8
        case .ansi16: 16
        case .indexed256: 256
        case .direct: 1 << 24
        }
    }

    private static func color(_ number: Int32, _ depth: ColorDepth) -> Color? {
        guard number >= 0 else { return nil }
        if depth == .direct {
            return .rgb(
                UInt8(number >> 16 & 0xff), UInt8(number >> 8 & 0xff), UInt8(number & 0xff))
        }
        return UInt8(exactly: number).map { .indexed($0) }
    }

    private static func components(_ number: Int32) -> (red: UInt8, green: UInt8, blue: UInt8)? {
        color(number, .indexed256)?.components
    }

    private static func distance(
        _ one: (red: UInt8, green: UInt8, blue: UInt8), _ other: (red: UInt8, green: UInt8, blue: UInt8)
    ) -> Int {
        let red = Int(one.red) - Int(other.red)
        let green = Int(one.green) - Int(other.green)
        let blue = Int(one.blue) - Int(other.blue)
        return red * red * 3 + green * green * 6 + blue * blue
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
