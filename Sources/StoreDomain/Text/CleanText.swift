extension StringProtocol {
    /// As text enters the shop: without the characters that nobody sees and without white space at both ends.
    public var cleanText: String { withoutInvisibles.trimmedText }

    /// Without the characters that nobody sees: blanks of no width, marks of direction, soft hyphens, marks of
    /// byte order. Joiners stay where they shape what is seen: between the parts of an emoji, in Indic letters
    /// after a virama, between letters of scripts that join.
    public var withoutInvisibles: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return String(self) }
        let scalars = Array(unicodeScalars)
        guard scalars.contains(where: { $0.visibility != .seen }) else { return String(self) }
        var kept = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let next = scalars[(index + 1)...].first { $0.visibility == .seen }
            if scalar.isKept(after: kept.last, before: next) { kept.append(scalar) }
        }
        return String(kept)
    }
}

extension Unicode.Scalar {
    fileprivate enum Visibility {
        case seen
        /// Never says anything by itself.
        case unseen
        /// U+200C and U+200D: say how the letters beside them are drawn.
        case joiner
        /// Says which flag the black flag before it is.
        case tag
    }

    fileprivate var visibility: Visibility {
        switch value {
        case 0x200C, 0x200D: .joiner
        case 0xE0020...0xE007F: .tag
        case 0xAD, 0x034F, 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF,
            0xFFA0, 0xFFF9...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0001:
            .unseen
        default: .seen
        }
    }

    fileprivate func isKept(after previous: Unicode.Scalar?, before next: Unicode.Scalar?) -> Bool {
        switch visibility {
        case .seen: return true
        case .unseen: return false
        case .tag: return previous.map { $0.value == 0x1F3F4 || $0.visibility == .tag } ?? false
        case .joiner:
            guard let previous, previous.visibility == .seen else { return false }
            if previous.properties.canonicalCombiningClass == .virama { return true }
            guard let next else { return false }
            return previous.joins && next.joins || (value == 0x200D && previous.isEmoji && next.isEmoji)
        }
    }

    /// A letter or mark of a script in which letters join: Arabic, Syriac, N'Ko and Mongolian among them.
    private var joins: Bool {
        switch value {
        case 0x0600...0x08FF, 0x1800...0x18AF, 0xA840...0xA87F, 0xFB50...0xFDFF, 0xFE70...0xFEFE,
            0x10AC0...0x10AFF, 0x10D00...0x10D3F, 0x10F30...0x10FDF, 0x1E900...0x1E95F:
            true
        default: false
        }
    }

    private var isEmoji: Bool {
        value == 0xFE0F || properties.isEmojiModifier || (value > 0x7F && properties.isEmoji)
    }
}
