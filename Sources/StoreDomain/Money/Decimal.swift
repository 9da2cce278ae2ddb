/// A decimal number taken apart into digits, so that text becomes minor units without a floating-point step.
struct Decimal: Hashable {
    var isNegative: Bool
    /// Digits before and after the point, without either.
    var whole: String
    var fraction: String

    /// Accepts `-1,234.50`, `+3`, `.5`, `7.`, `2.999e1`; nil for anything that is not a decimal number.
    init?(parsing text: some StringProtocol, symbol: String = "", allowsExponent: Bool = true) {
        var rest = Substring(text).trimmed
        isNegative = false
        if let sign = rest.first, sign == "-" || sign == "+" {
            isNegative = sign == "-"
            rest = rest.dropFirst()
        }
        let sign = Substring(symbol).trimmed
        if !sign.isEmpty, rest.hasPrefix(sign) { rest = rest.dropFirst(sign.count).trimmed }

        let mantissa = rest.prefix { $0 != "e" && $0 != "E" }
        let exponent = rest.dropFirst(mantissa.count)
        let parts = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let integer = parts.first, let digits = Decimal.ungrouped(integer) else { return nil }
        whole = digits
        fraction = parts.count == 2 ? String(parts[1]) : ""
        guard !(whole.isEmpty && fraction.isEmpty), fraction.utf8.allSatisfy(\.isDigit) else { return nil }
        if !exponent.isEmpty {
            guard allowsExponent else { return nil }
            guard let shift = Int(exponent.dropFirst()), (-30...30).contains(shift) else { return nil }
            move(point: shift)
        }
    }

    /// The number times 10^decimals, when that is whole and fits.
    func scaled(to decimals: Int) -> Int64? {
        guard fraction.dropFirst(decimals).allSatisfy({ $0 == "0" }) else { return nil }
        return digits(decimals)
    }

    /// The number times 10^decimals, rounded half away from zero, when it fits.
    func rounded(to decimals: Int) -> Int64? {
        guard let cut = digits(decimals) else { return nil }
        guard let next = fraction.dropFirst(decimals).first, next >= "5" else { return cut }
        let (rounded, overflow) = cut.addingReportingOverflow(isNegative ? -1 : 1)
        return overflow ? nil : rounded
    }

    private func digits(_ decimals: Int) -> Int64? {
        let kept = fraction.prefix(decimals)
        let padding = String(repeating: "0", count: decimals - kept.count)
        return Int64((isNegative ? "-" : "") + "0" + whole + kept + padding)
    }

    private mutating func move(point shift: Int) {
        if shift >= 0 {
            let padded = fraction + String(repeating: "0", count: max(0, shift - fraction.count))
            whole += padded.prefix(shift)
            fraction = String(padded.dropFirst(shift))
        } else {
            let padded = String(repeating: "0", count: max(0, -shift - whole.count)) + whole
            fraction = padded.suffix(-shift) + fraction
            whole = String(padded.dropLast(-shift))
        }
    }

    /// Digits without grouping commas; nil when a comma stands anywhere but before three digits.
    private static func ungrouped(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }) else { return nil }
        if groups.count > 1 {
            guard let lead = groups.first, (1...3).contains(lead.count),
                groups.dropFirst().allSatisfy({ $0.count == 3 })
            else { return nil }
        }
        return groups.joined()
    }
}

extension UInt8 {
    /// An ASCII digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    public var trimmedText: String { String(Substring(self).trimmed) }
}
