import Foundation
import GRDB
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Backups are whole, and restoring never loses a store", .serialized)
struct StoreBackupTests {
    private func fault(_ body: () throws -> Void) -> StorageFault? {
        do { try body() } catch StoreError.storage(let fault) { return fault } catch {
            Issue.record("\(error)")
        }
        return nil
    }

    private func open(_ path: String) throws -> StoreDatabase {
        try StoreDatabase.open(at: path, kind: .store, mode: .existing) { _ in }
    }

    private func orders(_ path: String) throws -> Int? {
        let store = try open(path)
        let count = try store.readBlocking { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM orders") }
        try store.close()
        return count
    }

    @Test("A backup is one private file that is a sound store")
    func backup() async throws {
        let store = try await TestStore()
        try await store.place(key: "a")
        let path = store.directory.file("backup.db")
        var last = 0.0
        try StoreBackup.write(store.database, to: path) { last = $0 }
        #expect(last == 1)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try store.directory.names().filter { $0.hasPrefix("backup") } == ["backup.db"])
        let copy = try open(path)
        #expect(try await StoreVerifier(copy).verify().isEmpty)
        #expect(try await copy.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM orders") } == 1)
        try copy.close()
    }

    @Test("A backup replaces nothing unless told, and leaves nothing behind when it fails")
    func overwrite() async throws {
        let store = try await TestStore()
        let path = store.directory.file("backup.db")
        try store.directory.write(Data("precious".utf8), to: "backup.db")
        #expect(fault { try StoreBackup.write(store.database, to: path) }?.kind == .other)
        #expect(try store.directory.bytes("backup.db") == Data("precious".utf8))
        #expect(fault { try StoreBackup.write(store.database, to: store.directory.file("no/such")) } != nil)
        #expect(try store.directory.names().allSatisfy { !$0.contains("part") })
        try StoreBackup.write(store.database, to: path, overwrite: true)
        #expect(try orders(path) == 0)
    }

    @Test("A backup taken while orders are placed is sound and holds all that came before it")
    func whileWriting() async throws {
        let store = try await TestStore()
        for number in 0..<5 { try await store.place(key: "before-\(number)") }
        let writing = Task {
            var number = 0
            while !Task.isCancelled {
                try await store.place(key: "during-\(number)")
                number += 1
                if number == 90 { break }
            }
        }
        for number in 0..<5 {
            let path = store.directory.file("backup-\(number).db")
            try StoreBackup.write(store.database, to: path)
            let copy = try open(path)
            #expect(try await StoreVerifier(copy).verify().isEmpty)
            #expect(
                try await copy.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM orders") ?? 0 } >= 5)
            try copy.close()
        }
        writing.cancel()
        try await writing.value
    }

    @Test("Restoring puts the backup in place and keeps the old store")
    func restore() async throws {
        let store = try await TestStore()
        let path = store.database.path
        let backup = store.directory.file("backup.db")
        try await store.place(key: "a")
        try StoreBackup.write(store.database, to: backup)
        try await store.place(key: "b")
        try store.database.close()

        let kept = try #require(try StoreBackup.restore(from: backup, to: path, at: .test))
        #expect(kept.hasSuffix("store.db-before-restore-2026-01-02T030405Z"))
        #expect(try orders(path) == 1)
        #expect(try orders(kept) == 2)
        let fresh = store.directory.file("elsewhere.db")
        #expect(try StoreBackup.restore(from: backup, to: fresh, at: .test) == nil)
        #expect(try orders(fresh) == 1)
    }

    @Test("What the old store's last program left in its WAL is kept with it")
    func restoreAfterCrash() async throws {
        let store = try await TestStore()
        let backup = store.directory.file("backup.db")
        try StoreBackup.write(store.database, to: backup)
        try await store.place(key: "a")
        // As after a kill: the file and its WAL, and nobody who has them open.
        for part in ["", "-wal"] {
            try store.directory.write(try store.directory.bytes("store.db" + part), to: "killed.db" + part)
        }
        let path = store.directory.file("killed.db")
        let kept = try #require(try StoreBackup.restore(from: backup, to: path, at: .test))
        #expect(try orders(kept) == 1)
        #expect(try orders(path) == 0)
    }

    @Test("A store in use is not replaced")
    func inUse() async throws {
        let store = try await TestStore()
        let backup = store.directory.file("backup.db")
        try StoreBackup.write(store.database, to: backup)
        let refusal = fault { _ = try StoreBackup.restore(from: backup, to: store.database.path, at: .test) }
        #expect(refusal?.kind == .busy)
        try await store.place(key: "a")
        #expect(try await store.violations().isEmpty)
    }

    @Test("What is no sound store is not restored, and the old one stays to the byte")
    func broken() async throws {
        let store = try await TestStore()
        for number in 0..<20 { try await store.place(key: "\(number)") }
        let good = store.directory.file("good.db")
        try StoreBackup.write(store.database, to: good)
        try store.database.close()
        let before = try store.directory.bytes("store.db")

        var bytes = try store.directory.bytes("good.db")
        for offset in 4096..<12_288 { bytes[offset] = 0xA5 }
        try store.directory.write(bytes, to: "damaged.db")
        try store.directory.write(try store.directory.bytes("good.db").prefix(40_000), to: "cut.db")
        try store.directory.write(Data("not a store".utf8), to: "text.db")
        let foreign = try DatabaseQueue(path: store.directory.file("foreign.db"))
        try await foreign.write { try $0.execute(sql: "CREATE TABLE t (a)") }
        try foreign.close()
        let newer = try DatabaseQueue(path: good)
        try await newer.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        try newer.close()

        for (name, kind) in [
            ("damaged.db", StorageFault.Kind.corrupt), ("cut.db", .corrupt), ("text.db", .notAStore),
            ("foreign.db", .notAStore), ("good.db", .newerSchema), ("missing.db", .unreadable),
            ("", .notAStore),
        ] {
            let refusal = fault {
                _ = try StoreBackup.restore(
                    from: store.directory.file(name), to: store.database.path, at: .test)
            }
            #expect(refusal?.kind == kind, "\(name): \(refusal?.sentence ?? "restored")")
            #expect(try store.directory.bytes("store.db") == before, "\(name)")
        }
        #expect(try store.directory.names().allSatisfy { !$0.contains("part") && !$0.contains("before") })
    }
}
