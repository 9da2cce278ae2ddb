import GRDB
import StoreDomain
import Synchronization
import Testing

@testable import StoreSQLite

@Suite("Verifying a store finds what is wrong, and nothing else", .serialized)
struct StoreVerifierTests {
    /// Orders 1…3: paid, pending, cancelled; order 4: sold in a closed shift at the till, one of two returned.
    private func shop() async throws -> TestStore {
        let store = try await TestStore()
        let paid = try await store.place(1, 2, key: "a", code: "SAVE10")
        try await store.pay(paid, key: "a")
        try await store.place(2, 1, key: "b")
        let cancelled = try await store.place(3, 4, key: "c", code: "FLAT5")
        _ = try await store.orders.cancel(cancelled.id, as: store.customer)

        let counter = try #require(store.services.counter)
        let till = Till.standard
        _ = try await counter.shifts.open(till: till, float: Money(minorUnits: 2_000), as: store.admin)
        let sale = try SaleDraft(
            till: till,
            lines: [
                SaleDraft.Line(
                    productID: 1, quantity: 2,
                    override: PriceOverride(price: Money(minorUnits: 90), reason: "Scratched"))
            ], discount: .amount(Money(minorUnits: 10)),
            tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1_000)])
        let sold = try await counter.till.sell(sale, key: .of("d"), as: store.admin)
        _ = try await counter.refunds.refund(
            RefundDraft(
                orderID: sold.id, lines: [RefundDraft.Line(itemID: sold.items[0].id, quantity: 1)],
                reason: "Broken"), till: till, key: .of("e"), as: store.admin)
        _ = try await counter.shifts.move(
            .drop, Money(minorUnits: 500), reason: "Safe", till: till, as: store.admin)
        let expected = try #require(try await counter.shifts.report(1, as: store.admin).expected)
        _ = try await counter.shifts.close(
            till: till, counted: DrawerCount(total: expected), nextFloat: nil, reason: nil, as: store.admin)
        var basket = Cart()
        basket.apply(
            .add(
                CartLine(productID: 1, name: "A", unitPriceMinor: 100, knownStock: 9, quantity: 0), by: 1))
        _ = try await counter.parking.park(basket, label: "", till: till, as: store.admin)
        _ = try await store.services.policy.set("stock.low", to: "7", as: store.admin)
        return store
    }

    @Test(
        "An order that was cancelled and stands again took nothing of what nobody counted, and may come back all the same",
        arguments: [Stock.untracked, 10])
    func standsAgain(stock: Stock) async throws {
        let store = try await TestStore()
        let catalog = store.services.catalog
        let order = try await store.place(1, 4, key: "a")
        store.clock.advance(bySeconds: 3_700)
        _ = try await store.orders.orders(OrderQuery(), as: store.customer)
        _ = try await catalog.edit(1, ProductPatch(stock: .untracked), as: store.admin)
        let paid = try await store.pay(order, key: "a")
        #expect(paid.status == .paid)
        #expect(try await store.violations() == [])
        _ = try await catalog.edit(1, ProductPatch(stock: stock), as: store.admin)
        try await store.refund(paid, paid.items[0], restocks: true, key: "b")
        let violations = try await store.violations()
        #expect(violations == [])
        // What comes back is on the shelf, and on the books where there are any.
        #expect(try await catalog.product(1).stock == stock.moved(by: 1))
    }

    @Test("A store after sales, payments and cancellations is sound; progress names every check once")
    func sound() async throws {
        let store = try await shop()
        let seen = Mutex<[StoreVerifier.Progress]>([])
        let found = try await StoreVerifier(store.database).verify { step in seen.withLock { $0.append(step) }
        }
        #expect(found.isEmpty)
        // The file is looked at beside the others.
        let others = seen.withLock { $0.map(\.check).filter { $0 != .file } }
        #expect(others == StoreVerifier.Check.allCases.filter { $0 != .file })
        #expect(seen.withLock { $0.map(\.number) } == Array(1...StoreVerifier.Check.allCases.count))
        #expect(try await TestStore().violations().isEmpty)
    }

    @Test(
        "An exchange of which one side is changed is found",
        arguments: [
            ("UPDATE payment SET moved_from = NULL", "Exchange 2"),
            ("UPDATE refund SET exchange_order_id = NULL", "Exchange none"),
            ("UPDATE refund_tender SET moved = 0", "Exchange 2"),
            ("UPDATE refund SET refund_kind = 'void'", "Refund 1 of order 1"),
        ])
    func tamperedExchange(sql: String, words: String) async throws {
        let store = try await TestStore()
        let sold = try await store.sell(2, 1, key: "a")
        let taken = try await store.exchange(sold, sold.items[0], for: 3, 1, isPaid: true, key: "b")
        #expect(taken.id == 2 && taken.goodsBack?.orderID == 1)
        #expect(try await store.violations() == [])
        try store.tamper(sql)
        let found = try await store.violations()
        #expect(
            found.contains { $0.check == .refunds && $0.sentence.contains(words) },
            "\(found.map(\.sentence))")
    }

    @Test(
        "Whatever is tampered with is found, and where",
        arguments: [
            ("UPDATE product SET stock = stock + 1 WHERE id = 1", "stock", "Product 1 (Product 1)"),
            ("UPDATE product SET stock = -1, initial_stock = 1 WHERE id = 1", "stock", "Product 1"),
            ("DELETE FROM stock_movement WHERE order_id = 2", "stock", "Product 2 (Product 2)"),
            ("UPDATE product SET tracks_stock = 0 WHERE id = 1", "stock", "Product 1 (Product 1)"),
            (
                "UPDATE stock_movement SET quantity = -3 WHERE order_id = 2", "stock",
                "Order 2 holds 3 of the stock of product 2; 1"
            ),
            (
                "UPDATE stock_movement SET quantity = 3 WHERE kind = 'return' AND order_id = 3", "stock",
                "Order 3 holds 1"
            ),
            (
                "UPDATE stock_movement SET quantity = 2 WHERE kind = 'return' AND order_id = 4", "stock",
                "Order 4 holds 0"
            ),
            (
                "UPDATE orders SET subtotal_minor = 201, total_minor = total_minor + 1 WHERE id = 2",
                "figures", "order 2"
            ),
            ("UPDATE orders SET total_minor = total_minor + 1 WHERE id = 3", "figures", "order 3"),
            ("UPDATE orders SET tax_minor = -1, total_minor = 199 WHERE id = 2", "figures", "order 2"),
            ("DELETE FROM order_item WHERE order_id = 2", "figures", "order 2"),
            ("UPDATE order_item SET order_discount_minor = 1 WHERE order_id = 2", "figures", "order 2"),
            ("UPDATE order_item SET tax_minor = tax_minor + 1 WHERE order_id = 2", "figures", "order 2"),
            ("UPDATE orders SET tax_mode = 'included' WHERE id = 2", "figures", "order 2"),
            ("UPDATE order_item SET returned = 2 WHERE order_id = 2", "figures", "of order 2"),
            ("DELETE FROM payment WHERE order_id = 1", "payments", "Order 1 counts as paid"),
            ("UPDATE payment SET amount_minor = 1 WHERE order_id = 1", "payments", "Order 1 counts as paid"),
            ("UPDATE orders SET rounding_minor = 1 WHERE id = 1", "payments", "Order 1 counts as paid"),
            ("UPDATE orders SET refunded_minor = 1 WHERE id = 1", "refunds", "Order 1 is paid with 1"),
            ("UPDATE orders SET status = 'paid' WHERE id = 4", "refunds", "Order 4 is paid with"),
            ("UPDATE refund_item SET amount_minor = 1", "refunds", "refund 1 do not add up"),
            ("UPDATE refund_tender SET amount_minor = 1", "refunds", "refund 1 do not add up"),
            ("UPDATE refund SET rounding_minor = 1", "refunds", "refund 1 do not add up"),
            ("UPDATE order_item SET returned = 2 WHERE order_id = 4", "refunds", "of order 4 says that 2"),
            (
                "UPDATE refund_tender SET payment_id = 1", "refunds", "payment 1 of order 1 went back"
            ),
            (
                "UPDATE number_series SET last = 9 WHERE kind = 'R'", "numbers",
                "Series R of till 1 has given 9"
            ),
            ("DELETE FROM number_series WHERE kind = 'F'", "numbers", "Series F of till 1 has given 0"),
            ("UPDATE orders SET number_position = 7 WHERE id = 4", "numbers", "the highest 7"),
            ("UPDATE shift SET number_position = 2", "numbers", "Series Z"),
            ("UPDATE shift SET float_minor = 1", "shifts", "Shift 1 of till 1 was closed"),
            ("DELETE FROM cash_movement", "shifts", "Shift 1 of till 1 was closed"),
            (
                "UPDATE payment SET shift_id = NULL WHERE order_id = 4", "shifts",
                "Shift 1 of till 1 was closed"
            ),
            ("UPDATE refund SET amount_minor = 1", "shifts", "tenders of shift 1"),
            ("UPDATE policy SET content = '{}' WHERE number = 1", "settings", "Version 1 of the policy"),
            (
                "UPDATE policy SET number = 3 WHERE number = 2", "settings",
                "Version 2 of the policy is missing"
            ),
            ("DELETE FROM policy", "settings", "no policy"),
            ("UPDATE role SET grants = '[1]' WHERE name = 'staff'", "settings", "role staff"),
            ("UPDATE parked_sale SET basket = '{}'", "parked", "parked sale 10 cannot"),
            (
                "UPDATE journal SET content = replace(content, '\"by\":2', '\"by\":1'), person = 1 WHERE number = 3",
                "journal", "Record 3 of the journal 1"
            ),
            ("DELETE FROM journal WHERE number = 1", "journal", "Record 2 of the journal 1"),
            ("DELETE FROM journal WHERE number = 4", "journal", "Record 5 of the journal 1"),
            (
                "UPDATE journal SET person = NULL WHERE number = 3", "journal",
                "Record 3 of the journal 1 says"
            ),
            (
                "UPDATE journal SET kind = 'refund' WHERE number = 3", "journal",
                "Record 3 of the journal 1 says"
            ),
            ("UPDATE orders SET status = 'pending' WHERE id = 1", "payments", "Order 1 is pending, but has"),
            (
                """
                INSERT INTO idempotency SELECT 'other', operation, user_id, fingerprint, order_id, refund_id, NULL, 0
                FROM idempotency WHERE operation = 'order' AND order_id = 1
                """,
                "keys", "Order 1 answers to 2 keys"
            ),
            (
                "UPDATE idempotency SET order_id = 2 WHERE operation = 'payment'", "keys",
                "Order 2 has the key"
            ),
            ("UPDATE idempotency SET order_id = 1 WHERE operation = 'refund'", "keys", "not that refund"),
            ("UPDATE product_total SET on_sale = 4", "counts", "counts 4 products on sale, but has 3"),
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
                "INSERT INTO product_search (product_search, rowid, words) SELECT 'delete', id, words FROM product_words WHERE id = 2",
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
