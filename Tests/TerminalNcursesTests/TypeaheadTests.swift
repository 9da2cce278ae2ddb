import Testing

@testable import TerminalNcurses

@Suite struct TypeaheadTests {
    private static let keys = KeySequences([
        (Array("\u{1b}OA".utf8), "KEY_UP"), (Array("\u{1b}[1;5D".utf8), "kLFT5"),
        (Array("\u{1b}[1".utf8), "KEY_HOME"),
        ([0x7f], "KEY_BACKSPACE"),
    ])

    private static func all(_ typeahead: inout Typeahead, literally: Bool = false, isLate: Bool = false)
        -> [Typeahead.Piece]
    {
        var pieces: [Typeahead.Piece] = []
        while let piece = typeahead.take(keys, literally: literally, isLate: isLate) { pieces.append(piece) }
        return pieces
    }

    private static func bytes(_ text: String) -> [Typeahead.Piece] { text.utf8.map { .byte($0) } }

    @Test func findsKeysAmongBytesHoweverTheyAreCutUp() {
        let sent = Array("a\u{1b}OA\u{1b}[1;5D\u{1b}[1x\u{1b}[2\u{7f}".utf8)
        let pieces: [Typeahead.Piece] =
            Self.bytes("a") + [.key("KEY_UP"), .key("kLFT5"), .key("KEY_HOME")] + Self.bytes("x\u{1b}[2")
            + [.key("KEY_BACKSPACE")]
        for size in 1...sent.count {
            var typeahead = Typeahead()
            var found: [Typeahead.Piece] = []
            for start in stride(from: 0, to: sent.count, by: size) {
                _ = typeahead.add(sent[start..<min(start + size, sent.count)], at: 1, isPasting: false)
                found += Self.all(&typeahead)
            }
            #expect(found == pieces, "in pieces of \(size)")
            #expect(typeahead.isEmpty)
        }
    }

    @Test func waitsForTheRestOfAKeyUntilItIsLate() {
        var typeahead = Typeahead()
        _ = typeahead.add(Array("\u{1b}[1".utf8), at: 7, isPasting: false)
        #expect(Self.all(&typeahead) == [])
        #expect(typeahead.isWaiting && !typeahead.isReady && !typeahead.isEmpty)
        #expect(Self.all(&typeahead, isLate: true) == [.key("KEY_HOME")])
        _ = typeahead.add([0x1b], at: 8, isPasting: false)
        #expect(Self.all(&typeahead) == [])
        #expect(typeahead.lastArrival == 8)
        #expect(Self.all(&typeahead, isLate: true) == Self.bytes("\u{1b}"))
        #expect(typeahead.isEmpty && !typeahead.isWaiting)
    }

    @Test func takesPastedTextAsItWasSent() {
        var typeahead = Typeahead()
        _ = typeahead.add(Array("\u{1b}OA\u{7f}".utf8), at: 1, isPasting: true)
        #expect(Self.all(&typeahead, literally: true) == Self.bytes("\u{1b}OA\u{7f}"))
    }

    @Test func controlCDropsWhatCameBeforeItAndNothingBehindTheLast() {
        var typeahead = Typeahead()
        #expect(typeahead.add(Array("jjj".utf8), at: 1, isPasting: false) == 0)
        #expect(typeahead.add(Array("kk\u{3}l\u{3}m".utf8), at: 1, isPasting: false) == 2)
        #expect(Self.all(&typeahead) == Self.bytes("m"))
    }

    @Test func aPasteMayContainControlC() {
        let paste = "\u{1b}[200~a\u{3}b\u{1b}[201~"
        for cut in 0...paste.utf8.count {
            var typeahead = Typeahead()
            var count = typeahead.add(Array(paste.utf8.prefix(cut)), at: 1, isPasting: false)
            count += typeahead.add(Array(paste.utf8.dropFirst(cut)), at: 2, isPasting: false)
            #expect(count == 0, "cut at \(cut)")
            #expect(typeahead.add([3], at: 3, isPasting: false) == 1)
            #expect(typeahead.isEmpty)
        }
        var pasting = Typeahead()
        #expect(pasting.add(Array("a\u{3}".utf8), at: 1, isPasting: true) == 0)
        #expect(pasting.add(Array("\u{1b}[201~\u{3}".utf8), at: 1, isPasting: true) == 1)
    }

    @Test func knowsWhenEachByteCame() {
        var typeahead = Typeahead()
        _ = typeahead.add(Array("ab".utf8), at: 10_000_000, isPasting: false)
        _ = typeahead.add(Array("c".utf8), at: 20_000_000, isPasting: false)
        var arrivals: [UInt64] = []
        for _ in 0..<3 {
            arrivals.append(typeahead.arrival)
            _ = typeahead.take(Self.keys, literally: true, isLate: false)
        }
        #expect(arrivals == [10_000_000, 10_000_000, 20_000_000])
    }

    @Test func isFullAtItsLimitAndTakesMoreOnceItIsNot() {
        var typeahead = Typeahead()
        _ = typeahead.add([UInt8](repeating: 0x6a, count: Typeahead.limit), at: 1, isPasting: false)
        #expect(typeahead.isFull)
        for _ in 0..<Typeahead.limit / 2 { _ = typeahead.take(Self.keys, literally: false, isLate: false) }
        #expect(!typeahead.isFull)
        _ = typeahead.add([0x6b], at: 2_000_000, isPasting: false)
        let rest = Self.all(&typeahead)
        #expect(rest.count == Typeahead.limit / 2 + 1)
        #expect(rest.last == .byte(0x6b))
    }
}
