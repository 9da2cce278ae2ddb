import Foundation
import GRDB
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

/// A store that is opened to look at it is left as it is, and so is its directory.
@Suite(.serialized) struct ReadOnlyOpeningTests {
    private func contents(_ directory: TemporaryDirectory) throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try directory.names() { contents[name] = try directory.bytes(name) }
        return contents
    }

    private func open(_ directory: TemporaryDirectory) throws -> StoreDatabase {
        try StoreDatabase.open(at: directory.file("store.db"), mode: .readOnly, createdAs: .test())
    }

    @Test func readsAndSignsInWithoutWriting() async throws {
        let store = try await TestStore()
        try store.database.close()
        let before = try contents(store.directory)
        let database = try open(store.directory)
        let services = try EngineServices.over(database, clock: store.clock).services
        #expect(database.isReadOnly)
        #expect(try await services.catalog.page(ProductQuery(), at: .first, perPage: 5).products.count == 3)
        let session = try await services.auth.signIn(
            email: "admin@example.com", password: Secret("storefront-demo"))
        #expect(session.user.role == .admin)
        await #expect(throws: StoreError.wrongCredentials) {
            try await services.auth.signIn(email: "admin@example.com", password: Secret("another-one"))
        }
        let fault = await storageFault {
            _ = try await services.catalog.add(
                ProductDraft(name: "x", price: Money(minorUnits: 1)), as: .operatorOfStore)
        }
        #expect(fault?.kind == .readOnly)
        try database.close()
        #expect(try contents(store.directory) == before)
    }

    @Test func makesNoStore() async throws {
        let directory = try TemporaryDirectory()
        let fault = await storageFault { _ = try open(directory) }
        #expect(fault?.kind == .unreadable)
        #expect(try directory.names() == [])
    }

    @Test func anOlderStoreIsNotMigrated() async throws {
        let directory = try TemporaryDirectory()
        let older = FileKind(
            applicationID: FileKind.store.applicationID, noun: FileKind.store.noun,
            migrations: Array(FileKind.store.migrations.dropLast()))
        try StoreDatabase.open(at: directory.file("store.db"), kind: older, mode: .existingOrNew) { _ in }
            .close()
        let before = try contents(directory)
        let fault = await storageFault { _ = try open(directory) }
        #expect(fault?.kind == .readOnly)
        #expect(try contents(directory) == before)
    }

    /// Beside a till that sells, it sees what that writes, and writes nothing itself.
    @Test func followsAProgramThatWrites() async throws {
        let store = try await TestStore()
        let reading = try open(store.directory)
        let names = try store.directory.names()
        try await store.database.write { try $0.execute(sql: "UPDATE product SET stock = 7 WHERE id = 1") }
        let stock = try await reading.read {
            try Int.fetchOne($0, sql: "SELECT stock FROM product WHERE id = 1")
        }
        #expect(stock == 7)
        #expect(try store.directory.names() == names)
        try reading.close()
        try store.database.close()
    }

    /// What it was told not to look at again has changed: that is said, and nothing half-read is shown.
    @Test func saysThatTheFileWasChangedMeanwhile() async throws {
        let store = try await TestStore()
        try store.database.close()
        let reading = try open(store.directory)
        let writing = try StoreDatabase.open(at: store.directory.file("store.db"), createdAs: .test())
        try await writing.write { try $0.execute(sql: "UPDATE product SET stock = 7 WHERE id = 1") }
        let fault = await storageFault {
            _ = try await reading.read { try Int.fetchOne($0, sql: "SELECT stock FROM product WHERE id = 1") }
        }
        #expect(fault?.kind == .other)
        try reading.close()
        try writing.close()
    }
}
