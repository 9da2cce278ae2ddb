import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

/// A store from before shifts had counts by coins and notes.
@Suite(.serialized) struct ShiftMigrationTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("store.db") }

    init() throws { directory = try TemporaryDirectory() }

    /// With two closed shifts, one of them with a sale of 10.85 and a refund of 5.00.
    private func makeOldStore() throws {
        let old = FileKind(
            applicationID: FileKind.store.applicationID, noun: FileKind.store.noun,
            migrations: Array(FileKind.store.migrations.prefix { !$0.name.hasSuffix(" shifts") }))
        let store = try StoreDatabase.open(at: path, kind: old, mode: .existingOrNew) { db in
            // It did not know the ways to pay of today.
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.insert(
                StoreSeed(policy: ShopPolicy(), uuid: "a-store", now: Timestamp(milliseconds: 77)))
            try db.execute(sql: "PRAGMA ignore_check_constraints = OFF")
            try db.execute(
                sql: "DELETE FROM payment_method WHERE kind IN ('gift-card', 'store-credit')")
            try db.execute(
                sql: """
                    UPDATE role SET grants = '{"closeShift":{"unlimited":{}},"sell":{"unlimited":{}}}'
                        WHERE name = 'cashier';
                    INSERT INTO role VALUES ('owner',
                        '{"closeOverTolerance":{"unlimited":{}},"seeReports":{"unlimited":{}}}');
                    INSERT INTO account VALUES (1, 'a@example.com', 'a@example.com', 'A', 'x', 'cashier', 0, 0);
                    INSERT INTO shift (id, till, opened_by, opened_at, float_minor, closed_by, closed_at,
                        expected_minor, counted_minor, number_kind, number_till, number_position)
                        VALUES (1, '1', 1, 0, 1000, 1, 9, 1585, 1585, 'Z', '1', 1),
                            (2, '1', 1, 10, 1000, 1, 19, 1000, 1000, 'Z', '1', 2);
                    INSERT INTO shift (id, till, opened_by, opened_at, float_minor) VALUES (3, '1', 1, 20, 0);
                    INSERT INTO number_series VALUES ('Z', '1', 2);
                    INSERT INTO orders (id, user_id, status, subtotal_minor, discount_minor, tax_minor,
                        tax_mode, total_minor, refunded_minor, created_at, updated_at)
                        VALUES (1, 1, 'partially_refunded', 1000, 0, 85, 'added', 1085, 500, 1, 1);
                    INSERT INTO payment (id, order_id, method_id, amount_minor, taken_by, shift_id, created_at)
                        VALUES (1, 1, 'cash', 1085, 1, 1, 2);
                    INSERT INTO refund (id, order_id, reason, amount_minor, rounding_minor, operator_id, till,
                        shift_id, created_at) VALUES (1, 1, 'x', 500, 0, 1, '1', 1, 3);
                    INSERT INTO refund_tender VALUES (1, 0, 1, 'cash', 500, NULL);
                    """)
        }
        try store.close()
    }

    @Test func itsShiftsAndRolesGetWhatIsNew() async throws {
        try makeOldStore()
        let store = try LocalStore(
            path: path, statePath: nil, mode: .existing, policy: ShopPolicy(), clock: TestClock(),
            zones: TestZones(), ids: RandomSource())
        let shifts = try #require(store.services.counter).shifts
        let all = try await shifts.shifts(till: "1", limit: 9, as: .operatorOfStore)
        #expect(all.map(\.stage) == [.open, .closed, .closed] && all.allSatisfy { $0.counts.isEmpty })
        // The second had no sales: what there was before is carried on.
        let totals = all.compactMap(\.closing?.perpetual)
        #expect(totals.map(\.sales.minorUnits) == [1085, 1085])
        #expect(totals.map(\.refunds.minorUnits) == [500, 500])
        let roles = try await store.services.accounts.roles(as: .operatorOfStore)
        let cashier = try #require(roles.first { $0.name == "cashier" })
        #expect(cashier.allows(.reprint) && !cashier.allows(.xReport) && !cashier.allows(.seeExpected))
        let owner = try #require(roles.first { $0.name == "owner" })
        #expect(owner.allows(.xReport) && owner.allows(.seeExpected) && !owner.allows(.reprint))
        // Still nothing changes a closed shift.
        await #expect(throws: StoreError.self) {
            try await store.database.write { try $0.execute(sql: "UPDATE shift SET counted_minor = 9") }
        }
        try store.close()
    }
}
