import Foundation
import Testing

/// The built `storefront-server` with thirty demo products, in a home of its own; gone with the test.
final class DemoServer {
    let url: String
    private let home: TemporaryHome
    private let process = Process()

    init() throws {
        home = try TemporaryHome()
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("storefront-server")
        process.arguments = ["--demo-products", "30", "--port", "0"]
        process.currentDirectoryURL = home.url
        process.environment = [
            "HOME": home.url.path, "PATH": "/usr/bin:/bin", "XDG_DATA_HOME": home.path("data"),
            "XDG_CONFIG_HOME": home.path("config"),
        ]
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
