/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// Strings that try to steer a terminal or to take other cells than they seem to.
struct HostileText {
    private var generator: SplitMix

    init(seed: UInt64) { generator = SplitMix(seed: seed) }

    private static let pools: [[ClosedRange<UInt32>]] = [
        [0x20...0x7e], [0x00...0x1f, 0x7f...0x9f], [0x1b...0x1b, 0x9b...0x9b, 0x5b...0x5b],
        [0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2069, 0x61c...0x61c, 0xfeff...0xfeff],
        [0xe0000...0xe007f, 0xe0100...0xe01ef, 0xfe00...0xfe0f], [0x2028...0x2029, 0x0a...0x0d, 0x85...0x85],
        [0x300...0x36f, 0x483...0x489, 0x20d0...0x20f0], [0x1f1e6...0x1f1ff], [0x1f3fb...0x1f3ff],
        [0x1f300...0x1faff, 0x2600...0x27bf], [0x200d...0x200d], [0x1100...0x11ff, 0xac00...0xac40],
        [0x3000...0x30ff, 0x4e00...0x4e80, 0xff00...0xffef], [0x590...0x6ff], [0x900...0x97f, 0xe00...0xe7f],
        [0xe000...0xe010, 0xfdd0...0xfdef, 0xfffe...0xffff, 0x10fffe...0x10ffff], [0xa0...0x24f],
        [0...0xd7ff, 0xe000...0x10ffff],
    ]

    mutating func next() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...24, using: &generator) {
            let ranges = Self.pools[Int.random(in: 0..<Self.pools.count, using: &generator)]
            let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
}
