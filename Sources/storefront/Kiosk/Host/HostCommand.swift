import Foundation

/// A command of the host that `kiosk setup` and `kiosk check` run and whose words they read.
struct HostCommand: Sendable {
    struct Outcome: Sendable {
        let code: Int32
        let output: String
        let errors: String

        var succeeded: Bool { code == 0 }
        /// The last thing it said, for a sentence about what went wrong.
        var complaint: String {
            (errors + output).split(whereSeparator: \.isNewline).last.map(String.init) ?? "it said nothing"
        }
    }

    let words: [String]

    init(_ words: String...) { self.words = words }

    init(_ words: [String]) { self.words = words }

    /// Where programs of the system are, also for a user whose path leaves the administrator's out.
    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The whole path of a program; nil where the host has none of this name.
    static func find(_ name: String) -> String? {
        path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Runs it to its end, with nothing on its standard input; nil when the host has no such program.
    func run() throws -> Outcome? {
        guard let program = Self.find(words[0]) ?? (words[0].hasPrefix("/") ? words[0] : nil) else {
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(words.dropFirst())
        process.environment = ["PATH": Self.path, "LC_ALL": "C.UTF-8"]
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do { try process.run() } catch {
            throw CommandFailure("\(program) cannot be started: \(error.localizedDescription)")
        }
        // Together these programs say far less than a pipe holds, so that reading one after the other is safe.
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            code: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }

    /// Runs it, for what it does.
    ///
    /// - Throws: `CommandFailure` when the host has no such program, or when it ends with another code than 0.
    func require() throws {
        guard let outcome = try run() else {
            throw CommandFailure("\(words[0]) is missing on this host; install it and try again")
        }
        guard outcome.succeeded else {
            throw CommandFailure("\(words.joined(separator: " ")) failed: \(outcome.complaint)")
        }
    }
}
