import Testing

@testable import TerminalKit

@Suite struct SanitizerTests {
    @Test(arguments: [
        ("plain", "plain"), ("\u{1b}[2J", "�[2J"), ("\u{9b}31m", "�31m"), ("a\u{202e}b\u{2066}c", "abc"),
        ("a\tb\nc", "a b c"), ("a\r\nb", "a b"), ("a\u{2028}b", "a b"), ("\u{e0041}x", "x"),
        ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "e\u{301}\u{302}\u{303}\u{304}"), ("\u{301}x", "x"),
        ("👩‍👩‍👧", "👩"), ("👍🏽", "👍"), ("🇫🇷", "FR"), ("\u{7f}", "�"), ("\u{0}", "�"), ("क्‍ष", "क्ष"),
        ("\u{200b}", ""), ("\u{e001}", "�"), ("\u{378}", "�"),
    ])
    func harmless(_ text: String, _ expected: String) {
        #expect(Sanitizer.harmless(text) == expected)
    }

    @Test func newlinesStayWhereTheyAreWanted() {
        #expect(Sanitizer.harmless("a\r\nb\u{85}c\td\u{1b}", keepNewlines: true) == "a\nb\nc d�")
    }

    @Test(arguments: [1] as [UInt64]) func nothingHostileSurvives(seed: UInt64) {
        var hostile = HostileText(seed: seed)
        for round in 0..<5_000 {
            let text = hostile.next()
            let clean = Sanitizer.harmless(text)
            let note: Comment = "round \(round): \(text.debugDescription)"
            var marks = 0
            for scalar in clean.unicodeScalars {
                let kind = ScalarClass(scalar)
                #expect(kind == .narrow || kind == .wide || kind == .mark, note)
                #expect(scalar.properties.generalCategory != .control, note)
                #expect(scalar.properties.generalCategory != .format, note)
                #expect(!scalar.properties.isBidiControl, note)
                marks = kind == .mark ? marks + 1 : 0
                #expect(marks <= 4, note)
            }
            #expect(Sanitizer.harmless(clean) == clean, note)
        }
    }

    @Test func spellsWhatTheConsoleHas() {
        #expect(Spelling.spell("Zażółć 10 € „café“ × 2…", in: .console) == "Zazólc 10 E \"café\" × 2~")
        #expect(Spelling.spell("日本 ─█▌░ ›✓", in: .console) == "???? ─█▌░ >+")
        #expect(Spelling.spell("日本 ›✓", in: .unicode) == "日本 ›✓")
    }

    @Test(arguments: [2] as [UInt64]) func spellsASCII(seed: UInt64) {
        #expect(Spelling.spell("Zażółć 10 € „café“ × 2…", in: .ascii) == "Zazolc 10 E \"cafe\" x 2~")
        #expect(Spelling.spell("日本 ok", in: .ascii) == "???? ok")
        var hostile = HostileText(seed: seed)
        for _ in 0..<2_000 {
            let text = hostile.next()
            let spelled = Spelling.spell(text, in: .ascii)
            #expect(spelled.utf8.allSatisfy { $0 < 0x80 })
            #expect(TextWidth.width(of: spelled) == TextWidth.width(of: text), "\(text.debugDescription)")
        }
    }
}
