import Foundation
import Glibc
import PtyTesting
import Testing

/// Keys that come faster than pictures can be drawn.
@Suite(.serialized, .timeLimit(.minutes(20))) struct FloodTests {
    /// Keys of every kind that leave the shop where it is.
    private static let kinds = ["jk", "+-", "\u{1b}[B\u{1b}[A", "\u{1b}[<64;10;10M\u{1b}[<65;10;10M"]

    private static func flood(_ text: String, bytes: Int = 1 << 17) -> [UInt8] {
        Array(String(repeating: text, count: bytes / text.utf8.count).utf8)
    }

    /// A picture for each key would be a hundred times as much.
    @Test(arguments: [kinds[0], kinds[2], kinds[3]]) func isHandledBeforeOnePictureIsDrawn(_ kind: String)
        throws
    {
        let shop = try PtyShop(Program(), ["--demo"])
        try shop.see("of 240")
        shop.session.forgetOutput()
        shop.session.send(Self.flood(kind))
        shop.session.send("/")
        try shop.see("to the list")
        #expect(shop.session.output.count < 1 << 17)
        shop.session.send(PtyShop.ctrlC)
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
    }

    /// The line goes while as much as there is room for waits to be handled.
    @Test(arguments: kinds) func doesNotOutliveItsLine(_ kind: String) throws {
        let program = try Program()
        let shop = try PtyShop(
            program, ["--demo"], environment: Self.ownTemporary(program), keepsSlave: false)
        try shop.see("of 240")
        _ = shop.session.fill(Self.flood(kind))
        shop.session.hangUp()
        #expect(try shop.exit() == .code(128 + SIGHUP))
        #expect(try Self.throwAwayStores(program) == [])
    }

    enum Cut: CaseIterable { case hangUp, terminate, controlC }

    /// Ten programs compete for the processor, each with more keys than it can handle.
    @Test(arguments: Cut.allCases) func tenAtOnceAreCutShort(_ cut: Cut) throws {
        let shops = try (0..<10).map { _ in try PtyShop(Program(), ["--demo"], keepsSlave: false) }
        for shop in shops { try shop.see("of 240") }
        for (index, shop) in shops.enumerated() {
            _ = shop.session.fill(Self.flood(Self.kinds[index % 4], bytes: 1 << 19))
        }
        for shop in shops {
            switch cut {
            case .hangUp:
                shop.session.hangUp()
                #expect(try shop.exit() == .code(128 + SIGHUP))
            case .terminate:
                shop.session.signal(SIGTERM)
                #expect(try shop.exit() == .code(128 + SIGTERM))
            case .controlC:
                shop.session.send(PtyShop.ctrlC)
                // Whatever the first one asks, the second one answers.
                shop.session.send(PtyShop.ctrlC)
                #expect(try shop.exit() == .code(0))
            }
        }
    }

    /// More than a line holds comes before Ctrl-C, which therefore waits with its sender until the program has read that.
    @Test func tenAtOnceReadWhatStandsBeforeControlC() throws {
        let shops = try (0..<10).map { _ in try PtyShop(Program(), ["--demo"], keepsSlave: false) }
        for shop in shops { try shop.see("of 240") }
        for (index, shop) in shops.enumerated() {
            shop.session.send(Self.flood(Self.kinds[index % 4], bytes: 1 << 16))
            shop.session.send(PtyShop.ctrlC)
        }
        for (index, shop) in shops.enumerated() {
            // Whatever the first one asks, the second one answers.
            if Self.kinds[index % 4] == "+-" { shop.session.send(PtyShop.ctrlC) }
            #expect(try shop.exit() == .code(0))
        }
    }

    @Test(arguments: kinds) func isCutShortByControlC(_ kind: String) throws {
        let shop = try PtyShop(Program(), ["--demo"])
        try shop.see("of 240")
        shop.session.send(Self.flood(kind, bytes: 1 << 16))
        shop.session.send(PtyShop.ctrlC)
        // Whatever the first one asks, the second one answers.
        if kind == "+-" { shop.session.send(PtyShop.ctrlC) }
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
    }

    /// The kernel sends SIGHUP again when the first process of a session ends; however many come, the program
    /// puts its things away.
    @Test(arguments: [SIGHUP, SIGTERM]) func aSignalThatComesAgainEndsNothingHalfway(_ signal: Int32) throws {
        let program = try Program()
        let shop = try PtyShop(program, ["--demo"], environment: Self.ownTemporary(program))
        try shop.see("of 240")
        while shop.session.exit == nil {
            shop.session.signal(signal)
            shop.session.pump(milliseconds: 1)
        }
        #expect(try shop.exit() == .code(128 + signal))
        try shop.expectUntouched()
        #expect(try Self.throwAwayStores(program) == [])
    }

    /// It comes before there is a screen to give back.
    @Test(arguments: [SIGHUP, SIGTERM, SIGINT])
    func aSignalWhileTheStoreIsMadeLeavesNothingOfIt(_ signal: Int32) throws {
        let program = try Program()
        let shop = try PtyShop(
            program, ["--demo-products", "200000"], environment: Self.ownTemporary(program))
        try shop.session.wait(for: "a store") { _ in
            (try? Self.throwAwayStores(program))?.isEmpty == false
        }
        shop.session.signal(signal)
        #expect(try shop.exit() == .code(128 + signal))
        #expect(try Self.throwAwayStores(program) == [])
    }

    @Test func aWordInOneBurstIsTypedOnce() throws {
        let program = try Program()
        let shop = try PtyShop(program, ["--demo"])
        try shop.see("of 240")
        try shop.press("/kimchi\r", "kimchi")
        #expect(!shop.text.contains("kkimchi") && !shop.text.contains("kimchii"))
        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
    }

    /// A folder for temporary files that nobody else uses.
    private static func ownTemporary(_ program: Program) throws -> [String: String] {
        let path = program.home.path("tmp")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return ["TMPDIR": path]
    }

    private static func throwAwayStores(_ program: Program) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: program.home.path("tmp"))
            .filter { $0.contains("storefront-demo-") }
    }
}
