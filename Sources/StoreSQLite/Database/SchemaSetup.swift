import GRDB

/// Stock below zero: which products somebody has to count, as more of them was sold than the books had. No other
/// product can come below zero.
enum SchemaSetup {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE product ADD COLUMN count_due_at INTEGER")
        try letStockGoBelowZero(db)
        try db.execute(
            sql: "CREATE INDEX product_count_due ON product (count_due_at) WHERE count_due_at IS NOT NULL")
    }

    /// Changes the one CHECK in the schema's text, as SQLite's manual has it for a constraint that falls: no row
    /// changes, so that the table with its indexes and triggers need not be made anew.
    private static func letStockGoBelowZero(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
        try db.execute(
            sql: """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema
                SET sql = replace(sql, 'CHECK (stock >= 0)', 'CHECK (stock >= 0 OR count_due_at IS NOT NULL)')
                WHERE type = 'table' AND name = 'product';
                PRAGMA schema_version = \(version + 1);
                PRAGMA writable_schema = RESET;
                """)
    }
}
