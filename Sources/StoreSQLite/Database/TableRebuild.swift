import GRDB

/// Makes a table anew within a migration, as a CHECK of SQLite's cannot be changed.
enum TableRebuild {
    /// Makes `table` anew: same name, rows from `select`, numbers go on where they were.
    static func run(
        _ table: String, in db: Database, _ definition: String, columns: String, copying select: String
    ) throws {
        try run(table, in: db, definition) { new in
            try db.execute(sql: "INSERT INTO \(new) (\(columns)) \(select)")
        }
    }

    /// - Parameter copy: fills the new table, which has this name, from the old one.
    static func run(
        _ table: String, in db: Database, _ definition: String, copy: (_ new: String) throws -> Void
    ) throws {
        // Renaming makes SQLite read the whole schema again, which a store that is just being made need not
        // wait for.
        guard try isUsed(table, in: db) else {
            return try db.execute(sql: "DROP TABLE \(table); CREATE TABLE \(table) (\(definition)")
        }
        try db.execute(sql: "CREATE TABLE \(table)_new (\(definition)")
        try copy("\(table)_new")
        try db.execute(
            sql: """
                DELETE FROM sqlite_sequence WHERE name = '\(table)_new';
                INSERT INTO sqlite_sequence SELECT '\(table)_new', seq FROM sqlite_sequence
                WHERE name = '\(table)';
                DROP TABLE \(table);
                ALTER TABLE \(table)_new RENAME TO \(table);
                """)
    }

    /// Whether it has rows, or had some whose numbers must not be given again.
    private static func isUsed(_ table: String, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM \(table))
                    OR EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '\(table)')
                """) ?? true
    }
}
