import Foundation
import StoreContracts
import StoreDomain
import Testing

@Suite("Folding") struct FoldingTests {
    @Test("The table is what Unicode's data say")
    func table() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../Sources/StoreDomain/Text/FoldingTable.swift")
        var lines: [String] = [""]
        for entry in FoldingReference.table() {
            if lines[lines.count - 1].count + entry.count > 98 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + entry
        }
        let text = """
            /// What folding makes of scalars beyond ASCII, from Unicode's data. `UPDATE_FOLDING=1` with the test that
            /// checks it, `FoldingTests.table`, writes it anew; `FoldingReference` beside that tells the format.
            enum FoldingTable {
                static let text = \"""
            \(lines.map { "        \($0)" }.joined(separator: " \\\n"))
                    \"""
            }

            """
        if ProcessInfo.processInfo.environment["UPDATE_FOLDING"] == "1" {
            try text.write(to: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: path, encoding: .utf8) == text)
    }

    @Test("Every scalar is folded as the slow reference folds it, and folding twice is folding once")
    func scalars() {
        var wrong: [String] = []
        for value in UInt32(1)...0x323AF {
            guard let scalar = Unicode.Scalar(value), FoldingReference.isAssigned(scalar) else { continue }
            let folded = String(scalar).folded
            // Hangul and kana are composed; the reference takes them apart.
            let reference = String(String.UnicodeScalarView(FoldingReference.folded(scalar)))
            if folded != reference || folded.folded != folded { wrong.append(String(value, radix: 16)) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(20))")
    }

    @Test(
        "Composed or not, in whatever order its marks are, text folds alike",
        arguments: [1, 2, 3] as [UInt64])
    func normalForms(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let ranges: [ClosedRange<UInt32>] = [
            0x41...0x7A, 0xC0...0x24F, 0x300...0x36F, 0x391...0x3C9, 0x590...0x6FF, 0x900...0x97F,
            0x9C7...0x9D7,
            0xE01...0xE4E, 0x1100...0x11FF, 0x1E00...0x1FFF, 0x3041...0x30FF, 0xAC00...0xAFFF,
            0xFF61...0xFF9F,
        ]
        for _ in 0..<2_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                    text.append(scalar)
                }
            }
            let written = String(text)
            for form in [
                written.precomposedStringWithCanonicalMapping, written.decomposedStringWithCanonicalMapping,
                written.precomposedStringWithCompatibilityMapping,
            ] {
                #expect(
                    Array(form.folded.unicodeScalars) == Array(written.folded.unicodeScalars),
                    "\(written.unicodeScalars.map { String($0.value, radix: 16) })")
            }
        }
    }

    @Test(
        "What people type finds what is written",
        arguments: [
            ("Straße", "strasse"), ("STRASSE", "strasse"), ("Smørrebrød", "smorrebrod"), ("Łódź", "lodz"),
            ("Æsop", "aesop"), ("Œuvre", "oeuvre"), ("Økland", "okland"), ("Ångström", "angstrom"),
            ("Þór", "thor"), ("İstanbul", "istanbul"), ("ısı", "isi"), ("Ħamrun", "hamrun"),
            ("Đà Nẵng", "da nang"),
            ("ﬁne", "fine"), ("ＡＢＣ１２３", "abc123"), ("Ἀθῆναι", "αθηναι"), ("ΟΔΟΣ", "οδοσ"), ("Ёлка", "елка"),
            ("ｶﾞｲﾄﾞ", "ガイド"), ("か\u{3099}", "が"), ("한\u{AD}국", "한국"), ("\u{1112}\u{1161}\u{11AB}", "한"),
            ("مُحَمَّد", "محمد"), ("أحمد", "احمد"), ("שָׁלוֹם", "שלום"), ("٤٠٠", "400"), ("m²", "m2"),
            ("1½", "1 1⁄2"),
            ("Brand™", "brand "), ("Hawaiʻi", "hawai'i"), ("ǅ", "dz"), ("Čeština", "cestina"),
        ])
    func typed(written: String, typed: String) {
        #expect(Array(written.folded.unicodeScalars) == Array(typed.unicodeScalars))
    }

    @Test(
        "Where marks are letters they stay",
        arguments: [("हिन्दी", "हनद"), ("กาแฟ", "กาแพ"), ("が", "か"), ("ぱ", "は"), ("ไม้", "ไม"), ("தமிழ்", "தமழ")])
    func letters(written: String, other: String) {
        #expect(written.folded != other.folded)
    }
}
