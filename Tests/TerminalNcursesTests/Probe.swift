import Foundation
import PtyTesting

/// The probe program, built along with the tests.
enum Probe {
    static let path: String = {
        var directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        // The test bundle lies beside the program, or some folders below it.
        for _ in 0..<6 {
            let candidate = directory.appendingPathComponent("terminal-probe").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            directory = directory.deletingLastPathComponent()
        }
        return "terminal-probe"
    }()

    /// Starts the probe and waits until its screen is up.
    static func start(
        _ arguments: [String] = [], term: String? = "xterm-256color", columns: Int = 80, rows: Int = 24,
        environment: [String: String] = [:], keepsSlave: Bool = true
    ) throws -> PtySession {
        let session = try PtySession(
            [path] + arguments, term: term, columns: columns, rows: rows, environment: environment,
            keepsSlave: keepsSlave)
        _ = try session.waitForReport(beginning: "ready")
        try session.waitForOutput("Product number \(max(0, rows - 3))")
        return session
    }
}
