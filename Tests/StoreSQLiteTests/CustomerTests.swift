import GRDB
import StoreContracts
import StoreDomain
import Testing

@testable import StoreSQLite

/// Customers on a file: its books hold after a merge, and nothing of a name is left after an erasure.
@Suite struct CustomerTests {
    private func register(_ name: String, in store: TestStore) async throws -> Int64 {
        try await store.auth.register(
            Registration(
                email: "\(name.lowercased())@example.com", name: "\(name) Example",
                password: Secret("storefront-demo"))
        ).user.id
    }

    private func sell(_ key: String, to id: Int64, in store: TestStore) async throws -> Order {
        try await store.counter().till.sell(
            SaleDraft(
                till: "1", lines: [SaleDraft.Line(productID: 1, quantity: 2)], customerID: id,
                note: "Zenobia comes at five",
                tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)]),
            key: IdempotencyKey.of(key), as: store.admin)
    }

    @Test func theBooksHoldWhenCustomersAreMerged() async throws {
        let store = try await TestStore()
        let ids = [try await register("Ann", in: store), try await register("Zenobia", in: store)]
        try await store.turnShift(closes: false)
        for (number, id) in [ids[0], ids[1], ids[0]].enumerated() {
            _ = try await sell("s\(number)", to: id, in: store)
            _ = try await store.counter().looseReturns.take(
                LooseReturnDraft(
                    till: "1", lines: [.init(productID: 2, quantity: 1)], reason: "Not wanted", name: "Ann",
                    customerID: id), key: IdempotencyKey.of("r\(number)"), as: store.admin)
        }
        let kept = try await store.counter().customers.merge(ids[0], into: ids[1], as: store.admin)
        #expect(kept.figures.orders == 3 && kept.returns.count == 3)
        #expect(try await store.violations().map(\.sentence) == [])
        try await store.turnShift(closes: true)
        #expect(try await store.violations().map(\.sentence) == [])
    }

    @Test func noTableHasTheNameOfWhoWasErased() async throws {
        let store = try await TestStore()
        let id = try await register("Zenobia", in: store)
        _ = try await sell("s", to: id, in: store)
        let taken = try await store.counter().looseReturns.take(
            LooseReturnDraft(
                till: "1", lines: [.init(productID: 1, quantity: 1)], reason: "Not wanted",
                name: "Zenobia Example", customerID: id),
            key: IdempotencyKey.of("r"), as: store.admin)
        _ = try await store.counter().cards.expire(taken.card?.id, reason: "Paid out", as: store.admin)
        // As a server keeps it.
        try await store.database.write { db in
            try db.execute(sql: "UPDATE idempotency SET answer = CAST('{\"user_name\":\"Zenobia\"}' AS BLOB)")
        }
        #expect(try await tables(with: "zenobia", in: store) != [])
        let seen = "SELECT COUNT(*) FROM account_seen WHERE account_id = ?"
        #expect(try await store.database.read { db in try Int.fetchOne(db, sql: seen, arguments: [id]) } == 1)
        _ = try await store.counter().customers.erase(id, as: store.admin)
        #expect(try await tables(with: "zenobia", in: store) == [])
        #expect(try await store.database.read { db in try Int.fetchOne(db, sql: seen, arguments: [id]) } == 0)
        #expect(try await store.violations().map(\.sentence) == [])
    }

    /// The tables of which a row has the text somewhere, in any case.
    private func tables(with text: String, in store: TestStore) async throws -> [String] {
        try await store.database.read { db in
            try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
            ).filter { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").contains { row in
                    row.databaseValues.contains { value in
                        switch value.storage {
                        case .string(let found): found.lowercased().contains(text)
                        case .blob(let found):
                            String(decoding: found, as: UTF8.self).lowercased().contains(text)
                        case .null, .int64, .double: false
                        }
                    }
                }
            }
        }
    }
}
