import StoreContracts
import StoreTesting
import StorefrontCore
import TerminalKit

/// Random input from a seed: mostly what leads somewhere, in part what nobody would send.
struct RandomHand {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// A size a window starts with.
    mutating func size() -> Size {
        switch number(0...9) {
        case 0...5:
            pick([Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 40, height: 12)])
        case 6...7: Size(width: number(1...45), height: number(1...14))
        case 8: Size(width: number(30...200), height: number(8...60))
        default:
            pick([Size(width: 500, height: 200), Size(width: 1, height: 1), Size(width: 200, height: 60)])
        }
    }

    /// One thing after the other without a pause, as an impatient person, a scanner or a script sends them.
    mutating func burst(in size: Size) -> [TerminalEvent] {
        if number(0...9) < 2 { return gesture() }
        return (0..<pick([1, 1, 1, 2, 3, 8, 40])).map { _ in event(in: size) }
    }

    private mutating func event(in size: Size) -> TerminalEvent {
        switch number(0...999) {
        case 0...7: .resize(self.size())
        case 8...15: .resize(Size(width: 80, height: 24))
        case 16...39: .paste(paste())
        case 40...139: .mouse(mouse(in: size))
        case 140...149: .focus(number(0...1) == 0)
        case 150...154: .resumed
        // Quitting ends a run, and starting anew takes its time.
        case 155: .key(.character("q"))
        case 156...355: .key(.character(pick(Self.letters)))
        case 356...655: .key(pick(Self.moves))
        default: .key(pick(Self.keys))
        }
    }

    /// What people do in one go.
    private mutating func gesture() -> [TerminalEvent] {
        switch number(0...7) {
        case 0:
            [.key(.function(5)), .paste(pick(AppContext.demoAccounts)), .key(.tab)]
                + [.paste(AppContext.demoPassword), .key(.enter)]
        case 1: Self.typed("/") + Self.typed(pick(["tea", "kendama", "crème", "zzz", "浴衣"])) + [.key(.enter)]
        case 2: Self.typed("\(number(0...120))") + Self.typed(pick(["+", "-", "a"]))
        case 3: [.key(.function(3))] + Self.typed("o") + [.key(.enter)]
        case 4:
            [.key(.function(3))] + Self.typed("%") + [
                .paste(pick(["SAVE10", "WELCOME", "?"])), .key(.enter),
            ]
        case 5: Self.typed(":") + Self.typed(pick(["or", "th", "pay", "rec", "qu"])) + [.key(.enter)]
        case 6: Self.typed("99999") + [.key(.enter), .key(.enter)]
        default: (0..<6).map { _ in .key(.escape) }
        }
    }

    private static func typed(_ text: String) -> [TerminalEvent] { text.map { .key(.character($0)) } }

    private static let letters = Array("abcdefghijklmnoprstuvwxyzG0123456789+-%/:?[]é日 @.,")

    /// The way through a sale, and back.
    private static let moves: [Key] =
        [.enter, .enter, .enter, .down, .down, .up, .function(3), .function(2), .tab, .escape]
        + [.character("+"), .character("a"), .character("o"), .character("y")]

    private static let keys: [Key] =
        [
            .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
            .end,
        ]
        + [.pageUp, .pageDown, .controlLeft, .controlRight, .shiftUp, .alt("b"), .alt("d")]
        + Array("aeklprtuwy_ ").map { .control($0) } + (1...12).map { .function($0) }

    private mutating func mouse(in size: Size) -> MouseEvent {
        MouseEvent(
            kind: pick([.press, .press, .press, .release, .wheelUp, .wheelDown]),
            button: pick([.left, .left, .left, .middle, .right]),
            position: Point(x: number(-1...size.width), y: number(-1...size.height)))
    }

    private mutating func paste() -> String {
        switch number(0...3) {
        case 0: "4006381333931\n"
        case 1: "\(random.next())"
        case 2: "two\nlines\tand\u{1b}[2J"
        default:
            String(repeating: pick(["x", "日", "e\u{301}", "👩‍👩‍👧", "\u{202e}", "\0"]), count: number(1...300))
        }
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(0...elements.count - 1)]
    }
}
