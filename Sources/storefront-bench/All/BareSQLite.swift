import ArgumentParser
import Foundation
import GRDBSQLite

/// Durable transactions of an order's shape through SQLite's C interface and nothing else: what a program on SQLite can
/// reach at most.
enum BareSQLite {
    /// Returns how many there were in a second.
    static func measure(_ path: String, orders: Int) throws -> Double {
        let connection = try BareConnection(path)
        defer {
            connection.close()
            for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        }
        let start = ContinuousClock.now
        for number in 0..<orders { try connection.order(number) }
        return Double(orders) / ((ContinuousClock.now - start) / .seconds(1))
    }
}

private final class BareConnection {
    private let database: OpaquePointer
    private var statements: [OpaquePointer] = []

    /// The tables that an order is written to, with their indexes, and rows of about the same length.
    private static let schema = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT NOT NULL, stock INTEGER NOT NULL) STRICT;
        INSERT INTO product VALUES (1, 'Item 1', 1000000), (2, 'Item 2', 1000000);
        CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, status TEXT NOT NULL,
            subtotal INTEGER, discount INTEGER, tax INTEGER, total INTEGER, created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL) STRICT;
        CREATE INDEX orders_newest ON orders (created_at, id);
        CREATE INDEX orders_user ON orders (user_id, created_at, id);
        CREATE INDEX orders_status ON orders (status, created_at, id);
        CREATE INDEX orders_user_status ON orders (user_id, status, created_at, id);
        CREATE TABLE order_item (id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL,
            product_id INTEGER NOT NULL, product_name TEXT NOT NULL, quantity INTEGER, unit_price INTEGER,
            total INTEGER, tax INTEGER) STRICT;
        CREATE INDEX order_item_order ON order_item (order_id, id);
        CREATE TABLE stock_movement (id INTEGER PRIMARY KEY AUTOINCREMENT, product_id INTEGER NOT NULL,
            kind TEXT NOT NULL, quantity INTEGER, order_id INTEGER, created_at INTEGER NOT NULL) STRICT;
        CREATE INDEX stock_movement_product ON stock_movement (product_id, created_at, id);
        CREATE INDEX stock_movement_order ON stock_movement (order_id);
        CREATE TABLE order_count (user_id INTEGER, status TEXT, orders INTEGER, PRIMARY KEY (user_id, status))
            STRICT, WITHOUT ROWID;
        INSERT INTO order_count VALUES (0, 'pending', 0), (1, 'pending', 0);
        CREATE TABLE idempotency (key TEXT, operation TEXT, user_id INTEGER, fingerprint BLOB, order_id INTEGER,
            created_at INTEGER, PRIMARY KEY (user_id, operation, key)) STRICT, WITHOUT ROWID;
        CREATE TABLE journal (chain TEXT, number INTEGER, kind TEXT, content TEXT, hash TEXT, person INTEGER,
            created_at INTEGER, PRIMARY KEY (chain, number)) STRICT, WITHOUT ROWID;
        """

    /// Each is given the order's number as `?1`.
    private static let transaction = [
        "BEGIN IMMEDIATE",
        "INSERT INTO orders VALUES (?1 + 1, 1, 'pending', 3998, 0, 340, 4338, ?1, ?1)",
        "INSERT INTO order_item VALUES (NULL, ?1 + 1, 1, 'Item 1', 1, 1999, 1999, 170)",
        "INSERT INTO order_item VALUES (NULL, ?1 + 1, 2, 'Item 2', 1, 1999, 1999, 170)",
        "UPDATE product SET stock = stock - 1 WHERE id = 1 AND stock >= 1 + ?1 * 0",
        "UPDATE product SET stock = stock - 1 WHERE id = 2 AND stock >= 1 + ?1 * 0",
        "INSERT INTO stock_movement VALUES (NULL, 1, 'sale', -1, ?1 + 1, ?1)",
        "INSERT INTO stock_movement VALUES (NULL, 2, 'sale', -1, ?1 + 1, ?1)",
        "UPDATE order_count SET orders = orders + 1 WHERE user_id IN (0, 1) AND status = 'pending' AND ?1 >= 0",
        "INSERT INTO idempotency VALUES ('key-' || ?1, 'order', 1, zeroblob(32), ?1 + 1, ?1)",
        """
        INSERT INTO journal VALUES ('api', ?1 + 1, 'order-placed', printf('%.600c', 'x'), printf('%.64c', 'y'), 1, ?1)
        """,
        "COMMIT",
    ]

    init(_ path: String) throws {
        var opened: OpaquePointer?
        guard sqlite3_open(path, &opened) == SQLITE_OK, let opened else {
            throw ValidationError("\(path) cannot be opened")
        }
        database = opened
        try check(sqlite3_exec(database, Self.schema, nil, nil, nil))
        for text in Self.transaction {
            var statement: OpaquePointer?
            try check(sqlite3_prepare_v2(database, text, -1, &statement, nil))
            if let statement { statements.append(statement) }
        }
    }

    func order(_ number: Int) throws {
        for statement in statements {
            if sqlite3_bind_parameter_count(statement) > 0 {
                try check(sqlite3_bind_int64(statement, 1, Int64(number)))
            }
            let code = sqlite3_step(statement)
            guard code == SQLITE_DONE else { throw ValidationError("SQLite says \(code)") }
            try check(sqlite3_reset(statement))
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw ValidationError(String(cString: sqlite3_errmsg(database))) }
    }

    func close() {
        for statement in statements { sqlite3_finalize(statement) }
        sqlite3_close(database)
    }
}
