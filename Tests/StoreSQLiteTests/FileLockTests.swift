import Foundation
import GRDB
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Locks between programs", .serialized) struct FileLockTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func oneHoldsOthersWait() throws {
        let (first, second) = try (FileLock(path: directory.file("l")), FileLock(path: directory.file("l")))
        #expect(first.acquire(.writing, waitingUpTo: 0))
        #expect(!second.acquire(.writing, waitingUpTo: 0.01))
        #expect(second.acquire(.presence, waitingUpTo: 0))
        first.release(.writing)
        #expect(second.acquire(.writing, waitingUpTo: 0))
    }

    @Test func manyShareUntilOneWantsItAlone() throws {
        let (first, second) = try (FileLock(path: directory.file("l")), FileLock(path: directory.file("l")))
        first.share(.presence)
        second.share(.presence)
        #expect(!first.tryExclusive(.presence))
        second.release(.presence)
        #expect(first.tryExclusive(.presence))
    }

    @Test func whoHoldsItTooLongIsReportedAsBusy() async throws {
        let path = directory.file("store.db")
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        let other = try FileLock(path: path + "-lock")
        #expect(other.tryExclusive(.writing))
        await #expect(throws: StoreError.storage(StorageErrors(path: path).busy)) {
            try await store.write { try $0.execute(sql: "DELETE FROM discount") }
        }
        #expect(try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM discount") } == 4)
        other.release(.writing)
        try await store.write { try $0.execute(sql: "DELETE FROM discount") }
        try store.close()
    }

    @Test func twoStoresOfOneFileWriteInTurn() async throws {
        let path = directory.file("store.db")
        let stores = try (0..<4).map { _ in try StoreDatabase.open(at: path, createdAs: .test()) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores {
                group.addTask {
                    for _ in 0..<50 {
                        try await store.write { db in
                            let uses =
                                try db.value(Int.self, "SELECT times_used FROM discount WHERE code = 'FLAT5'")
                                ?? 0
                            try db.run("UPDATE discount SET times_used = ? WHERE code = 'FLAT5'", [uses + 1])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let uses = try await stores[0].read {
            try Int.fetchOne($0, sql: "SELECT times_used FROM discount WHERE code = 'FLAT5'")
        }
        #expect(uses == 200)
        for store in stores { try store.close() }
        #expect(try directory.names() == ["store.db", "store.db-lock"])
    }
}
