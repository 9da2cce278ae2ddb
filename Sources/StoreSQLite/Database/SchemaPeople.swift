/// PINs of those who work at tills, and what was asked to be approved.
enum SchemaPeople {
    // One setting for all PINs: the same PIN has one hash. `content` is a list of lines.
    static let statements = """
        CREATE TABLE pin_setting (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            setting TEXT NOT NULL
        ) STRICT;
        CREATE TABLE account_pin (
            account_id INTEGER PRIMARY KEY REFERENCES account (id),
            hash TEXT UNIQUE,
            failures INTEGER NOT NULL CHECK (failures >= 0)
        ) STRICT;
        CREATE TABLE approval (
            id INTEGER PRIMARY KEY,
            permission TEXT NOT NULL,
            share_numerator INTEGER,
            share_denominator INTEGER CHECK ((share_denominator IS NULL) = (share_numerator IS NULL)),
            amount_minor INTEGER,
            title TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            till TEXT,
            shift_id INTEGER REFERENCES shift (id),
            asked_by INTEGER NOT NULL REFERENCES account (id),
            asked_at INTEGER NOT NULL,
            stage TEXT NOT NULL
                CHECK (stage IN ('waiting', 'granted', 'refused', 'used', 'expired', 'withdrawn')),
            answered_by INTEGER REFERENCES account (id) CHECK (answered_by <> asked_by),
            answered_at INTEGER CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
            by_pin INTEGER NOT NULL CHECK (by_pin IN (0, 1)),
            CHECK (stage NOT IN ('granted', 'refused', 'used') OR answered_by IS NOT NULL)
        ) STRICT;
        CREATE INDEX approval_open ON approval (id) WHERE stage IN ('waiting', 'granted');
        CREATE INDEX approval_shift ON approval (shift_id) WHERE shift_id IS NOT NULL;
        """
}
