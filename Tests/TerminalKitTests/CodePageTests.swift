import Testing

@testable import TerminalKit

@Suite struct CodePageTests {
    @Test func eachPageHasItsOwnBytes() {
        #expect(CodePage.pc437.bytes("Émile ü") == [0x90] + Array("mile ".utf8) + [0x81])
        #expect(CodePage.pc858.bytes("€ É") == [0xD5, 0x20, 0x90])
        #expect(CodePage.windows1252.bytes("€ É œ") == [0x80, 0x20, 0xC9, 0x20, 0x9C])
        #expect(CodePage.utf8.bytes("緑 €") == Array("緑 €".utf8))
    }

    /// An accent that stands apart is the same letter.
    @Test func composedAndDecomposedLettersAreOne() {
        for page in CodePage.allCases where page != .utf8 {
            #expect(page.bytes("e\u{301}") == page.bytes("\u{e9}"))
        }
    }

    @Test func whatAPageLacksBecomesItsLikenessInAsManyCells() {
        #expect(CodePage.pc437.bytes("5 € – œuf") == Array("5 E - ouf".utf8))
        #expect(CodePage.pc858.bytes("緑茶 tea") == Array("???? tea".utf8))
        #expect(CodePage.windows1252.bytes("ő") == Array("o".utf8))
    }

    /// Whatever a product is called, a printer is told nothing by it.
    @Test func noTextIsACommand() {
        for page in CodePage.allCases {
            for value in UInt32(0)...0x2FFF {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let bytes = page.bytes("a\(Character(scalar))b")
                #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "\(page) \(value)")
            }
            let hostile = "\u{1b}@\u{1d}V\u{0}\u{9b}1m\r\n\u{7f}\u{85}\u{202e}"
            #expect(page.bytes(hostile).allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        }
    }

    @Test func cellsStayAsTheyAre() {
        for page in CodePage.allCases where page != .utf8 {
            for text in ["Walnut", "Émile café", "緑茶 green tea", "5 €", "👩‍👩‍👧 family", "\u{1f1e8}\u{1f1ed}"] {
                #expect(page.bytes(text).count == TextWidth.width(of: text), "\(page) \(text)")
            }
        }
    }
}
