/// A decimal number taken apart into digits, so that text becomes minor units without a floating-point step.
struct Decimal: Hashable {
    var isNegative: Bool
    /// Digits before and after the point, without either.
    var whole: String
    var fraction: String

    init(isNegative: Bool = false, whole: String, fraction: String) {
        self.isNegative = isNegative
        self.whole = whole
        self.fraction = fraction
    }

    /// Reads what programs write: `-1234.50`, `.5`, `7.`, `2.999e1`; nil for anything else. What people type
    /// is read by `TypedNumber`.
    init?(machine text: some StringProtocol) {
        var rest = Substring(text).trimmed
        let sign = rest.first
        if sign == "-" || sign == "+" { rest = rest.dropFirst() }
        let mantissa = rest.prefix { $0 != "e" && $0 != "E" }
        let exponent = rest.dropFirst(mantissa.count)
        let parts = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let integer = parts.first else { return nil }
        self.init(
            isNegative: sign == "-", whole: String(integer),
            fraction: parts.count == 2 ? String(parts[1]) : "")
        guard !(whole.isEmpty && fraction.isEmpty), whole.utf8.allSatisfy(\.isDigit),
            fraction.utf8.allSatisfy(\.isDigit)
        else { return nil }
        if !exponent.isEmpty {
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

    /// `1234.5`, as `init(machine:)` reads it.
    var text: String {
        let sign = isNegative ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole.isEmpty ? "0" : whole).\(fraction)"
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
