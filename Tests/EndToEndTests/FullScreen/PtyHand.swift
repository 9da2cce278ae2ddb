import StoreContracts
import StoreSQLite
import StoreTesting

/// Random bytes for a terminal program, from a seed: keys, whole sequences and broken ones, pastes, mice.
struct PtyHand {
    /// What is done with the terminal.
    enum Event {
        case bytes([UInt8])
        case resize(columns: Int, rows: Int)
        /// SIGTSTP, or a stop that nobody can catch; SIGCONT follows.
        case stop(isCaught: Bool)
        /// What the program writes is not read until the next event but this many.
        case readNothing(events: Int)
    }

    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func event() -> Event {
        switch number(1_000) {
        case 0..<30:
            .resize(
                columns: pick([1, 2, 39, 40, 80, 120, 200, 500]), rows: pick([1, 2, 11, 12, 24, 40, 200]))
        case 30..<60: .resize(columns: 1 + number(200), rows: 1 + number(60))
        case 60..<90: .resize(columns: 80, rows: 24)
        case 90..<93: .stop(isCaught: number(2) == 0)
        case 93..<97: .readNothing(events: 1 + number(30))
        default: .bytes(bytes())
        }
    }

    private mutating func bytes() -> [UInt8] {
        switch number(100) {
        // The end asks for a new start; seldom.
        case 0: number(20) == 0 ? [3] : []
        case 1..<36: Array(pick(Self.ways).utf8)
        case 36..<56: Array(pick(Self.sequences).utf8)
        case 56..<61: cut(Array(pick(Self.sequences).utf8))
        case 61..<66: paste()
        case 66..<76: mouse()
        case 76..<80: cut(Array(pick(["é", "日", "👩‍👩‍👧", "\u{10ffff}", "\u{9b}A"]).utf8))
        case 80..<84: (0..<number(12)).map { _ in harmless(UInt8(number(256))) }
        default: [harmless(UInt8(0x20 + number(0x60)))]
        }
    }

    /// What gets somewhere: into the shop, through a sale, to the overlays.
    private static let ways =
        [
            "\r", "\r", "\r", "+", "+", "\u{1b}[B", "\u{1b}[A", "\u{1b}OQ", "\u{1b}OR", "\u{1b}OS", "\t",
            "\u{1b}[Z",
            "o", "y", "\u{1b}", "/", "c", "s", ":", "?", "%", "e", "u", "x", "99999", "\u{1b}[18~",
            "\u{1b}[20~",
            "\u{1b}[15~", "customer@example.com\t\(DemoData.password.revealed)\r",
            "staff@example.com\t\(DemoData.password.revealed)\r", "SAVE10\r", "4006381333931\r",
        ]

    private static let sequences =
        [
            "\u{1b}[H", "\u{1b}[F", "\u{1b}[5~", "\u{1b}[6~", "\u{1b}[3~", "\u{1b}[2~", "\u{1b}[1;5C",
            "\u{1b}[1;5D",
            "\u{1b}b", "\u{1b}d", "\u{1b}\u{7f}", "\u{1b}[I", "\u{1b}[O", "\u{1b}[?1;2c", "\u{1b}[24;80R",
            "\u{1b}]11;rgb:0000/0000/0000\u{07}", "\u{1b}P1$r0m\u{1b}\\", "\u{1b}[97;5u", "\u{1b}[27;3;120~",
            "\u{1b}[99999999999999999999;5u", "\u{1b}[[A", "\u{1b}[1;99999P", "\u{1b}Oj",
            "\u{1b}[" + String(repeating: "1;", count: 100) + "~", "\u{8}", "\u{7f}", "\0", "\u{0c}",
            "\u{15}", "\u{17}",
            "\u{0b}", "\u{01}", "\u{05}", "\u{1f}", "\u{14}", "\u{10}", "\u{12}", "\u{1a}",
        ] + (11...24).map { "\u{1b}[\($0)~" }

    /// Neither Ctrl-C nor, most of the time, `q`.
    private mutating func harmless(_ byte: UInt8) -> UInt8 {
        byte == 3 || byte == UInt8(ascii: "q") && number(20) > 0 ? UInt8(ascii: "j") : byte
    }

    private mutating func cut(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix(max(1, number(max(1, bytes.count)))))
    }

    private mutating func paste() -> [UInt8] {
        let text: String
        switch number(400) {
        case 0: text = String(repeating: "0123456789abcde\n", count: 65_536)
        case 1..<80:
            text = String(repeating: pick(["x", "日", "e\u{301}", "\u{202e}", "\u{1b}[2J", "\r"]), count: 300)
        default:
            text = pick(["wool", "4006381333931\n", "a\tb", "\u{1b}[A\u{1b}[B", "customer@example.com", ""])
        }
        let end = number(8) == 0 ? "" : "\u{1b}[201~"
        return Array("\u{1b}[200~\(text)\(end)".utf8)
    }

    private mutating func mouse() -> [UInt8] {
        if number(3) == 0 {
            return Array("\u{1b}[M".utf8) + (0..<3).map { _ in harmless(UInt8(number(256))) }
        }
        let place: [Int] = [number(90), number(30), 0, -5, 99_999, Int.max]
        let (column, row) = (
            number(4) == 0 ? pick(place) : number(82), number(4) == 0 ? pick(place) : number(26)
        )
        return Array(
            "\u{1b}[<\(pick([0, 0, 0, 1, 2, 3, 35, 64, 65, 66, 128]));\(column);\(row)\(pick(["M", "m"]))"
                .utf8)
    }

    private mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(elements.count)] }
}
