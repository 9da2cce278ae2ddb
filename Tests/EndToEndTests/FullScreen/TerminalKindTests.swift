import Foundation
import PtyTesting
import Testing

/// The real program on each kind of terminal: it shows the shop, says nothing that the terminal's description
/// does not know, and leaves everything as it was.
@Suite(.timeLimit(.minutes(20))) struct TerminalKindTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        let term: String
        let colors: Set<TerminalLedger.ColorForm>
        var testDescription: String { term }
    }

    private static let kinds = [
        Kind(term: "xterm-256color", colors: [.indexed]), Kind(term: "xterm", colors: [.ansi]),
        Kind(term: "xterm-16color", colors: [.ansi, .bright]), Kind(term: "xterm-direct", colors: [.direct]),
        Kind(term: "xterm-direct256", colors: [.direct]), Kind(term: "konsole-direct", colors: [.direct]),
        Kind(term: "screen-256color", colors: [.indexed]), Kind(term: "tmux-256color", colors: [.indexed]),
        Kind(term: "tmux-direct", colors: [.direct]), Kind(term: "linux", colors: [.ansi]),
        Kind(term: "vt100", colors: []), Kind(term: "ansi", colors: [.ansi]),
    ]

    @Test(arguments: kinds, ["C.UTF-8", "C"]) func showsTheShop(_ kind: Kind, locale: String) throws {
        let shop = try PtyShop(
            Program(), ["--demo"], term: kind.term,
            environment: ["LC_ALL": locale, "STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:00Z"])
        try shop.see("Guest", "of 240", "quit")
        if locale == "C" {
            #expect(!shop.session.output.contains { $0 >= 0x80 })
        } else {
            // A console has no glyph for it.
            try shop.see(kind.term == "linux" ? "Crème fraîche" : "け")
        }
        try shop.press("q")
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
        let ledger = shop.session.ledger
        #expect(ledger.colors == kind.colors)
        let unknown = Set(ledger.modes.keys).subtracting(try Self.knownModes(kind.term))
        #expect(unknown == [], "not in the description")
    }

    /// The private modes that a terminal's description names. Those with a mouse are taken to know pastes and
    /// focus as well, which descriptions of their time leave out.
    private static func knownModes(_ term: String) throws -> Set<Int> {
        let session = try PtySession(["/usr/bin/infocmp", "-x", "-1", term])
        try #require(try session.waitForExit() == .code(0), "\(session.outputText)")
        let description = session.outputText
        let groups = description.matches(of: #/\\E\[\?([0-9;]+)[hl]/#)
        let named = groups.flatMap { $0.1.split(separator: ";").compactMap { Int($0) } }
        return Set(named).union(description.contains("kmous=") ? [1000, 1004, 1006, 2004] : [])
    }

    @Test(arguments: ["unknown", "no-such-terminal", nil])
    func unknownOnesAreTakenForXtermAndTold(_ term: String?) throws {
        let shop = try PtyShop(Program(), ["--demo"], term: term)
        try shop.see("of 240", "using xterm-256color")
        try shop.press("q")
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
    }

    @Test func aTerminalThatOnlyPrintsHasTheShopLineByLine() throws {
        let shop = try PtyShop(Program(), ["--demo"], term: "dumb")
        try shop.see("Shop> ")
        shop.session.send("quit\n")
        #expect(try shop.exit() == .code(0))
        #expect(!shop.session.output.contains(0x1b))
        try shop.expectUntouched()
    }

    @Test(arguments: ["\"$@\" <&-", "\"$@\" >&-", "\"$@\" | cat", "\"$@\" </dev/null"])
    func withoutATerminalItWorksLineByLine(_ line: String) throws {
        let shop = try PtyShop(Program(), ["--demo"], shell: "set -o pipefail; \(line)")
        if line.contains("| cat") {
            try shop.see("Shop> ")
            shop.session.send("quit\n")
        }
        let exit = try shop.exit()
        // Where nothing can be read or nothing be written, there is an end at once.
        #expect(exit == .code(0) || line.contains("&-"), "\(exit)")
        if line.contains(">&-") { #expect(shop.text.contains("a full screen needs a terminal")) }
        #expect(!shop.session.output.contains(0x1b))
    }

    @Test(
        arguments: [
            ([], ["NO_COLOR": "1"], []), ([], ["NO_COLOR": ""], [.indexed]), (["--no-color"], [:], []),
            ([], ["STOREFRONT_COLOR": "8"], [.ansi]), ([], ["STOREFRONT_COLOR": "256"], [.indexed]),
            ([], ["STOREFRONT_COLOR": "direct"], [.direct]), ([], ["STOREFRONT_COLOR": "none"], []),
            ([], ["STOREFRONT_COLOR": "256", "NO_COLOR": "1"], []),
            ([], ["STOREFRONT_COLOR": "16"], [.ansi, .bright]),
        ] as [([String], [String: String], Set<TerminalLedger.ColorForm>)])
    func showsAsManyColoursAsAreWanted(
        _ arguments: [String], _ environment: [String: String], _ colors: Set<TerminalLedger.ColorForm>
    ) throws {
        let shop = try PtyShop(Program(), ["--demo"] + arguments, environment: environment)
        try shop.see("of 240", "quit")
        try shop.press("q")
        #expect(try shop.exit() == .code(0))
        let ledger = shop.session.ledger
        // On a terminal of 256 the lower colours are told by their numbers or as they always were.
        #expect(ledger.colors.isEmpty == colors.isEmpty)
        #expect(ledger.colors.isSubset(of: colors.union(colors.contains(.bright) ? [.indexed] : [])))
        #expect(ledger.hasStyles, "what matters is bold or reversed, with colours and without")
    }

    /// Nobody chose a theme: the one for the terminal's background; who chose one gets it.
    @Test(arguments: [
        (["COLORFGBG": "15;0"], [], "default"), (["COLORFGBG": "0;15"], [], "light"), ([:], [], "default"),
        (["COLORFGBG": "0;15"], ["--theme", "fjord"], "fjord"),
        (["COLORFGBG": "0;15", "STOREFRONT_THEME": "default"], [], "default"),
        (["COLORFGBG": "0;15", "NO_COLOR": "1"], [], "mono"),
    ])
    func suitsTheBackground(_ environment: [String: String], _ arguments: [String], _ theme: String) throws {
        let program = try Program()
        let shop = try PtyShop(program, ["--demo"] + arguments, environment: environment)
        try shop.see("of 240")
        // The picker opens on the theme that is on.
        try shop.press("\u{1b}[20~")
        try shop.press(PtyShop.ctrlL, "▌ \(theme)")
        shop.session.signal(SIGTERM)
        _ = try shop.exit()
        let doctor = try program.run(["doctor", "--json"], environment: environment)
        let terminal = try #require(try doctor.json()["terminal"] as? [String: Any])
        let said = environment["COLORFGBG"].map { "\($0 == "0;15" ? "light" : "dark"), says COLORFGBG" }
        #expect(terminal["background"] as? String == said)
    }
}
