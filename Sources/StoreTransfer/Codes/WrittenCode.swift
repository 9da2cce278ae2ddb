import StoreDomain

/// A SKU or barcode as a file writes it: maybe through a spreadsheet, which takes codes for numbers, dates or
/// formulas.
enum WrittenCode: Hashable {
    case none
    case clean(String)
    /// What a spreadsheet put round it is taken away; nothing is lost.
    case repaired(String)
    /// Digits are lost; as it is written.
    case damaged(String)

    /// The code, when there is one that can be taken.
    var code: String? {
        switch self {
        case .none, .damaged: nil
        case .clean(let code), .repaired(let code): code
        }
    }

    static func sku(_ text: String) -> WrittenCode {
        let text = withoutTextMark(text.cleanText)
        let bare = unwrapped(text)
        if bare.isEmpty { return .none }
        if isScientific(bare) || isDate(bare) { return .damaged(bare) }
        return bare == text ? .clean(bare) : .repaired(bare)
    }

    static func barcode(_ text: String) -> WrittenCode {
        let text = withoutTextMark(text.cleanText)
        var bare = unwrapped(text)
        if bare.isEmpty { return .none }
        if isScientific(bare) || isDate(bare) { return .damaged(bare) }
        bare = withoutDecimals(bare)
        let digits = String(bare.filter { !isSeparator($0) })
        if digits != bare, isCode(digits) { bare = digits }
        return bare == text ? .clean(bare) : .repaired(bare)
    }

    /// Without the apostrophe by which spreadsheets and exporters mark digits as text.
    private static func withoutTextMark(_ text: String) -> String {
        // ` and ’ are what a spreadsheet or a phone makes of it.
        guard let first = text.first, "'’`".contains(first), text.dropFirst().first.map(isDigit) == true
        else {
            return text
        }
        return String(text.dropFirst())
    }

    /// Without `="…"`.
    private static func unwrapped(_ text: String) -> String {
        guard text.first == "=" else { return text }
        let rest = text.dropFirst()
        if rest.first == "\"", rest.last == "\"", rest.count >= 2 {
            return String(rest.dropFirst().dropLast()).trimmedText
        }
        return rest.allSatisfy(isDigit) && !rest.isEmpty ? String(rest) : text
    }

    /// `4.00638E+12`, `4,00638E+12`: what a spreadsheet shows of a long number, always with a sign and at
    /// least two digits of exponent, which tells it from a code such as `1E5`.
    private static func isScientific(_ text: String) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "E" || $0 == "e" }
        guard parts.count == 2, let sign = parts[1].first, sign == "+" || sign == "-" else { return false }
        let exponent = parts[1].dropFirst()
        let mantissa = parts[0].split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        return exponent.count >= 2 && exponent.allSatisfy(isDigit) && mantissa.count <= 2
            && mantissa.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) } && mantissa[0].count == 1
    }

    /// `4006381333931.0`, `4006381333931,00`: digits that were a number for a while.
    private static func withoutDecimals(_ text: String) -> String {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard parts.count == 2, parts[0].count >= 6, parts[0].allSatisfy(isDigit), !parts[1].isEmpty,
            parts[1].allSatisfy({ $0 == "0" })
        else { return text }
        return String(parts[0])
    }

    /// Digits of a printed code, with their check digit.
    private static func isCode(_ digits: String) -> Bool {
        digits.allSatisfy(isDigit) && GTIN(digits) != nil
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace
            || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .dashPunctuation }
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// `12-Mar`, `Mar-12`, `12-Mar-2026`, `12. Mrz`: what becomes of `3-12` and its like.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split { $0 == "-" || $0 == " " || $0 == "/" || $0 == "." }
        let isDay: (Substring) -> Bool = { $0.allSatisfy(isDigit) && $0.count <= 2 }
        let isYear: (Substring) -> Bool = { $0.allSatisfy(isDigit) && ($0.count == 2 || $0.count == 4) }
        guard text.contains(where: { $0 == "-" || $0 == "/" || $0 == "." }) else { return false }
        switch parts.count {
        case 2: return isDay(parts[0]) && isMonth(parts[1]) || isMonth(parts[0]) && isYear(parts[1])
        case 3:
            return isDay(parts[0]) && isYear(parts[2])
                && (isMonth(parts[1])
                    || text.filter { $0 == "/" }.count == 2 && isDay(parts[1]) && parts[2].count == 4)
        default: return false
        }
    }

    /// As a spreadsheet writes a month: `Mar`, `mrt`; a code in capitals, `MAR-12`, is none.
    private static func isMonth(_ text: Substring) -> Bool {
        guard text != text.uppercased() else { return false }
        return months.contains(text.lowercased())
    }

    /// Short names of months in the languages of spreadsheets, but for those that are words of codes, such as
    /// `set`.
    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "jän",
        "mrz",
        "mär", "mai", "okt", "dez", "janv", "févr", "fevr", "mars", "avr", "juin", "juil", "août", "aout",
        "déc", "ene", "abr", "ago", "dic", "gen", "giu", "lug", "ott", "mrt", "mei", "fev",
        "sty", "lut", "kwi", "maj", "cze", "sie", "wrz", "paź", "lis", "gru",
    ]
}
