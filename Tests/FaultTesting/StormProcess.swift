import Foundation

/// A `store-storm` program: says what it did in lines, can be killed.
public final class StormProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer = Data()

    /// Starts it and waits until it is ready to go.
    ///
    /// - Parameters:
    ///   - mode: what it storms; nil for orders.
    ///   - path: the store: a file, or the URI of a database for tills.
    public init(_ mode: String? = nil, store path: String, name: String, seed: UInt64, tries: Int) throws {
        process.executableURL = StormProcess.executable
        process.arguments = [mode].compactMap { $0 } + [path, name, String(seed), String(tries)]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        guard nextLine() == "ready" else { throw POSIXError(.ECHILD) }
    }

    public var isRunning: Bool { process.isRunning }

    public func go() throws { try input.fileHandleForWriting.write(contentsOf: Data("go\n".utf8)) }

    /// The next whole line; nil when it has ended.
    public func nextLine() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = String(decoding: buffer[buffer.startIndex..<end], as: UTF8.self)
                buffer.removeSubrange(buffer.startIndex...end)
                return line
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            buffer.append(more)
        }
    }

    /// Ends it as a power cut would, and gives the lines it had still said.
    public func kill() -> [String] {
        Foundation.kill(process.processIdentifier, SIGKILL)
        let rest = remainingLines()
        process.waitUntilExit()
        return rest
    }

    /// All lines until it ends by itself.
    public func remainingLines() -> [String] {
        var lines: [String] = []
        while let line = nextLine() { lines.append(line) }
        return lines
    }

    /// 0 when it ended well.
    public func status() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// It is built into the directory that the tests run from.
    private static var executable: URL {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        var directory = tests
        while directory.path != "/" {
            let candidate = directory.appendingPathComponent("store-storm")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            directory = directory.deletingLastPathComponent()
        }
        return tests.appendingPathComponent("store-storm")
    }
}
