import PostgresTesting
import StoreContracts
import StoreDomain
import StorePostgres
import StoreService
import Testing

@Suite("A Flask service's database becomes a store", .timeLimit(.minutes(5)))
struct AdoptionTests {
    /// Columns, rules, indexes and triggers of the tables that both have.
    private static let structure = """
        SELECT 'column ' || c.relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' '
            || attnotnull || ' ' || COALESCE(pg_get_expr(adbin, adrelid), '') || ' ' || COALESCE(collname, '')
        FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        WHERE c.relnamespace = 'public'::regnamespace AND relkind = 'r'
        UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT relname || ' ' || reloptions::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND reloptions IS NOT NULL
        """

    /// Without casts of texts, of which PostgreSQL tells one rule in several ways.
    private func structure(_ database: TestDatabase) throws -> Set<String> {
        let lines = try database.psql(Self.structure).split(separator: "\n").map { line in
            ["::character varying", "::text[]", "::text", "(", ")"].reduce(String(line)) {
                $0.replacing($1, with: "")
            }
        }
        return Set(lines)
    }

    @Test("Its tables are what a new store's are, whatever migrations there are")
    func structure() async throws {
        let fresh = try await TestDatabase()
        let adopted = try await FlaskDatabase(FlaskDatabase.shop)
        try await adopted.adopt()
        let expected = try structure(fresh)
        let found = try structure(adopted.database)
        #expect(expected.subtracting(found) == [])
        let more = found.subtracting(expected).filter {
            !$0.contains("other_service") && !$0.contains("product_unread")
        }
        // What the service made beyond it stays: indexes, and references that our own tables do without.
        let kept = ["ix_products", "ix_order", "_fkey FOREIGN KEY"]
        #expect(more.allSatisfy { line in kept.contains { line.contains($0) } }, "\(more)")
    }

    @Test("Accounts, products and orders are there under their ids, and the books balance")
    func rows() async throws {
        let flask = try await FlaskDatabase(FlaskDatabase.shop)
        #expect(try await flask.report().isPossible)
        try await flask.adopt()
        let shop = try await TestShop(in: flask.database)
        #expect(try await shop.violations() == [])

        let ann = try await shop.services.auth.signIn(
            email: "Ann@Example.com", password: Secret("storefront-demo"))
        #expect(ann.user.id == 1 && ann.user.role == .admin)
        let found = try await shop.services.catalog.page(
            ProductQuery(text: "musli breakfast"), at: .first, perPage: 10)
        #expect(found.products.map(\.id) == [1])
        let paid = try await shop.services.orders.order(2, as: .user(ann))
        #expect(paid.status == .paid && paid.total == Money(minorUnits: 4514))
        #expect(paid.subtotal == Money(minorUnits: 4590) && paid.discount == Money(minorUnits: 510))
        #expect(paid.payments.map(\.amount) == [paid.total])
        #expect(paid.items.map(\.productName) == ["Müsli bowl", "Lamp"])
        // Seven are left of ten, of which three were sold.
        #expect(try flask.psql("SELECT initial_stock, stock FROM products WHERE id = 1") == "10|7")
        let used = try await shop.services.discounts.discounts(as: .user(ann)).first { $0.code == "SAVE10" }
        #expect(used?.timesUsed == 1)

        // It goes on: ids, cancelling, paying.
        let carl = try await shop.services.auth.register(
            Registration(email: "carl@example.com", name: "Carl", password: Secret("storefront-demo")))
        #expect(carl.user.id == 3)
        _ = try await shop.services.orders.cancel(1, as: .user(ann))
        #expect(try flask.psql("SELECT stock FROM products WHERE id = 1") == "9")
        #expect(try await shop.violations() == [])
    }

    @Test("What is odd is told with its ids, mended, and noted")
    func oddities() async throws {
        let flask = try await FlaskDatabase(
            FlaskDatabase.shop + """
                UPDATE products SET stock = -4 WHERE id = 1;
                UPDATE products SET stock = NULL, created_at = NULL, category = '' WHERE id = 2;
                UPDATE orders SET total = 30 WHERE id = 1;
                UPDATE orders SET total = 45.15 WHERE id = 2;
                UPDATE orders SET total = -1, status = 'returned' WHERE id = 3;
                UPDATE order_items SET total_price = 12 WHERE id = 2;
                UPDATE users SET role = 'VIP', name = '' WHERE id = 2;
                INSERT INTO users (email, password_hash, name) VALUES ('ANN@example.com', 'pbkdf2:sha256:1$a$b', 'Other Ann')
                """)
        let before = try flask.contents()
        let refused = try await flask.report()
        #expect(!refused.isPossible)
        #expect(
            refused.findings.contains {
                $0.weight == .blocks && $0.sentence.contains("returned") && $0.ids == [3]
            })
        await #expect(throws: StoreError.self) { try await flask.adopt() }
        #expect(try flask.contents() == before)

