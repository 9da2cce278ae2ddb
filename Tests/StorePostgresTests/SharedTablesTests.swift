import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

@Suite("A Flask service goes on writing to the tables of a store", .timeLimit(.minutes(20)))
struct SharedTablesTests {
    private func shared() async throws -> (flask: FlaskDatabase, shop: TestShop, ann: Principal) {
        let flask = try await FlaskDatabase(FlaskDatabase.shop)
        try await flask.adopt()
        let shop = try await TestShop(in: flask.database)
        let ann = try await shop.services.auth.signIn(
            email: "ann@example.com", password: Secret("storefront-demo"))
        return (flask, shop, .user(ann))
    }

    @Test("Its orders are whole, paid and cancelled as ours")
    func orders() async throws {
        let (flask, shop, ann) = try await shared()
        try flask.order(1, 2, leaving: 5, code: "save10")
        let order = try await shop.services.orders.order(4, as: ann)
        #expect(order.items.map(\.productName) == ["Müsli bowl"])
        #expect(order.items.map(\.tax) == [Money(minorUnits: 170)])
        try flask.psql("UPDATE orders SET status = 'paid' WHERE id = 4")
        #expect(try await shop.services.orders.order(4, as: ann).payments.count == 1)
        try flask.order(2, 1, leaving: 2, code: "SAVE10")
        try flask.psql("UPDATE orders SET status = 'cancelled' WHERE id = 5")
        #expect(try flask.psql("SELECT stock FROM products ORDER BY id") == "5\n3")
        #expect(try await shop.violations() == [])
    }

