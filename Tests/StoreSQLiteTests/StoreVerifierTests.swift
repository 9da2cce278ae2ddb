import GRDB
import StoreDomain
import Synchronization
import Testing

@testable import StoreSQLite

@Suite("Verifying a store finds what is wrong, and nothing else", .serialized)
struct StoreVerifierTests {
    private func shop() async throws -> TestStore {
        let store = try await TestStore()
        let paid = try await store.place(1, 2, key: "a", code: "SAVE10")
        try await store.pay(paid, key: "a")
        try await store.place(2, 1, key: "b")
        let cancelled = try await store.place(3, 4, key: "c", code: "FLAT5")
        _ = try await store.orders.cancel(cancelled.id, as: store.customer)
        return store
    }

    @Test("A store after sales, payments and cancellations is sound; progress names every check once")
    func sound() async throws {
        let store = try await shop()
        let seen = Mutex<[StoreVerifier.Progress]>([])
        let found = try await StoreVerifier(store.database).verify { step in seen.withLock { $0.append(step) }
        }
        #expect(found.isEmpty)
        #expect(seen.withLock { $0.map(\.check) } == StoreVerifier.Check.allCases)
        #expect(seen.withLock { $0.map(\.number) } == Array(1...9))
        #expect(try await TestStore().violations().isEmpty)
    }

    @Test(
        "Whatever is tampered with is found, and where",
        arguments: [
            ("UPDATE product SET stock = stock + 1 WHERE id = 1", "stock", "Product 1 (Product 1)"),
            ("UPDATE product SET stock = -1, initial_stock = 1 WHERE id = 1", "stock", "Product 1"),
            ("DELETE FROM stock_movement WHERE order_id = 2", "stock", "Order 2 and the stock it took"),
            (
                "UPDATE stock_movement SET quantity = 3 WHERE kind = 'return'", "stock",
                "Order 3 and the stock it gave back"
            ),
            (
                "UPDATE orders SET subtotal_minor = 201, total_minor = total_minor + 1 WHERE id = 2",
                "figures", "order 2"
            ),
            ("UPDATE orders SET total_minor = total_minor + 1 WHERE id = 3", "figures", "order 3"),
            ("UPDATE orders SET tax_minor = -1, total_minor = 199 WHERE id = 2", "figures", "order 2"),
            ("DELETE FROM order_item WHERE order_id = 2", "figures", "order 2"),
            ("DELETE FROM payment", "payments", "Order 1 counts as paid"),
            ("UPDATE payment SET amount_minor = 1", "payments", "Order 1 counts as paid"),
            ("UPDATE orders SET refunded_minor = 1 WHERE id = 1", "payments", "Order 1 counts as paid"),
            ("UPDATE orders SET status = 'pending' WHERE id = 1", "payments", "Order 1 is pending, but has"),
            (
                """
                INSERT INTO idempotency SELECT 'other', operation, user_id, fingerprint, order_id, 0, NULL
                FROM idempotency WHERE operation = 'order' AND order_id = 1
                """,
                "keys", "Order 1 answers to 2 keys"
            ),
            (
                "UPDATE idempotency SET order_id = 2 WHERE operation = 'payment'", "keys",
                "Order 2 has the key"
            ),
            ("UPDATE product_total SET on_sale = 4", "counts", "4 products are on sale, but there are 3"),
            (
                "UPDATE order_count SET orders = 7 WHERE user_id = 0 AND status = 'paid'", "counts",
                "paid orders of the store is 7"
            ),
            ("DELETE FROM order_count WHERE user_id = 2 AND status = 'pending'", "counts", "account 2 is 0"),
            (
                "INSERT INTO category (name, product_count) VALUES ('Empty', 5)", "counts", "Category Empty"
            ),
            ("UPDATE discount SET times_used = 3 WHERE code_key = 'SAVE10'", "discounts", "SAVE10"),
            ("UPDATE orders SET user_id = 99 WHERE id = 1", "references", "orders names a row of account"),
            (
                "INSERT INTO product_search (product_search, rowid, name, description, sku, barcode, search_extra) SELECT 'delete', id, name, description, sku, barcode, search_extra FROM product WHERE id = 2",
                "search", "search index"
            ),
        ])
    func tampered(sql: String, check: String, words: String) async throws {
        let store = try await shop()
        try store.tamper(sql)
        let found = try await store.violations()
        #expect(
            found.contains { $0.check.rawValue == check && $0.sentence.contains(words) },
            "\(found.map(\.sentence))")
    }
}
