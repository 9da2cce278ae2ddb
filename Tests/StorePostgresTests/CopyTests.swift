import Foundation
import GRDB
import PostgresTesting
import StoreContracts
import StoreDomain
import StoreSQLite
import StoreService
import Testing

@testable import StorePostgres

@Suite("A whole shop goes from store to store, or nothing of it", .timeLimit(.minutes(20)))
struct CopyTests {
    /// A folder of the test's own, for store files.
    private final class Folder: Sendable {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("storefront-copy-\(UUID())")
            .path

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func file(_ name: String) -> String { "\(path)/\(name)" }
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }
    }

    private func open(_ path: String, _ clock: TestClock) throws -> LocalStore {
        try LocalStore(
            path: path, statePath: nil, policy: ShopPolicy(), clock: clock, zones: TestZones(),
            ids: FixedIDs())
    }

    /// A shop in which everything has happened that leaves a row.
    private func busyShop() async throws -> TestShop {
        let shop = try await TestShop()
        let counter = try await CounterShop(shop)
        try await counter.turnShift(closes: false)
        _ = try await shop.services.catalog.edit(
            2,
            ProductPatch(
                name: "Žluťoučký \"kůň\"", description: "Tab\tand\nline \\ 'quote'", category: "Été",
                sku: "SKU-1", barcode: "4006381333931"), as: counter.admin)
        _ = try await shop.services.catalog.edit(3, ProductPatch(isArchived: true), as: counter.admin)
        for number in 0..<6 {
            let order = try await counter.place(1, 2, key: "k\(number)", code: number == 0 ? "SAVE10" : nil)
            if number < 3 { try await counter.pay(order, key: "k\(number)") }
            if number == 4 { _ = try await shop.services.orders.cancel(order.id, as: counter.customer) }
        }
        let sale = try await counter.sell(2, 3, key: "sale")
        let item = try #require(sale.items.first)
        try await counter.refund(sale, item, restocks: true, key: "refund")
        try shop.database.psql(
            """
            INSERT INTO cash_movement (shift_id, kind, amount, reason, moved_by, created_at)
            VALUES (1, 'drop', 1, 'Safe', 1, '2026-01-01')
            """)
        let desk = try #require(shop.services.counter)
        let rise = PriceBatchDraft(
            .products([1]),
            try PriceRule(typed: "10", isAmount: false, ending: .ninetyFive, currency: .usd))
        let plan = try await desk.products.plan(rise, as: counter.admin)
        let batch = try await desk.products.apply(rise, agreement: plan.agreement, as: counter.admin)
        _ = try await desk.products.takeBack(batch.id, as: counter.admin)
        let later = PriceBatchDraft(
            .products([1, 2]), rise.rule, days: try ValidDays(first: ShopDay("2036-12-01"), last: nil))
        let planned = try await desk.products.plan(later, as: counter.admin)
        _ = try await desk.products.apply(later, agreement: planned.agreement, as: counter.admin)
        let loose = [LooseReturnDraft.Line(productID: 2, quantity: 1)]
        let worth = try await desk.looseReturns.figures(loose, as: counter.admin)
        _ = try await desk.looseReturns.take(
            LooseReturnDraft(
                till: "till", lines: loose, reason: "A present", name: "Ann Example",
                code: FixedIDs().giftCardCode(), agreed: worth.amount),
            key: try #require(IdempotencyKey("loose")), as: counter.admin)
        try await counter.turnShift(closes: true)
        for _ in 0..<6 {
            _ = try? await shop.services.auth.signIn(
                email: "nobody@example.com", password: Secret("wrong-password"))
        }
        try shop.database.psql(
            """
            INSERT INTO shift_issue VALUES (1, 0, 1, '2026-01-01'), (1, 1, NULL, '2026-01-02');
            INSERT INTO document_issue VALUES ('sale', 5, 0, 1, 'till', 1, '2026-01-01');
            INSERT INTO till_event (kind, till, shift_id, person, amount, created_at)
            VALUES ('abandoned', 'till', 1, 1, 9, '2026-01-01');
            INSERT INTO revoked_token VALUES (sha256('token'), '2030-01-01 00:00:00.123');
            INSERT INTO parked_sale (code, label, basket, till, parked_by, created_at)
            VALUES ('1', 'Coffee', '\(StoredJSON.of(Cart()))', 'till', 1, '2026-01-01');
            INSERT INTO parking_key VALUES (1, 'parked', sha256('content'), '{}', '2026-01-01');
            INSERT INTO invoice VALUES (5, 'till', 1, 'Corner Ltd', '1 High Street', 'GB1', 1, '2026-01-01');
            INSERT INTO number_series VALUES ('I', 'till', 1);
            INSERT INTO stranded_payment (order_id, method_id, amount, created_at) VALUES (5, 'cash', 1, '2026-01-01');
            INSERT INTO visitor_account VALUES (2, '2026-01-01 00:00:00.5');
            INSERT INTO pin_setting VALUES (1, 'cost and salt');
            INSERT INTO account_pin VALUES (1, 'hash', 0, 'BADGE-0001'), (2, NULL, 5, NULL);
            INSERT INTO approval (permission, share_numerator, share_denominator, amount, title, content, digest,
                till, shift_id, asked_by, asked_at, stage, answered_by, answered_at, by_pin)
            VALUES ('refund', NULL, NULL, 12.5, 'Refund', '["1 pen"]', repeat('0', 64), 'till', 1, 2,
                '2026-01-01', 'used', 1, '2026-01-01 00:01', TRUE),
                ('discountLines', 3, 20, NULL, 'Sale', '[]', repeat('1', 64), NULL, NULL, 2, '2026-01-01',
                'expired', NULL, NULL, FALSE);
            INSERT INTO visitor_key
            VALUES ('SHA256:' || repeat('a', 43), 2, '2026-01-01', '2026-01-02 03:04:05.678');
            UPDATE idempotency SET answer = decode('00ff7b0a', 'hex') WHERE key = 'k1'
            """)
        return shop
    }

    /// Every copied row of a database.
    private func rows(_ database: TestDatabase) throws -> [String: String] {
        try ShopTables.copied.reduce(into: [:]) { rows, table in
            let columns = table.columns.filter { $0.kind != .uses }.map(\.postgres).joined(separator: ", ")
            rows[table.postgres] = try database.psql(
                """
                SELECT ROW(\(columns))::text FROM \(table.postgres) ORDER BY \(table.key.joined(separator: ", "))
                """)
        }
    }

    @Test("Every table and column of both stores is copied, or named with the reason why not")
    func nothingIsForgotten() async throws {
        let postgres = try await TestShop(isDemo: false).database.psql(
            """
            SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'
            """
        ).split(separator: "\n").map(String.init)
        let folder = try Folder()
        let store = try open(folder.file("store.db"), TestClock())
        let sqlite = try store.database.readBlocking { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
                    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'product_search_%'
                    """)
        }
        try store.close()
        func check(_ found: [String], _ name: (CopiedTable) -> String, _ column: (CopiedColumn) -> String) {
            let copied = Set(
                ShopTables.copied.flatMap { table in
                    table.columns.map(column).map { $0.contains(".") ? $0 : "\(name(table)).\($0)" }
                })
            #expect(found.count > 100)
            for one in found where !copied.contains(one) {
                let table = String(one.prefix { $0 != "." })
                #expect(
                    ShopTables.derived[one] != nil || ShopTables.derived[table] != nil,
                    "\(one) is not copied, and nobody says why")
            }
            for one in copied
            where !found.contains(one) {
                Issue.record("\(one) is copied, but there is no such column")
            }
        }
        check(postgres, \.postgres, \.postgres)
        check(sqlite, \.sqlite, \.sqlite)
    }

    @Test("To SQLite and back, everything is there, and both shops are in order")
    func thereAndBack() async throws {
        let shop = try await busyShop()
        #expect(try await shop.violations() == [])
        let before = try rows(shop.database)
        for (table, rows) in before { #expect(!rows.isEmpty, "\(table) has no row to try it with") }
        let folder = try Folder()
        let path = folder.file("store.db")
        let report = try await PostgresShop.read(shop.database.address) { source in
            try SQLiteShop.write(path) { try ShopCopy.run(from: source, to: $0) { _ in } }
        }
        #expect(report.journal.keys.contains(Till.standard))
        let file = try open(path, shop.clock)
        #expect(try await StoreVerifier(file.database).verify() == [])
        let admin = try await file.services.auth.currentUser(of: Session(user: User.of(shop, 1)))
        #expect(admin.email == "admin@example.com")
        let found = try await file.services.catalog.page(
            ProductQuery(text: "zlutoucky"), at: .first, perPage: 5)
        #expect(found.products.map(\.id) == [2])
        try file.close()

        let target = try await TestDatabase()
        _ = try await PostgresShop.write(target.address) { target in
            try SQLiteShop.read(path, settings: ShopPolicy()) {
                try ShopCopy.run(from: $0, to: target) { _ in }
            }
        }
        #expect(try rows(target) == before)
        let back = try await TestShop(clock: shop.clock, in: target)
        #expect(try await back.violations() == [])
        let again = try await back.services.catalog.page(
            ProductQuery(text: "zlutoucky"), at: .first, perPage: 5)
        #expect(again.products.map(\.id) == [2] && again.total.value == 1)
        // It goes on where it stopped, under ids of its own.
        let counter = try await CounterShop(standing: back)
        let next = try await counter.place(1, key: "next")
        #expect(next.id == 8)
        #expect(try await back.violations() == [])
    }

    @Test("What breaks off in the middle leaves nothing; what holds something already is not copied into")
    func allOrNothing() async throws {
        struct Stop: Error {}
        let shop = try await busyShop()
        let folder = try Folder()
        let path = folder.file("store.db")
        await #expect(throws: (any Error).self) {
            try await PostgresShop.read(shop.database.address) { source in
                try SQLiteShop.write(path) { target in
                    _ = try ShopCopy.run(from: source, to: target) { _ in }
                    throw Stop()
                }
            }
        }
        #expect(try folder.names().filter { !$0.hasSuffix("-lock") } == [])
        _ = try await PostgresShop.read(shop.database.address) { source in
            try SQLiteShop.write(path) { try ShopCopy.run(from: source, to: $0) { _ in } }
        }
        let target = try await TestDatabase(isEmpty: true)
        await #expect(throws: (any Error).self) {
            try await PostgresShop.write(target.address) { target in
                _ = try SQLiteShop.read(path, settings: ShopPolicy()) { source in
                    try ShopCopy.run(from: source, to: target) { _ in }
                }
                throw Stop()
            }
        }
        #expect(
            try target.psql("SELECT COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
                == "0")
        await #expect(throws: StoreError.self) {
            try await PostgresShop.write(shop.database.address) { _ in }
        }
        #expect(throws: StoreError.self) { try SQLiteShop.write(path) { _ in } }
    }

    @Test("A shop that goes on selling is copied as it was at one moment")
    func whileItSells() async throws {
        let clock = TestClock()
        let folder = try Folder()
        let path = folder.file("store.db")
        let store = try open(path, clock)
        for number in 1...3 {
            _ = try await store.services.catalog.add(
                ProductDraft(name: "Product \(number)", price: Money(minorUnits: 100), stock: .counted(9)),
                as: .operatorOfStore)
        }
        let target = try await TestDatabase()
        _ = try await PostgresShop.write(target.address) { target in
            try SQLiteShop.read(path, settings: ShopPolicy()) { source in
                try ShopCopy.run(from: source, to: target) { step in
                    guard step.table == "product", step.done == 0 else { return }
                    // Books a loss while the copy is under way.
                    do {
                        try store.database.writeBlocking { db in
                            try db.execute(
                                sql: """
                                    UPDATE product SET stock = stock - 1 WHERE id = 3;
                                    INSERT INTO stock_movement (product_id, kind, quantity, created_at) VALUES (3, 'loss', -1, 0)
                                    """)
                        }
                    } catch { Issue.record(error) }
                }
            }
        }
        #expect(
            try target.psql("SELECT SUM(stock), (SELECT COUNT(*) FROM stock_movement) FROM products")
                == "27|0")
        #expect(try await TestShop(clock: clock, in: target).violations() == [])
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }
}

extension User {
    /// The account of this number.
    static func of(_ shop: TestShop, _ id: Int64) async throws -> User {
        try #require(try await shop.store.engine.read { tx in try tx.account(id) })
    }
}
