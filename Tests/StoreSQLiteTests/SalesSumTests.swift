import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

@Suite("The sums of sales are made, kept, and checked against the documents", .serialized)
struct SalesSumTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("store.db") }

    init() throws { directory = try TemporaryDirectory() }

    private func open() throws -> LocalStore {
        try LocalStore(
            path: path, statePath: nil, mode: .existing, policy: ShopPolicy(), clock: TestClock(),
            zones: TestZones(), ids: RandomSource())
    }

    /// A file of the version before, with a sale of 10.85 of which 5.00 came back the next day.
    private func makeOldStore() throws {
        let old = FileKind(
            applicationID: FileKind.store.applicationID, noun: FileKind.store.noun,
            migrations: Array(FileKind.store.migrations.prefix { !$0.name.hasSuffix(" reports") }))
        let store = try StoreDatabase.open(at: path, kind: old, mode: .existingOrNew) { db in
            try db.insert(StoreSeed(policy: ShopPolicy(), uuid: "a-store", now: Timestamp(milliseconds: 77)))
            try db.execute(
                sql: """
                    INSERT INTO account (id, email, email_key, name, password_hash, role, created_at, updated_at)
                        VALUES (1, 'a@example.com', 'a@example.com', 'Ann', 'x', 'admin', 0, 0);
                    INSERT INTO product (id, name, name_key, price_minor, initial_stock, stock, created_at,
                        updated_at) VALUES (1, 'Tea', 'tea', 1000, 9, 9, 0, 0);
                    INSERT INTO orders (id, user_id, status, subtotal_minor, discount_minor, tax_minor,
                        tax_mode, total_minor, refunded_minor, created_at, updated_at)
                        VALUES (1, 1, 'partially_refunded', 1000, 0, 85, 'added', 1085, 500, 1, 1);
                    INSERT INTO order_item (id, order_id, product_id, product_name, quantity, unit_price_minor,
                        total_minor, order_discount_minor, tax_minor) VALUES (1, 1, 1, 'Tea', 1, 1000, 1000, 0, 85);
                    INSERT INTO payment (id, order_id, method_id, amount_minor, taken_by, created_at)
                        VALUES (1, 1, 'cash', 1085, 1, 2);
                    INSERT INTO refund (id, order_id, reason, amount_minor, rounding_minor, operator_id, till,
                        created_at) VALUES (1, 1, 'x', 500, 0, 1, '1', 86400003);
                    INSERT INTO refund_tender (refund_id, position, payment_id, method_id, amount_minor)
                        VALUES (1, 0, 1, 'cash', 500);
                    """)
        }
        try store.close()
    }

    private func report(_ kind: ReportKind, _ store: LocalStore) async throws -> Report {
        let span = try #require(ReportSpan(from: ShopDay(number: 0), to: ShopDay(number: 1)))
        let reports = try #require(store.services.counter?.reports)
        return try await reports.report(ReportQuery(kind, .span(span)), as: .operatorOfStore)
    }

    @Test func whatWasSoldBeforeIsCountedWhenTheFileIsBroughtUpToDate() async throws {
        try makeOldStore()
        let store = try open()
        let days = try await report(.sales, store)
        #expect(days.rows.map(\.figures.turnover) == [1_085, -500])
        #expect(try await report(.cashiers, store).rows.map(\.title) == ["Ann"])
        #expect(try await report(.products, store).rows.map(\.figures.turnover) == [1_085])
        #expect(try await StoreVerifier(store.database).verify().filter { $0.check == .sums } == [])
        try store.close()
        // It is counted once.
        let again = try open()
        #expect(try await report(.sales, again) == days)
        try again.close()
    }

    @Test func aSumThatIsWrongIsNamedByItsDay() async throws {
        try makeOldStore()
        let store = try open()
        for sql in [
            "UPDATE sales_sum SET net = net + 1 WHERE dimension = 1 AND day = 1",
            "UPDATE sales_sum SET net = net - 1 WHERE dimension = 1 AND day = 1",
            "DELETE FROM sales_sum WHERE dimension = 2",
        ] {
            try await store.database.write { try $0.execute(sql: sql) }
            let found = try await StoreVerifier(store.database).verify().filter { $0.check == .sums }
            switch sql.prefix(6) {
            case "DELETE":
                #expect(found.count == 1 && found.first?.sentence.contains("1970-01-01 (products 1)") == true)
            default:
                let isWrong = sql.contains("+ 1")
                #expect(found.count == (isWrong ? 1 : 0))
                #expect(!isWrong || found.first?.sentence.contains("1970-01-02 (hours)") == true)
            }
        }
        try store.close()
    }

    @Test func sumsOfCategoriesAreKeptOfDaysThatAreOverAndCheckedAgainstTheirProducts() async throws {
        try makeOldStore()
        let store = try open()
        func kept() async throws -> [String] {
            try await store.database.read {
                try String.fetchAll(
                    $0,
                    sql:
                        "SELECT key FROM sales_sum WHERE dimension IN (9, 10) AND key > '\u{2}' ORDER BY day, key"
                )
            }
        }
        func write(_ sql: String) async throws { try await store.database.write { try $0.execute(sql: sql) } }
        func wrong() async throws -> [String] {
            try await StoreVerifier(store.database).verify().filter { $0.check == .sums }.map(\.sentence)
        }
        let plain = try await report(.categories, store)
        #expect(plain.rows.map(\.title) == ["Without a category"])
        #expect(plain.rows.map(\.figures.turnover) == [1_085])
        try await write(
            "INSERT INTO category (id, name) VALUES (7, 'Drinks'); UPDATE product SET category_id = 7")
        let drinks = try await report(.categories, store)
        #expect(drinks.rows.map(\.title) == ["Drinks"] && drinks.total == plain.total)
        #expect(try await kept() == ["Drinks"])
        #expect(try await wrong() == [])
        // What is kept is what is told, and is checked.
        try await write("UPDATE sales_sum SET net = net + 1 WHERE dimension = 9 AND key = 'Drinks'")
        #expect(try await report(.categories, store).rows.map(\.figures.turnover) == [1_086])
        let found = try await wrong()
        #expect(found.count == 1 && found.first?.contains("1970-01-01 (categories)") == true, "\(found)")
        // A category of another name is asked for anew.
        try await write("UPDATE category SET name = 'Tea'")
        #expect(try await wrong() == [])
        #expect(try await report(.categories, store).rows.map(\.title) == ["Tea"])
        #expect(try await report(.categories, store).rows.map(\.figures.turnover) == [1_085])
        // Where nothing is kept and nothing can be, it is the same.
        try await write("DELETE FROM sales_sum WHERE dimension IN (9, 10)")
        try store.close()
        let again = try LocalStore(
            path: path, statePath: nil, mode: .readOnly, policy: ShopPolicy(), clock: TestClock(),
            zones: TestZones(), ids: RandomSource())
        #expect(try await report(.categories, again).rows.map(\.figures.turnover) == [1_085])
        try again.close()
    }

    @Test func aDemoStoreIsCountedWhenSomebodyAsks() async throws {
        let store = try LocalStore.demoInMemory(
            purpose: .till(), policy: ShopPolicy(), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
        let counted = try await store.database.read {
            try Bool.fetchOne($0, sql: "SELECT sales_counted FROM store")
        }
        #expect(counted == false)
        let reports = try #require(store.services.counter?.reports)
        let span = ReportPeriod.year
        let report = try await reports.report(ReportQuery(.sales, span), as: .operatorOfStore)
        let sold = try await store.database.read {
            try Int64.fetchOne(
                $0,
                sql:
                    "SELECT SUM(total_minor - refunded_minor) FROM orders WHERE status NOT IN ('pending', 'cancelled')"
            )
        }
        // All was sold within the ninety days before.
        let all = try await reports.report(
            ReportQuery(
                .sales,
                .span(#require(ReportSpan(from: report.span.to.advanced(by: -100), to: report.span.to)))),
            as: .operatorOfStore)
        #expect(all.total.turnover == sold && all.total.turnover > 0)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }
}
