import Glibc
import Testing

@testable import TerminalKit

@Suite struct TextWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("日本", 4), ("ｱ", 1), ("ａ", 2), ("e\u{301}", 1), ("한국", 4),
        ("\u{1112}\u{1161}\u{11ab}", 2), ("👩‍🚀", 2), ("❤️", 1), ("👍🏽", 2), ("🇩🇪", 2), ("1️⃣", 1),
        ("क्षि", 3), ("a\u{200b}b", 2), ("\u{1b}[31m", 5), ("\t", 1), ("a\r\nb", 3), ("─│╭", 3), ("…", 1),
        ("\u{301}", 0), ("\u{202e}abc", 3), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2), ("\u{fffe}", 1), ("½€", 2),
    ])
    func width(_ text: String, _ cells: Int) {
        #expect(TextWidth.width(of: text) == cells)
        #expect(TextWidth.width(of: Sanitizer.harmless(text)) == cells)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"), ("日本語", 2, "…"), ("abc", 1, "…"), ("abc", 0, ""), ("", 0, ""),
        ("cafe\u{301}s", 5, "cafe\u{301}s"), ("cafe\u{301}s", 4, "caf…"),
    ])
    func truncate(_ text: String, _ width: Int, _ expected: String) {
        #expect(TextWidth.truncate(text, to: width) == expected)
    }

    @Test func truncatingWithALongEllipsis() {
        #expect(TextWidth.truncate("abcdefgh", to: 5, ellipsis: "...") == "ab...")
        #expect(TextWidth.truncate("abcdefgh", to: 2, ellipsis: "...") == "..")
    }

    @Test func padding() {
        #expect(TextWidth.pad("日", to: 5) == "日   ")
        #expect(TextWidth.pad("日", to: 5, align: .right) == "   日")
        #expect(TextWidth.pad("日", to: 5, align: .center) == " 日  ")
        #expect(TextWidth.pad("abcdef", to: 3) == "ab…")
    }

    @Test(arguments: [
        ("", 5, [""]), ("one two three", 7, ["one two", "three"]),
        ("one two three", 3, ["one", "two", "thr", "ee"]),
        ("a\n\nb", 5, ["a", "", "b"]), ("  indented", 20, ["  indented"]), ("one   two", 4, ["one", "two"]),
        ("日本語の本", 5, ["日本", "語の", "本"]), ("ab日本", 4, ["ab日", "本"]), ("日", 1, [""]),
        ("abc", 0, []), ("a\r\nb", 3, ["a", "b"]),
    ])
    func wrap(_ text: String, _ width: Int, _ lines: [String]) {
        #expect(TextWidth.wrap(text, width: width) == lines)
    }

    @Test(arguments: [3] as [UInt64]) func wrappedLinesFitAndLoseNothing(seed: UInt64) {
        var hostile = HostileText(seed: seed)
        for round in 0..<2_000 {
            let text = hostile.next()
            let width = hostile.number(2...12)
            let lines = TextWidth.wrap(text, width: width)
            #expect(
                lines.allSatisfy { TextWidth.width(of: $0) <= width },
                "round \(round): \(text.debugDescription)")
            let letters = { (text: String) in text.unicodeScalars.filter { $0 != " " && $0 != "\n" } }
            #expect(
                lines.flatMap(letters) == Array(letters(Sanitizer.harmless(text))),
                "round \(round): \(text.debugDescription)")
        }
    }

    /// ncurses asks the C library; where both disagree, columns would shift.
    @Test func agreesWithTheCLibrary() throws {
        try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
        let symbol = try #require(dlsym(nil, "wcwidth"))
        let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
        try #require(wcwidth(0x4e00) == 2)
        var wrong: [String] = []
        for value in UInt32(0x20)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let expected: Int32? =
                switch ScalarClass(scalar) {
                case .narrow: 1
                case .wide: 2
                case .mark: 0
                case .dropped, .space, .replaced: nil
                }
            if let expected, wcwidth(Int32(value)) != expected { wrong.append(String(value, radix: 16)) }
        }
        // A later C library knows later characters, but changes the width of next to none.
        #expect(wrong.count < 40, "\(wrong)")
    }
}

@Suite struct TextCutTests {
    @Test(arguments: [
        ("Desk lamp", 9, "Desk lamp"),
        ("Desk lamp with an adjustable arm", 20, "Desk lamp wit…le arm"),
        ("T-shirt, organic cotton – Large / Red", 24, "T-shirt, … – Large / Red"),
        ("T-shirt, organic cotton – Large / Blue", 24, "T-shirt,… – Large / Blue"),
        ("緑茶 green tea 緑茶", 9, "緑茶 g…茶"),
        ("abcdef", 4, "abc…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ])
    func keepsTheEnd(text: String, width: Int, cut: String) {
        let middle = TextWidth.middle(of: text, to: width)
        #expect(middle == cut)
        #expect(TextWidth.width(of: middle) <= max(0, width))
    }

    @Test func namesThatDifferAtTheirEndStayDifferent() {
        let start = "Handmade ceramic flower pot with saucer"
        for between in [" ", " – Terracotta / ", ", "] {
            let names = ["10 cm", "12 cm", "14 cm"].map { start + between + $0 }
            for width in 18...60 {
                #expect(Set(names.map { TextWidth.middle(of: $0, to: width) }).count == 3, "\(width)")
            }
        }
    }
}
