import StorefrontTape

/// Makes inputs of a corpus: each is determined by the seed and its number alone.
struct Fuzzer {
    let target: FuzzTarget
    let seed: UInt64
    /// Not empty.
    let corpus: [[UInt8]]

    /// An input has at most so many bytes.
    private static let largest = 1 << 16
    /// Bytes at which readers turn.
    private static let turning: [UInt8] = [
        0x00, 0x09, 0x0A, 0x0D, 0x1B, 0x20, 0x22, 0x27, 0x2C, 0x2D, 0x30, 0x39, 0x3A, 0x3B, 0x3C, 0x3E, 0x5B,
        0x5C, 0x5D,
        0x7B, 0x7D, 0x7F, 0x80, 0x9B, 0xBF, 0xC0, 0xC3, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xFE, 0xFF,
    ]

    func input(_ number: Int) -> [UInt8] {
        var random = SeededRandom(seed: seed &+ UInt64(number) &* 0xD134_2543_DE82_EF95)
        var bytes = corpus[random.below(corpus.count)]
        // The files of the corpus themselves come first.
        guard number >= corpus.count else { return corpus[number] }
        for _ in 0...random.below(6) { change(&bytes, &random) }
        return Array(bytes.prefix(Self.largest))
    }

    private func change(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = random.below(bytes.count + 1)
        let end = min(bytes.count, place + random.below(1 + min(bytes.count, 1 << random.below(12))))
        switch random.below(9) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 2 where place < bytes.count: bytes[place] = Self.turning[random.below(Self.turning.count)]
        case 3: bytes.removeSubrange(place..<end)
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
        case 5:
            let byte = Self.turning[random.below(Self.turning.count)]
            bytes.insert(contentsOf: repeatElement(byte, count: 1 << random.below(9)), at: place)
        case 6:
            let other = corpus[random.below(corpus.count)]
            let start = random.below(other.count + 1)
            bytes.replaceSubrange(place..<end, with: other[start...].prefix(1 << random.below(12)))
        case 7: bytes.replaceSubrange(place..<end, with: word(&random))
        default: bytes.removeSubrange(place...)
        }
    }

    /// What the reader knows, and numbers at the ends of what fits.
    private func word(_ random: inout SeededRandom) -> [UInt8] {
        let words =
            target.words + [
                "0", "-1", "-0", "1e999999", "9223372036854775807", "-9223372036854775808",
                "18446744073709551616",
                "0.005", "00", "1e-400", "null", "true", "NaN", "\u{0}", "\u{202E}",
                "\u{1F469}\u{200D}\u{1F469}",
                "a\u{301}\u{301}", "\u{FEFF}", "2026-02-30", "9999-12-31T23:59:60Z",
            ]
        return Array(words[random.below(words.count)].utf8)
    }
}

extension SeededRandom {
    /// 0 to `count` - 1; 0 where there is nothing to choose.
    fileprivate mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}
