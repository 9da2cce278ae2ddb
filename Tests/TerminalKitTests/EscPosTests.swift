import Testing

@testable import TerminalKit

@Suite struct EscPosTests {
    private func listing(_ page: CodePage = .pc858, _ body: (inout EscPos) -> Void) -> [String] {
        var writer = EscPos(page: page)
        body(&writer)
        return EscPosListing(writer.bytes).lines
    }

    @Test func itBeginsWithThePrinterAsItWasMadeAndItsCharacters() {
        #expect(listing(.pc437) { _ in } == ["[ESC @]", "[FS .]", "[ESC t 00]"])
        #expect(listing(.pc858) { _ in } == ["[ESC @]", "[FS .]", "[ESC t 13]"])
        #expect(listing(.windows1252) { _ in } == ["[ESC @]", "[FS .]", "[ESC t 10]"])
        #expect(listing(.utf8) { _ in } == ["[ESC @]", "[FS ( C 02 00 30 32]"])
    }

    @Test func whatCountsIsBoldAndTwiceAsHigh() {
        let lines = listing { writer in
            writer.line("plain")
            writer.line("TOTAL 5 €", isStrong: true)
        }
        #expect(
            lines.dropFirst(3) == [
                "plain", "[ESC E 01]", "[GS ! 01]", "TOTAL 5 [D5]", "[GS ! 00]", "[ESC E 00]",
            ])
    }

    @Test func aCodeStandsInTheMiddle() {
        let qr = listing { $0.qrCode("R1-000123") }
        #expect(qr.dropFirst(3).first == "[ESC a 01]")
        #expect(qr.last == "[ESC a 00]")
        #expect(qr.contains { $0.hasPrefix("[GS ( k") && $0.contains("1P0R1-000123") }, "\(qr)")
        let bars = listing { $0.barcode("R1-000123") }
        #expect(bars.contains { $0.hasPrefix("[GS k I") && $0.contains("{BR1-000123") }, "\(bars)")
    }

    @Test func aTextThatIsNoCodeIsLeftOut() {
        for text in ["", "R1\u{1b}@", "é", String(repeating: "1", count: 251)] {
            #expect(
                listing {
                    $0.qrCode(text)
                    $0.barcode(text)
                }.count == 3)
        }
    }

    /// What a listing names is all that a printer is told: nothing is left over.
    @Test func everyByteIsACommandOrText() {
        var writer = EscPos(page: .windows1252)
        writer.line("Émile \u{1b}@ \u{7}")
        writer.qrCode("F1-3")
        writer.barcode("{1}")
        writer.cut()
        for piece in EscPosListing(writer.bytes + EscPos.kick.bytes).pieces {
            if case .stray(let byte) = piece { Issue.record("\(byte)") }
        }
        #expect(EscPosListing(EscPos.kick.bytes).lines == ["[ESC p 00 19 FA]"])
        #expect(EscPosListing([0x41, 0x07, 0x42]).lines == ["A", "[stray 07]", "B"])
    }
}
