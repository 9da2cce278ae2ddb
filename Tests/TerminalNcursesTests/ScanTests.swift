import Testing

/// Scans on their whole way: through the line, ncurses, the decoder and the detector.
@Suite struct ScanTests {
    private func scan(_ code: String) -> String {
        "scan(TerminalKit.Scan(code: \"\(code)\", end: TerminalKit.Key.enter, passed: 0))"
    }

    @Test(arguments: ["xterm-256color", "linux"])
    func aBurstIsOneEvent(_ term: String) throws {
        let session = try Probe.start(["--scans"], term: term)
        let inputs: [(bytes: String, events: [String])] = [
            ("CS-100\r", [scan("CS-100")]), ("4006381333931\r\n", [scan("4006381333931")]),
            ("quit-A\rXS-2\r", [scan("quit-A"), scan("XS-2")]),
            ("\u{1b}[200~CS-1\r\u{1b}[201~", ["paste(\"CS-1\\r\")"]),
            ("c", ["key(TerminalKit.Key.character(\"c\"))"]),
            ("j\u{1b}[B", ["key(TerminalKit.Key.character(\"j\"))", "key(TerminalKit.Key.down)"]),
        ]
        for (bytes, events) in inputs {
            let seen = session.report.count
            session.send(bytes)
            try session.wait(for: "\(events)") { $0.report.count >= seen + events.count }
            #expect(session.report[seen...] == events[...], "\(bytes.debugDescription) on \(term)")
        }
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    @Test func withoutGatheringTheyAreKeys() throws {
        let session = try Probe.start()
        session.send("cd-1\r")
        try session.waitForReport("key(TerminalKit.Key.enter)")
        #expect(session.report.contains("key(TerminalKit.Key.character(\"c\"))"))
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }
}
