import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

@Suite("A Flask service's database becomes a store", .timeLimit(.minutes(20)))
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
            (
                "ALTER TABLE products ALTER COLUMN name DROP NOT NULL; UPDATE products SET name = NULL WHERE id = 1",
                "lack a value"
            ),
            ("UPDATE products SET stock = 2147483647 WHERE id = 1", "stock of more than"),
            (
                "UPDATE order_items SET unit_price = 50000, quantity = 9999 WHERE id = 1",
                "more than a store can hold"
            ),
            ("UPDATE orders SET created_at = 'infinity' WHERE id = 1", "infinity"),
            ("ALTER TABLE products ADD COLUMN sku VARCHAR(20)", "column sku of its own"),
            ("ALTER TABLE orders ALTER COLUMN id DROP DEFAULT", "numbered by no sequence"),
            (
                "ALTER TABLE order_items DROP COLUMN total_price; ALTER TABLE order_items ADD COLUMN total_price NUMERIC(10, 2) GENERATED ALWAYS AS (unit_price * quantity) STORED",
                "generated"
            ),
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

    @Test("What a store adds to the four tables is known before anything is made")
    func addedColumns() async throws {
        let fresh = try await TestDatabase()
        for table in TableTakeover.shared {
            let columns = try fresh.psql(
                "SELECT attname FROM pg_attribute WHERE attrelid = '\(table)'::regclass AND attnum > 0 AND NOT attisdropped"
            )
            #expect(
                Set(columns.split(separator: "\n").map(String.init)) == Set(PostgresSchema.columns(of: table))
            )
        }
    }

    @Test("Ids go on behind those that are there, however the old tables numbered them")
    func numbering() async throws {
        let flask = try await FlaskDatabase(
            FlaskDatabase.shop + """
                SELECT setval('products_id_seq', 1);
                ALTER SEQUENCE orders_id_seq RENAME TO old_orders_numbers;
                ALTER SEQUENCE order_items_id_seq OWNED BY NONE;
                ALTER SEQUENCE order_items_id_seq RENAME TO order_lines_numbers;
                ALTER TABLE users ALTER COLUMN id DROP DEFAULT;
                DROP SEQUENCE users_id_seq;
                ALTER TABLE users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY
                """)
        try await flask.adopt()
        let shop = try await TestShop(in: flask.database)
        let carl = try await shop.services.auth.register(
            Registration(email: "carl@example.com", name: "Carl", password: Secret("storefront-demo")))
        #expect(carl.user.id == 3)
        let lamp = try await shop.services.catalog.add(
            ProductDraft(name: "Lamp", price: Money(typed: "5.00"), stock: .counted(3)), as: .operatorOfStore)
        #expect(lamp.id == 3)
        let order = try await shop.services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 1)]), key: .of("one"), as: .user(carl))
        #expect(order.id == 4 && order.items.map(\.id) == [5])
        try flask.order(3, 1, leaving: 1)
        #expect(try await shop.violations() == [])
    }

    @Test("A rule of the old tables that only has the name of one of ours keeps none of ours out")
    func namesOfRules() async throws {
        let flask = try await FlaskDatabase(
            FlaskDatabase.shop
                + "ALTER TABLE products ADD CONSTRAINT products_price_check CHECK (price < 1000000)")
        try await flask.adopt()
        #expect(throws: PostgresCluster.Failure.self) {
            try flask.psql("UPDATE products SET price = -1 WHERE id = 1")
        }
        #expect(throws: PostgresCluster.Failure.self) {
            try flask.psql("UPDATE products SET price = 1000000 WHERE id = 1")
        }
    }

    @Test("An account and a product without any name get one")
    func nameless() async throws {
        let flask = try await FlaskDatabase(
            FlaskDatabase.shop
                + "UPDATE users SET name = '', email = '' WHERE id = 2; UPDATE products SET name = '' WHERE id = 1"
        )
        try await flask.adopt()
        #expect(try flask.psql("SELECT name FROM users WHERE id = 2") == "Account 2")
        #expect(try flask.psql("SELECT product_name FROM order_items WHERE id = 1") == "Product 1")
        try flask.psql("INSERT INTO products (name, price, stock) VALUES ('', 1, 1)")
        #expect(try flask.psql("SELECT name FROM products WHERE id = 3") == "Product 3")
    }

    @Test(
        "Two shops in schemas of one database leave each other's triggers alone, whatever the schemas are called"
    )
    func schemas() async throws {
        let database = try await TestDatabase(isEmpty: true)
        let schemas = ["Shop One", "shop_two"]
        for schema in schemas {
            try database.psql("CREATE SCHEMA \"\(schema)\"")
            try database.psql(
                "ALTER ROLE storefront IN DATABASE \(database.name) SET search_path = \"\(schema)\"")
            let flask = try await FlaskDatabase(FlaskDatabase.shop, in: database)
            try await flask.adopt()
        }
        let triggers = try database.psql(
            """
            SELECT nspname, COUNT(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE tgname LIKE 'other_service%' GROUP BY nspname
            """
        ).split(separator: "\n").compactMap { $0.split(separator: "|").last }
        #expect(triggers.count == 2 && Set(triggers).count == 1, "\(triggers)")
        for schema in schemas {
            try database.psql(
                "ALTER ROLE storefront IN DATABASE \(database.name) SET search_path = \"\(schema)\"")
            try FlaskDatabase(standing: database).order(1, 1, leaving: 6)
            #expect(try await TestShop(in: database).violations() == [])
        }
    }

    @Test(
        "A store that is shared already gets what a later version makes of the bridge when it is brought up to date"
    )
    func laterVersions() async throws {
        let flask = try await FlaskDatabase(FlaskDatabase.shop)
        try await flask.adopt()
        // As it was before the last migration.
        try flask.psql(
            """
            DELETE FROM storefront_schema WHERE number = \(PostgresSchema.newest);
            DROP TABLE price_batch_line, account_seen, category_change;
            DROP FUNCTION category_changed() CASCADE;
            ALTER TABLE price_batch DROP COLUMN holds_from, DROP COLUMN holds_until, DROP COLUMN begun_at,
                DROP COLUMN kept, DROP COLUMN kept_back;
            CREATE OR REPLACE FUNCTION other_service_settle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$
            """)
        let shop = try await TestShop(in: flask.database)
        try flask.order(1, 2, leaving: 5)
        #expect(try await shop.violations() == [], "the order is settled")
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
