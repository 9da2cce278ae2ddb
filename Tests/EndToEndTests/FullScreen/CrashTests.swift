import Foundation
import Testing

@Suite(.enabled(if: Tmux.path != nil)) struct CrashTests {
    @Test func aCrashIsReportedWithoutWhatWasTypedAndToldOnce() throws {
        let program = try Program()
        let session = try Tmux(program, "--demo", environment: ["SWIFT_BACKTRACE": "enable=no"])
        try session.see("1–")
        try session.press("/")
        try session.type("blanket")
        try session.see("blanket")
        try session.press("Enter", "F3")
        try session.see("› Cart")
        try session.crash()
        #expect(try session.exitCode() == 128 + SIGSEGV)
        let screen = try session.see("The program crashed; a report is in")
        #expect(!screen.contains("› Cart"), "the screen is left")
        let state = program.home.path("state/storefront")
        let names = try FileManager.default.contentsOfDirectory(atPath: state).filter { $0.hasSuffix(".txt") }
        #expect(names.count == 1)
        let report = try String(contentsOfFile: "\(state)/\(try #require(names.first))", encoding: .utf8)
        for line in ["ended by: SIGSEGV", "screen: ", "who: guest", "store: demo", "last: "] {
            #expect(report.contains(line), "\(report)")
        }
        #expect(report.contains(" search (typing) open openCart\n"), "\(report)")
        #expect(!report.contains("blanket"))

        for times in [1, 0] {
            let next = try Tmux(program, "--demo")
            let screen = try next.see("1–")
            #expect(screen.contains("The program crashed last time") == (times == 1), "\(screen)")
            try next.press("C-c")
            #expect(try next.exitCode() == 0)
        }
    }

    /// A flight recorder runs along in a demo, is seen there, and leaves its tape only where the session ends without a
    /// word; in a shop of one's own it runs where the setting says so.
    @Test func aDemoLeavesATapeWhereItEndsWithoutAWord() throws {
        let program = try Program()
        func tapes() -> [String] {
            let state = program.home.path("state/storefront")
            return ((try? FileManager.default.contentsOfDirectory(atPath: state)) ?? [])
                .filter { $0.hasSuffix(".tape") }
        }
        let left = try Tmux(program, "--demo")
        try left.see("1–", "\u{2022} rec")
        try left.press("C-c")
        #expect(try left.exitCode() == 0)
        #expect(tapes() == [])

        let crashed = try Tmux(program, "--demo", environment: ["SWIFT_BACKTRACE": "enable=no"])
        try crashed.see("1–")
        try crashed.press("F3")
        try crashed.see("› Cart")
        try crashed.crash()
        #expect(try crashed.exitCode() == 128 + SIGSEGV)
        let tape = try #require(tapes().first)
        #expect(try program.run("doctor").output.contains(tape))
        let played = try program.run(
            "qa", "play", "\(program.home.path("state/storefront"))/\(tape)", "--compare")
        #expect(played.code == 0, "\(played.output)\(played.errors)")

        for (setting, isRecorded) in [("demo", false), ("on", true)] {
            let own = try Tmux(program, environment: ["STOREFRONT_FLIGHT_RECORDER": setting])
            let screen = try own.see("Welcome")
            #expect(screen.contains("\u{2022} rec") == isRecorded, "\(screen)")
            try own.press("C-c")
            #expect(try own.exitCode() == 0)
            #expect(tapes().count == (isRecorded ? 2 : 1))
        }
    }

    /// With `--qa` the last of the session is on a tape that a crash leaves, and the next start says so.
    @Test func aCrashLeavesATesterTheTape() throws {
        let program = try Program()
        let session = try Tmux(program, "--qa", environment: ["SWIFT_BACKTRACE": "enable=no"])
        try session.see("1–")
        try session.press("F3")
        try session.see("› Cart")
        try session.crash()
        #expect(try session.exitCode() == 128 + SIGSEGV)
        let state = program.home.path("state/storefront")
        let names = try FileManager.default.contentsOfDirectory(atPath: state)
        let tape = try #require(names.first { $0.hasSuffix(".tape") })
        let played = try program.run("qa", "play", "\(state)/\(tape)", "--json")
        let steps = try #require(try played.json()["steps"] as? Int)
        #expect(played.code == 0 && steps > 0, "\(played.errors)")
        let next = try Tmux(program, "--demo")
        try next.see("its tape is beside the report")
        try next.press("C-c")
        #expect(try next.exitCode() == 0)
    }
}
