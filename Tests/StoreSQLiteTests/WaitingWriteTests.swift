import Dispatch
import FaultTesting
import Foundation
import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreService
import Synchronization
import Testing

@testable import StoreSQLite

@Suite("Transactions that wait at the same time share a commit", .timeLimit(.minutes(20)))
struct WaitingWriteTests {
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
                            owner REFERENCES owner (id) DEFERRABLE INITIALLY DEFERRED, content BLOB);
                        """)
            }
        ])

    private func open() throws -> StoreDatabase {
        try StoreDatabase.open(
            at: directory.file("file.db"), kind: Self.kind, mode: .existingOrNew, create: { _ in })
    }

    /// Starts tasks while the writing connection is held, and lets it go once all of them wait.
    private func together<T: Sendable>(
        on database: StoreDatabase, _ tasks: [@Sendable () async throws -> T],
        whileHeld: () -> Void = {}
    ) async -> [Result<T, any Error>] {
        let gate = DispatchSemaphore(value: 0)
        // Turns of before, which find nobody, are over then.
        await withCheckedContinuation { held in
            database.pool.asyncWriteWithoutTransaction { _ in
                held.resume()
                gate.wait()
            }
        }
        return await withTaskGroup(of: (Int, Result<T, any Error>).self) { group in
            for (index, task) in tasks.enumerated() {
                group.addTask {
                    do { return (index, .success(try await task())) } catch {
                        return (index, .failure(error))
                    }
                }
                // In this order.
                while database.waiting.count <= index { await Task.yield() }
            }
            whileHeld()
            gate.signal()
            var results: [Int: Result<T, any Error>] = [:]
            for await (index, result) in group { results[index] = result }
            return tasks.indices.compactMap { results[$0] }
        }
    }

    /// What one does in its part of the commit: whether it was the first, and how many rows were there before it.
    private func insert(
        _ x: Int, owner: Int? = nil, bytes: Int = 0, fails: Bool = false, in database: StoreDatabase
    ) -> @Sendable () async throws -> [Int] {
        {
            try await database.writeTogether { db, turn in
                let before = try Int.fetchOne(db, sql: "SELECT count(*) FROM a") ?? 0
                try db.execute(sql: "INSERT INTO a VALUES (?, ?, zeroblob(?))", arguments: [x, owner, bytes])
                if fails { throw StoreError.emptyOrder }
                return ([turn.seesUncommitted ? 0 : 1, before], turn.known)
            }
        }
    }

    private func rows(_ database: StoreDatabase) throws -> [Int] {
        try database.readBlocking { try Int.fetchAll($0, sql: "SELECT x FROM a ORDER BY x") }
    }

    @Test func oneThatFailsIsUndoneAlone() async throws {
        let database = try open()
        let commits = Commits()
        try commits.count(in: database)
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
        #expect(try rows(database) == [1, 3, 4])
        #expect(commits.made == 1)
        try database.close()
    }

    @Test func oneThatCouldNotBeCommittedTakesNoOtherWithIt() async throws {
        let database = try open()
        let results = await together(
            on: database,
            [insert(1, in: database), insert(2, owner: 99, in: database), insert(3, in: database)])
        #expect(try results[0].get() == [1, 0])
        #expect(throws: StoreError.self) { try results[1].get() }
        #expect(try results[2].get() == [0, 1])
        #expect(try rows(database) == [1, 3])
        try database.close()
    }

    @Test func oneForWhichTheDiskHasNoRoomTakesNoOtherWithIt() async throws {
        let database = try open()
        try database.withWriter { try $0.execute(sql: "PRAGMA max_page_count = 20") }
        let results = await together(
            on: database,
            [insert(1, in: database), insert(2, bytes: 1 << 20, in: database), insert(3, in: database)])
        #expect(try results[0].get().count == 2)
        let fault = await storageFault { _ = try results[1].get() }
        #expect(fault?.kind == .full)
        #expect(try results[2].get().count == 2)
        #expect(try rows(database) == [1, 3])
        try database.close()
    }

    /// Also one that was refused hears of it: what it was refused for may have been undone with the others.
    @Test func aCommitThatFailsFailsForAllThatShareIt() async throws {
        let database = try open()
        let commits = Commits()
        try commits.count(in: database)
        let tasks = [
            insert(1, in: database), insert(2, fails: true, in: database), insert(3, in: database),
        ]
        let results = await together(on: database, tasks) { commits.refuseNext() }
        for result in results {
            let fault = await storageFault { _ = try result.get() }
            #expect(fault?.kind == .full)
        }
        #expect(try rows(database) == [])
        // The next ones are not concerned.
        let more = await together(on: database, tasks)
        #expect(try more[0].get() == [1, 0])
        #expect(try more[2].get() == [0, 1])
        #expect(try rows(database) == [1, 3])
        try database.close()
    }

    @Test(.enabled(if: SmallDisk.isPossible)) func aFullDiskRefusesAllOrLosesNone() async throws {
        let disk = try #require(SmallDisk())
        let database = try StoreDatabase.open(
            at: disk.file("file.db"), kind: Self.kind, mode: .existingOrNew, create: { _ in })
        var there: Set<Int> = []
        for round in 0..<40 {
            if round == 20 { disk.fill() }
            if round == 30 { disk.makeRoom() }
            let tasks = (0..<6).map { insert(round * 6 + $0, bytes: 500, in: database) }
            for (index, result) in await together(on: database, tasks).enumerated() {
                switch result {
                case .success: there.insert(round * 6 + index)
                case .failure(let error):
                    let fault = await storageFault { throw error }
                    #expect(fault?.kind == .full, "round \(round)")
                }
            }
            #expect(try Set(rows(database)) == there, "round \(round)")
        }
        #expect(there.contains(0) && !there.contains(25 * 6) && there.contains(39 * 6))
        let verdict = try database.readBlocking { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        #expect(verdict == "ok")
        try database.close()
    }

    @Test func thoseWhoWaitForAnotherProgramInVainAreAllRefused() async throws {
        let database = try open()
        let other = try FileLock(path: database.path + "-lock")
        #expect(other.tryExclusive(.writing))
        let results = await together(on: database, (0..<3).map { insert($0, in: database) })
        for result in results {
            let fault = await storageFault { _ = try result.get() }
            #expect(fault?.kind == .busy)
        }
        other.release(.writing)
        #expect(try rows(database) == [])
        #expect(try await insert(7, in: database)() == [1, 0])
        try database.close()
    }

    @Test func moreThanOneCommitTakesAreAllDone() async throws {
        let database = try open()
        let results = await together(on: database, (0..<80).map { insert($0, in: database) })
        let firsts = try results.map { try $0.get() }.filter { $0[0] == 1 }.map { $0[1] }
        #expect(firsts == Array(stride(from: 0, to: 80, by: StoreDatabase.mostTogether)))
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
        #expect(try await store.violations().isEmpty)
    }

    /// A policy that others of the same commit set is theirs; once it is undone, nobody has it. Whichever engine asks: the
    /// facts are the connection's.
    @Test(arguments: [1, 2]) func whatIsUndoneIsKnownToNobody(_ count: Int) async throws {
        let store = try await TestStore()
        let engines = try (0..<count).map { _ in try SQLiteEngine(store.database) }
        func version(_ name: String) -> PolicyVersion {
            PolicyVersion(number: 2, policy: ShopPolicy(shopName: name), at: .test, by: nil)
        }
        let (lost, kept) = (version("Lost"), version("Kept"))
        // What each engine knows from a commit of its own is old by the time they share one.
        for engine in engines { _ = try await engine.write { try $0.policy().number } }
        let read: @Sendable (any StoreTransaction) throws -> String = { try $0.policy().policy.shopName }
        let parts: [@Sendable (any StoreTransaction) throws -> String] = [
            read,
            { tx in
                try tx.insert(lost)
                #expect(try tx.policy() == lost)
                throw StoreError.emptyOrder
            },
            read,
            { tx in
                try tx.insert(kept)
                return try read(tx)
            },
            read, read,
        ]
        let results = await together(
            on: store.database,
            parts.enumerated().map { index, part in
                { try await engines[index % count].write(part) }
            })
        let before = try results[0].get()
        #expect(throws: StoreError.emptyOrder) { try results[1].get() }
        #expect(try results[2].get() == before)
        for result in results[3...] { #expect(try result.get() == "Kept") }
        for engine in engines { #expect(try await engine.read { try $0.policy() } == kept) }
    }

    /// A policy that was read before a commit that failed is nobody's, and the next of its number is another.
    @Test func whatFailedToBeCommittedIsKnownToNobody() async throws {
        let store = try await TestStore()
        let engine = try SQLiteEngine(store.database)
        @Sendable func version(_ name: String) -> PolicyVersion {
            PolicyVersion(number: 2, policy: ShopPolicy(shopName: name), at: .test, by: nil)
        }
        let commits = Commits()
        try commits.count(in: store.database)
        let tasks: [@Sendable () async throws -> Void] = [
            { try await engine.write { try $0.insert(version("Lost")) } },
            {
                let name = try await engine.write { try $0.policy().policy.shopName }
                #expect(name == "Lost")
            },
        ]
        let results = await together(on: store.database, tasks) { commits.refuseNext() }
        for result in results { #expect(throws: StoreError.self) { _ = try result.get() } }
        #expect(try await engine.write { try $0.policy().number } == 1)
        try await engine.write { try $0.insert(version("Kept")) }
        #expect(try await engine.write { try $0.policy().policy.shopName } == "Kept")
        #expect(try await engine.read { try $0.policy().policy.shopName } == "Kept")
    }

    /// Two shops' services on one file number their receipts and chain their journal in one commit.
    @Test func twoEnginesShareCommitsAndNumbers() async throws {
        let store = try await TestStore()
        let other = try EngineServices.over(store.database, clock: store.clock).services
        for step in 0..<4 {
            let first = try await store.place(key: "a\(step)")
            let second = try await other.orders.place(
                OrderDraft(lines: [OrderDraft.Line(productID: 2, quantity: 1)]), key: .of("b\(step)"),
                as: store.customer)
            let tasks: [@Sendable () async throws -> Order] = [
                { try await store.pay(first, key: "pa\(step)") },
                {
                    try await other.payments.pay(
                        second.id, [PaymentRequest(methodID: nil)], key: .of("pb\(step)"),
                        as: store.customer)
                },
            ]
            let paid = await together(on: store.database, tasks)
            let numbers = try paid.map { try $0.get().number?.position }
            let expected: [Int?] = [2 * step + 1, 2 * step + 2]
            #expect(numbers == expected)
        }
        #expect(try await store.violations().isEmpty)
    }

    @Test func changesAreToldAfterTheCommitAndNotWhereItFails() async throws {
        let store = try await TestStore()
        let hub = ChangeHub()
        let told = Mutex(0)
        let isCommitting = Mutex(false)
        hub.observe { _ in
            told.withLock { $0 += 1 }
            #expect(!isCommitting.withLock { $0 })
        }
        let services = EngineServices(
            core: StoreCore(
                engine: try SQLiteEngine(store.database), clock: store.clock, zones: TestZones(),
                chain: Till.standard, digest: Fingerprint.hex, changes: hub),
            hasher: PasswordHasher(cost: 4),
            cart: try SQLiteCartService(state: .inMemory(), store: "store", clock: store.clock),
            offer: .till(Till.standard), firstAccountIsAdmin: false
        ).services
        let commits = Commits { isUnderWay in isCommitting.withLock { $0 = isUnderWay } }
        try commits.count(in: store.database)
        func place(_ key: String, pieces: Int = 1) -> @Sendable () async throws -> Order {
            {
                try await services.orders.place(
                    OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: pieces)]), key: .of(key),
                    as: store.customer)
            }
        }
        let tasks = [place("a"), place("b", pieces: 1_000), place("c")]
        let failed = await together(on: store.database, tasks) { commits.refuseNext() }
        for result in failed { #expect(throws: StoreError.self) { _ = try result.get() } }
        #expect(told.withLock { $0 } == 0)
        let done = await together(on: store.database, tasks)
        #expect(done.count { (try? $0.get()) != nil } == 2)
        #expect(told.withLock { $0 } == 2)
    }

    @Test func whoIsAloneCommitsAlone() async throws {
        let database = try open()
        let commits = Commits()
        try commits.count(in: database)
        for x in 0..<5 { #expect(try await insert(x, in: database)() == [1, x]) }
        #expect(commits.made == 5)
        try database.close()
    }
}

/// Counts the commits of a writing connection, and refuses one.
private final class Commits: TransactionObserver, Sendable {
    private let state = Mutex<(made: Int, refuses: Bool)>((0, false))
    /// Is told when a commit is under way, and when that has ended.
    private let isUnderWay: @Sendable (Bool) -> Void

    init(_ isUnderWay: @escaping @Sendable (Bool) -> Void = { _ in }) { self.isUnderWay = isUnderWay }

    var made: Int { state.withLock { $0.made } }

    func count(in database: StoreDatabase) throws {
        try database.withWriter { $0.add(transactionObserver: self, extent: .databaseLifetime) }
    }

    /// As a disk that is full at the wrong moment.
    func refuseNext() { state.withLock { $0.refuses = true } }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}

    func databaseWillCommit() throws {
        isUnderWay(true)
        let refuses = state.withLock { state in
            defer { state.refuses = false }
            return state.refuses
        }
        if refuses { throw DatabaseError(resultCode: .SQLITE_FULL) }
    }

    func databaseDidCommit(_ db: Database) {
        isUnderWay(false)
        state.withLock { $0.made += 1 }
    }

    func databaseDidRollback(_ db: Database) { isUnderWay(false) }
}
