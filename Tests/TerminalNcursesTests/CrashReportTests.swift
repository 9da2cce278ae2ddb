import Foundation
import Glibc
import PtyTesting
import Testing

/// A crash leaves a file that says what is known, and says where it is once the screen is left.
@Suite struct CrashReportTests {
    @Test(arguments: [
        (LifeCycleTests.WayOut.trap, ["SIGILL", "SIGTRAP"]), (.segmentationFault, ["SIGSEGV"]),
        (.abort, ["SIGABRT"]), (.foreignSegmentationFault, ["SIGSEGV"]),
    ])
    func tellsWhatIsKnown(way: LifeCycleTests.WayOut, signals: [String]) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "crash-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        // Its directories are made on the way.
        let path = directory.appending(path: "state/storefront/crash.txt").path
        let session = try Probe.start(["--crash-report=\(path)"])
        LifeCycleTests.take(way, session)
        guard case .signal = try session.waitForExit() else {
            Issue.record("\(way) ended as if nothing had happened")
            return
        }
        let report = try String(contentsOfFile: path, encoding: .utf8)
        let lines = report.split(separator: "\n").map(String.init)
        #expect(signals.contains { lines.first == "ended by: \($0)" }, "\(report)")
        #expect(lines.contains("notes of the probe"))
        #expect(!report.contains("old note"))
        if way == .trap { #expect(report.contains("a trap on purpose")) }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let output = session.outputText
        let left = try #require(output.range(of: "\u{1b}[?1049l", options: .backwards))
        let told = try #require(output.range(of: "The program crashed; a report is in \(path)"))
        #expect(left.upperBound <= told.lowerBound)
        LifeCycleTests.expectModesPaired(session)
    }

    @Test(arguments: [LifeCycleTests.WayOut.quit, .terminate, .exit])
    func otherWaysOutLeaveNone(way: LifeCycleTests.WayOut) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "crash-\(UUID().uuidString)")
        let path = directory.appending(path: "crash.txt").path
        let session = try Probe.start(["--crash-report=\(path)"])
        LifeCycleTests.take(way, session)
        _ = try session.waitForExit()
        #expect(!FileManager.default.fileExists(atPath: directory.path))
    }
}
