/// Which character stands before the decimals.
public enum DecimalMark: Character, Hashable, Sendable, CaseIterable {
    case point = "."
    case comma = ","

    /// What groups thousands where this one is the decimal mark.
    var other: DecimalMark { self == .point ? .comma : .point }
}

/// A number as people write it, with all that it can mean: a decimal comma or point, thousands parted by the
/// other of them, by blanks of any width or by apostrophes, lakhs and crores (`1,00,000`), and `12.-` for an
/// amount without cents.
///
/// One mark before exactly three digits can be both, as in `1,250`: there are two meanings then, and none is
/// chosen here.
struct TypedNumber: Hashable {
    /// What the text means with each decimal mark; one mark where both mean the same or the other makes no
    /// sense. Empty for what is no number.
    let meanings: [DecimalMark: Decimal]

    init(_ text: some StringProtocol) {
        var rest = Substring(text).trimmed
        var isNegative = false
        if let sign = rest.unicodeScalars.first, Self.minus.contains(sign) || sign == "+" {
            isNegative = sign != "+"
            rest = Substring(rest.unicodeScalars.dropFirst()).trimmed
        }
        let digits = Array(rest.unicodeScalars)
        var meanings: [DecimalMark: Decimal] = [:]
        for mark in DecimalMark.allCases {
            if let (whole, fraction) = Self.parts(digits, mark) {
                meanings[mark] = Decimal(isNegative: isNegative, whole: whole, fraction: fraction)
            }
        }
        // Without any mark both say the same.
        if let point = meanings[.point], meanings[.comma] == point { meanings[.comma] = nil }
        self.meanings = meanings
    }

    /// Whether nothing in the text shows which mark its writer uses.
    static func isNeutral(_ text: some StringProtocol) -> Bool {
        !text.contains(DecimalMark.point.rawValue) && !text.contains(DecimalMark.comma.rawValue)
    }

    static let minus: Set<Unicode.Scalar> = ["-", "\u{2212}", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}"]
    private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}", "\u{02BC}", "\u{00B4}", "`"]

    private static func parts(_ scalars: [Unicode.Scalar], _ mark: DecimalMark) -> (
        whole: String, fraction: String
    )? {
        let markScalar = mark.rawValue.unicodeScalars.first
        let marks = scalars.indices.filter { scalars[$0] == markScalar }
        guard marks.count <= 1 else { return nil }
        let whole = scalars[..<(marks.first ?? scalars.endIndex)]
        var fraction = marks.first.map { scalars[($0 + 1)...] } ?? []
        // 12.- and 12,–: no cents.
        if marks.count == 1, !whole.isEmpty, !fraction.isEmpty,
            fraction.allSatisfy({ minus.contains($0) || $0 == "\u{2014}" })
        {
            fraction = []
        }
        guard let ungrouped = ungrouped(whole, mark.other), fraction.allSatisfy(isDigit),
            !(ungrouped.isEmpty && fraction.isEmpty)
        else { return nil }
        return (ungrouped, text(fraction))
    }

    /// The digits of a number without what groups them; nil when that is not done as people do it.
    private static func ungrouped(_ scalars: ArraySlice<Unicode.Scalar>, _ mark: DecimalMark) -> String? {
        if scalars.allSatisfy(isDigit) { return text(scalars) }
        let kinds: [(Unicode.Scalar) -> Bool] = [
            { $0 == mark.rawValue.unicodeScalars.first }, { $0.properties.isWhitespace },
            { apostrophes.contains($0) },
        ]
        for (kind, isSeparator) in kinds.enumerated() {
            let groups = scalars.split(omittingEmptySubsequences: false, whereSeparator: isSeparator)
            guard groups.count > 1, groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
                let first = groups.first, first.first != "0", groups.last?.count == 3
            else { continue }
            let middle = groups.dropFirst().dropLast()
            let isThousands = first.count <= 3 && middle.allSatisfy { $0.count == 3 }
            let isLakhs =
                kind == 0 && mark == .comma && !middle.isEmpty && first.count <= 2
                && middle.allSatisfy { $0.count == 2 }
            if isThousands || isLakhs { return text(groups.joined()) }
        }
        return nil
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
