/// A colour as a theme names it; the terminal shows the nearest that it can.
public enum Color: Hashable, Sendable {
    /// Whatever the terminal itself uses.
    case terminal
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

extension Color {
    private static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red",
        "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ]

    /// Reads `#rrggbb`, one of the sixteen names (`red`, `bright-red`, `gray`), a number up to 255,
    /// `indexed 123`, or `terminal`.
    public init?(_ text: String) {
        let word = text.lowercased()
        if word == "terminal" || word == "default" {
            self = .terminal
        } else if word.hasPrefix("#") {
            let digits = word.utf8.dropFirst()
            guard digits.count == 6, !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")),
                let value = UInt32(word.dropFirst(), radix: 16)
            else { return nil }
            self = .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
        } else if let index = Self.names.firstIndex(of: word) {
            self = .indexed(UInt8(index))
        } else if word == "gray" || word == "grey" {
            self = .indexed(8)
        } else {
            let number = word.hasPrefix("indexed ") ? String(word.dropFirst(8)) : word
            guard let index = UInt8(number) else { return nil }
            self = .indexed(index)
        }
    }

    /// The usual red, green and blue of this colour; nil for the terminal's own, which nobody can know.
    /// The first sixteen are xterm's, though users change them.
    public var components: (red: UInt8, green: UInt8, blue: UInt8)? {
        switch self {
        case .terminal: nil
        case .rgb(let red, let green, let blue): (red, green, blue)
        case .indexed(let index): Self.components(ofIndex: index)
        }
    }

    private static func components(ofIndex index: UInt8) -> (UInt8, UInt8, UInt8) {
        switch index {
        case 0..<16: return first16[Int(index)]
        case 16..<232:
            let cube = Int(index) - 16
            return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
        default:
            let gray = UInt8(8 + 10 * (Int(index) - 232))
            return (gray, gray, gray)
        }
    }

    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
    private static let first16: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
        (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
        (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]
}
