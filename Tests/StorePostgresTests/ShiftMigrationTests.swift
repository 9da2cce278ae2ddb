import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

/// A database from before shifts had counts by coins and notes.
@Suite("Shifts of an earlier store are brought up to date") struct ShiftMigrationTests {
    /// Takes back what the migration made.
    private static let undo = """
        ALTER TABLE shift DROP COLUMN counts, DROP COLUMN next_float, DROP COLUMN perpetual_sales,
            DROP COLUMN perpetual_refunds, DROP COLUMN journal_hash;
        DROP TABLE shift_issue;
        UPDATE role SET grants = '{"closeShift":{"unlimited":{}},"sell":{"unlimited":{}}}' WHERE name = 'cashier';
        INSERT INTO role VALUES
            ('owner', '{"closeOverTolerance":{"unlimited":{}},"seeReports":{"unlimited":{}}}');

        """

    /// Two closed shifts, the first with a sale of 10.85, and an open one.
    private static let rows = """
        INSERT INTO users (id, email, email_key, name, password_hash, role)
        VALUES (90, 'a@example.com', 'a@example.com', 'A', 'x', 'cashier');
        INSERT INTO shift (id, till, opened_by, opened_at, float_amount, closed_by, closed_at, expected, counted,
            number_kind, number_till, number_position)
        VALUES (91, '9', 90, now(), 10, 90, now(), 20.85, 20.85, 'Z', '9', 1),
            (92, '9', 90, now(), 10, 90, now(), 10, 10, 'Z', '9', 2);
        INSERT INTO shift (id, till, opened_by, opened_at, float_amount) VALUES (93, '9', 90, now(), 0);
        INSERT INTO orders (id, user_id, status, subtotal, tax, total) VALUES (94, 90, 'paid', 10, 0.85, 10.85);
        INSERT INTO payment (order_id, method_id, amount, taken_by, shift_id, created_at)
        VALUES (94, 'cash', 10.85, 90, 91, now());

        """

    @Test func itsShiftsAndRolesGetWhatIsNew() async throws {
        let database = try await TestDatabase(isEmpty: true)
        let clock = TestClock()
        try await PostgresStore(
            database.address, connections: 1,
            seed: StoreSeed(policy: ShopPolicy(), uuid: "a-store", now: clock.now()), purpose: .commands,
            clock: clock, zones: TestZones(), cart: MemoryCart(), hasher: PlainHasher()
        ).close()
        for statements in [Self.undo, Self.rows, PostgresSchemaShifts.statements] {
            try database.psql(statements)
        }
        let totals = try database.psql(
            """
            SELECT string_agg(COALESCE(perpetual_sales || '/' || perpetual_refunds, 'open'), ' ' ORDER BY id)
            FROM shift WHERE till = '9' AND counts = '[]'
            """)
        #expect(totals == "10.85/0.00 10.85/0.00 open")
        func rights(_ role: String) throws -> String {
            try database.psql(
                """
                SELECT string_agg(right_name.name, ' ' ORDER BY right_name.name)
                FROM role, json_object_keys(grants::json) AS right_name (name)
                WHERE role.name = '\(role)'
                """)
        }
        #expect(try rights("cashier") == "closeShift reprint sell")
        #expect(try rights("owner") == "closeOverTolerance seeExpected seeReports xReport")
        // Still nothing changes a closed shift.
        let guards = try database.psql("SELECT tgenabled FROM pg_trigger WHERE tgname = 'shift_closed'")
        #expect(guards == "O")
    }
}
