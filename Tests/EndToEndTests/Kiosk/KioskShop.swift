import Foundation
import PtyTesting
import StoreSQLite
import Testing

/// A kiosk's session as sshd starts it: on a terminal of its own, with an environment that its visitor has chosen.
struct KioskShop {
    let program: Program
    let settings: String
    let log: String

    /// - Parameter settings: lines for the settings' file.
    init(_ program: Program, _ settings: String = "") throws {
        self.program = program
        log = program.home.path("log/kiosk.json")
        let sessions = program.home.path("sessions")
        for folder in [sessions, program.home.path("log"), program.home.path("tmp")] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        let text = "log: \(log)\nsessions: \(sessions)\n\(settings)\n"
        self.settings = try program.home.file("etc/kiosk.yaml", text).path
    }

    static let overSSH = ["SSH_CONNECTION": "192.0.2.7 50000 198.51.100.1 22", "SSH_TTY": "/dev/pts/9"]

    var environment: [String: String] { ["TMPDIR": program.home.path("tmp")] }

    func open(
        _ environment: [String: String] = overSSH, term: String? = "xterm-256color", columns: Int = 100,
        rows: Int = 30, keepsSlave: Bool = true
    ) throws -> PtyShop {
        try PtyShop(
            program, ["kiosk", "--settings", settings], term: term, columns: columns, rows: rows,
            environment: self.environment.merging(environment) { $1 }, keepsSlave: keepsSlave)
    }

    /// Without a terminal.
    func run(_ input: String = "", _ environment: [String: String] = overSSH) throws -> Program.Run {
        try program.run(
            "kiosk", "--settings", settings, input: input,
            environment: self.environment.merging(environment) { $1 })
    }

    /// The events in the log, in their order.
    func events() throws -> [[String: Any]] {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
        }
    }

    func names(of event: String, _ member: String) throws -> [String] {
        try events().filter { $0["event"] as? String == event }.compactMap { $0[member] as? String }
    }

    /// All files below the home, but for the settings', the log and what the sessions share.
    func files() throws -> Set<String> {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: program.home.url.path)
        return Set(
            paths.filter { path in
                var isFolder: ObjCBool = false
                let isThere = FileManager.default.fileExists(
                    atPath: program.home.path(path), isDirectory: &isFolder)
                return isThere && !isFolder.boolValue
                    && !["etc/", "log/", "sessions/"].contains(where: path.hasPrefix)
                    && !["input-", "output-", "errors-"].contains(where: path.hasPrefix)
            })
    }
}
