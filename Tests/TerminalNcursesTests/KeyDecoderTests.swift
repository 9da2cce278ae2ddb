import TerminalKit
import Testing

@testable import TerminalNcurses

@Suite struct KeyDecoderTests {
    /// What comes of these bytes, and of nothing more after them.
    private func decode(_ bytes: [UInt8]) -> [TerminalEvent] {
        var decoder = KeyDecoder()
        var events: [TerminalEvent] = []
        for byte in bytes { decoder.feed(byte: byte, into: &events) }
        if decoder.isPending { events += decoder.flush() }
        #expect(!decoder.isPending)
        return events
    }

    private func keys(_ text: String) -> [Key] {
        decode(Array(text.utf8)).compactMap { if case .key(let key) = $0 { key } else { nil } }
    }

    @Test(
        arguments: [
            ("a", [.character("a")]), ("Ä", [.character("Ä")]), ("日", [.character("日")]),
            ("😀", [.character("😀")]),
            ("\u{01}", [.control("a")]), ("\u{00}", [.control(" ")]), ("\u{1f}", [.control("_")]),
            ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7f}", [.backspace]),
            ("\u{08}", [.backspace]),
            ("\u{1b}", [.escape]), ("\u{1b}\u{1b}", [.escape, .escape]), ("\u{1b}x", [.alt("x")]),
            ("\u{1b}ß", [.alt("ß")]), ("\u{1b}\u{7f}", [.control("w")]), ("\u{1b}[", [.alt("[")]),
            ("\u{1b}O", [.alt("O")]), ("\u{1b}[A", [.up]), ("\u{1b}OB", [.down]), ("\u{1b}[H", [.home]),
            ("\u{1b}[1;5C", [.controlRight]), ("\u{1b}[1;3D", [.controlLeft]), ("\u{1b}[1;2A", [.shiftUp]),
            ("\u{1b}[Z", [.backTab]), ("\u{1b}OP", [.function(1)]), ("\u{1b}[[C", [.function(3)]),
            ("\u{1b}[15~", [.function(5)]), ("\u{1b}[17~", [.function(6)]), ("\u{1b}[24~", [.function(12)]),
            ("\u{1b}[1;2P", [.function(13)]), ("\u{1b}[2~", [.insert]), ("\u{1b}[3~", [.delete]),
            ("\u{1b}[5~\u{1b}[6~", [.pageUp, .pageDown]), ("\u{1b}[97;5u", [.control("a")]),
            ("\u{1b}[27;3;120~", [.alt("x")]), ("\u{1b}Ok", [.character("+")]),
            ("\u{1b}Oy", [.character("9")]),
            ("\u{1b}[?1;2c", []), ("\u{1b}[99;99;99X", []), ("\u{1b}[12", []),
        ] as [(String, [Key])])
    func keys(_ text: String, _ expected: [Key]) {
        #expect(keys(text) == expected)
    }

    @Test(
        arguments: [
            ([0xff], []), ([0xc3], []), ([0xc3, 0x28], [.character("(")]), ([0x80, 0x61], [.character("a")]),
            ([0xed, 0xa0, 0x80], []), ([0xf4, 0x90, 0x80, 0x80], []),
            ([0xc2, 0x9b, 0x41], [.character("A")]),
            ([0xe2, 0x82, 0x61], [.character("a")]),
        ] as [([UInt8], [Key])])
    func brokenUTF8SwallowsNothingElse(_ bytes: [UInt8], _ expected: [Key]) {
        #expect(decode(bytes) == expected.map { .key($0) })
    }

    @Test func pastedTextIsLiteral() {
        #expect(
            decode(Array("\u{1b}[200~rm -rf\r\u{1b}[A\u{03}é\u{1b}[201~x".utf8)) == [
                .paste("rm -rf\r\u{1b}[A\u{03}é"), .key(.character("x")),
            ])
    }

    @Test func aPasteThatNeverEndsIsDeliveredInTheEnd() {
        #expect(decode(Array("\u{1b}[200~abc".utf8)) == [.paste("abc")])
    }

    @Test func aHugePasteComesInPieces() {
        let text = String(repeating: "é", count: 700_000) + String(repeating: "a", count: 700_000)
        let events = decode(Array("\u{1b}[200~\(text)\u{1b}[201~".utf8))
        #expect(events.count == 2)
        let joined = events.map { if case .paste(let piece) = $0 { piece } else { "" } }.joined()
        #expect(joined == text)
    }

    @Test(arguments: [
        ("\u{1b}[<0;10;5M", MouseEvent(kind: .press, position: Point(x: 9, y: 4))),
        ("\u{1b}[<0;10;5m", MouseEvent(kind: .release, position: Point(x: 9, y: 4))),
        ("\u{1b}[<2;300;1M", MouseEvent(kind: .press, button: .right, position: Point(x: 299, y: 0))),
        ("\u{1b}[<64;1;1M", MouseEvent(kind: .wheelUp, button: .none, position: Point(x: 0, y: 0))),
        ("\u{1b}[<65;1;1M", MouseEvent(kind: .wheelDown, button: .none, position: Point(x: 0, y: 0))),
        ("\u{1b}[M !\"", MouseEvent(kind: .press, position: Point(x: 0, y: 1))),
        ("\u{1b}[M#!!", MouseEvent(kind: .release, button: .none, position: Point(x: 0, y: 0))),
    ])
    func mouse(_ text: String, _ expected: MouseEvent) {
        #expect(decode(Array(text.utf8)) == [.mouse(expected)])
    }

    @Test(arguments: [
        "\u{1b}[<0;0;5M", "\u{1b}[<0;5M", "\u{1b}[<35;5;5M", "\u{1b}[<66;5;5M", "\u{1b}[<0;5;5Z",
    ])
    func brokenAndUnwantedMouseReportsAreNothing(_ text: String) {
        #expect(decode(Array(text.utf8)).isEmpty)
    }

    @Test func focus() {
        #expect(decode(Array("\u{1b}[I\u{1b}[O".utf8)) == [.focus(true), .focus(false)])
    }

    @Test(
        arguments: [
            ("KEY_UP", .up), ("KEY_F(12)", .function(12)), ("KEY_BTAB", .backTab), ("kLFT5", .controlLeft),
            ("kRIT3", .controlRight), ("KEY_SR", .shiftUp), ("KEY_BACKSPACE", .backspace),
            ("KEY_A3", .pageUp),
        ] as [(String, Key)])
    func keysThatTheDescriptionKnows(_ name: String, _ expected: Key) {
        var decoder = KeyDecoder()
        var events: [TerminalEvent] = []
        decoder.feed(key: name, into: &events)
        #expect(events == [.key(expected)])
    }

    @Test func altBeforeAKnownKey() {
        var decoder = KeyDecoder()
        var events: [TerminalEvent] = []
        decoder.feed(byte: 0x1b, into: &events)
        decoder.feed(key: "KEY_LEFT", into: &events)
        decoder.feed(byte: 0x1b, into: &events)
        decoder.feed(key: "KEY_UP", into: &events)
        #expect(events == [.key(.controlLeft), .key(.escape), .key(.up)])
    }

    /// Numbers that overflow when they are reckoned with, or name a place beyond every screen.
    @Test(arguments: [
        "\u{1b}[1;-9223372036854775808A", "\u{1b}[-9223372036854775808;-9223372036854775808~",
        "\u{1b}[<0;9223372036854775807;9223372036854775807M", "\u{1b}[<-9223372036854775808;1;1M",
        "\u{1b}[1;99999999999999999999A", "\u{1b}[9223372036854775807;5u",
    ])
    func numbersBeyondAnyTerminalAreHarmless(_ sequence: String) {
        let events = decode(Array(sequence.utf8) + Array("q".utf8))
        #expect(events.last == .key(.character("q")))
        if case .mouse? = events.first { Issue.record("a mouse beyond every screen: \(events)") }
    }

    @Test(arguments: [7] as [UInt64]) func anyBytesEndInTheGroundState(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        for round in 0..<2_000 {
            let bytes = (0..<Int.random(in: 1...40, using: &generator)).map { _ -> UInt8 in
                let pool: [UInt8] = [0x1b, 0x5b, 0x4f, 0x3c, 0x4d, 0x32, 0x30, 0x7e, 0x3b, 0xc3, 0xff]
                return Bool.random(using: &generator)
                    ? pool[Int.random(in: 0..<pool.count, using: &generator)]
                    : UInt8.random(in: 0...255, using: &generator)
            }
            for event in decode(bytes) {
                guard case .key(.character(let character)) = event else { continue }
                let isControl = character.unicodeScalars.allSatisfy {
                    $0.properties.generalCategory == .control
                }
                #expect(!isControl, "round \(round): \(bytes)")
            }
        }
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
