import Foundation
import GRDB
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Migrations", .serialized) struct MigrationTests {
    let directory: TemporaryDirectory
    var path: String { directory.file("file.db") }

    init() throws { directory = try TemporaryDirectory() }

    private static let first = FileKind.Migration(name: "1") { db, _ in
        try db.execute(sql: "CREATE TABLE a (x)")
    }

    private func kind(_ migrations: [FileKind.Migration]) -> FileKind {
        FileKind(applicationID: 7, noun: "test file", migrations: migrations)
    }

    private func open(_ kind: FileKind) throws -> StoreDatabase {
        try StoreDatabase.open(at: path, kind: kind, mode: .existingOrNew) {
            try $0.execute(sql: "INSERT INTO a VALUES ('kept')")
        }
    }

    @Test func anOldFileIsCopiedAndBroughtUpToDate() throws {
        try open(kind([Self.first])).close()
        let second = FileKind.Migration(name: "2") { db, _ in
            try db.execute(sql: "ALTER TABLE a ADD COLUMN y DEFAULT 2")
        }
        let store = try open(kind([Self.first, second]))
        #expect(try store.readBlocking { try Int.fetchOne($0, sql: "SELECT y FROM a WHERE x = 'kept'") } == 2)
        try store.close()
        #expect(try FileInspection(path: path) == .sqlite(applicationID: 7, version: 2))
        let copy = try DatabaseQueue(path: path + "-before-2")
        #expect(try copy.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
        #expect(try copy.read { try String.fetchAll($0, sql: "SELECT * FROM a") } == ["kept"])
        let mode =
            try FileManager.default.attributesOfItem(atPath: path + "-before-2")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aMigrationThatFailsChangesNothing() throws {
        try open(kind([Self.first])).close()
        let second = FileKind.Migration(name: "2") { db, _ in
            try db.execute(sql: "DELETE FROM a")
            throw StoreError.emptyOrder
        }
        #expect(throws: StoreError.emptyOrder) { _ = try open(kind([Self.first, second])) }
        let store = try open(kind([Self.first]))
        #expect(try store.readBlocking { try String.fetchAll($0, sql: "SELECT x FROM a") } == ["kept"])
        try store.close()
    }

    /// What a new store is given at once is what it would come to, migration by migration.
    @Test func aNewStoreIsWhatTheMigrationsMake() throws {
        let slow = FileKind(
            applicationID: FileKind.store.applicationID, noun: FileKind.store.noun,
            migrations: FileKind.store.migrations)
        var contents: [[String]] = []
        for (name, kind) in [("quick", FileKind.store), ("slow", slow)] {
            let store = try StoreDatabase.open(
                at: directory.file(name), kind: kind, mode: .existingOrNew, create: { _ in })
            contents.append(try store.readBlocking { try Self.content(of: $0) })
            try store.close()
        }
        #expect(contents[0] == contents[1])
        #expect(contents[0].count > 100)
    }

    /// The schema and all rows, in words.
    private static func content(of db: Database) throws -> [String] {
        let schema = try Row.fetchAll(
            db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name, type")
        let tables = schema.filter { $0["type"] == "table" }.map { $0["name"] as String }
        let rows = try tables.flatMap { table in
            // Of a role it counts what is granted, not in which order it is written.
            let rows =
                table == "role"
                ? "SELECT name, key, value FROM role, json_each(grants) ORDER BY name, key"
                : "SELECT * FROM \"\(table)\""
            return try Row.fetchAll(db, sql: rows).map { "\(table) \($0)" }
        }
        return schema.map(\.description) + rows
            + ["\(try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0)"]
    }

    /// The first schema is frozen once it is released; this tells when it is changed.
    @Test func theMigrationsAreNumbered() {
        for (index, migration) in FileKind.store.migrations.enumerated() {
            #expect(migration.name.hasPrefix("\(index + 1) "))
        }
    }
}
