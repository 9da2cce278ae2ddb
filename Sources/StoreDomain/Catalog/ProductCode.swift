/// The number of an article by GS1: GTIN-8, UPC-A, EAN-13 and GTIN-14 are one number, written with more or
/// fewer zeros in front.
public struct GTIN: Hashable, Sendable {
    /// All 14 digits.
    public let digits: String

    /// 8 to 14 digits whose last is the check digit of the others; 8 digits that are only right as UPC-E are the
    /// UPC-A that they stand for. A number that lost zeros in front is the same number.
    public init?(_ digits: some StringProtocol) {
        guard (8...14).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit) else { return nil }
        if Self.checkDigit(of: digits.dropLast()) == digits.last?.wholeNumberValue {
            self.digits = String(repeating: "0", count: 14 - digits.utf8.count) + digits
        } else if let upc = Self.expandedUPCE(digits) {
            self.digits = "00" + upc
        } else {
            return nil
        }
    }

    /// The digit that completes a number: weights 3 and 1 from the right.
    public static func checkDigit(of digits: some StringProtocol) -> Int {
        let sum = digits.utf8.reversed().enumerated().reduce(0) { sum, digit in
            sum + (Int(digit.element) - 0x30) * (digit.offset.isMultiple(of: 2) ? 3 : 1)
        }
        return (10 - sum % 10) % 10
    }

    /// The UPC-A of 12 digits that a UPC-E of 8 digits is short for; nil when it is none.
    static func expandedUPCE(_ digits: some StringProtocol) -> String? {
        let all = digits.map(String.init)
        guard all.count == 8, all[0] == "0" || all[0] == "1" else { return nil }
        let body = all[1...6].joined()
        let (maker, item): (Substring, Substring) =
            switch all[6] {
            case "0", "1", "2": (body.prefix(2) + all[6] + "00", "00" + body.dropFirst(2).prefix(3))
            case "3": (body.prefix(3) + "00", "000" + body.dropFirst(3).prefix(2))
            case "4": (body.prefix(4) + "0", "0000" + body.dropFirst(4).prefix(1))
            default: (body.prefix(5), "0000" + body.suffix(1))
            }
        let upc = all[0] + maker + item
        return String(checkDigit(of: upc)) == all[7] ? upc + all[7] : nil
    }
}

/// A code that a product is known by, its SKU or its barcode: kept as it is given, compared by its key.
public struct ProductCode: Hashable, Sendable {
    /// As it is stored and shown: clean, otherwise as it was given.
    public let text: String
    /// What all spellings of one code have in common: the 14 digits of a GTIN, else the code without regard to
    /// case, accents and width. Blanks and dashes within the digits of a GTIN don't count.
    public let key: String

    /// nil when there is nothing to be seen in the text.
    public init?(_ text: some StringProtocol) {
        let clean = text.cleanText
        guard !clean.isEmpty else { return nil }
        self.text = clean
        let folded = clean.folded.trimmedText
        key = GTIN(Self.digits(folded) ?? "")?.digits ?? folded
    }

    /// The number, when the code is one.
    public var gtin: GTIN? { GTIN(Self.digits(key) ?? "") }

    public static func == (left: ProductCode, right: ProductCode) -> Bool { left.key == right.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// The keys of other codes that this one can be, where no product has its own key: the number with the check
    /// digit that a scanner left out or the shop did, and with fewer or more zeros in front.
    public var completions: [String] {
        guard let digits = Self.digits(text), (4...14).contains(digits.count) else { return [] }
        let bare = String(digits.drop { $0 == "0" })
        guard !bare.isEmpty else { return [] }
        var numbers = digits.count < 6 ? [] : [bare + String(GTIN.checkDigit(of: bare))]
        if let gtin {
            // A code that was stored without its check digit.
            numbers += Self.padded(String(gtin.digits.drop { $0 == "0" }.dropLast()))
        } else {
            numbers += Self.padded(bare)
        }
        var keys: [String] = []
        for number in numbers {
            // Shorter than any GTIN is one whose zeros in front are missing.
            let whole = GTIN(String(repeating: "0", count: max(0, 8 - number.count)) + number)?.digits
            for key in [number, whole].compactMap(\.self) where key != self.key && !keys.contains(key) {
                keys.append(key)
            }
        }
        return keys
    }

    /// A number with every count of zeros in front that a code can have.
    private static func padded(_ number: String) -> [String] {
        (0...max(0, 14 - number.count)).map { String(repeating: "0", count: $0) + number }
    }

    /// The digits of a code that has nothing else but blanks and dashes between them.
    private static func digits(_ text: String) -> String? {
        let kept = text.filter { !$0.isWhitespace && !$0.isDash }
        return !kept.isEmpty && kept.utf8.allSatisfy(\.isDigit) ? kept : nil
    }
}

extension Character {
    /// A dash of any width.
    var isDash: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory == .dashPunctuation || $0.value == 0x2212 }
    }
}
