/// The first schema of the terminal's own state file. Frozen once landed.
///
/// `store` is the store's uuid or a server's address, `owner` an account's id there, or 0 for guests.
enum StateSchemaV1 {
    // revision grows with every change and is never used twice, so that it names one content. cart_undo keeps
    // the contents that undo goes back to, under the revisions that they had.
    static let statements = """
        CREATE TABLE cart (
            store TEXT NOT NULL,
            owner INTEGER NOT NULL CHECK (owner >= 0),
            revision INTEGER NOT NULL CHECK (revision > 0),
            content TEXT NOT NULL CHECK (json_valid(content)),
            PRIMARY KEY (store, owner)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE cart_undo (
            store TEXT NOT NULL,
            owner INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            PRIMARY KEY (store, owner, revision),
            FOREIGN KEY (store, owner) REFERENCES cart (store, owner)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkout (
            store TEXT NOT NULL,
            owner INTEGER NOT NULL CHECK (owner > 0),
            content TEXT NOT NULL CHECK (json_valid(content)),
            PRIMARY KEY (store, owner)
        ) STRICT, WITHOUT ROWID;
        """
}
