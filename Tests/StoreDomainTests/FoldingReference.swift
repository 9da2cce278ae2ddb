import Foundation

/// What `Folding` does to one scalar, straight from Unicode's own data and as slowly as that is: what the table in
/// `StoreDomain` is made from and checked against.
enum FoldingReference {
    static func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        var now = [scalar]
        while true {
            let next = now.flatMap(step)
            if next == now { return now }
            now = next
        }
    }

    private static func step(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let properties = scalar.properties
        // Signs that are set in small letters behind a name are no letters of it.
        if scalar == "™" || scalar == "℠" { return [" "] }
        if (0xAC00...0xD7A3).contains(scalar.value) { return [scalar] }
        let parts = Array(String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars)
        // One and a half is not eleven halves.
        if parts.count > 1, parts.contains("\u{2044}") { return [" "] + parts }
        if parts != [scalar] { return parts }
        if isLoose(scalar) || properties.isDefaultIgnorableCodePoint || scalar == "\u{640}" { return [] }
        if properties.generalCategory == .decimalNumber, let value = properties.numericValue {
            return Array("\(Int(value))".unicodeScalars)
        }
        if let plain = plain(scalar) { return Array(plain.unicodeScalars) }
        return cased(cased(cased([scalar], \.lowercaseMapping), \.uppercaseMapping), \.lowercaseMapping)
    }

    private static func cased(
        _ scalars: [Unicode.Scalar], _ mapping: KeyPath<Unicode.Scalar.Properties, String>
    ) -> [Unicode.Scalar] {
        scalars.flatMap { Array($0.properties[keyPath: mapping].unicodeScalars) }
    }

    /// Marks over and under the letters of alphabets, and the points of Hebrew, Arabic and Syriac. The marks of
    /// other scripts are letters there, and stay.
    private static func isLoose(_ scalar: Unicode.Scalar) -> Bool {
        guard [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory) else {
            return false
        }
        return [
            0x0300...0x036F, 0x0483...0x0489, 0x0591...0x074A, 0x0816...0x082D, 0x0859...0x085B,
            0x0897...0x08FF,
            0x0951...0x0954, 0x1AB0...0x1AFF, 0x1CD0...0x1CFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
            0x2CEF...0x2CF1,
            0x2DE0...0x2DFF, 0x302A...0x302D, 0xA66F...0xA69F, 0xA8E0...0xA8F1, 0xFB1E...0xFB1E,
            0xFE20...0xFE2F, 0x10EAB...0x10EFF, 0x1D165...0x1D1AD,
        ].contains { $0.contains(Int(scalar.value)) }
    }

    /// Latin letters that don't decompose, as people without them on their keyboards type them.
    private static func plain(_ scalar: Unicode.Scalar) -> String? {
        if let letter = letters[scalar] { return letter }
        guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
        let words = name.split(separator: " ").map(String.init)
        let isWith = words.count > 4 && words[2] == "LETTER" && words[4] == "WITH"
        let isSmallCapital = words.count == 5 && words[1...3] == ["LETTER", "SMALL", "CAPITAL"]
        guard isWith || isSmallCapital else { return nil }
        let letter = words[isWith ? 3 : 4]
        return letter.count <= 2 ? letter.lowercased() : nil
    }

    private static let letters: [Unicode.Scalar: String] = [
        "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŋ": "n", "ə": "e", "ɛ": "e", "ɔ": "o", "ɑ": "a", "ȷ": "j",
        "ĸ": "k", "ꜳ": "aa", "ꜵ": "ao", "ꜷ": "au", "ꜹ": "av", "ꜽ": "ay", "ꝏ": "oo",
        // Letters that are apostrophes to whoever types them.
        "ʹ": "'", "ʻ": "'", "ʼ": "'", "ʽ": "'", "ʾ": "'", "ʿ": "'", "ˈ": "'",
    ]

    // MARK: - The table

    /// Whether there is something to fold at all, which takes long to find out for a million scalars.
    static func isAssigned(_ scalar: Unicode.Scalar) -> Bool {
        guard !(0xAC00...0xD7A3).contains(scalar.value), !(0x3400...0x9FFF).contains(scalar.value),
            !(0x13000...0x18DFF).contains(scalar.value), !(0x20000...0x2F7FF).contains(scalar.value)
        else { return false }
        switch scalar.properties.generalCategory {
        case .unassigned, .privateUse, .surrogate: return scalar.properties.isDefaultIgnorableCodePoint
        default: return true
        }
    }

    /// The table's text: one entry a scalar or a run of them, `from>to` in hexadecimal. `from` is a scalar, or
    /// `first-last` with the targets counting up alike, or `first-last/2` for every second; `to` is a list of
    /// scalars, empty for what is dropped.
    static func table() -> [String] {
        var entries: [(from: UInt32, to: [UInt32])] = []
        for value in UInt32(0x80)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), isAssigned(scalar) else { continue }
            let folded = folded(scalar)
            if folded != [scalar] { entries.append((value, folded.map(\.value))) }
        }
        var lines: [String] = []
        var rest = entries[...]
        while let first = rest.first {
            let run = [1, 2].map { step in length(of: rest, step: UInt32(step)) }
            let step = run[1] > run[0] ? 2 : 1
            let count = max(run[0], run[1])
            let last = first.from + UInt32((count - 1) * step)
            let from =
                count == 1 ? hex(first.from) : "\(hex(first.from))-\(hex(last))" + (step == 2 ? "/2" : "")
            lines.append("\(from)>\(first.to.map(hex).joined(separator: "+"))")
            rest = rest.dropFirst(count)
        }
        return lines
    }

    /// How many entries from the first on make one run.
    private static func length(of entries: ArraySlice<(from: UInt32, to: [UInt32])>, step: UInt32) -> Int {
        guard let first = entries.first, first.to.count <= 1 else { return 1 }
        var count = 0
        for entry in entries {
            let distance = UInt32(count) * step
            guard entry.from == first.from + distance, entry.to == first.to.map({ $0 + distance }) else {
                break
            }
            count += 1
        }
        return max(1, count)
    }

    private static func hex(_ value: UInt32) -> String { String(value, radix: 16, uppercase: true) }
}
