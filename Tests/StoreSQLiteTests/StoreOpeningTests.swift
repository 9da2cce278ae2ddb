import Foundation
import GRDB
import StoreDomain
import StoreService
import FaultTesting
import Testing

@testable import StoreSQLite

@Suite("Opening refuses what it must and leaves it as it was", .serialized) struct StoreOpeningTests {
    let directory: TemporaryDirectory
    var path: String { directory.file("store.db") }

    init() throws { directory = try TemporaryDirectory() }

    /// Opening `path` fails with such a fault and leaves its directory with the same bytes.
    private func expectRefusal(
        _ kind: StorageFault.Kind, mode: StoreDatabase.OpenMode = .existingOrNew,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try contents()
        let fault = await storageFault(sourceLocation: sourceLocation) {
            _ = try StoreDatabase.open(at: path, mode: mode, createdAs: .test())
        }
        #expect(try contents() == before, sourceLocation: sourceLocation)
        #expect(fault?.kind == kind, sourceLocation: sourceLocation)
        #expect(fault?.sentence.contains(path) == true, sourceLocation: sourceLocation)
        #expect(fault?.sentence.hasSuffix(".") == true, sourceLocation: sourceLocation)
    }

    private func expect(
        _ kind: StorageFault.Kind, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async {
        let fault = await storageFault(sourceLocation: sourceLocation, body)
        #expect(fault?.kind == kind, sourceLocation: sourceLocation)
    }

    private func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try directory.names() where !name.hasSuffix("-lock") {
            contents[name] = (try? directory.bytes(name)) ?? Data()
        }
        return contents
    }

    @Test(arguments: ["", "x", "Hello, this is no database at all.", String(repeating: "\0", count: 9000)])
    func whatIsNotSQLite(text: String) async throws {
        try directory.write(Data(text.utf8), to: "store.db")
        try await expectRefusal(.notAStore)
        #expect(try directory.names() == ["store.db"])
    }

    @Test(arguments: ["delete", "wal"]) func anotherProgramsDatabase(journal: String) async throws {
        try makeAnotherDatabase(journal: journal)
        try await expectRefusal(.notAStore)
        #expect(try directory.names() == ["store.db"])
    }