        let report = try await flask.report(["returned": .cancelled])
        #expect(report.isPossible)
        for (words, ids) in [
            ("stock below zero", [Int64(1)]), ("no stock", [2]), ("by case", [3]), ("a cent or two", [2]),
            ("do not add up: their total stays", [1]), ("less than nothing", [3]),
            ("price times quantity", [2]),
            ("--status translates", [3]), ("role", [2]), ("another way than by bcrypt", [1, 2, 3]),
            ("no name", [2]),
        ] {
            let finding = report.findings.first { $0.sentence.contains(words) }
            #expect(finding?.ids == ids, "\(words)")
        }
        #expect(try flask.contents() == before)

        try await flask.adopt(["returned": .cancelled])
        let shop = try await TestShop(in: flask.database)
        #expect(try await shop.violations() == [])
        #expect(try flask.psql("SELECT stock FROM products ORDER BY id") == "0\n0")
        #expect(
            try flask.psql("SELECT total, status FROM orders ORDER BY id")
                == "30.00|pending\n45.15|paid\n0.00|cancelled")
        #expect(try flask.psql("SELECT note FROM orders WHERE id = 3").contains("total -1.00"))
        let ann = try await shop.services.auth.signIn(
            email: "ANN@example.com", password: Secret("storefront-demo"))
        #expect(ann.user.id == 1)
    }

    @Test(
        "What no store can hold is refused with its ids, and nothing is changed",
        arguments: [
            ("UPDATE order_items SET quantity = -2 WHERE id = 3", "quantity"),
            ("UPDATE products SET price = -1 WHERE id = 1", "price"),
            ("DELETE FROM order_items WHERE order_id = 1", "no lines"),
            ("CREATE TABLE payment (id INTEGER)", "table payment"),
            (
                "ALTER TABLE products ALTER COLUMN price TYPE double precision",
                "products.price is double precision"
            ),
            ("DROP TABLE order_items", "lacks order_items"),
        ])
    func obstacles(_ change: String, _ words: String) async throws {
        let flask = try await FlaskDatabase(FlaskDatabase.shop + change)
        let tables = "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'r'"
        let before = try flask.psql(tables)
        switch try await flask.adoption().candidate() {
        case .flask(let report):
            #expect(report.findings.contains { $0.weight == .blocks && $0.sentence.contains(words) })
        case .other(let sentence): #expect(sentence.contains(words))
        case .store: Issue.record("it is no store")
        }
        await #expect(throws: StoreError.self) { try await flask.adopt() }
        #expect(try flask.psql(tables) == before)
    }

    @Test("Again is harmless, and a store of our own can be shared as well")
    func again() async throws {
        let flask = try await FlaskDatabase(FlaskDatabase.shop)
        try await flask.adopt()
        let once = try flask.contents()
        try await flask.adopt()
        #expect(try flask.contents() == once)

        let own = try await TestShop()
        let counter = try await CounterShop(own)
        guard case .store(isShared: false) = try await PostgresAdoption(own.database.address).candidate()
        else {
            throw PostgresCluster.Failure(description: "it is a store that is not shared")
        }
        try await PostgresAdoption(own.database.address).run(
            StoreSeed(policy: ShopPolicy(), uuid: "other", now: own.clock.now()))
        try own.database.psql("UPDATE products SET stock = 42 WHERE id = 1")
        try await counter.place(1, key: "after")
        #expect(try await own.violations() == [])
    }

    @Test("Views, tables and columns of somebody else on the four tables stay")
    func strangers() async throws {
        let flask = try await FlaskDatabase(
            FlaskDatabase.shop + """
                ALTER TABLE users ADD COLUMN phone TEXT; UPDATE users SET phone = '555';
                CREATE TABLE review (product_id INTEGER REFERENCES products (id), words TEXT);
                INSERT INTO review VALUES (1, 'Good');
                CREATE VIEW names AS SELECT name FROM products
                """)
        try await flask.adopt()
        #expect(try flask.psql("SELECT DISTINCT phone FROM users") == "555")
        #expect(try flask.psql("SELECT COUNT(*) FROM names, review") == "2")
        #expect(throws: PostgresCluster.Failure.self) {
            try flask.psql("INSERT INTO review VALUES (99, 'Bad')")
        }
    }
}
