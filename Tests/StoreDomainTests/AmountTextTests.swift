import StoreContracts
import Testing

@testable import StoreDomain

@Suite("Amounts as people type them")
struct AmountTextTests {
    private static let yen = Currency(code: "JPY", symbol: "¥", decimals: 0)
    private static let dinar = Currency(code: "BHD", symbol: "BD", decimals: 3)

    @Test(
        "Whatever the marks, one amount is meant",
        arguments: [
            ("29.99", 2999), ("29,99", 2999), ("0", 0), ("-3", -300), ("\u{2212}3,5", -350), (".5", 50),
            (",5", 50), ("7.", 700), ("+3", 300), ("  4.20  ", 420), ("1.500000", 150), ("1,50000", 150),
            ("1,234.50", 123_450), ("1.234,50", 123_450), ("1 234,50", 123_450), ("1\u{A0}234.50", 123_450),
            ("1\u{202F}234,50", 123_450), ("1\u{2009}234", 123_400), ("1'234.50", 123_450),
            ("1’234,50", 123_450), ("1,234,567", 123_456_700), ("1.234.567", 123_456_700),
            ("1,00,000", 10_000_000), ("12,34,567.89", 123_456_789), ("12 345 678", 1_234_567_800),
            ("12.-", 1200), ("12,–", 1200), ("0012,50", 1250), ("92233720368547758.07", Int64.max),
            ("-92233720368547758,08", Int64.min), ("-0", 0),
        ])
    func reads(text: String, minor: Int64) throws {
        #expect(try Money(typed: text).minorUnits == minor)
    }

    @Test(
        "The currency may stand before or behind",
        arguments: [
            ("$1,234.50", Currency.usd, 123_450), ("-$0.05", .usd, -5), ("$-0.05", .usd, -5),
            ("12,50 $", .usd, 1250), ("usd 5", .usd, 500), ("5USD", .usd, 500), ("US$5", .usd, 500),
            ("12.50 €", .eur, 1250), ("€12,50", .eur, 1250), ("12,50\u{202F}€", .eur, 1250),
            ("EUR 7.-", .eur, 700), ("7 Euro", .eur, 700), ("£1'000", .gbp, 100_000),
            ("CHF 1’234.50", .chf, 123_450), ("Fr. 12.50", .chf, 1250), ("12.50 Fr.", .chf, 1250),
            ("Fr.5", .chf, 500), ("SFr 5", .chf, 500),
        ])
    func currency(text: String, currency: Currency, minor: Int64) throws {
        #expect(try Money(typed: text, currency: currency).minorUnits == minor)
    }

    @Test(
        "What can be read in two ways is refused with both",
        arguments: [
            ("1,250", "1.250", "1250"), ("1.299", "1.299", "1299"), ("12.000", "12.000", "12000"),
            ("-$999,999", "-999.999", "-999999"),
        ])
    func twoReadings(text: String, one: String, other: String) {
        #expect(throws: AmountProblem(text, .twoReadings(one, other))) { try Money(typed: text) }
    }

    @Test(
        "What other amounts show decides",
        arguments: [("1,250", DecimalMark.point, 125_000), ("1,25", .point, 125), ("1.250", .comma, 125_000)])
    func decided(text: String, mark: DecimalMark, minor: Int64) throws {
        #expect(try AmountText(text, currency: .usd).money(mark: mark).minorUnits == minor)
    }

    @Test("A mark is shown by what can be read in one way only")
    func marks() {
        for (text, mark) in [
            ("12,50", DecimalMark.comma), ("12.50", .point), ("1.234,5", .comma), ("1.234.567", .comma),
            ("1,00,000", .point), ("Fr. 12,5", .comma),
        ] {
            #expect(AmountText(text, currency: .chf).mark == mark)
        }
        for text in ["12", "1'250", "1 250", "Fr. 12", "1,250", "x", ""] {
            #expect(AmountText(text, currency: .chf).mark == nil)
        }
    }

