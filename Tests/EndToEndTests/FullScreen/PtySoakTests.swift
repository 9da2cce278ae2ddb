import Foundation
import Glibc
import PtyTesting
import Testing

/// Whatever a terminal sends, in whatever order and size: the program runs on, still answers, leaves the
/// terminal as it was and the books right.
///
/// `STOREFRONT_SOAK_PTY` sets how many events, `STOREFRONT_SOAK_SEED` and `STOREFRONT_SOAK_TERM` one run.
@Suite(.serialized, .timeLimit(.minutes(60))) struct PtySoakTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let events = environment["STOREFRONT_SOAK_PTY"].flatMap(Int.init) ?? 2_000
    private static let seed = environment["STOREFRONT_SOAK_SEED"].flatMap(UInt64.init) ?? 20_261_122
    private static let terms =
        environment["STOREFRONT_SOAK_TERM"].map { [$0] } ?? [
            "xterm-256color", "vt100", "linux", "screen-256color",
        ]

    @Test(arguments: terms) func survivesAnything(term: String) throws {
        let program = try Program()
        let store = try PtyShop.store(program)
        var hand = PtyHand(seed: Self.seed)
        var shop = try Self.start(program, store, term)
        var left = Self.events / Self.terms.count
        var unread = 0
        while left > 0 {
            let situation: Comment = "seed \(Self.seed), \(term), \(left) left"
            left -= 1
            unread -= 1
            switch hand.event() {
            case .bytes(let bytes): shop.session.send(bytes)
            case .resize(let columns, let rows): try shop.session.resize(columns: columns, rows: rows)
            case .stop(let isCaught):
                shop.session.signal(isCaught ? SIGTSTP : SIGSTOP)
                shop.session.signal(SIGCONT)
            case .readNothing(let events): unread = events
            }
            if unread <= 0 { while shop.session.pump(milliseconds: 0) {} }
            guard left % 16 == 0 else { continue }
            shop.session.forgetOutput()
            guard shop.session.exit != nil else { continue }
            // With all that it wrote last.
            let exit = try shop.exit()
            try #require(Self.isQuit(exit), "\(situation): \(exit)")
            try shop.expectUntouched()
            shop = try Self.start(program, store, term)
        }
        let situation: Comment = "seed \(Self.seed), \(term)"
        #expect(try Self.answers(shop), situation)
        shop.session.send(PtyShop.ctrlC + PtyShop.ctrlC)
        #expect(Self.isQuit(try shop.exit()), situation)
        try shop.expectUntouched()
        #expect(try shop.crashReports() == [], situation)
        let report = try program.run("verify", "--db", store)
        #expect(report.code == 0, "\(situation) \(report.output) \(report.errors)")
    }

    /// Somebody quit, by a key of the program's or, while the terminal was the shell's at a stop or at the
    /// end, by one of the terminal's own: Ctrl-C and Ctrl-\ are signals there.
    private static func isQuit(_ exit: PtySession.Exit) -> Bool {
        [.code(0), .code(128 + SIGINT), .code(128 + SIGQUIT), .signal(SIGINT), .signal(SIGQUIT)].contains(
            exit)
    }

    private static func start(_ program: Program, _ store: String, _ term: String) throws -> PtyShop {
        let shop = try PtyShop(program, ["--db", store], term: term)
        try shop.see("E-mail")
        return shop
    }

    /// Whether it can be brought to its shop; quit on the way is well too.
    private static func answers(_ shop: PtyShop) throws -> Bool {
        try shop.session.resize(columns: 80, rows: 24)
        let deadline = ContinuousClock.now + PtySession.limit
        while ContinuousClock.now < deadline, shop.session.exit == nil {
            // Ends a paste and whatever was cut, closes what is open, goes to the shop and draws it anew.
            for keys in ["\u{1b}[201~", "\u{1b}", PtyShop.f7, PtyShop.f2] {
                shop.session.send(keys)
                shop.session.pump(milliseconds: 150)
            }
            shop.session.forgetOutput()
            shop.session.send(PtyShop.ctrlL)
            while shop.session.pump(milliseconds: 300) {}
            if shop.text.contains("Shop"), shop.text.contains("Product"), shop.text.contains("quit") {
                return true
            }
        }
        return shop.session.exit.map(isQuit) ?? false
    }
}
