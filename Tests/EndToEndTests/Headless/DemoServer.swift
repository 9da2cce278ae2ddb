import Foundation
import Testing

/// The built `storefront-server`, with thirty demo products unless told otherwise, in a home of its own; gone with the
/// test.
final class DemoServer {
    let url: String
    private let home: TemporaryHome
    private let process = Process()

    init(
        _ arguments: [String] = ["--demo-products", "30", "--port", "0"], environment: [String: String] = [:]
    )
        throws
    {
        home = try TemporaryHome()
        Self.prepare(process, arguments, in: home, environment)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        var (log, port) = (Data(), Int?.none)
        while port == nil {
            let data = output.fileHandleForReading.availableData
            try #require(!data.isEmpty, "it ended: \(String(decoding: log, as: UTF8.self))")
            log.append(data)
            port = log.split(separator: 0x0A).lazy.compactMap(Self.port).first
        }
        url = "http://127.0.0.1:\(try #require(port))"
        // Nobody reads on, and nothing is to wait for that.
        output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }

    private static func prepare(
        _ process: Process, _ arguments: [String], in home: TemporaryHome, _ environment: [String: String]
    ) {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("storefront-server")
        process.arguments = arguments
        process.currentDirectoryURL = home.url
        process.environment = [
            "HOME": home.url.path, "PATH": "/usr/bin:/bin", "XDG_DATA_HOME": home.path("data"),
            "XDG_CONFIG_HOME": home.path("config"),
        ].merging(environment) { $1 }
    }

    /// Runs one of the server's commands to the end.
    ///
    /// - Returns: the exit code.
    func run(_ arguments: [String], environment: [String: String], input: String) throws -> Int32 {
        let command = Process()
        Self.prepare(command, arguments, in: home, environment)
        command.standardInput = try FileHandle(forReadingFrom: home.file("input", input))
        command.standardOutput = FileHandle.nullDevice
        try Program.finish(command)
        return command.terminationStatus
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Of the line of the log that tells that it listens.
    private static func port(_ line: Data) -> Int? {
        let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any]
        guard String(decoding: line, as: UTF8.self).contains("\"listening\"") else { return nil }
        return object?["port"] as? Int ?? (object?["port"] as? String).flatMap { Int($0) }
    }
}
