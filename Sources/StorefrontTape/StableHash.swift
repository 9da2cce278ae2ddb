import TerminalKit

/// A number of 64 bits for what was hashed (FNV-1a), the same on every machine and in every run.
public struct StableHash: Hashable, Sendable {
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    public init() {}

    public init(_ text: String) { add(text) }

    /// What a picture shows: its signs with their looks, and the cursor.
    public init(_ surface: Surface) {
        add(UInt64(surface.size.width))
        add(UInt64(surface.size.height))
        for y in 0..<surface.size.height {
            var style: Style?
            for cell in surface.row(y) {
                if cell.style != style {
                    style = cell.style
                    add(cell.style)
                }
                cell.content.forEachScalar { add(UInt64($0.value)) }
            }
        }
        if let cursor = surface.cursor { add(UInt64(cursor.y * surface.size.width + cursor.x)) }
    }

    /// 16 hexadecimal digits.
    public var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    public mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte) }
        add(UInt8.max)
    }

    private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

    /// In one go: a picture has thousands of cells.
    private mutating func add(_ word: UInt64) {
        value = (value ^ word) &* 0x0000_0100_0000_01b3
        value ^= value >> 29
    }

    private mutating func add(_ style: Style) {
        add(Self.number(style.foreground))
        add(Self.number(style.background))
        add(UInt64(style.attributes.rawValue))
    }

    private static func number(_ color: Color?) -> UInt64 {
        switch color {
        case nil: 1 << 32
        case .terminal: 1 << 33
        case .indexed(let index): 1 << 34 | UInt64(index)
        case .rgb(let red, let green, let blue): UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
        }
    }
}