    @Test("The decimals of the currency count")
    func decimals() throws {
        #expect(try Money(typed: "1,250", currency: Self.yen).minorUnits == 1250)
        #expect(try Money(typed: "¥1.250", currency: Self.yen).minorUnits == 1250)
        #expect(throws: AmountProblem("12,50", .tooFine(decimals: 0))) {
            try Money(typed: "12,50", currency: Self.yen)
        }
        #expect(try Money(typed: "1,25", currency: Self.dinar).minorUnits == 1250)
        #expect(try Money(typed: "0,125", currency: Self.dinar).minorUnits == 125)
        #expect(throws: AmountProblem("1,250", .twoReadings("1.250", "1250"))) {
            try Money(typed: "1,250", currency: Self.dinar)
        }
        #expect(throws: AmountProblem("0,125", .tooFine(decimals: 2))) { try Money(typed: "0,125") }
        #expect(throws: AmountProblem("9999999999999999999", .outOfRange)) {
            try Money(typed: "9999999999999999999")
        }
    }

    @Test(
        "What is no amount is not read",
        arguments: [
            "", " ", "-", ".", ",", "$", "12,34.50", ",123,", "1,,234", "1.2.3", "0x10", "1e", "1e2",
            "2.999e1",
            "١٢", "5\u{301}", "NaN", "inf", "1 2", "1 23 456", "--1", "1-", "(5.00)", "$$5", "5 $ 5", "1'23",
            "1 234'567", "01.234.567", "1.00.000",
        ])
    func refuses(text: String) {
        #expect(throws: AmountProblem(text.trimmedText, .notANumber)) { try Money(typed: text) }
    }

    @Test(
        "Another currency is named",
        arguments: [("€5", "€"), ("5 EUR", "EUR"), ("CA$ 5", "CA$"), ("5,00 zł", nil)])
    func otherCurrency(text: String, sign: String?) {
        #expect(throws: AmountProblem(text, sign.map { .otherCurrency($0) } ?? .notANumber)) {
            try Money(typed: text)
        }
    }

    @Test(
        "Pieces are whole, however they are written",
        arguments: [
            ("12", 12), ("12.0", 12), ("12,0", 12), ("12.0000", 12), ("1,234", 1234), ("1'200", 1200),
            ("5 pcs", 5), ("5pcs.", 5), ("5 Stück", 5), ("-14", -14), ("0", 0), ("2,00 st", 2),
        ])
    func pieces(text: String, count: Int) throws {
        #expect(try Quantity.pieces(typed: text) == count)
    }

    @Test("A part of a piece, or a weight, is none")
    func noPieces() {
        for text in ["1.5", "0,5", "5 kg", "many", "", ">10", "99999999999999999999"] {
            #expect(throws: AmountProblem.self) { try Quantity.pieces(typed: text) }
        }
        #expect(throws: AmountProblem("12.000", .twoReadings("12.000", "12000"))) {
            try Quantity.pieces(typed: "12.000")
        }
        #expect(Quantity.mark(of: "2,0") == .comma)
        #expect(Quantity.mark(of: "12") == nil)
    }

    /// Every reading of a text, found by writing numbers in each convention and comparing.
    private func slowReadings(_ text: String) -> Set<Decimal> {
        var found: Set<Decimal> = []
        for mark in [".", ","] {
            let parts = text.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
            guard parts.count <= 2, let whole = parts.first else { continue }
            let fraction = parts.count == 2 ? parts[1] : ""
            guard fraction.allSatisfy({ "0123456789".contains($0) }) else { continue }
            let digits = whole.filter { "0123456789".contains($0) }
            guard !(digits.isEmpty && fraction.isEmpty) else { continue }
            var spellings: Set<String> = [digits]
            for separator in [mark == "." ? "," : ".", " ", "'"] where digits.first != "0" {
                spellings.insert(grouped(digits, [3], separator))
                if separator == "," { spellings.insert(grouped(digits, [3, 2], separator)) }
            }
            if spellings.contains(whole) { found.insert(Decimal(whole: digits, fraction: fraction)) }
        }
        return found
    }

    /// Digits in groups from the right, of these sizes, the last size again and again.
    private func grouped(_ digits: String, _ sizes: [Int], _ separator: String) -> String {
        var groups: [String] = []
        var rest = Substring(digits)
        while !rest.isEmpty {
            let size = groups.count < sizes.count ? sizes[groups.count] : sizes[sizes.count - 1]
            groups.insert(String(rest.suffix(size)), at: 0)
            rest = rest.dropLast(size)
        }
        return groups.joined(separator: separator)
    }

    @Test("Random spellings mean what a slow reader finds", arguments: [0x416D_6F75] as [UInt64])
    func againstSlowReader(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60_000 {
            let alphabet = Bool.random(using: &random) ? "0123456789.,' " : "0123456789012345.,"
            var text = String(
                (0..<Int.random(in: 1...11, using: &random)).compactMap { _ in
                    alphabet.randomElement(using: &random)
                })
            if Bool.random(using: &random) {
                let mark = [".", ","].randomElement(using: &random) ?? "."
                let separator = [",", ".", " ", "'"].randomElement(using: &random) ?? ","
                let digits = text.filter { "0123456789".contains($0) }
                text =
                    grouped(digits, Bool.random(using: &random) ? [3] : [3, 2], separator)
                    + (Bool.random(using: &random)
                        ? mark + "\(Int.random(in: 0...9999, using: &random))" : "")
            }
            text = text.trimmedText
            #expect(Set(TypedNumber(text).meanings.values) == slowReadings(text), "\(text)")
        }
    }
}
