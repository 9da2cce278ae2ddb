import Foundation
import Testing

/// What a build notes of its commit, in each kind of checkout.
@Suite struct BuildFactsTests {
    private static let script = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/BuildFactsPlugin/commit.sh").path

    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "build-facts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory.appending(path: "inner"), withIntermediateDirectories: true)
    }

    @discardableResult
    private func run(_ path: String, _ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func note(_ checkout: URL, compiler: String = "swiftc") throws -> String {
        let output = directory.appending(path: "Commit.swift")
        #expect(try run("/bin/sh", Self.script, checkout.path, compiler, output.path) == 0)
        return try String(contentsOf: output, encoding: .utf8)
    }

    private func commit() throws {
        try run("/usr/bin/env", "git", "-C", directory.path, "init", "-q")
        let status = try run(
            "/usr/bin/env", "git", "-C", directory.path, "-c", "user.name=A", "-c",
            "user.email=a@example.com",
            "commit", "-q", "--allow-empty", "-m", "First")
        #expect(status == 0)
    }

    @Test func aCheckoutsCommitIsNoted() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try commit()
        let text = try note(directory)
        #expect(text.contains(/hash = "[0-9a-f]{40,64}"/), "\(text)")
        #expect(text.contains(/date = "\d{4}-\d\d-\d\d"/), "\(text)")
        #expect(text.contains(/compiler = "\d+\.\d+/), "\(text)")
        #expect(!text.contains("/\(directory.lastPathComponent)"), "no path of this machine: \(text)")
    }

    /// Unpacked somewhere in another repository, whose commit is not this program's.
    @Test func aTarballHasNone() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try commit()
        let text = try note(directory.appending(path: "inner"), compiler: "/nonexistent/swiftc")
        #expect(text.contains("hash = \"\"") && text.contains("date = \"\""), "\(text)")
        #expect(text.contains("compiler = \"\""), "\(text)")
    }

    @Test func aRepositoryWithoutACommitHasNone() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try run("/usr/bin/env", "git", "-C", directory.path, "init", "-q")
        let text = try note(directory)
        #expect(text.contains("hash = \"\""), "\(text)")
    }

    @Test func theProgramsSayIt() throws {
        let version = try Program().run("--version").output
        #expect(
            version.wholeMatch(
                of: /\d+\.\d+\.\d+ \((commit [0-9a-f]{12} of [-0-9]{10}|unknown commit), Swift .+\)\n/)
                != nil, "\(version)")
        let doctor = try Program().run("doctor").output
        let commit = try #require(version.firstMatch(of: /\((.*), Swift/)).1
        #expect(doctor.contains(commit), "\(doctor)")
    }
}
