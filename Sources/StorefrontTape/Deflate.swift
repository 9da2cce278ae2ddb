/// Packs bytes as zlib's format has them (RFC 1950, RFC 1951). It looks for what stands just before, or a row above: all that
/// a picture of text repeats.
enum Deflate {
    /// - Parameter rowLength: how far above a row is, in bytes; 1 to 32,768.
    static func zlib(_ bytes: [UInt8], rowLength: Int) -> [UInt8] {
        var bits = BitWriter()
        // One block, the last, with the codes that the format itself fixes.
        bits.add(1, 1)
        bits.add(1, 2)
        var position = 0
        while position < bytes.count {
            let (length, distance) =
                [1, rowLength].map { (repeated(bytes, position, $0), $0) }
                .max { $0.0 < $1.0 } ?? (0, 1)
            if length >= shortest {
                bits.addMatch(length, distance)
                position += length
            } else {
                bits.addSymbol(Int(bytes[position]))
                position += 1
            }
        }
        bits.addSymbol(256)
        let sum = adler(bytes)
        return [0x78, 0x01] + bits.finished
            + (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * UInt32($0))) }
    }

    private static let (shortest, longest) = (4, 258)

    /// How many bytes from here on are as they are so far before.
    private static func repeated(_ bytes: [UInt8], _ position: Int, _ distance: Int) -> Int {
        guard position >= distance else { return 0 }
        let most = min(longest, bytes.count - position)
        var length = 0
        while length < most, bytes[position + length] == bytes[position + length - distance] { length += 1 }
        return length
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }
}

private struct BitWriter {
    private var bytes: [UInt8] = []
    private var waiting: UInt32 = 0
    private var count = 0

    /// Adds bits, the lowest first.
    mutating func add(_ value: Int, _ bits: Int) {
        waiting |= UInt32(value) << UInt32(count)
        count += bits
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: waiting))
            waiting >>= 8
            count -= 8
        }
    }

    /// Adds the fixed code of a byte, of the end (256) or of a length.
    mutating func addSymbol(_ symbol: Int) {
        switch symbol {
        case ..<144: addCode(0x30 + symbol, 8)
        case ..<256: addCode(0x190 + symbol - 144, 9)
        case ..<280: addCode(symbol - 256, 7)
        default: addCode(0xC0 + symbol - 280, 8)
        }
    }

    mutating func addMatch(_ length: Int, _ distance: Int) {
        let long = Self.slot(length, Self.lengths)
        addSymbol(257 + long)
        add(length - Self.lengths[long], Self.lengthBits(long))
        let far = Self.slot(distance, Self.distances)
        addCode(far, 5)
        add(distance - Self.distances[far], Self.distanceBits(far))
    }

    var finished: [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: waiting)] : bytes }

    /// Codes have their highest bit first.
    private mutating func addCode(_ code: Int, _ bits: Int) {
        for bit in (0..<bits).reversed() { add(code >> bit & 1, 1) }
    }

    private static func slot(_ value: Int, _ starts: [Int]) -> Int {
        (starts.lastIndex { $0 <= value }) ?? 0
    }

    /// Where each code's lengths begin.
    private static let lengths: [Int] = {
        var starts = [3]
        for slot in 0..<27 { starts.append((starts.last ?? 3) + 1 << (slot < 8 ? 0 : (slot - 4) / 4)) }
        return starts + [258]
    }()

    private static func lengthBits(_ slot: Int) -> Int { slot < 8 || slot == 28 ? 0 : (slot - 4) / 4 }

    private static let distances: [Int] = {
        var starts = [1]
        for slot in 0..<29 { starts.append((starts.last ?? 1) + 1 << (slot < 4 ? 0 : (slot - 2) / 2)) }
        return starts
    }()

    private static func distanceBits(_ slot: Int) -> Int { slot < 4 ? 0 : (slot - 2) / 2 }
}
