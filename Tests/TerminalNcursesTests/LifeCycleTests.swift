import Foundation
import Glibc
import PtyTesting
import Testing

/// Every way out leaves the terminal as it was: the byte log shows each mode set with its reset, and the
/// settings are the ones from before.
@Suite struct LifeCycleTests {
    enum WayOut: String, CaseIterable {
        case quit, terminate, hangUpSignal, interrupt, quitSignal, userSignal, alarm, trap
        case segmentationFault, abort, exit
        case foreignAbort, foreignSegmentationFault
    }

    @Test(arguments: WayOut.allCases)
    func leavesEverythingAsItWas(_ way: WayOut) throws {
        let session = try Probe.start()
        let before = try Self.freshSettings()
        #expect(session.settings() != before, "the screen is up in raw mode")
        Self.take(way, session)
        let exit = try session.waitForExit()
        switch way {
        case .quit, .terminate, .hangUpSignal, .interrupt, .quitSignal, .userSignal, .alarm:
            #expect(exit == .code(0))
        case .trap: #expect(exit == .signal(SIGILL) || exit == .signal(SIGTRAP))
        case .segmentationFault, .foreignSegmentationFault: #expect(exit == .signal(SIGSEGV))
        case .abort, .foreignAbort: #expect(exit == .signal(SIGABRT))
        case .exit: #expect(exit == .code(3))
        }
        #expect(session.settings() == before)
        Self.expectModesPaired(session)
    }

    static func take(_ way: WayOut, _ session: PtySession) {
        switch way {
        case .quit: session.send("q")
        case .terminate: session.signal(SIGTERM)
        case .hangUpSignal: session.signal(SIGHUP)
        case .interrupt: session.signal(SIGINT)
        case .quitSignal: session.signal(SIGQUIT)
        case .userSignal: session.signal(SIGUSR1)
        case .alarm: session.signal(SIGALRM)
        case .trap: session.send("T")
        case .segmentationFault: session.send("S")
        case .abort: session.send("A")
        case .exit: session.send("X")
        case .foreignAbort: session.signal(SIGABRT)
        case .foreignSegmentationFault: session.signal(SIGSEGV)
        }
    }

    /// What a new terminal has before anybody changed it.
    private static func freshSettings() throws -> [UInt32] {
        let idle = try PtySession(["/bin/sleep", "60"])
        return idle.settings()
    }