    private func makeAnotherDatabase(journal: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = \(journal)")
            try db.execute(sql: "CREATE TABLE notes (id INTEGER); INSERT INTO notes VALUES (1)")
        }
        try queue.close()
    }

    @Test func aDirectory() async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try await expectRefusal(.notAStore)
    }

    @Test func aPathThroughAFile() async throws {
        try directory.write(Data("x".utf8), to: "store.db")
        await expect(.unreadable) {
            _ = try StoreDatabase.open(at: path + "/deeper/store.db", createdAs: .test())
        }
    }

    @Test func aMissingFileThatMustExist() async throws {
        try await expectRefusal(.unreadable, mode: .existing)
        #expect(try directory.names().isEmpty)
    }

    @Test func aNewerSchema() async throws {
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        try store.withWriter { try $0.execute(sql: "PRAGMA user_version = \(FileKind.store.version + 1)") }
        try store.close()
        try await expectRefusal(.newerSchema)
    }

    @Test func aNewerSchemaThatIsStillInTheWAL() async throws {
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        try store.withWriter { try $0.execute(sql: "PRAGMA user_version = \(FileKind.store.version + 1)") }
        let other = directory.file("other.db")
        #expect(throws: StoreError.storage(StorageErrors(path: path).newer)) {
            _ = try StoreDatabase.open(at: path, createdAs: .test())
        }
        #expect(!FileManager.default.fileExists(atPath: other))
        try store.close()
    }

    @Test func whatAKillLeftIsLookedOverAndUsed() async throws {
        try killed { _ in }
        let store = try StoreDatabase.open(at: path, mode: .existing, createdAs: .test())
        #expect(try store.readBlocking { try Int.fetchOne($0, sql: "SELECT count(*) FROM category") } == 500)
        try store.close()
    }

    @Test func whatAKillLeftDamagedIsRefused() async throws {
        try killed { data in
            for page in 2..<data.count / 4096 {
                data.replaceSubrange(page * 4096..<page * 4096 + 64, with: Data(repeating: 0xA5, count: 64))
            }
        }
        let before = try (directory.bytes("store.db"), directory.bytes("store.db-wal"))
        await expect(.corrupt) {
            _ = try StoreDatabase.open(at: path, mode: .existing, createdAs: .test())
        }
        #expect(try directory.bytes("store.db") == before.0)
        #expect(try directory.bytes("store.db-wal") == before.1)
    }

    /// Leaves at `path` what a kill leaves: a file with a WAL that nobody has open.
    private func killed(_ damage: (inout Data) -> Void) throws {
        let living = directory.file("living.db")
        let store = try StoreDatabase.open(at: living, createdAs: .test())
        try store.writeBlocking { db in
            for number in 0..<500 {
                try db.run("INSERT INTO category (name) VALUES (?)", ["Category \(number)"])
            }
        }
        var data = try directory.bytes("living.db")
        damage(&data)
        try directory.write(data, to: "store.db")
        try directory.write(try directory.bytes("living.db-wal"), to: "store.db-wal")
        try store.close()
    }

    @Test func aDraftThatACrashLeftIsInNobodysWay() async throws {
        try directory.write(Data("half a file".utf8), to: "store.db-new")
        try StoreDatabase.open(at: path, createdAs: .test()).close()
        #expect(try directory.names() == ["store.db", "store.db-lock"])
    }

    @Test func manyWhoMakeItAtOnceMakeOne() async throws {
        let path = path
        let uuids = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let seed = StoreSeed(policy: ShopPolicy(), uuid: "store \(number)", now: .test)
                    let store = try StoreDatabase.open(at: path, createdAs: seed)
                    defer { try? store.close() }
                    return try store.readBlocking { try $0.fetchShop().uuid }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(uuids.count == 1)
    }

    // MARK: - Disks

    @Test(.enabled(if: SmallDisk.isPossible)) func aFullDiskHasNoRoomForANewStore() async throws {
        let disk = try #require(SmallDisk())
        disk.fill()
        await expect(.full) {
            _ = try StoreDatabase.open(at: disk.file("store.db"), createdAs: .test())
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: disk.path).filter { !$0.hasSuffix("-lock") }
                == ["ballast"])
    }

    @Test(.enabled(if: SmallDisk.isPossible)) func aDiskThatFillsUpRefusesWritingOnly() async throws {
        let disk = try #require(SmallDisk())
        let store = try StoreDatabase.open(at: disk.file("store.db"), createdAs: .test())
        _ = try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM discount") }
        disk.fill()
        let tooMuch: @Sendable (Database) throws -> Void = { db in
            try db.run("INSERT INTO category (name) VALUES (?)", [String(repeating: "x", count: 900_000)])
        }
        await expect(.full) {
            try await store.write(tooMuch)
        }
        #expect(try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM discount") } == 4)
        disk.makeRoom()
        try await store.write { try $0.run("INSERT INTO category (name) VALUES ('fits')") }
        #expect(
            try await store.read { try String.fetchAll($0, sql: "SELECT name FROM category") } == ["fits"])
        try store.close()
    }

    @Test(.enabled(if: SmallDisk.isPossible)) func aReadOnlyDiskIsGoodForBrowsing() async throws {
        let disk = try #require(SmallDisk())
        let path = disk.file("store ?#%.db")
        try StoreDatabase.open(at: path, createdAs: .test()).close()
        try #require(disk.makeReadOnly())
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        #expect(store.isReadOnly)
        #expect(try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM discount") } == 4)
        await expect(.readOnly) {
            try await store.write { try $0.run("DELETE FROM discount") }
        }
        try store.close()
        await expect(.readOnly) {
            _ = try StoreDatabase.open(at: disk.file("new.db"), createdAs: .test())
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible)) func anOlderStoreOnAReadOnlyDiskIsRefused() async throws {
        let disk = try #require(SmallDisk())
        let path = disk.file("store.db")
        let older = FileKind(
            applicationID: FileKind.store.applicationID, noun: FileKind.store.noun,
            migrations: Array(FileKind.store.migrations.dropLast()))
        try StoreDatabase.open(at: path, kind: older, mode: .existingOrNew) { _ in }.close()
        try #require(disk.makeReadOnly())
        await expect(.readOnly) { _ = try StoreDatabase.open(at: path, createdAs: .test()) }
    }
}
