import Foundation
import GRDB
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite(.serialized) struct StoreDatabaseTests {
    let directory: TemporaryDirectory
    var path: String { directory.file("store.db") }

    init() throws { directory = try TemporaryDirectory() }

    private func fault(_ body: () throws -> Void) -> StorageFault? {
        do { try body() } catch StoreError.storage(let fault) { return fault } catch {
            Issue.record("\(error)")
        }
        return nil
    }

    /// What such a statement may have to bring back goes to a temporary file, from whatever size on.
    @Test(arguments: [20, 40, 300, 1_200]) func aStatementMayChangeMoreThanStaysInMemory(rows: Int) throws {
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        try store.writeBlocking { db in
            try db.execute(
                sql: """
                    CREATE TABLE large (id INTEGER PRIMARY KEY, text TEXT UNIQUE CHECK (text <> 'bad'));
                    WITH RECURSIVE number (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < ?)
                    INSERT INTO large SELECT id, hex(zeroblob(2000)) || id FROM number
                    """, arguments: [rows])
        }
        try store.writeBlocking { db in try db.execute(sql: "UPDATE large SET text = 'x' || text") }
        // It is brought back whole.
        #expect(throws: StoreError.self) {
            try store.writeBlocking { db in
                try db.execute(
                    sql: "UPDATE large SET text = CASE id WHEN ? THEN 'bad' ELSE 'y' || text END",
                    arguments: [rows])
            }
        }
        let changed = "SELECT COUNT(*) FROM large WHERE text LIKE 'x%'"
        #expect(try store.readBlocking { try Int.fetchOne($0, sql: changed) } == rows)
    }

    @Test func aNewStoreIsPrivateAndWhole() throws {
        let nested = directory.file("a/b/store.db")
        let store = try StoreDatabase.open(at: nested, createdAs: .test())
        let manager = FileManager.default
        for (file, mode) in [
            ("a", 0o700), ("a/b", 0o700), ("a/b/store.db", 0o600), ("a/b/store.db-wal", 0o600),
        ] {
            let found = try manager.attributesOfItem(atPath: directory.file(file))[.posixPermissions] as? Int
            #expect(found == mode, "\(file)")
        }
        #expect(try store.readBlocking { try $0.fetchShop() }.currency == .usd)
        #expect(
            try store.readBlocking {
                try String.fetchAll($0, sql: "SELECT id FROM payment_method ORDER BY position")
            }
                == ["cash", "card", "gift-card", "store-credit", "online"])
        #expect(try store.readBlocking { try Int.fetchOne($0, sql: "SELECT count(*) FROM discount") } == 4)
        #expect(
            try store.readBlocking { try Int.fetchOne($0, sql: "PRAGMA user_version") }
                == FileKind.store.version)
        try store.close()
        try store.close()
        #expect(
            try manager.contentsOfDirectory(atPath: directory.file("a/b")).sorted() == [
                "store.db", "store.db-lock",
            ])
    }

    @Test func everyConnectionIsSetUpForATill() throws {
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        let pragmas = ["foreign_keys": 1, "synchronous": 2]
        for (name, value) in pragmas {
            #expect(try store.withWriter { try Int.fetchOne($0, sql: "PRAGMA \(name)") } == value, "\(name)")
        }
        #expect(try store.withWriter { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        #expect(try store.withWriter { try Int.fetchOne($0, sql: "PRAGMA busy_timeout") } == 5000)
        try store.close()
    }

    @Test func aWriteIsAllOrNothing() async throws {
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        await #expect(throws: StoreError.emptyOrder) {
            try await store.write { db in
                try db.execute(sql: "DELETE FROM discount")
                throw StoreError.emptyOrder
            }
        }
        #expect(try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM discount") } == 4)
        try store.close()
    }
}
