import Glibc
import PtyTesting
import Testing

/// More keys than a program can handle: the sender waits, and what ends the program does not.
@Suite struct FloodTests {
    private static let flood = [UInt8](repeating: UInt8(ascii: "z"), count: 1 << 22)

    enum End: String, CaseIterable { case closedLine, terminate }

    /// The program handles nothing at all here.
    @Test(arguments: End.allCases) func theSenderWaitsAndTheEndDoesNot(_ end: End) throws {
        let session = try Probe.start(["--held"], keepsSlave: false)
        let taken = session.fill(Self.flood)
        #expect(taken < Self.flood.count, "the whole flood went into the program")
        switch end {
        case .closedLine:
            session.hangUp()
            #expect(try session.waitForExit() == .code(0))
            #expect(session.report.contains("ended(TerminalKit.EndReason.hangup)"))
        case .terminate:
            session.signal(SIGTERM)
            #expect(try session.waitForExit() == .code(0))
        }
        #expect(!session.report.contains { $0.contains("\"z\"") })
    }

    /// What the program and the kernel keep together is read while nothing is handled.
    @Test(arguments: [70_000, 1 << 20]) func controlCIsHeardBehindAFullKernel(_ bytes: Int) throws {
        let session = try Probe.start(["--held"])
        session.send([UInt8](repeating: UInt8(ascii: "z"), count: bytes))
        session.send([0x03])
        try session.waitForReport("key(TerminalKit.Key.control(\"c\"))")
        #expect(!session.report.contains { $0.contains("\"z\"") })
        session.signal(SIGTERM)
        #expect(try session.waitForExit() == .code(0))
        LifeCycleTests.expectModesPaired(session)
    }

    /// What was typed is forgotten in every form: as events, as bytes that were read, and in the kernel. Half a paste stays
    /// the beginning of one.
    @Test func whatWasTypedIsForgottenInEveryForm() throws {
        let session = try Probe.start(["--held", "--drops"])
        session.send([UInt8](repeating: UInt8(ascii: "z"), count: 300_000))
        session.send("\u{1b}[200~zz")
        try session.wait(for: "all to be read") { $0.isInputTaken }
        session.signal(SIGUSR1)
        try session.waitForReport("dropped")
        session.send("zz\rz\u{1b}[201~y")
        try session.waitForReport("key(TerminalKit.Key.character(\"y\"))")
        #expect(!session.report.contains { $0.contains("key") && $0.contains("\"z\"") })
        #expect(!session.report.contains { $0.contains("Key.enter") })
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    /// A window may claim any size; a picture of it need not fit into memory.
    @Test(arguments: [(65_535, 65_535), (1, 65_535), (65_535, 1)])
    func aWindowThatClaimsTooMuchIsUsedInPart(_ columns: Int, _ rows: Int) throws {
        let session = try PtySession([Probe.path], columns: columns, rows: rows)
        let size = "\(min(columns, 500))×\(min(rows, 200))"
        #expect(try session.waitForReport(beginning: "ready").hasPrefix("ready \(size) "))
        try session.resize(columns: 60, rows: 20)
        try session.waitForReport("resize(60×20)")
        try session.resize(columns: columns, rows: rows)
        try session.waitForReport("resize(\(size))")
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }
}
