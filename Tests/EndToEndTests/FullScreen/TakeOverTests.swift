import Foundation
import Testing

/// A tester goes on by hand from a step of a tape, in a real terminal.
@Suite(
    .serialized, .enabled(if: Tmux.path != nil, "tmux is missing: apt-get install tmux"),
    .timeLimit(.minutes(20)))
struct TakeOverTests {
    private static let tape = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Tapes/practice/wrong-count.tape").path

    /// From the player into the shop, back by one step, and out: each session has a tape that names its parent.
    @Test func aTapeIsTakenOverInThePlayerAndGoneBackWith() throws {
        let program = try Program()
        let tape = program.home.path("wrong-count.tape")
        try FileManager.default.copyItem(atPath: Self.tape, toPath: tape)
        let tester = try Tmux(program, "qa", "play", tape)
        try tester.see("0/", "Enter take over")
        for step in 1...9 {
            try tester.press("Right")
            try tester.see(" \(step)/")
        }
        try tester.press("Enter")
        try tester.see("By hand from step 9 of wrong-count.tape", "rec ", "Cart empty")
        try tester.press("+")
        try tester.see("Cart 1")
        try tester.press("F12")
        try tester.see("Point at it", "Step back")
        for _ in 0..<9 { try tester.press("Down") }
        try tester.press("Enter")
        try tester.see("of wrong-count-9.tape", "Cart empty")
        try tester.press("q")
        #expect(try tester.exitCode() == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: program.home.path(""))
            .filter { $0.hasPrefix("wrong-count-") }
        #expect(names.count == 2, "\(names)")
        let branch = try String(contentsOfFile: program.home.path("wrong-count-9.tape"), encoding: .utf8)
        #expect(branch.prefix(4_000).contains(#""parent":{"name":"wrong-count.tape","step":9}"#))
    }
}
