/// How the labels of a shop's scales are made up: 13 characters, one for each digit of an EAN-13. The digits of
/// the prefix (20 to 29, or 02) stand for themselves, `I` is a digit of the article, `W` of a weight in grams, `P`
/// of a price in minor units, `X` is any digit, and the last one, `C`, is the check digit of the whole.
///
/// `20IIIIIPPPPPC` is article 12345 for 4.99 in 2012345004993 of a shop whose currency has two decimals.
public struct ScaleLabelFormat: Hashable, Sendable, Codable {
    public let pattern: String

    /// nil for anything else than described above; there is a weight or a price, not both, and an article.
    public init?(_ pattern: String) {
        let characters = Array(pattern.uppercased())
        let prefix = String(characters.prefix(2))
        guard characters.count == 13, characters.last == "C",
            prefix == "02" || prefix.first == "2" && prefix.allSatisfy(\.isWholeNumber)
        else { return nil }
        let rest = characters.dropFirst(2).dropLast()
        guard rest.allSatisfy({ "IWPX0123456789".contains($0) }), rest.contains("I"),
            rest.contains("W") != rest.contains("P")
        else { return nil }
        self.pattern = String(characters)
    }
}

/// What a scale printed: an article, with what it weighs or costs.
public struct ScaleLabel: Hashable, Sendable, Codable {
    public enum Measure: Hashable, Sendable, Codable {
        /// 1 or more
        case grams(Int64)
        /// 1 or more
        case priceMinor(Int64)
    }

    /// The 13 digits that were scanned.
    public let code: String
    /// The article's digits as they stand on the label.
    public let article: String
    public let measure: Measure
    /// The label's code with 0 for each digit of the measure and its own check digit: how a product may have it
    /// as its barcode.
    public let blankCode: String

    /// One that was read elsewhere.
    public init(code: String, article: String, measure: Measure, blankCode: String) {
        self.code = code
        self.article = article
        self.measure = measure
        self.blankCode = blankCode
    }

    /// nil for a code of no such format, with a wrong check digit, or that weighs or costs nothing.
    public init?(_ code: String, formats: [ScaleLabelFormat]) {
        let digits = Array(code)
        guard digits.count == 13, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            Self.checkDigit(digits.dropLast()) == digits.last,
            let format = formats.first(where: { $0.matches(digits) })
        else { return nil }
        let pairs = zip(format.pattern, digits)
        func number(_ sign: Character) -> Int64? {
            Int64(String(pairs.filter { $0.0 == sign }.map(\.1))).flatMap { $0 > 0 ? $0 : nil }
        }
        if let grams = number("W") {
            measure = .grams(grams)
        } else if let price = number("P") {
            measure = .priceMinor(price)
        } else {
            return nil
        }
        self.code = code
        article = String(pairs.filter { $0.0 == "I" }.map(\.1))
        let blank: [Character] = Array(pairs).dropLast().map { "WPX".contains($0.0) ? "0" : $0.1 }
        blankCode = String(blank) + String(Self.checkDigit(blank[...]))
    }

    /// What it costs.
    ///
    /// - Parameter price: the product's, for a kilogram. The amount is rounded half away from zero.
    public func amount(at price: Money) -> Money {
        switch measure {
        case .grams(let grams):
            Rate(numerator: grams, denominator: 1_000)?.share(of: price) ?? .zero(price.currency)
        case .priceMinor(let minor): Money(minorUnits: minor, currency: price.currency)
        }
    }

    /// `0.254 kg`; nil where the label gives a price.
    public var weightText: String? {
        guard case .grams(let grams) = measure else { return nil }
        let rest = String(grams % 1_000)
        return "\(grams / 1_000).\(String(repeating: "0", count: 3 - rest.count))\(rest) kg"
    }

    /// `Bananas, 0.254 kg`, as it stands in the cart and on the receipt.
    public func name(of product: String) -> String {
        weightText.map { "\(product), \($0)" } ?? product
    }

    /// By GS1's rule for EAN-13, of the first twelve digits.
    private static func checkDigit(_ digits: ArraySlice<Character>) -> Character {
        let sum = digits.enumerated().reduce(0) { sum, digit in
            sum + (digit.element.wholeNumberValue ?? 0) * (digit.offset.isMultiple(of: 2) ? 1 : 3)
        }
        return Character(String((10 - sum % 10) % 10))
    }
}

extension ScaleLabelFormat {
    fileprivate func matches(_ digits: [Character]) -> Bool {
        zip(pattern, digits).allSatisfy { sign, digit in "IWPXC".contains(sign) || sign == digit }
    }
}
