/// PINs of those who work at tills, and what was asked to be approved.
enum PostgresSchemaPeople {
    // One setting for all PINs: the same PIN has one hash. `content` is a list of lines.
    static let statements = """
        CREATE TABLE pin_setting (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            setting TEXT NOT NULL
        );
        CREATE TABLE account_pin (
            account_id INTEGER PRIMARY KEY REFERENCES users (id),
            hash TEXT COLLATE "C" UNIQUE,
            failures INTEGER NOT NULL CHECK (failures >= 0)
        );
        CREATE TABLE approval (
            id SERIAL PRIMARY KEY,
            permission TEXT NOT NULL,
            share_numerator BIGINT,
            share_denominator BIGINT,
            amount NUMERIC(14, 2),
            title TEXT NOT NULL,
            content TEXT NOT NULL,
            digest TEXT NOT NULL,
            till TEXT,
            shift_id INTEGER REFERENCES shift (id),
            asked_by INTEGER NOT NULL REFERENCES users (id),
            asked_at TIMESTAMP NOT NULL,
            stage TEXT NOT NULL
                CHECK (stage IN ('waiting', 'granted', 'refused', 'used', 'expired', 'withdrawn')),
            answered_by INTEGER REFERENCES users (id),
            answered_at TIMESTAMP,
            by_pin BOOLEAN NOT NULL,
            CHECK (length(digest) = 64 AND content::json IS NOT NULL),
            CHECK ((share_denominator IS NULL) = (share_numerator IS NULL)),
            CHECK (answered_by <> asked_by AND (answered_at IS NULL) = (answered_by IS NULL)),
            CHECK (stage NOT IN ('granted', 'refused', 'used') OR answered_by IS NOT NULL)
        );
        CREATE INDEX approval_open ON approval (id) WHERE stage IN ('waiting', 'granted');
        CREATE INDEX approval_shift ON approval (shift_id) WHERE shift_id IS NOT NULL;
        """
}
