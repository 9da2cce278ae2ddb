extension StringProtocol {
    /// What texts are compared by that people type: without case, accents, width and ligatures, by Unicode's
    /// rules in every script (<doc:Domain> has them). The one folding of the project: the search index, what is
    /// asked of it, the order of names and the keys of codes are all made by it.
    public var folded: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return lowercasedASCII }
        let table = FoldingPages.shared
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(utf8.count)
        var isPlain = true
        for scalar in unicodeScalars {
            if scalar.value < 0x80 {
                scalars.append(scalar.lowercasedASCII)
            } else {
                table.append(scalar, to: &scalars)
                // Below are no marks that stay, and no letters of parts.
                isPlain = isPlain && scalar.value < 0x590
            }
        }
        return String(String.UnicodeScalarView(isPlain ? scalars : scalars.marksInOrder.composed))
    }

    private var lowercasedASCII: String {
        String(
            unsafeUninitializedCapacity: utf8.count
        ) { buffer in
            var count = 0
            for byte in utf8 {
                buffer[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                count += 1
            }
            return count
        }
    }
}

extension Unicode.Scalar {
    fileprivate var lowercasedASCII: Unicode.Scalar {
        (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self
    }
}

// MARK: - Marks that stay

extension [Unicode.Scalar] {
    /// In Unicode's canonical order, so that it does not count in which order marks were typed.
    fileprivate var marksInOrder: [Unicode.Scalar] {
        var result = self
        var start = 0
        while start < result.count {
            var end = start
            while end < result.count, result[end].combiningClass != 0 { end += 1 }
            if end - start > 1 {
                let marks = result[start..<end].enumerated().sorted {
                    ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
                }
                result.replaceSubrange(start..<end, with: marks.map(\.element))
            }
            start = Swift.max(end, start + 1)
        }
        return result
    }

    /// Hangul as syllables and kana with their voicing, each of which is one letter to whoever reads it. What
    /// else can be composed stays apart.
    fileprivate var composed: [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(count)
        for scalar in self {
            if let last = result.last, let whole = last.composed(with: scalar) {
                result[result.count - 1] = whole
            } else {
                result.append(scalar)
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    fileprivate var combiningClass: UInt8 {
        value < 0x300 ? 0 : properties.canonicalCombiningClass.rawValue
    }

    fileprivate func composed(with next: Unicode.Scalar) -> Unicode.Scalar? {
        switch next.value {
        case 0x1161...0x1175 where (0x1100...0x1112).contains(value):
            Unicode.Scalar(0xAC00 + ((value - 0x1100) * 21 + next.value - 0x1161) * 28)
        case 0x11A8...0x11C2 where (0xAC00...0xD7A3).contains(value) && (value - 0xAC00).isMultiple(of: 28):
            Unicode.Scalar(value + next.value - 0x11A7)
        case 0x3099: voiced
        case 0x309A:
            [0x306F, 0x3072, 0x3075, 0x3078, 0x307B].contains(hiragana) ? Unicode.Scalar(value + 2) : nil
        default: nil
        }
    }

    private var voiced: Unicode.Scalar? {
        switch (hiragana, value) {
        case (0x304B...0x3062, _) where !hiragana.isMultiple(of: 2),
            (0x3064, _), (0x3066, _), (0x3068, _), (0x306F, _), (0x3072, _), (0x3075, _), (0x3078, _),
            (0x307B, _),
            (_, 0x309D), (_, 0x30FD):
            Unicode.Scalar(value + 1)
        case (0x3046, _): Unicode.Scalar(value + 0x4E)
        case (_, 0x30EF...0x30F2): Unicode.Scalar(value + 8)
        default: nil
        }
    }

    /// The hiragana of a katakana, by number.
    private var hiragana: UInt32 { (0x30A1...0x30F6).contains(value) ? value - 0x60 : value }
}

// MARK: - The table

/// `FoldingTable` as it is looked up: pages of 128 scalars, those without an entry being one and the same.
private struct FoldingPages: Sendable {
    /// Read when the first text beyond ASCII is folded.
    static let shared = FoldingPages(FoldingTable.text)

    private static let size = 128
    /// Which page has a scalar, by its number divided by the size.
    private var index = [UInt16](repeating: 0, count: 0x110000 / Self.size)
    /// 0 stands for the scalar itself, any other number for that entry of `targets`.
    private var pages = [UInt16](repeating: 0, count: Self.size)
    /// What all entries stand for, one behind the other: an array for each would be thousands.
    private var targets: [Unicode.Scalar] = []
    /// Where in `targets` an entry begins; the next one begins where it ends.
    private var starts: [UInt16] = [0, 0]

    func append(_ scalar: Unicode.Scalar, to scalars: inout [Unicode.Scalar]) {
        let page = Int(index[Int(scalar.value) / Self.size])
        let entry = Int(pages[page * Self.size + Int(scalar.value) % Self.size])
        if entry == 0 {
            scalars.append(scalar)
        } else {
            scalars += targets[Int(starts[entry])..<Int(starts[entry + 1])]
        }
    }

    private init(_ text: String) {
        for line in text.utf8.split(separator: 0x20) {
            let sides = line.split(separator: 0x3E, omittingEmptySubsequences: false)
            let range = sides[0].split { $0 == 0x2D || $0 == 0x2F }.map(Self.number)
            let step = range.count > 2 ? range[2] : 1
            let target = sides[1].split(separator: 0x2B).map(Self.number)
            let last = range.count > 1 ? range[1] : range[0]
            for value in stride(from: range[0], through: last, by: Int(step)) {
                set(value, target.map { $0 + value - range[0] })
            }
        }
    }

    private mutating func set(_ value: UInt32, _ target: [UInt32]) {
        let place = Int(value) / Self.size
        if index[place] == 0 {
            index[place] = UInt16(pages.count / Self.size)
            pages += [UInt16](repeating: 0, count: Self.size)
        }
        pages[Int(index[place]) * Self.size + Int(value) % Self.size] = UInt16(starts.count - 1)
        targets += target.compactMap(Unicode.Scalar.init)
        starts.append(UInt16(targets.count))
    }

    private static func number(_ digits: Substring.UTF8View) -> UInt32 {
        digits.reduce(0) { $0 << 4 | UInt32($1 < 0x3A ? $1 - 0x30 : $1 - 0x37) }
    }
}
