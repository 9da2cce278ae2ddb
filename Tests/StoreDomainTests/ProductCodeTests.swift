import StoreContracts
import StoreDomain
import Testing

@Suite("Codes of products") struct ProductCodeTests {
    @Test("A number carries its check digit", arguments: ["4006381333931", "73513537", "036000291452"])
    func valid(code: String) { #expect(GTIN(code) != nil) }

    @Test(
        "A wrong check digit, another length or another script makes no number",
        arguments: [
            "4006381333930", "", "1234567", "40063813339３1", "73513538", "140063813339310", "４００６３８１３３３９３１",
        ])
    func invalid(code: String) { #expect(GTIN(code) == nil) }

    @Test("The check digit of twelve digits") func checkDigit() {
        #expect(GTIN.checkDigit(of: "400638133393") == 1)
    }

    @Test(
        "Spellings of one article are one code",
        arguments: [
            ["036000291452", "0036000291452", "00036000291452", "36000291452"],
            ["0850064060010", "850064060010", "00850064060010"],
            [
                "4006381333931", "04006381333931", "4 006381 333931", "4-006381-333931",
                "\u{200E}4006381333931\u{200B}",
            ],
            ["96385074", "00000096385074", "\u{FEFF}9638\u{AD}5074 "],
            ["12345678905", "012345678905", "0012345678905"],
            // UPC-E
            ["04252614", "042100005264", "0042100005264"], ["01234133", "012300000413"],
            ["01234048", "012340000008"], ["lm-brk", "LM-BRK"],
        ])
    func same(spellings: [String]) {
        #expect(Set(spellings.compactMap { ProductCode($0) }).count == 1)
    }

    @Test("Codes that are no article's number keep their zeros and dashes")
    func different() throws {
        let codes = ["0042", "42", "7741203-3", "77412033", "A-1", "A1", "4006381333930", "04006381333930"]
        #expect(Set(codes.compactMap { ProductCode($0) }).count == codes.count)
    }

    @Test("A code is stored and shown as it was given, but for what nobody sees")
    func text() throws {
        #expect(ProductCode(" \u{200B}4 006381 333931\u{A0}")?.text == "4 006381 333931")
        #expect(ProductCode(" \u{200B}\u{FEFF} ") == nil)
    }

    @Test(
        "What lacks its check digit or its zeros may be these",
        arguments: [
            ("400638133393", "4006381333931"), ("03600029145", "036000291452"),
            ("3600029145", "036000291452"),
            ("9638507", "96385074"), ("4006381333931", "400638133393"), ("123456", "00123456"),
            ("00123456", "123456"), ("0123456", "00123456"), ("85006406001", "0850064060010"),
        ])
    func completions(scanned: String, stored: String) throws {
        let scan = try #require(ProductCode(scanned))
        let code = try #require(ProductCode(stored))
        #expect(scan.completions.contains(code.key))
        #expect(!scan.completions.contains(scan.key))
    }

    @Test(
        "Short numbers and words are complete", arguments: ["42", "007", "LM-BRK", "0000", "4006381333931X"])
    func complete(code: String) throws { #expect(try #require(ProductCode(code)).completions.isEmpty) }

    @Test("Whatever the number, its zeros don't count and its digits do", arguments: [1, 2, 3] as [UInt64])
    func anyNumber(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let count = Int.random(in: 7...13, using: &random)
            let body = (0..<count).map { String(Int.random(in: $0 == 0 ? 1...9 : 0...9, using: &random)) }
                .joined()
            // Weights by place, one digit after the other, as GS1 writes it down.
            var sum = 0
            for (place, digit) in body.reversed().enumerated() {
                sum += (digit.wholeNumberValue ?? 0) * [3, 1][place % 2]
            }
            let number = body + String((10 - sum % 10) % 10)
            let code = try #require(ProductCode(number))
            for zeros in 0...max(0, 14 - number.count) {
                #expect(ProductCode(String(repeating: "0", count: zeros) + number) == code)
            }
            #expect(
                ProductCode(body)?.completions.contains(code.key) == true || ProductCode(body) == code,
                "\(body)")
            let wrong = body + String((11 - sum % 10) % 10)
            #expect(ProductCode(wrong) != code)
        }
    }
}

@Suite("Text that enters the shop") struct CleanTextTests {
    @Test(
        "Characters that nobody sees are taken out",
        arguments: [
            ("TP-1\u{200B}", "TP-1"), ("\u{200E}CU-1", "CU-1"), ("\u{FEFF} Bowl\u{A0}", "Bowl"),
            ("Donau\u{AD}dampf", "Donaudampf"), ("a\u{2060}b\u{202E}c\u{2066}d", "abcd"), ("\u{200D}", ""),
            ("a\u{200D}b\u{200C}c", "abc"), ("plain", "plain"), ("two\nlines", "two\nlines"),
        ])
    func unseen(text: String, clean: String) { #expect(text.cleanText == clean) }

    @Test(
        "Joiners stay where they shape what is seen",
        arguments: [
            "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥", "👩🏽‍🚀", "می\u{200C}خواهم", "क्\u{200D}ष", "ක්\u{200D}ෂ",
        ])
    func shaping(text: String) { #expect(text.cleanText == text) }
}
