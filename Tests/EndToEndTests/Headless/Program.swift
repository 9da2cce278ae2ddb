import Foundation
import Testing

/// The built program, run as a child in a home of its own.
struct Program {
    struct Run: Sendable {
        let code: Int32
        let output: String
        let errors: String

        /// The lines of standard error.
        var complaints: [String] { errors.split(separator: "\n").map(String.init) }

        func json() throws -> [String: Any] {
            let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
            return try #require(object as? [String: Any])
        }
    }

    /// Ends with the test that made it.
    let home: TemporaryHome

    init() throws { home = try TemporaryHome() }

    var storePath: String { home.path("data/storefront/store.db") }

    /// Runs to the end; one that takes longer than a minute is killed and fails the test.
    @discardableResult
    func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:],
        output: FileHandle? = nil
    ) throws -> Run {
        try run(arguments, input: input, environment: environment, output: output)
    }

    @discardableResult
    func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        output: FileHandle? = nil
    ) throws -> Run {
        let inputFile = try home.file("input-\(UUID().uuidString)", input)
        let outputFile = try home.file("output-\(UUID().uuidString)", "")
        let errorFile = try home.file("errors-\(UUID().uuidString)", "")
        let process = try process(arguments, environment: environment)
        let ends = [
            try FileHandle(forReadingFrom: inputFile), try output ?? FileHandle(forWritingTo: outputFile),
            try FileHandle(forWritingTo: errorFile),
        ]
        (process.standardInput, process.standardOutput, process.standardError) = (ends[0], ends[1], ends[2])
        try Self.finish(process, closing: ends)
        return Run(
            code: process.terminationStatus, output: try String(contentsOf: outputFile, encoding: .utf8),
            errors: try String(contentsOf: errorFile, encoding: .utf8))
    }

    /// A child that is not started yet.
    func process(_ arguments: [String], environment: [String: String] = [:]) throws -> Process {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = home.url
        process.environment = [
            "HOME": home.url.path, "XDG_CONFIG_HOME": home.path("config"), "XDG_DATA_HOME": home.path("data"),
            "XDG_STATE_HOME": home.path("state"), "PATH": "/usr/bin:/bin", "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "TZ": "UTC",
        ].merging(environment) { $1 }
        return process
    }

    /// Runs a process to its end.
    ///
    /// - Parameter ends: what it reads and writes, closed here: Foundation keeps a process that has ended, and what it
    ///   was given, and cannot start another one beyond some thousand open files.
    static func finish(_ process: Process, closing ends: [FileHandle] = []) throws {
        defer { for end in ends { try? end.close() } }
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        if ended.wait(timeout: .now() + 60) == .timedOut {
            process.terminate()
            Issue.record("\(process.arguments ?? []) did not end within a minute")
            ended.wait()
        }
    }

    /// It lies beside the test bundle.
    static func executable() throws -> URL {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let program = tests.deletingLastPathComponent().appendingPathComponent("storefront")
        try #require(
            FileManager.default.isExecutableFile(atPath: program.path), "\(program.path) is not built")
        return program
    }
}

/// A directory that is gone when nobody needs it any more.
final class TemporaryHome: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("storefront-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    @discardableResult
    func file(_ name: String, _ text: String) throws -> URL { try file(name, Data(text.utf8)) }

    @discardableResult
    func file(_ name: String, _ data: Data) throws -> URL {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
