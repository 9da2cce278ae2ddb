import StoreDomain
import StorePostgres
import StoreService

/// A database as the Flask service makes it, with rows of its own, and statements as it writes them.
public final class FlaskDatabase: Sendable {
    public let database: TestDatabase

    /// - Parameters:
    ///   - rows: statements that fill the tables.
    ///   - database: where to make them; nil for a database of their own.
    public init(_ rows: String = "", in database: TestDatabase? = nil) async throws {
        if let database {
            self.database = database
        } else {
            self.database = try await TestDatabase(isEmpty: true)
        }
        try self.database.psql(Self.tables + rows)
    }

    /// A database that has the tables already.
    public init(standing database: TestDatabase) { self.database = database }

    /// What SQLAlchemy makes of the service's models.
    private static let tables = """
        CREATE TABLE users (id SERIAL NOT NULL, email VARCHAR(255) NOT NULL, password_hash VARCHAR(255) NOT NULL,
            name VARCHAR(255) NOT NULL, role VARCHAR(50), created_at TIMESTAMP WITHOUT TIME ZONE,
            updated_at TIMESTAMP WITHOUT TIME ZONE, PRIMARY KEY (id));
        CREATE UNIQUE INDEX ix_users_email ON users (email);
        CREATE TABLE products (id SERIAL NOT NULL, name VARCHAR(255) NOT NULL, description TEXT,
            price NUMERIC(10, 2) NOT NULL, stock INTEGER, category VARCHAR(100),
            created_at TIMESTAMP WITHOUT TIME ZONE, updated_at TIMESTAMP WITHOUT TIME ZONE, PRIMARY KEY (id));
        CREATE INDEX ix_products_category ON products (category);
        CREATE TABLE orders (id SERIAL NOT NULL, user_id INTEGER NOT NULL, status VARCHAR(50),
            subtotal NUMERIC(10, 2) NOT NULL, tax NUMERIC(10, 2) NOT NULL, discount_amount NUMERIC(10, 2),
            total NUMERIC(10, 2) NOT NULL, discount_code VARCHAR(50), created_at TIMESTAMP WITHOUT TIME ZONE,
            updated_at TIMESTAMP WITHOUT TIME ZONE, PRIMARY KEY (id), FOREIGN KEY(user_id) REFERENCES users (id));
        CREATE INDEX ix_orders_user_id ON orders (user_id);
        CREATE TABLE order_items (id SERIAL NOT NULL, order_id INTEGER NOT NULL, product_id INTEGER NOT NULL,
            quantity INTEGER NOT NULL, unit_price NUMERIC(10, 2) NOT NULL, total_price NUMERIC(10, 2) NOT NULL,
            PRIMARY KEY (id), FOREIGN KEY(order_id) REFERENCES orders (id),
            FOREIGN KEY(product_id) REFERENCES products (id));
        CREATE INDEX ix_order_items_order_id ON order_items (order_id);

        """

    /// Two accounts, two products, and three orders: one pending, one paid with a discount taken off twice, one
    /// cancelled.
    public static let shop = """
        INSERT INTO users (email, password_hash, name, role, created_at, updated_at) VALUES
            ('ann@example.com', 'plain:storefront-demo', 'Ann', 'admin', '2026-01-01', '2026-01-01'),
            ('bob@example.com', 'plain:storefront-demo', 'Bob', 'customer', '2026-01-02', '2026-01-02');
        INSERT INTO products (name, description, price, stock, category, created_at, updated_at) VALUES
            ('Müsli bowl', 'For breakfast', 10.00, 7, 'Kitchen', '2026-01-01', '2026-01-01'),
            ('Lamp', NULL, 20.50, 3, NULL, '2026-01-01', '2026-01-01');
        INSERT INTO orders (user_id, status, subtotal, tax, discount_amount, total, discount_code, created_at, updated_at)
        VALUES (2, 'pending', 20.00, 1.70, 0, 21.70, NULL, '2026-02-01', '2026-02-01'),
            (2, 'paid', 45.90, 4.34, 5.10, 45.14, 'SAVE10', '2026-02-02', '2026-02-03'),
            (1, 'cancelled', 20.50, 1.74, NULL, 22.24, NULL, '2026-02-04', '2026-02-04');
        INSERT INTO order_items (order_id, product_id, quantity, unit_price, total_price) VALUES
            (1, 1, 2, 10.00, 20.00), (2, 1, 1, 10.00, 10.00), (2, 2, 2, 20.50, 41.00), (3, 2, 1, 20.50, 20.50);

        """

    /// Runs statements as somebody who is not this program.
    @discardableResult
    public func psql(_ sql: String) throws -> String { try database.psql(sql) }

    /// - Parameter statuses: what words of the service stand for.
    public func adoption(_ statuses: [String: OrderStatus] = [:]) -> PostgresAdoption {
        PostgresAdoption(database.address, statuses: statuses)
    }

    /// Takes the database over.
    public func adopt(_ statuses: [String: OrderStatus] = [:]) async throws {
        var policy = ShopPolicy()
        policy.pendingMinutes = 0
        try await adoption(statuses).run(
            StoreSeed(policy: policy, uuid: "a-store", now: Timestamp(seconds: 1_773_480_413)))
    }

    /// What is found in a database that is the service's.
    public func report(_ statuses: [String: OrderStatus] = [:]) async throws -> AdoptionReport {
        guard case .flask(let report) = try await adoption(statuses).candidate() else {
            throw PostgresCluster.Failure(description: "the database is not taken for the Flask service's")
        }
        return report
    }

    /// Everything in the four tables and what tables there are, as text.
    public func contents() throws -> String {
        try psql(
            """
            SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
                SELECT 'u' || users::text AS line FROM users UNION ALL SELECT 'p' || products::text FROM products
                UNION ALL SELECT 'o' || orders::text FROM orders UNION ALL SELECT 'i' || order_items::text FROM order_items
                UNION ALL SELECT relkind::text || ' ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
                UNION ALL SELECT nspname FROM pg_namespace WHERE nspname LIKE 'storefront%') AS lines
            """)
    }

    /// The service's order in one transaction: the stock that it reckons to be left is written first.
    public func order(_ product: Int, _ quantity: Int, leaving stock: Int, code: String? = nil) throws {
        try psql(
            """
            BEGIN;
            INSERT INTO orders (user_id, status, subtotal, tax, discount_amount, total, discount_code, created_at,
                updated_at)
            SELECT 2, 'pending', price * \(quantity), price * \(quantity) * 0.085, 0, price * \(quantity) * 1.085,
                \(code.map { "'\($0)'" } ?? "NULL"), now(), now() FROM products WHERE id = \(product);
            UPDATE products SET stock = \(stock), updated_at = now() WHERE id = \(product);
            INSERT INTO order_items (order_id, product_id, quantity, unit_price, total_price)
            SELECT currval('orders_id_seq'), id, \(quantity), price, price * \(quantity) FROM products
            WHERE id = \(product);
            COMMIT
            """)
    }
}