    /// Every mode was set, and is as it was before.
    static func expectModesPaired(
        _ session: PtySession, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let ledger = session.ledger
        #expect(ledger.leftOver == [], sourceLocation: sourceLocation)
        #expect(
            ledger.modes.keys.filter([1, 1000, 1004, 1006, 1049, 2004].contains).count == 6,
            "keypad, mouse and its form, focus, alternate screen and paste", sourceLocation: sourceLocation)
    }

    @Test func aClosedLineEndsTheProgram() throws {
        let session = try Probe.start(keepsSlave: false)
        session.hangUp()
        #expect(try session.waitForExit() == .code(0))
        #expect(session.report.contains("ended(TerminalKit.EndReason.hangup)"))
        #expect(session.report.last == "closed")
    }

    @Test func aSignalIsToldOnce() throws {
        let session = try Probe.start()
        session.signal(SIGTERM)
        _ = try session.waitForExit()
        #expect(session.report.filter { $0.hasPrefix("ended") }.count == 1)
        #expect(session.report.contains("ended(TerminalKit.EndReason.terminated(signal: 15))"))
    }

    @Test func standardErrorIsKeptOffTheScreenAndShownAfter() throws {
        let session = try Probe.start()
        session.send("Ej")
        try session.waitForReport("key(TerminalKit.Key.character(\"j\"))")
        #expect(!session.outputText.contains("a line for stderr"))
        session.send("q")
        _ = try session.waitForExit()
        let output = session.outputText
        let left = try #require(output.range(of: "\u{1b}[?1049l", options: .backwards))
        let shown = try #require(output.range(of: "a line for stderr"))
        #expect(left.upperBound <= shown.lowerBound)
    }

    @Test func aTrapTellsItsReasonAfterLeavingTheScreen() throws {
        let session = try Probe.start()
        session.send("T")
        _ = try session.waitForExit()
        let output = session.outputText
        let left = try #require(output.range(of: "\u{1b}[?1049l", options: .backwards))
        let shown = try #require(output.range(of: "a trap on purpose"))
        #expect(left.upperBound <= shown.lowerBound)
    }

    @Test func stopsAndComesBackUnderAShell() throws {
        let shell = try PtySession(["/bin/bash", "--norc", "--noprofile", "--noediting", "-i"])
        try shell.waitForOutput("$ ")
        shell.send("\(Probe.path)\n")
        _ = try shell.waitForReport(beginning: "ready")
        try shell.waitForOutput("Product number 5")
        shell.send([0x1a])
        try shell.waitForOutput("Stopped")
        LifeCycleTests.expectModesPaired(shell)
        shell.send("fg\n")
        try shell.waitForReport("resumed")
        try shell.wait(for: "the screen again") { session in
            session.outputText.components(separatedBy: "Product number 5").count > 2
        }
        shell.send("q")
        try shell.waitForReport("closed")
        shell.send("exit 7\n")
        #expect(try shell.waitForExit() == .code(7))
        LifeCycleTests.expectModesPaired(shell)
    }

    /// The shell continues what it kills; that must not stop at the terminal before it hears its end.
    @Test func killedWhileStoppedItEndsInOrder() throws {
        let shell = try PtySession(["/bin/bash", "--norc", "--noprofile", "--noediting", "-i"])
        try shell.waitForOutput("$ ")
        shell.send("\(Probe.path)\n")
        try shell.waitForOutput("Product number 5")
        shell.send([0x1a])
        try shell.waitForOutput("Stopped")
        // The shell may still take it for stopped; its `wait` then returns at once, with 148.
        shell.send("kill %1; c=148; while [ $c = 148 ]; do wait %1; c=$?; done; echo ended with $c\n")
        try shell.waitForReport("closed")
        try shell.waitForOutput("ended with 0")
        shell.send("exit 7\n")
        #expect(try shell.waitForExit() == .code(7))
        #expect(shell.report.contains("ended(TerminalKit.EndReason.terminated(signal: 15))"))
        Self.expectModesPaired(shell)
    }

    /// A pipe that nobody reads any more, and a file that may not grow, are a matter of whoever writes.
    @Test(arguments: [SIGPIPE, SIGXFSZ]) func isNotEndedByAWriteThatFails(_ signal: Int32) throws {
        let session = try Probe.start()
        session.signal(signal)
        session.send("j")
        try session.waitForReport("key(TerminalKit.Key.character(\"j\"))")
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    @Test func takesTheScreenAgainAfterAStopThatNobodyCouldCatch() throws {
        let session = try Probe.start()
        let up = session.settings()
        session.signal(SIGSTOP)
        session.signal(SIGCONT)
        try session.waitForReport("resumed")
        #expect(session.settings() == up)
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        LifeCycleTests.expectModesPaired(session)
    }

    @Test func lendsTheTerminalToOthers() throws {
        let session = try Probe.start()
        let screens = { session.outputText.components(separatedBy: "\u{1b}[?1049h").count - 1 }
        #expect(screens() == 1)
        session.send("O")
        try session.waitForReport("outside")
        try session.waitForReport("resumed")
        try session.wait(for: "the screen again") { _ in screens() == 2 }
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        LifeCycleTests.expectModesPaired(session)
    }

    @Test func anIdleScreenWritesNothing() throws {
        let session = try Probe.start()
        // A bell's worth of nothing: a picture that is the same as before.
        session.send("M")
        try session.waitForReport("key(TerminalKit.Key.character(\"M\"))")
        try session.waitForOutput("\u{1b}[?1000l")
        let before = session.output.count
        for _ in 0..<20 { session.send("z") }
        try session.wait(for: "twenty keys") { $0.report.filter { $0.contains("\"z\"") }.count == 20 }
        session.send("E")
        try session.waitForReport("key(TerminalKit.Key.character(\"E\"))")
        #expect(session.output.count == before)
    }

    /// Only the program's own thread, the screen's and the one for signals, and each of them asleep: a pool
    /// of threads would wake every second.
    @Test func anIdleProgramHasNoThreadThatWakes() throws {
        let session = try Probe.start()
        session.send("jjj")
        try session.wait(for: "three keys") { $0.report.filter { $0.contains("\"j\"") }.count == 3 }
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(session.process)/task")
        #expect(threads.count == 3)
        try session.wait(for: "sleep without an end") { _ in
            threads.allSatisfy { thread in
                let path = "/proc/\(session.process)/task/\(thread)/stat"
                let line = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
                return line.components(separatedBy: ") ").last?.hasPrefix("S") == true
            }
        }
        session.send("q")
        _ = try session.waitForExit()
    }

    @Test func movingARowWritesTwoRows() throws {
        let session = try Probe.start(columns: 120, rows: 40)
        let rowIsWrittenAgain = { (row: Int) in
            try session.wait(for: "row \(row)") {
                $0.outputText.components(separatedBy: "Product number \(row)").count > 2
            }
        }
        session.send("jjjjjjjjjj")
        try rowIsWrittenAgain(10)
        let before = session.output.count
        session.send("j")
        try rowIsWrittenAgain(11)
        let written = session.output.count - before
        #expect((1...800).contains(written), "\(written) bytes for one move")
        session.send("q")
        _ = try session.waitForExit()
    }

    @Test func aReaderThatStoppedReadingCannotKeepTheProgramAlive() throws {
        let session = try Probe.start(columns: 300, rows: 100)
        let before = try Self.freshSettings()
        // Nobody reads from here on: pictures of many kilobytes fill the line until writing blocks.
        for page in 0..<60 {
            session.send(String(repeating: page % 2 == 0 ? "\u{1b}[6~" : "\u{1b}[5~", count: 4))
        }
        session.signal(SIGTERM)
        #expect(try session.waitForExitWithoutReading() == .code(0))
        #expect(session.settings() == before)
        _ = try session.waitForExit()
        Self.expectModesPaired(session)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func survivesAnyInputAndAnySize(_ seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let session = try Probe.start()
        let deadly = Set("TSAXOq".utf8 + [0x1a])
        for _ in 0..<400 {
            let bytes = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                [0x1b, 0x5b, 0x3c, 0x4d, 0x3b, UInt8.random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            session.send(bytes.filter { !deadly.contains($0) })
            if Bool.random(using: &generator) {
                let columns = Int.random(in: 1...200, using: &generator)
                try session.resize(columns: columns, rows: Int.random(in: 1...60, using: &generator))
            }
        }
        // Ends whatever sequence the bytes began.
        try session.resize(columns: 77, rows: 11)
        try session.waitForReport("resize(77×11)")
        session.send("\u{1b}[201~")
        try session.wait(for: "the last key") { session in
            session.send("\u{18}")
            return session.report.contains("key(TerminalKit.Key.control(\"x\"))")
        }
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        Self.expectModesPaired(session)
    }
}
