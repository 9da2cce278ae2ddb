import Foundation
import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("A store that cannot be opened keeps nothing open") struct LocalStoreTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var storePath: String { directory.file("store.db") }
    private var statePath: String { directory.file("state.db") }

    /// The files of this test's directory that this process has open. A database leaves a WAL behind unless its
    /// last connection closes it.
    private func openFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { number in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
            return target?.hasPrefix(directory.path) == true ? target : nil
        }
    }

    private func openStore() throws(StoreError) -> LocalStore {
        try LocalStore(
            path: storePath, statePath: statePath, policy: ShopPolicy(), clock: TestClock(),
            zones: TestZones(),
            ids: RandomSource())
    }

    private func storeWithoutIdentity() throws -> StoreDatabase {
        let store = try StoreDatabase.open(at: storePath, createdAs: .test())
        try store.withWriter { try $0.execute(sql: "DELETE FROM store") }
        return store
    }

    @Test func whatIsOpenedIsClosed() throws {
        try openStore().close()
        #expect(try openFiles() == [])
        #expect(try directory.names() == ["state.db", "state.db-lock", "store.db", "store.db-lock"])
    }

    @Test func aStateFileThatIsNone() async throws {
        try directory.write(Data("no database".utf8), to: "state.db")
        let fault = await storageFault { _ = try openStore() }
        #expect(fault?.kind == .notAStore)
        #expect(try openFiles() == [])
        #expect(try directory.names().allSatisfy { !$0.hasSuffix("-wal") })
    }

    @Test func aStoreWithoutItsIdentity() async throws {
        try storeWithoutIdentity().close()
        let fault = await storageFault { _ = try openStore() }
        #expect(fault?.kind == .corrupt)
        #expect(try openFiles() == [])
        #expect(try directory.names().allSatisfy { !$0.hasSuffix("-wal") })
    }

    /// What a failed start hands over stays referenced here: closing is not left to the last reference.
    @Test(arguments: [true, false]) func bothAreClosedBeforeTheErrorIsTold(opensState: Bool) async throws {
        let database = try storeWithoutIdentity()
        let state = try StateDatabase.open(at: statePath)
        let fault = await storageFault {
            _ = try LocalStore(owning: database, purpose: .till(), clock: TestClock(), zones: TestZones()) {
                () throws(StoreError) in
                guard opensState else { throw .storage(StorageErrors(path: statePath).busy) }
                return state
            }
        }
        #expect(fault?.kind == (opensState ? .corrupt : .busy))
        #expect(throws: StoreError.self) { try database.readBlocking { _ in } }
        if opensState {
            await #expect(throws: StoreError.self) { try await state.read { _ in } }
        } else {
            try state.close()
        }
    }

    @Test func aDemoStoreThatCannotBeOpenedIsRemoved() async throws {
        let place = try TemporaryStorePlace(in: directory.path)
        let database = try StoreDatabase.open(at: place.path, createdAs: .test())
        let fault = await storageFault {
            _ = try LocalStore(
                owning: database, purpose: .till(), clock: TestClock(), zones: TestZones(), temporary: place
            ) { () throws(StoreError) in throw .storage(StorageErrors(path: statePath).full) }
        }
        #expect(fault?.kind == .full)
        #expect(throws: StoreError.self) { try database.readBlocking { _ in } }
        #expect(try directory.names().isEmpty)
    }
}
