import Foundation
import GRDB
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite(.serialized) struct SchemaV2Tests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A store of the first schema with one order that was paid in cash, as its program left it.
    private func makeFirstStore(at path: String) throws {
        let first = FileKind(
            applicationID: FileKind.store.applicationID, noun: FileKind.store.noun,
            migrations: Array(FileKind.store.migrations.prefix(1)))
        let store = try StoreDatabase.open(at: path, kind: first, mode: .existingOrNew) { db in
            try db.execute(
                sql: """
                    INSERT INTO store VALUES (1, 'a-store', 'USD', 0, 0);
                    INSERT INTO payment_method VALUES ('cash', 'Cash', 'cash', 'staff', 0, 1);
                    INSERT INTO payment_method VALUES ('card', 'Card terminal', 'external-card', 'staff', 1, 1);
                    INSERT INTO account VALUES (1, 'a@example.com', 'a@example.com', 'A', 'x', 'admin', 0, 0);
                    INSERT INTO orders (id, user_id, status, subtotal_minor, discount_minor, tax_minor,
                        total_minor, created_at, updated_at) VALUES (1, 1, 'paid', 0, 0, 0, 0, 0, 0);
                    INSERT INTO payment (order_id, method_id, amount_minor, created_at)
                        VALUES (1, 'cash', 0, 0);
                    INSERT INTO idempotency VALUES ('key', 'order', 1, zeroblob(32), 1, 0);
                    """)
        }
        try store.close()
    }

    @Test func aStoreOfTheFirstSchemaIsBroughtUpToDate() async throws {
        let path = directory.file("store.db")
        try makeFirstStore(at: path)
        let store = try StoreDatabase.open(at: path, createdAs: .test())
        let methods = try await store.read { try PaymentMethodRecord.accepted(.server, in: $0) }
        #expect(methods == [.cash, .externalCard, .online])
        #expect(try await store.read { try PaymentMethodRecord.accepted(.till, in: $0) }.count == 2)
        let order = try await store.read { try OrderRecord(currency: .usd).order(1, in: $0) }
        #expect(order?.payment?.method == .cash)
        let broken = try await store.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
        #expect(broken == 0)
        try store.close()
        // What it was before is kept.
        #expect(FileManager.default.fileExists(atPath: path + "-before-2"))
    }
}
