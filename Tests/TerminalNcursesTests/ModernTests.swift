import Glibc
import PtyTesting
import TerminalKit
import Testing

@testable import TerminalNcurses

/// What good terminals offer: used where it is known, put back at every way out, and never sent to others.
@Suite struct ModernTests {
    private static let set = "\u{1b}[22;2t\u{1b}]2;the probe\u{1b}\\"

    @Test(arguments: [LifeCycleTests.WayOut.quit, .terminate, .trap, .exit])
    func theTitleIsPutBack(_ way: LifeCycleTests.WayOut) throws {
        let session = try Probe.start()
        session.send("WW")
        try session.waitForOutput(Self.set)
        LifeCycleTests.take(way, session)
        _ = try session.waitForExit()
        #expect(session.outputText.components(separatedBy: "\u{1b}[22;2t").count == 2)
        LifeCycleTests.expectModesPaired(session)
    }

    @Test func theTitleIsSetAgainAfterAStop() throws {
        let session = try Probe.start()
        session.send("W")
        try session.waitForOutput(Self.set)
        session.send("O")
        try session.waitForReport("resumed")
        session.send("q")
        _ = try session.waitForExit()
        #expect(session.outputText.components(separatedBy: Self.set).count == 3)
        LifeCycleTests.expectModesPaired(session)
    }

    @Test func framesAreMarkedOnceTheTerminalSaysThatItKnowsThem() throws {
        let session = try Probe.start()
        #expect(session.outputText.contains("\u{1b}[?2026$p"))
        #expect(!session.outputText.contains("\u{1b}[?2026h"))
        session.send("\u{1b}[?2026;2$yjjj")
        try session.waitForOutput("\u{1b}[?2026l")
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        let keys = session.report.filter { $0.hasPrefix("key(") }
        #expect(keys.count == 4, "the answer is no key: \(keys)")
        #expect(session.ledger.modes[2026] == false)
        LifeCycleTests.expectModesPaired(session)
    }

    @Test(arguments: ["\u{1b}[?2026;0$y", "\u{1b}[?2026;4$y", "\u{1b}[?2027;1$y", "\u{1b}[?2026$y", ""])
    func otherAnswersAndNoneLeaveFramesAlone(_ answer: String) throws {
        let session = try Probe.start()
        session.send(answer + "jjj")
        try session.wait(for: "three keys") { $0.report.filter { $0.contains("\"j\"") }.count == 3 }
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        #expect(session.ledger.modes[2026] == nil)
        #expect(session.report.filter { $0.hasPrefix("key(") }.count == 4)
    }

    /// However slow the line is between its bytes.
    @Test func aLateAnswerIsNeverKeys() {
        let answer = Array("\u{1b}[?2026;2$y".utf8)
        for cut in 3..<answer.count {
            var decoder = KeyDecoder()
            var events: [TerminalEvent] = []
            for byte in answer[..<cut] { decoder.feed(byte: byte, into: &events) }
            // The thread asks this before it gives up waiting.
            #expect(!decoder.isPending)
            for byte in answer[cut...] { decoder.feed(byte: byte, into: &events) }
            #expect(events == [] && decoder.takeAnswers() == [ModeAnswer(Array("?2026;2$y".utf8))])
            #expect(decoder.takeAnswers() == [])
        }
    }

    @Test(
        arguments: [
            ([:], "\u{1b}]52;c;cHJvYmU=\u{7}"),
            (
                ["TMUX": "/tmp/x,1,0"],
                "\u{1b}]52;c;cHJvYmU=\u{7}\u{1b}Ptmux;\u{1b}\u{1b}]52;c;cHJvYmU=\u{7}\u{1b}\\"
            ),
        ] as [([String: String], String)])
    func copies(_ environment: [String: String], _ sequence: String) throws {
        let session = try Probe.start(environment: environment)
        session.send("C")
        try session.waitForReport("copied true")
        try session.waitForOutput(sequence)
        session.send("q")
        _ = try session.waitForExit()
        LifeCycleTests.expectModesPaired(session)
    }

    @Test func progressIsShownWhereTheTerminalTellsOfIt() throws {
        let session = try Probe.start(environment: ["WT_SESSION": "1"])
        session.send("jjP")
        try session.waitForOutput("\u{1b}]9;4;1;2\u{1b}\\")
        session.signal(SIGTERM)
        _ = try session.waitForExit()
        #expect(session.outputText.contains("\u{1b}]9;4;0\u{1b}\\"))
    }

    /// The cells of the picture, once more, with cursor and colours put back; where only ncurses' own picture is known
    /// to be right, nothing.
    @Test(arguments: [["WT_SESSION": "1"], ["VTE_VERSION": "7200"], [:]])
    func filesAreLinkedWhereTheTerminalOpensThem(
        _ environment: [String: String]
    ) throws {
        let session = try Probe.start(environment: environment)
        session.send("L")
        try session.waitForReport("key(TerminalKit.Key.character(\"L\"))")
        session.send("j")
        try session.waitForReport("key(TerminalKit.Key.character(\"j\"))")
        session.send("q")
        _ = try session.waitForExit()
        let output = session.outputText
        guard !environment.isEmpty else {
            #expect(!output.contains("\u{1b}]8;"))
            return
        }
        let begin = try #require(output.range(of: "\u{1b}7\u{1b}[1;2H\u{1b}]8;;file://"))
        let rest = output[begin.upperBound...]
        let end = try #require(rest.range(of: "\u{1b}]8;;\u{1b}\\\u{1b}8"))
        #expect(rest[..<end.lowerBound].contains("/tmp/a%20receipt%20%C3%A9.txt\u{1b}\\"))
        #expect(rest[..<end.lowerBound].hasSuffix("probe\u{1b}[0m"))
        LifeCycleTests.expectModesPaired(session)
    }

    /// Not a byte of any of it; those who cannot would print it.
    @Test(arguments: ["vt100", "linux"]) func othersGetNothing(_ term: String) throws {
        let session = try Probe.start(term: term)
        session.send("WCPLj")
        try session.waitForReport("key(TerminalKit.Key.character(\"j\"))")
        session.send("q")
        _ = try session.waitForExit()
        #expect(session.report.contains("copied false"))
        for sequence in ["\u{1b}]", "\u{1b}P", "$p", "\u{1b}[22;2t", "?2026", "?1004", "?2004"] {
            #expect(!session.outputText.contains(sequence), "\(sequence.debugDescription) on \(term)")
        }
    }

    @Test func base64() {
        #expect(
            ["", "f", "fo", "foo", "foob", "é"].map { Base64.text(Array($0.utf8)) }
                == ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "w6k="])
    }
}
