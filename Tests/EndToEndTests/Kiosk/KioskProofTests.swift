import Foundation
import PtyTesting
import StoreDomain
import Testing

@testable import storefront

/// What a kiosk promises of visitors who mean harm, in short forms.
@Suite(.serialized, .timeLimit(.minutes(20))) struct KioskProofTests {
    private let kiosk: KioskShop

    init() throws { kiosk = try KioskShop(Program(), "idle: 60") }

    // MARK: - Memory

    /// Bytes of a process' own memory, as the kernel counts them.
    private static func memory(of process: pid_t) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
            * 1024
    }

    private static let mebibyte = 1 << 20

    /// A window of any size takes no more than one that can be seen, however often it changes: cells for 65,535 × 65,535
    /// would be gigabytes.
    @Test func aWindowIsNoWayToTheHostsMemory() throws {
        let shop = try kiosk.open(columns: 80, rows: 24)
        try shop.see("of 240")
        for round in 1...3 {
            for (columns, rows) in [(1, 1), (65_535, 1), (1, 65_535), (65_535, 65_535), (500, 200)] {
                shop.session.forgetOutput()
                try shop.session.resize(columns: columns, rows: rows)
                // Two sizes in one go may look the same; drawn anew, each writes something.
                shop.session.send(PtyShop.ctrlL)
                try shop.session.wait(for: "a picture of \(columns)×\(rows)") { !$0.output.isEmpty }
                let taken = try Self.memory(of: shop.session.process)
                #expect(taken < 48 * Self.mebibyte, "\(columns)×\(rows) in round \(round)")
            }
        }
        try shop.session.resize(columns: 80, rows: 24)
        try shop.press(PtyShop.ctrlL, "of 240")
        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
    }

    // MARK: - Hostile input

    private static func bytes(_ count: Int, _ random: inout HostileRandom) -> [UInt8] {
        // Ctrl-C leaves, and is tried elsewhere.
        (0..<Int.random(in: 0...count, using: &random)).map { _ in
            UInt8.random(in: 4...255, using: &random)
        }
    }

    private static func hostile(_ random: inout HostileRandom) -> [UInt8] {
        let endings = [[], [0x07], Array("\u{1b}\\".utf8)]
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return bytes(200, &random)
        case 1: return Array("\u{1b}[200~".utf8) + bytes(200, &random) + Array("\u{1b}[201~".utf8)
        case 2: return Array("\u{1b}[200~".utf8) + bytes(50, &random)
        case 3:
            let text = Array(repeating: UInt8(ascii: "A"), count: Int.random(in: 0...3_000, using: &random))
            return Array("\u{1b}]52;c;".utf8) + text + (endings.randomElement(using: &random) ?? [])
        case 4:
            let numbers = (0..<20).map { _ in String(UInt64.random(in: 0 ... .max, using: &random)) }
            return Array("\u{1b}[<\(numbers.joined(separator: ";"))M".utf8)
        case 5: return Array("\u{1b}[M".utf8) + bytes(3, &random)
        case 6:
            let pieces = ["e\u{301}\u{301}", "\u{202e}", "👩‍👩‍👧", "日本", "' OR 1=1 --", "\u{fdfa}", "%s%n"]
            let text = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }
            return Array("/\(text.joined())\r".utf8)
        case 7: return (0..<20).flatMap { _ in [0xed, 0xa0, 0x80, 0xc0, 0xaf, 0xf0, 0x9f] }
        default:
            let keys = [
                "j", "\r", "\u{1b}", "+", ":", "?", "\u{1b}[15~", "\u{1b}OR", "\t", "x", "\u{1b}[20~",
            ]
            return (0..<20).flatMap { _ in Array((keys.randomElement(using: &random) ?? "").utf8) }
        }
    }

    /// Whatever a client sends, the session goes on or ends as it does for everybody, and leaves nothing.
    @Test(arguments: [1, 2, 3] as [UInt64]) func noInputDoesHarm(_ seed: UInt64) throws {
        var random = HostileRandom(state: seed)
        let shop = try kiosk.open(columns: 80, rows: 24, keepsSlave: false)
        try shop.see("of 240")
        for _ in 0..<60 where shop.session.exit == nil {
            shop.session.send(Self.hostile(&random))
            shop.session.pump(milliseconds: 1)
        }
        if shop.session.exit == nil {
            // The end of a paste that may be open, then something that is answered on every screen.
            shop.session.send("\u{1b}[201~")
            try shop.press(PtyShop.ctrlL, "Storefront")
            #expect(try Self.memory(of: shop.session.process) < 32 * Self.mebibyte)
            shop.session.hangUp()
        }
        let end = try shop.exit()
        #expect([.code(0), .code(128 + SIGHUP)].contains(end))
        #expect(try kiosk.files() == [])
        #expect(try kiosk.names(of: "trouble", "what") == [])
    }

    // MARK: - Settings

    /// Every setting that the program has, and what libraries listen to: all that a client could send where somebody lets
    /// it, by `AcceptEnv *`.
    @Test func noSettingOfAClientCounts() throws {
        let home = kiosk.program.home
        let plain = try kiosk.open(columns: 80, rows: 24)
        try plain.see("of 240", "page 1")
        plain.session.send("q")
        #expect(try plain.exit() == .code(0))
        let before = try kiosk.files()
        var environment = KioskShop.overSSH
        let path = home.path("taken")
        for setting in SettingTable.all {
            // A value that would show, or leave a file.
            let values = ["on", "light", "none", "99", "http://127.0.0.1:1", "touch \(path)", path]
            let value = values.first { $0 != setting.fallbackText && setting.value(of: $0) != nil }
            for name in [setting.environmentName] + setting.alsoNamed { environment[name] = value ?? path }
        }
        for name in [
            "TERMINFO", "TERMINFO_DIRS", "TZDIR", "LOCPATH", "SQLITE_TMPDIR", "OPENSSL_CONF",
            "XDG_RUNTIME_DIR",
            "XDG_CACHE_HOME", "CFFIXED_USER_HOME", "ICU_DATA", "GCONV_PATH", "PAGER", "EDITOR", "SHELL",
        ] { environment[name] = path }
        for (name, value) in [
            ("LINES", "5"), ("COLUMNS", "9"), ("ESCDELAY", "9000"), ("TZ", ":/etc/passwd"), ("LC_ALL", "C"),
            ("NO_COLOR", "1"), ("COLORFGBG", "0;15"), ("TERM_PROGRAM", "ghostty"), ("WT_SESSION", "1"),
        ] { environment[name] = value }
        let shop = try kiosk.open(environment, columns: 80, rows: 24)
        try shop.see("of 240", "page 1", "け")
        #expect(!shop.session.ledger.colors.isEmpty)
        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
        #expect(try kiosk.files() == before)
    }
}

/// The same numbers for the same seed.
private struct HostileRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
