/// A QR code of a short text: what a scanner or a telephone reads from a screen. Versions 1 to 4 in byte mode, of which
/// 15 % may be spoilt: up to 62 bytes.
public struct QRCode: Hashable, Sendable {
    /// Modules in a row.
    public let size: Int
    private var dark: [Bool]
    /// Those that are the same in every code of this size.
    private var isFixed: [Bool]

    /// nil for a text that is empty or too long.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = Version.all.first(where: { bytes.count <= $0.data - 2 }), !bytes.isEmpty else {
            return nil
        }
        size = 17 + 4 * version.number
        dark = Array(repeating: false, count: size * size)
        isFixed = dark
        drawFixed(version)
        place(version.codewords(bytes))
        let plain = self
        let all = (0..<8).map { plain.masked($0) }
        guard let best = all.min(by: { $0.penalty < $1.penalty }) else { return nil }
        dark = best.dark
    }

    /// Whether a module is dark; light beyond the edge.
    public subscript(column: Int, row: Int) -> Bool {
        (0..<size).contains(column) && (0..<size).contains(row) && dark[row * size + column]
    }

    /// The code in half blocks with the light edge that scanners need, two modules wide: dark modules are blank and light
    /// ones are drawn, for light text on a dark ground.
    public var halfBlocks: [String] {
        stride(from: -2, to: size + 2, by: 2).map { row in
            (-2..<size + 2).map { column in
                let below = row + 1 < size + 2
                return switch (self[column, row], below && !self[column, row + 1]) {
                case (false, true): "█"
                case (false, false): "▀"
                case (true, true): "▄"
                case (true, false): " "
                }
            }.joined()
        }
    }

    // MARK: - The data

    private struct Version {
        let number: Int
        /// Codewords of data in all blocks, and of correction in each.
        let data: Int
        let correction: Int
        let blocks: Int

        static let all = [
            Version(number: 1, data: 16, correction: 10, blocks: 1),
            Version(number: 2, data: 28, correction: 16, blocks: 1),
            Version(number: 3, data: 44, correction: 26, blocks: 1),
            Version(number: 4, data: 64, correction: 18, blocks: 2),
        ]

        /// Data and correction in the order in which they are drawn.
        func codewords(_ bytes: [UInt8]) -> [UInt8] {
            // Four bits for the mode, eight for the count, and four that end it: everything is half a byte off.
            var half = [UInt8(0x4), UInt8(bytes.count >> 4), UInt8(bytes.count & 0xF)]
            for byte in bytes { half += [byte >> 4, byte & 0xF] }
            half.append(0)
            var words = stride(from: 0, to: half.count, by: 2).map { half[$0] << 4 | half[$0 + 1] }
            while words.count < data {
                words.append((words.count - bytes.count).isMultiple(of: 2) ? 0xEC : 0x11)
            }
            let length = data / blocks
            let parts = (0..<blocks).map { Array(words[$0 * length..<($0 + 1) * length]) }
            let corrections = parts.map { ReedSolomon.correction(of: $0, count: correction) }
            return (0..<length).flatMap { place in parts.map { $0[place] } }
                + (0..<correction).flatMap { place in corrections.map { $0[place] } }
        }
    }

    // MARK: - What every code has

    private mutating func drawFixed(_ version: Version) {
        for (column, row) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(column, row) }
        for place in 8..<size - 8 {
            fix(place, 6, place.isMultiple(of: 2))
            fix(6, place, place.isMultiple(of: 2))
        }
        if version.number > 1 {
            let middle = size - 7
            for row in -2...2 {
                for column in -2...2 { fix(middle + column, middle + row, max(abs(row), abs(column)) != 1) }
            }
        }
        // Kept free for how it is masked.
        drawFormat(0)
    }

    private mutating func drawFinder(_ column: Int, _ row: Int) {
        for y in -4...4 {
            for x in -4...4 where (0..<size).contains(column + x) && (0..<size).contains(row + y) {
                let ring = max(abs(x), abs(y))
                fix(column + x, row + y, ring != 2 && ring != 4)
            }
        }
    }

    /// Which correction and mask it has, twice.
    private mutating func drawFormat(_ mask: Int) {
        // The correction's level M is 00.
        var rest = mask << 10
        for bit in stride(from: 14, through: 10, by: -1) where rest >> bit & 1 == 1 {
            rest ^= 0x537 << (bit - 10)
        }
        let bits = (mask << 10 | rest) ^ 0x5412
        for bit in 0..<15 {
            let isDark = bits >> bit & 1 == 1
            switch bit {
            case 0...5: fix(8, bit, isDark)
            case 6, 7: fix(8, bit + 1, isDark)
            case 8: fix(7, 8, isDark)
            default: fix(14 - bit, 8, isDark)
            }
            if bit < 8 { fix(size - 1 - bit, 8, isDark) } else { fix(8, size - 15 + bit, isDark) }
        }
        fix(8, size - 8, true)
    }

    private mutating func fix(_ column: Int, _ row: Int, _ isDark: Bool) {
        dark[row * size + column] = isDark
        isFixed[row * size + column] = true
    }

    /// Draws the codewords in two columns at a time, up and down, from the right.
    private mutating func place(_ codewords: [UInt8]) {
        var bit = 0
        var right = size - 1
        while right >= 1 {
            if right == 6 { right = 5 }
            for step in 0..<size {
                for column in [right, right - 1] {
                    let isUpward = (right + 1) & 2 == 0
                    let place = (isUpward ? size - 1 - step : step) * size + column
                    guard !isFixed[place], bit < codewords.count * 8 else { continue }
                    dark[place] = codewords[bit / 8] >> (7 - bit % 8) & 1 == 1
                    bit += 1
                }
            }
            right -= 2
        }
    }

    // MARK: - Masks

    private func masked(_ mask: Int) -> QRCode {
        var code = self
        for row in 0..<size {
            for column in 0..<size where !isFixed[row * size + column] && Self.inverts(mask, column, row) {
                code.dark[row * size + column].toggle()
            }
        }
        code.drawFormat(mask)
        return code
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    /// How hard it is to read: the standard's four rules.
    private var penalty: Int {
        var sum = 0
        for line in 0..<size {
            sum += Self.penalty(of: (0..<size).map { self[$0, line] })
            sum += Self.penalty(of: (0..<size).map { self[line, $0] })
        }
        for row in 0..<size - 1 {
            for column in 0..<size - 1 {
                let first = self[column, row]
                if self[column + 1, row] == first, self[column, row + 1] == first,
                    self[column + 1, row + 1] == first
                {
                    sum += 3
                }
            }
        }
        let share = dark.count { $0 } * 100 / dark.count
        return sum + abs(share - 50) / 5 * 10
    }

    /// Of a row or a column: runs of five or more, and what looks like a finder.
    private static func penalty(of line: [Bool]) -> Int {
        var sum = 0
        var run = 0
        for (place, isDark) in line.enumerated() {
            run = place > 0 && line[place - 1] == isDark ? run + 1 : 1
            if run == 5 { sum += 3 } else if run > 5 { sum += 1 }
        }
        let finder = [true, false, true, true, true, false, true]
        let light = [false, false, false, false]
        for pattern in [finder + light, light + finder] where line.count >= pattern.count {
            for start in 0...line.count - pattern.count {
                if Array(line[start..<start + pattern.count]) == pattern { sum += 40 }
            }
        }
        return sum
    }
}

/// The codewords that make up for spoilt ones, over the field of 256.
private enum ReedSolomon {
    static func correction(of data: [UInt8], count: Int) -> [UInt8] {
        let generator = generator(count)
        var rest = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ rest[0]
            rest = Array(rest.dropFirst()) + [0]
            for place in 0..<count { rest[place] ^= product(generator[place], factor) }
        }
        return rest
    }

    /// Of so many roots, its leading one left out.
    private static func generator(_ count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<count {
            for place in 0..<count {
                result[place] = product(result[place], root)
                if place + 1 < count { result[place] ^= result[place + 1] }
            }
            root = product(root, 2)
        }
        return result
    }

    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var result = 0
        for bit in stride(from: 7, through: 0, by: -1) {
            result = result << 1 ^ (result >> 7) * 0x11D
            result ^= Int(right >> bit & 1) * Int(left)
        }
        return UInt8(result)
    }
}