    @Test("What it sells takes its share of what goods cost as soon as we ask, and has no cost of its own")
    func costs() async throws {
        let (flask, shop, ann) = try await shared()
        let counter = try #require(shop.services.counter)
        _ = try await counter.stock.adjust(
            StockAdjustment(
                productID: 1, kind: .receiving, quantity: 3, reason: "note 1",
                unitCost: Money(minorUnits: 400)),
            as: ann)
        // The 7 that were there and the 3 that came.
        #expect(try await counter.stock.cost(of: 1, as: ann).value == Money(minorUnits: 4_000))
        try flask.order(1, 2, leaving: 8)
        try flask.psql("UPDATE orders SET status = 'paid' WHERE id = 4")
        #expect(
            try flask.psql("SELECT COUNT(*) FROM stock_movement WHERE NOT costed AND product_id = 1") == "1")
        #expect(try await counter.stock.cost(of: 1, as: ann).value == Money(minorUnits: 3_200))
        #expect(try await shop.violations() == [])
        // Ours takes it in before its own.
        _ = try await counter.stock.adjust(
            StockAdjustment(
                productID: 1, kind: .receiving, quantity: 2, reason: "note 2",
                unitCost: Money(minorUnits: 900)),
            as: ann)
        #expect(try await counter.stock.cost(of: 1, as: ann).value == Money(minorUnits: 5_000))
        #expect(
            try flask.psql("SELECT COUNT(*) FROM stock_movement WHERE NOT costed AND product_id = 1") == "0")
        // A report of the stock takes in what waits.
        try flask.order(1, 1, leaving: 9)
        let reports = try #require(counter.reports)
        let stock = try await reports.report(ReportQuery(.stock, .today), as: ann)
        #expect(stock.rows.first { $0.key == "1" }?.figures.stockValue == 4_500)
        #expect(try flask.psql("SELECT COUNT(*) FROM stock_movement WHERE NOT costed") == "0")
        let margin = try await reports.report(ReportQuery(.margin, .month), as: ann)
        #expect(margin.total.costed == 0)
        #expect(try await shop.violations() == [])
    }

    @Test("What it sells waits until somebody asks for a report, is counted once, and by documents that hold")
    func waitingSales() async throws {
        let (flask, shop, ann) = try await shared()
        let reports = try #require(shop.services.counter?.reports)
        // It writes by the machine's clock.
        let from = try #require(ShopDay(year: 2022, month: 1, day: 1))
        let to = try #require(ShopDay(year: 2041, month: 12, day: 31))
        let ever = ReportPeriod.span(try #require(ReportSpan(from: from, to: to)))
        func sales() async throws -> SalesFigures {
            try await reports.report(ReportQuery(.sales, ever), as: ann).total
        }
        func waiting() throws -> String { try flask.psql("SELECT COUNT(*) FROM sales_waiting") }
        let before = try await sales()
        // Placed, it is no sale yet.
        try flask.order(1, 2, leaving: 5)
        #expect(try waiting() == "0")
        try flask.psql("UPDATE orders SET status = 'paid' WHERE id = 4")
        #expect(try waiting() == "1")
        // What waits is no fault of the sums.
        #expect(try await shop.violations() == [])
        let one = try await sales()
        #expect(one.sales == before.sales + 1 && one.pieces == before.pieces + 2)
        let order = try await shop.services.orders.order(4, as: ann)
        #expect(one.turnover - before.turnover == order.total.minorUnits)
        #expect(try waiting() == "0")
        // Asked again, it is counted no second time.
        #expect(try await sales() == one)
        // Ours and its, side by side: each once.
        _ = try await shop.services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)]), key: .of("ours"), as: ann)
        try flask.order(2, 1, leaving: 2)
        try flask.psql("UPDATE orders SET status = 'paid' WHERE id = 6")
        #expect(try waiting() == "1")
        let two = try await sales()
        #expect(two.sales == one.sales + 1)
        // By product and by tender it is the same sale.
        for kind in [ReportKind.products, .tenders, .tax] {
            let report = try await reports.report(ReportQuery(kind, ever), as: ann)
            #expect(report.total == two, "\(kind)")
        }
        // One that is undone before it is committed waits for nobody.
        #expect(throws: PostgresCluster.Failure.self) {
            try flask.psql("BEGIN; UPDATE orders SET status = 'paid' WHERE id = 5; SELECT 1 / 0; COMMIT")
        }
        #expect(try waiting() == "0")
        #expect(try await shop.violations() == [])
    }

    @Test(
        "Sums of categories are kept of days that are over, and count until it sells on one or sorts a product anew"
    )
    func categories() async throws {
        let (flask, shop, ann) = try await shared()
        let reports = try #require(shop.services.counter?.reports)
        // It writes by the machine's clock, which is months behind ours from here on.
        let now = Int64(try flask.psql("SELECT floor(extract(epoch FROM now()))")) ?? 0
        shop.clock.advance(bySeconds: now - shop.clock.now().milliseconds / 1_000 + 100 * 86_400)
        let today = ShopZone.utc.moment(shop.clock.now()).day
        let period = ReportPeriod.span(try #require(ReportSpan(from: today.advanced(by: -130), to: today)))
        func turnover() async throws -> [String: Int64] {
            let report = try await reports.report(ReportQuery(.categories, period), as: ann)
            return report.rows.reduce(into: [:]) { $0[$1.key] = $1.figures.turnover }
        }
        func sell(_ order: Int, _ pieces: Int, leaving: Int) async throws -> Int64 {
            try flask.order(1, pieces, leaving: leaving)
            try flask.psql("UPDATE orders SET status = 'paid' WHERE id = \(order)")
            return try await shop.services.orders.order(Int64(order), as: ann).total.minorUnits
        }
        let before = try await turnover()
        let first = try await sell(4, 2, leaving: 5)
        let after = try await turnover()
        #expect(after.values.reduce(0, +) == before.values.reduce(0, +) + first)
        // What is kept, now that what it sold is counted, is what is told.
        #expect(try await turnover() == after)
        try flask.psql("UPDATE sales_sum SET net = net + 1 WHERE dimension IN (9, 10) AND ascii(key) <> 1")
        #expect(try await turnover() != after)
        #expect(try await shop.violations().map(\.check) == [.sums])
        // It sells on a day of which something is kept.
        let second = try await sell(5, 1, leaving: 4)
        let third = try await turnover()
        #expect(third.values.reduce(0, +) == after.values.reduce(0, +) + second)
        #expect(try await shop.violations() == [])
        try flask.psql("UPDATE products SET category = 'Sorted anew' WHERE id = 1")
        let sorted = try await turnover()
        #expect(sorted["Sorted anew"] != nil && third["Sorted anew"] == nil)
        #expect(sorted.values.reduce(0, +) == third.values.reduce(0, +))
        // A transaction counts once, however many products it sorts; one that is undone does not.
        try flask.psql("UPDATE products SET category = 'All'")
        #expect(throws: PostgresCluster.Failure.self) {
            try flask.psql("BEGIN; UPDATE products SET category = 'No'; SELECT 1 / 0; COMMIT")
        }
        #expect(try flask.psql("SELECT COUNT(*) FROM category_change") == "2")
        #expect(try await turnover().keys.sorted() == ["All"])
        #expect(try await shop.violations() == [])
    }

    @Test("A code that it kept before there was a discount of that name counts as used")
    func earlierCode() async throws {
        let (flask, shop, ann) = try await shared()
        try flask.order(1, 1, leaving: 6, code: "Later")
        let discount = try await shop.services.discounts.add(
            Discount(
                code: "LATER", kind: .fixed(Money(minorUnits: 10)), validFrom: nil, validUntil: nil,
                minimumSubtotal: nil, usageLimit: nil, timesUsed: 0, isActive: true), as: ann)
        #expect(discount.code == "LATER")
        #expect(try await shop.violations() == [])
    }

    @Test("What it sells is taken from the stock that is there, not from the one that it read")
    func staleStock() async throws {
        let (flask, shop, ann) = try await shared()
        // It has read 7; we sell 3; it sells 2 and writes 5.
        _ = try await shop.services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 3)]), key: .of("ours"), as: ann)
        try flask.order(1, 2, leaving: 5)
        #expect(try flask.psql("SELECT stock FROM products WHERE id = 1") == "2")
        // It has read 5 and sells 3 of the 2 that are left.
        #expect(throws: PostgresCluster.Failure.self) { try flask.order(1, 3, leaving: 2) }
        #expect(
            try flask.psql("SELECT stock, (SELECT COUNT(*) FROM orders) FROM products WHERE id = 1") == "2|5")
        #expect(try await shop.violations() == [])
    }

    @Test("What it places, pays and cancels is told with what becomes of stock and codes")
    func told() async throws {
        let (flask, shop, _) = try await shared()
        let ear = try NoticeEar(flask.database)
        func heard(_ body: () throws -> Void) throws -> ShopChanges {
            try body()
            return try ear.heard()
        }
        let order = TouchedOrder(id: 4, userID: 2)
        #expect(
            try heard { try flask.order(1, 2, leaving: 5, code: "SAVE10") }
                == ShopChanges(stock: .some([1]), orders: .some([order]), discounts: true))
        #expect(
            try heard { try flask.psql("UPDATE orders SET status = 'cancelled' WHERE id = 4") }
                == ShopChanges(stock: .some([1]), orders: .some([order]), discounts: true),
            "the stock that comes back is changed when the transaction is settled")
        #expect(
            try heard {
                try flask.psql(
                    "INSERT INTO users (email, password_hash, name) VALUES ('eve@example.com', 'x', 'Eve')")
            }.touches(account: 3))
        #expect(try await shop.violations() == [])
    }

    @Test("Our own orders are counted as fast as in a store that is not shared")
    func counting() async throws {
        let (flask, _, _) = try await shared()
        let shared = try flask.psql(
            """
            SELECT lanname, prosecdef, proconfig IS NULL FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
            WHERE proname = 'order_count_add'
            """)
        #expect(shared == "plpgsql|f|t", "one in SQL is planned at every call")
        try flask.order(1, 1, leaving: 6)
        #expect(try flask.psql("SELECT COUNT(*) FROM order_count WHERE slot >= 64 AND user_id = 0") == "1")
    }

    @Test("A stock that it sets is a movement; products and accounts of its own are found")
    func goodsAndPeople() async throws {
        let (flask, shop, ann) = try await shared()
        try flask.psql("UPDATE products SET stock = 50 WHERE id = 2")
        let movements = try await shop.services.counter?.stock.movements(of: 2, limit: 1, as: ann)
        #expect(movements?.map(\.quantity) == [47])
        try flask.psql(
            """
            INSERT INTO products (name, price, stock, category) VALUES ('Žluťoučký kůň', 5, 1, 'Toys');
            UPDATE products SET name = 'Desk lamp', description = 'Brass' WHERE id = 2;
            INSERT INTO users (email, password_hash, name, role) VALUES ('Dora@example.com', 'plain:storefront-demo', 'Dora', NULL),
                ('ANN@example.com', 'other', 'Other Ann', 'customer')
            """)
        for (text, id) in [("zlutoucky", Int64(3)), ("brass desk", 2)] {
            let found = try await shop.services.catalog.page(
                ProductQuery(text: text), at: .first, perPage: 10)
            #expect(found.products.map(\.id) == [id])
        }
        let byName = try await shop.services.catalog.page(
            ProductQuery(sort: .name), at: .first, perPage: 10)
        #expect(byName.products.map(\.id) == [2, 1, 3])
        #expect(try flask.psql("SELECT COUNT(*) FROM product_unread") == "0")
        for (email, name) in [("dora@example.com", "Dora"), ("ann@example.com", "Ann")] {
            let session = try await shop.services.auth.signIn(
                email: email, password: Secret("storefront-demo"))
            #expect(session.user.name == name)
        }
        #expect(try await shop.violations() == [])
    }

    @Test(
        "What would break the books is refused",
        arguments: [
            "UPDATE order_items SET quantity = 3 WHERE id = 1", "DELETE FROM order_items WHERE id = 1",
            "UPDATE orders SET total = 1 WHERE id = 1", "UPDATE orders SET status = 'pending' WHERE id = 2",
            "UPDATE orders SET status = 'shipped' WHERE id = 1",
            "INSERT INTO order_items (order_id, product_id, quantity, unit_price, total_price) VALUES (1, 1, 1, 1, 1)",
            "UPDATE products SET stock = -1 WHERE id = 1",
            "UPDATE products SET price = 'NaN' WHERE id = 1",
            "INSERT INTO orders (user_id, status, subtotal, tax, total) VALUES (2, 'pending', 'NaN', 0, 'NaN')",
            "TRUNCATE order_items CASCADE", "TRUNCATE orders CASCADE",
        ])
    func refusals(_ statement: String) async throws {
        let (flask, shop, _) = try await shared()
        #expect(throws: PostgresCluster.Failure.self) { try flask.psql(statement) }
        #expect(try await shop.violations() == [])
    }
}
