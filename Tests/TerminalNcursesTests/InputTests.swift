import PtyTesting
import Testing

/// Input on its whole way: through the line, ncurses and the decoder.
@Suite struct InputTests {
    @Test(arguments: ["xterm-256color", "tmux-256color", "screen-256color", "linux", "vt100"])
    func everyKindOfInputArrivesWhole(_ term: String) throws {
        let session = try Probe.start(term: term)
        let inputs: [(bytes: String, event: String)] = [
            ("\u{1b}[A", "key(TerminalKit.Key.up)"), ("\u{1b}OB", "key(TerminalKit.Key.down)"),
            ("\u{1b}OP", "key(TerminalKit.Key.function(1))"),
            ("\u{1b}[15~", "key(TerminalKit.Key.function(5))"),
            ("\u{1b}[3~", "key(TerminalKit.Key.delete)"),
            ("\u{1b}[1;5C", "key(TerminalKit.Key.controlRight)"),
            ("\u{1b}[Z", "key(TerminalKit.Key.backTab)"), ("\u{7f}", "key(TerminalKit.Key.backspace)"),
            ("\u{1b}x", "key(TerminalKit.Key.alt(\"x\"))"), ("ż", "key(TerminalKit.Key.character(\"ż\"))"),
            ("日", "key(TerminalKit.Key.character(\"日\"))"), ("\u{12}", "key(TerminalKit.Key.control(\"r\"))"),
            ("\u{1b}[200~a\rb\u{1b}[A\u{1b}[201~", "paste(\"a\\rb\\u{1B}[A\")"),
            (
                "\u{1b}[<0;10;5M",
                "mouse(TerminalKit.MouseEvent(kind: TerminalKit.MouseEvent.Kind.press, "
                    + "button: TerminalKit.MouseEvent.Button.left, position: TerminalKit.Point(x: 9, y: 4)))"
            ),
            ("\u{1b}[I", "focus(true)"), ("\r", "key(TerminalKit.Key.enter)"),
        ]
        for (bytes, event) in inputs {
            let seen = session.report.count
            session.send(bytes)
            try session.wait(for: event) { $0.report.count > seen }
            #expect(session.report[seen...] == [event], "\(bytes.debugDescription) on \(term)")
        }
        // Nothing follows it, so it is the key.
        session.send("\u{1b}")
        try session.waitForReport("key(TerminalKit.Key.escape)")
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    /// The description of the Linux console calls Ctrl-Z a key of its own.
    @Test func controlZIsTheSameKeyEverywhere() throws {
        for term in ["linux", "xterm-256color"] {
            let session = try Probe.start(term: term)
            session.send([0x1a])
            try session.waitForReport("key(TerminalKit.Key.control(\"z\"))")
            try session.waitForReport("resumed")
            session.send("q")
            #expect(try session.waitForExit() == .code(0))
        }
    }

    @Test func aSequenceInPiecesIsOneKey() throws {
        let session = try Probe.start()
        for byte in Array("é".utf8) {
            session.send([byte])
            try session.wait(for: "the line to be empty") { $0.isInputTaken }
        }
        try session.waitForReport("key(TerminalKit.Key.character(\"é\"))")
        session.send("q")
        _ = try session.waitForExit()
    }

    @Test func theMouseCanBeLeftToTheTerminal() throws {
        let session = try Probe.start()
        #expect(session.outputText.contains("\u{1b}[?1000h"))
        session.send("M")
        try session.waitForOutput("\u{1b}[?1000l")
        session.send("q")
        _ = try session.waitForExit()
        #expect(session.outputText.components(separatedBy: "\u{1b}[?1000h").count == 2)
    }
}
