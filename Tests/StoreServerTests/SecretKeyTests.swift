import Foundation
import StoreDomain
import FaultTesting
import StoreContracts
import Testing

@testable import ProgramKit
@testable import storefront_server

/// Where the key comes from that access tokens are signed with, and who may read it.
@Suite(.serialized) struct SecretKeyTests {
    private let home: TemporaryDirectory
    private let ids = CountingIDs()

    init() throws { home = try TemporaryDirectory() }

    private var store: String { home.file("store.db") }
    private var file: String { home.file("store.db-secret") }

    /// The settings with these set on the command line and nothing anywhere else.
    private func settings(_ flags: [String: String]) async throws -> Settings {
        try await Settings.load(
            ServerSettings.all, flags: flags.mapValues { FoundSetting(text: $0, source: "test") },
            in: Places(environment: ["HOME": home.path]))
    }

    private func key(_ flags: [String: String] = [:], besides path: String?) async throws -> String {
        try SecretKey.resolve(await settings(flags), besides: path, ids: ids).revealed
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: home.path) }

    private func write(_ text: String, mode: mode_t = 0o600) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try #require(chmod(file, mode) == 0)
    }

    /// The file is refused, and stays as it is.
    private func expectRefusal(_ words: String, sourceLocation: SourceLocation = #_sourceLocation)
        async throws
    {
        let before = try? Data(contentsOf: URL(fileURLWithPath: file))
        let failure = await #expect(throws: ProgramFailure.self, sourceLocation: sourceLocation) {
            try await key(besides: store)
        }
        #expect(failure?.description.contains(file) == true, sourceLocation: sourceLocation)
        #expect(failure?.description.contains(words) == true, sourceLocation: sourceLocation)
        #expect((try? Data(contentsOf: URL(fileURLWithPath: file))) == before, sourceLocation: sourceLocation)
    }

    // MARK: - Which key

    @Test(arguments: ServerEnvironment.allCases) func aKeyThatIsSetCounts(_ environment: ServerEnvironment)
        async throws
    {
        let set = String(repeating: "s", count: ServerSettings.minimumSecretBytes)
        try write(String(repeating: "k", count: 64))
        let used = try await key(["secret.key": set, "env": environment.rawValue], besides: store)
        #expect(used == set)
        #expect(try names() == ["store.db-secret"])
    }

    @Test func productionMakesNone() async throws {
        try write(String(repeating: "k", count: 64))
        for path in [store, nil] {
            let failure = await #expect(throws: ProgramFailure.self) {
                try await key(["env": "production"], besides: path)
            }
            #expect(failure?.description.contains("SECRET_KEY") == true)
        }
    }

    @Test(arguments: ["development", "testing"]) func elsewhereOneIsMadeAndKept(_ environment: String)
        async throws
    {
        let made = try await key(["env": environment], besides: store)
        #expect(try names() == ["store.db-secret"])
        #expect(try String(contentsOfFile: file, encoding: .utf8) == made)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // The ids go on counting: a key that is made again is another one.
        #expect(try await key(["env": environment], besides: store) == made)
        #expect(try await key(["env": environment], besides: home.file("other.db")) != made)
    }

    @Test func aMadeKeyIsTwoIdsLong() async throws {
        let other = CountingIDs()
        let expected = other.idempotencyKey().text + other.idempotencyKey().text
        #expect(try await key(besides: nil) == expected)
        #expect(expected.utf8.count >= 2 * ServerSettings.minimumSecretBytes)
    }

    @Test func withoutAStoreFileNothingIsKept() async throws {
        let first = try await key(besides: nil)
        #expect(try await key(besides: nil) != first)
        #expect(try names().isEmpty)
    }

    @Test func serversThatStartAtOnceUseOneKey() async throws {
        let settings = try await settings([:])
        for round in 0..<20 {
            let path = home.file("store-\(round).db")
            let keys = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try SecretKey.resolve(settings, besides: path, ids: ids).revealed
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(keys.count == 1)
        }
        #expect(try names().allSatisfy { $0.hasSuffix("-secret") })
    }

    // MARK: - What is refused

    @Test(arguments: [0o640, 0o620, 0o610, 0o604, 0o602, 0o601] as [mode_t])
    func aFileThatOthersCanUse(_ mode: mode_t) async throws {
        try write(String(repeating: "k", count: 64), mode: mode)
        try await expectRefusal("private")
    }

    @Test(arguments: [0, 1, ServerSettings.minimumSecretBytes - 1]) func aFileThatIsTooShort(_ length: Int)
        async throws
    {
        try write(String(repeating: "k", count: length))
        try await expectRefusal("no secret key")
    }

    @Test func aFileThatIsJustLongEnough() async throws {
        let kept = String(repeating: "k", count: ServerSettings.minimumSecretBytes)
        try write(kept)
        #expect(try await key(besides: store) == kept)
    }

    @Test func aLinkToAnotherFile() async throws {
        let target = home.file("target")
        try write(String(repeating: "k", count: 64))
        try FileManager.default.moveItem(atPath: file, toPath: target)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: target)
        try await expectRefusal("cannot be read")
        // Nor is one followed that leads nowhere yet.
        try FileManager.default.removeItem(atPath: target)
        try await expectRefusal("cannot be read")
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test func aDirectoryThatIsMissing() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await key(besides: home.file("missing/store.db"))
        }
        #expect(failure?.description.contains("cannot be made") == true)
    }

    @Test(.enabled(if: SmallDisk.isPossible)) func aFullDiskKeepsNoHalfKey() async throws {
        let disk = try #require(SmallDisk())
        disk.fill()
        let failure = await #expect(throws: ProgramFailure.self) {
            try await key(besides: disk.file("store.db"))
        }
        #expect(failure?.description.contains("cannot be written") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["ballast"])
        disk.makeRoom()
        let made = try await key(besides: disk.file("store.db"))
        #expect(try String(contentsOfFile: disk.file("store.db-secret"), encoding: .utf8) == made)
    }
}
