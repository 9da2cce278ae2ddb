import GRDB

/// The second schema of the terminal's own state file: baskets belong to sessions. Frozen once landed.
///
/// `session` is a number that one session has had and no other ever has; 0 stands for the sessions of earlier
/// builds. Whether a session lives is not in the file: it holds a lock on the byte of its number (`SessionLock`).
enum StateSchemaV2 {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: tables)
        try db.execute(sql: carried)
    }

    // A session holds at most one basket for an owner. revision grows with every change of a basket and is never
    // used twice in it. basket_step keeps the contents that undo and redo go back to, under the revisions that
    // they had: of both, the highest is the latest.
    private static let tables = """
        CREATE TABLE session_number (last INTEGER NOT NULL CHECK (last >= 0)) STRICT;
        INSERT INTO session_number VALUES (0);

        CREATE TABLE basket (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            store TEXT NOT NULL,
            owner INTEGER NOT NULL CHECK (owner >= 0),
            session INTEGER NOT NULL CHECK (session >= 0),
            is_held INTEGER NOT NULL CHECK (is_held IN (0, 1)),
            changed_at INTEGER,
            revision INTEGER NOT NULL CHECK (revision > 0),
            content TEXT NOT NULL CHECK (json_valid(content)),
            checkout TEXT CHECK (checkout IS NULL OR json_valid(checkout))
        ) STRICT;

        CREATE UNIQUE INDEX basket_held ON basket (store, owner, session) WHERE is_held;
        CREATE INDEX basket_owner ON basket (store, owner);

        CREATE TABLE basket_step (
            basket INTEGER NOT NULL REFERENCES basket (id) ON DELETE CASCADE,
            is_redo INTEGER NOT NULL CHECK (is_redo IN (0, 1)),
            revision INTEGER NOT NULL CHECK (revision > 0),
            content TEXT NOT NULL CHECK (json_valid(content)),
            PRIMARY KEY (basket, is_redo, revision)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE last_sign_in (
            store TEXT NOT NULL PRIMARY KEY,
            email TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    // Every cart of before is left behind, with its steps and its checkout.
    private static let carried = """
        INSERT INTO basket (store, owner, session, is_held, changed_at, revision, content, checkout)
            SELECT cart.store, cart.owner, 0, 0, NULL, cart.revision, cart.content, checkout.content
            FROM cart LEFT JOIN checkout ON checkout.store = cart.store AND checkout.owner = cart.owner;
        INSERT INTO basket (store, owner, session, is_held, changed_at, revision, content, checkout)
            SELECT store, owner, 0, 0, NULL, 1, '{"lines":[]}', content FROM checkout
            WHERE NOT EXISTS (
                SELECT 1 FROM cart WHERE cart.store = checkout.store AND cart.owner = checkout.owner);
        INSERT INTO basket_step (basket, is_redo, revision, content)
            SELECT basket.id, 0, cart_undo.revision, cart_undo.content
            FROM cart_undo JOIN basket ON basket.store = cart_undo.store AND basket.owner = cart_undo.owner;
        DROP TABLE checkout;
        DROP TABLE cart_undo;
        DROP TABLE cart;
        """
}
