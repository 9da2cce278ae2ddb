import GRDB

// What a till keeps: numbers, shifts, cash, parked sales.
extension SchemaV3 {
    /// The columns of a document's number: kind, till and position together, or none of them.
    static let numberColumns = """
        number_kind TEXT CHECK (number_kind IN ('R', 'F', 'Z')),
            number_till TEXT,
            number_position INTEGER CHECK (number_position > 0),
            CHECK ((number_kind IS NULL) = (number_till IS NULL)
                AND (number_kind IS NULL) = (number_position IS NULL))
        """

    static func numberIndex(_ table: String) -> String {
        """
        CREATE UNIQUE INDEX \(table)_number ON \(table) (number_kind, number_till, number_position)
        WHERE number_position IS NOT NULL;
        """
    }

    // MARK: - Till

    static func makeTill(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE number_series (
                    kind TEXT NOT NULL CHECK (kind IN ('R', 'F', 'Z')),
                    till TEXT NOT NULL,
                    last INTEGER NOT NULL CHECK (last > 0),
                    PRIMARY KEY (kind, till)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE shift (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    till TEXT NOT NULL CHECK (length(till) BETWEEN 1 AND 20),
                    opened_by INTEGER NOT NULL REFERENCES account (id),
                    opened_at INTEGER NOT NULL,
                    float_minor INTEGER NOT NULL CHECK (float_minor >= 0),
                    closed_by INTEGER REFERENCES account (id),
                    closed_at INTEGER,
                    expected_minor INTEGER,
                    counted_minor INTEGER CHECK (counted_minor >= 0),
                    reason TEXT,
                    \(numberColumns),
                    CHECK ((closed_at IS NULL) = (closed_by IS NULL)
                        AND (closed_at IS NULL) = (expected_minor IS NULL)
                        AND (closed_at IS NULL) = (counted_minor IS NULL)
                        AND (closed_at IS NULL) = (number_position IS NULL)),
                    CHECK (reason IS NULL OR closed_at IS NOT NULL)
                ) STRICT;
                CREATE UNIQUE INDEX shift_open ON shift (till) WHERE closed_at IS NULL;
                CREATE INDEX shift_till ON shift (till, id);
                \(numberIndex("shift"))
                CREATE TRIGGER shift_closed BEFORE UPDATE ON shift WHEN old.closed_at IS NOT NULL BEGIN
                    SELECT RAISE(ABORT, 'a closed shift is never changed');
                END;

                CREATE TABLE cash_movement (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    shift_id INTEGER NOT NULL REFERENCES shift (id),
                    kind TEXT NOT NULL CHECK (kind IN ('paid-in', 'paid-out', 'drop')),
                    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
                    reason TEXT NOT NULL CHECK (reason <> ''),
                    moved_by INTEGER NOT NULL REFERENCES account (id),
                    created_at INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX cash_movement_shift ON cash_movement (shift_id, id);

                CREATE TABLE parked_sale (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
                    label TEXT NOT NULL,
                    basket TEXT NOT NULL CHECK (json_valid(basket)),
                    till TEXT NOT NULL,
                    parked_by INTEGER NOT NULL REFERENCES account (id),
                    created_at INTEGER NOT NULL
                ) STRICT;
                """)
    }
}
