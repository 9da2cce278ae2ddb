import Dispatch
import Foundation
import GRDB
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

@Suite("Transactions that wait at the same time", .timeLimit(.minutes(20))) struct WaitingWriteTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static let kind = FileKind(
        applicationID: 7, noun: "test file",
        migrations: [
            FileKind.Migration(name: "1") { db, _ in
                try db.execute(
                    sql: """
                        CREATE TABLE owner (id INTEGER PRIMARY KEY);
                        CREATE TABLE a (x INTEGER PRIMARY KEY,
                            owner REFERENCES owner (id) DEFERRABLE INITIALLY DEFERRED);
                        """)
            }
        ])

    private func open() throws -> StoreDatabase {
        try StoreDatabase.open(
            at: directory.file("file.db"), kind: Self.kind, mode: .existingOrNew, create: { _ in })
    }

    /// Starts tasks while the writing connection is held, and lets it go once all of them wait.
    private func together<T: Sendable>(
        on database: StoreDatabase, _ tasks: [@Sendable () async throws -> T]
    ) async -> [Result<T, any Error>] {
        let gate = DispatchSemaphore(value: 0)
        database.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
        return await withTaskGroup { group in
            for (index, task) in tasks.enumerated() {
                group.addTask {
                    do { return (index, .success(try await task())) } catch {
                        return (index, .failure(error))
                    }
                }
                // In this order.
                while database.waiting.count <= index { await Task.yield() }
            }
            gate.signal()
            var results: [Int: Result<T, any Error>] = [:]
            for await (index, result) in group { results[index] = result }
            return tasks.indices.compactMap { results[$0] }
        }
    }

    /// What one does in its part of the commit: whether it was the first, and how many rows were there before it.
    private func insert(
        _ x: Int, owner: Int? = nil, fails: Bool = false, in database: StoreDatabase
    ) -> @Sendable () async throws -> [Int] {
        {
            try await database.writeTogether { db, isFirst in
                let before = try Int.fetchOne(db, sql: "SELECT count(*) FROM a") ?? 0
                try db.execute(sql: "INSERT INTO a VALUES (?, ?)", arguments: [x, owner])
                if fails { throw StoreError.emptyOrder }
                return [isFirst ? 1 : 0, before]
            } committed: { db, _ in
                // By then it is on disk.
                if db.isInsideTransaction { Issue.record("acknowledged before the commit") }
            }
        }
    }

    @Test func oneThatFailsIsUndoneAlone() async throws {
        let database = try open()
        let results = await together(
            on: database,
            [
                insert(1, in: database), insert(2, fails: true, in: database), insert(3, in: database),
                insert(4, in: database),
            ])
        #expect(try results[0].get() == [1, 0])
        #expect(throws: StoreError.emptyOrder) { try results[1].get() }
        // What came before is there, what was undone is not.
        #expect(try results[2].get() == [0, 1])
        #expect(try results[3].get() == [0, 2])
        #expect(try database.readBlocking { try Int.fetchAll($0, sql: "SELECT x FROM a") } == [1, 3, 4])
        try database.close()
    }

    @Test func oneThatCannotBeCommittedTakesNoOtherWithIt() async throws {
        let database = try open()
        let results = await together(
            on: database,
            [insert(1, in: database), insert(2, owner: 99, in: database), insert(3, in: database)])
        // Each was by itself in the end.
        #expect(try results[0].get() == [1, 0])
        #expect(throws: StoreError.self) { try results[1].get() }
        #expect(try results[2].get() == [1, 1])
        #expect(try database.readBlocking { try Int.fetchAll($0, sql: "SELECT x FROM a") } == [1, 3])
        try database.close()
    }

    @Test func moreThanOneCommitTakesAreAllDone() async throws {
        let database = try open()
        let results = await together(on: database, (0..<40).map { insert($0, in: database) })
        let firsts = try results.map { try $0.get() }.filter { $0[0] == 1 }.map { $0[1] }
        #expect(firsts == [0, 16, 32])
        try database.close()
    }

    @Test func stockNumbersAndKeysAreExact() async throws {
        let store = try await TestStore()
        let product = try await store.services.catalog.add(
            ProductDraft(name: "Last ones", price: Money(minorUnits: 100), stock: .counted(5)),
            as: store.admin)
        let keys = ["a", "b", "c", "a", "d", "e", "f", "g"]
        let results = await together(
            on: store.database,
            keys.map { key in { try await store.place(product.id, key: key) } })
        let orders = results.compactMap { try? $0.get() }
        // Six of eight: five pieces, and one key that came twice.
        #expect(orders.count == 6)
        #expect(Set(orders.map(\.id)).count == 5)
        #expect(orders[0].id == orders[3].id)
        for result in results.suffix(2) {
            #expect(throws: StoreError.self) { _ = try result.get() }
        }
        #expect(try await store.services.catalog.product(product.id).stock == .counted(0))
        #expect(try await StoreVerifier(store.database).verify().isEmpty)
    }

    /// A policy that others of the same commit set is theirs; once it is undone, nobody has it.
    @Test func whatIsUndoneIsKnownToNobody() async throws {
        let store = try await TestStore()
        let engine = try SQLiteEngine(store.database)
        func version(_ name: String) -> PolicyVersion {
            PolicyVersion(number: 2, policy: ShopPolicy(shopName: name), at: .test, by: nil)
        }
        let (lost, kept) = (version("Lost"), version("Kept"))
        let results = await together(
            on: store.database,
            [
                { try await engine.write { try $0.policy().policy.shopName } },
                {
                    try await engine.write { tx -> String in
                        try tx.insert(lost)
                        #expect(try tx.policy() == lost)
                        throw StoreError.emptyOrder
                    }
                },
                { try await engine.write { try $0.policy().policy.shopName } },
                {
                    try await engine.write { tx in
                        try tx.insert(kept)
                        return try tx.policy().policy.shopName
                    }
                },
                { try await engine.write { try $0.policy().policy.shopName } },
            ])
        let before = try results[0].get()
        #expect(throws: StoreError.emptyOrder) { try results[1].get() }
        #expect(try results[2].get() == before)
        #expect(try results[3].get() == "Kept")
        #expect(try results[4].get() == "Kept")
        #expect(try await engine.read { try $0.policy() } == kept)
    }
}
