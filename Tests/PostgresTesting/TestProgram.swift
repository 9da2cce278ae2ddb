import Foundation
import Synchronization

/// A program that tests run beside themselves, under a shell script that ends when this process does, however that
/// ends.
final class TestProgram: Sendable {
    private let process: Process
    /// Closing it ends the program; the kernel does so when this process is gone.
    private let lifeline = Pipe()
    private let said = Pipe()
    private let name: String

    /// Returns when the script has said `ready`.
    init(_ path: String, _ arguments: [String], named name: String) throws {
        self.name = name
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = lifeline
        process.standardOutput = said
        process.standardError = FileHandle(forWritingAtPath: "/dev/null")
        self.process = process
        try process.run()
        try listen()
    }

    /// A new folder below /tmp, whose paths are short enough for sockets.
    static func makeDirectory(_ kind: String) throws -> String {
        var template = Array("/tmp/storefront-\(kind)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw PostgresCluster.Failure(description: "/tmp cannot be written")
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Has the script do something, and waits until it is done.
    func tell(_ line: String) throws {
        try lifeline.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
        try listen()
    }

    private func listen() throws {
        let words = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
        guard words.hasPrefix("ready") else {
            throw PostgresCluster.Failure(
                description: "\(name) does not start; does .ci/setup say it is there? \(words)")
        }
    }

    func stop() {
        try? lifeline.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
