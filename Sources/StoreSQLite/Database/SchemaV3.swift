import GRDB
import StoreDomain

/// Everything that selling over a counter needs: roles and policy as data, documents with numbers, the figures
/// of each line, several tenders, refunds, shifts, movements of stock with their reasons, and the journal.
///
/// Tables whose CHECKs change are made anew under their old names. The tables of documents and stock are in
/// `SchemaV3+Selling.swift`, those of a till in `SchemaV3+Till.swift`; what happens to the rows of older orders
/// is in `SchemaV3+Lines.swift`.
enum SchemaV3 {
    /// - Parameter settings: the policy of a store that was made before stores kept one.
    static func migrate(_ db: Database, settings: ShopPolicy) throws {
        try makePeople(db)
        try makePolicy(db, settings: settings)
        try makeProducts(db)
        try makeDiscounts(db)
        try makeTill(db)
        try makeOrders(db)
        try makeJournal(db)
    }

    // MARK: - People

    private static func makePeople(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE role (
                    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
                    grants TEXT NOT NULL CHECK (json_valid(grants))
                ) STRICT, WITHOUT ROWID;
                """)
        for role in Role.standard {
            try db.execute(
                sql: "INSERT INTO role (name, grants) VALUES (?, ?)",
                arguments: [role.name, try JSONText.of(role.grants)])
        }
        try TableRebuild.run(
            "account", in: db,
            """
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                email TEXT NOT NULL,
                email_key TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL CHECK (name <> ''),
                password_hash TEXT NOT NULL,
                role TEXT NOT NULL REFERENCES role (name),
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            ) STRICT
            """, columns: "id, email, email_key, name, password_hash, role, created_at, updated_at",
            copying:
                "SELECT id, email, email_key, name, password_hash, role, created_at, updated_at FROM account")
        try db.execute(sql: "CREATE INDEX account_role ON account (role)")
    }

    // MARK: - Policy

    private static func makePolicy(_ db: Database, settings: ShopPolicy) throws {
        try db.execute(
            sql: """
                CREATE TABLE policy (
                    number INTEGER PRIMARY KEY CHECK (number > 0),
                    content TEXT NOT NULL CHECK (json_valid(content)),
                    set_by INTEGER REFERENCES account (id),
                    created_at INTEGER NOT NULL
                ) STRICT;
                """)
        // A store that is being made has no row yet, and gets its policy with it.
        guard let store = try Row.fetchOne(db, sql: "SELECT currency, created_at FROM store"),
            let currency = Currency(code: store["currency"])
        else { return }
        try db.execute(
            sql: "INSERT INTO policy (number, content, created_at) VALUES (1, ?, ?)",
            arguments: [try JSONText.of(settings.in(currency)), store["created_at"] as Int64])
    }

    // MARK: - Goods

    // The key of a SKU is made by `skuKey`: letters of every script lose their case, not only those
    // of ASCII. Where two SKUs of an older store become one by that, the later product's gets its id appended.
    private static func makeProducts(_ db: Database) throws {
        let skus = try Row.fetchAll(db, sql: "SELECT id, sku FROM product WHERE sku IS NOT NULL ORDER BY id")
        var taken: Set<String> = []
        for row in skus where !taken.insert(skuKey(row["sku"])).inserted {
            let sku = "\(row["sku"] as String)-\(row["id"] as Int64)"
            taken.insert(skuKey(sku))
            try db.execute(
                sql: "UPDATE product SET sku = ? WHERE id = ?", arguments: [sku, row["id"] as Int64])
        }
        let triggers = try String.fetchAll(
            db, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'product'")
        let indexes = try String.fetchAll(
            db,
            sql: """
                SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'product' AND sql IS NOT NULL
                """)
        let view = try String.fetchOne(
            db, sql: "SELECT sql FROM sqlite_master WHERE name = 'product_on_sale'")
        try db.execute(sql: "DROP VIEW product_on_sale")
        db.add(function: skuKeyFunction)
        defer { db.remove(function: skuKeyFunction) }
        try TableRebuild.run(
            "product", in: db, productDefinition,
            columns: """
                id, name, name_key, description, price_minor, initial_stock, stock, tracks_stock, category_id, sku,
                sku_key, barcode, handle, search_extra, archived, created_at, updated_at
                """,
            copying: """
                SELECT id, name, name_key, description, price_minor, initial_stock, stock, 1, category_id, sku,
                    sku_key(sku), barcode, handle, search_extra, archived, created_at, updated_at FROM product
                """)
        if let view { try db.execute(sql: view) }
        for sql in indexes + triggers { try db.execute(sql: sql) }
    }

    private static func skuKey(_ sku: String) -> String { SearchText.stored(sku).lowercased() }

    private static let skuKeyFunction = DatabaseFunction("sku_key", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(skuKey)
    }

    private static let productDefinition = """
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            name_key TEXT NOT NULL,
            description TEXT NOT NULL DEFAULT '',
            price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 9999999999),
            initial_stock INTEGER NOT NULL CHECK (initial_stock >= 0),
            stock INTEGER NOT NULL CHECK (stock >= 0),
            tracks_stock INTEGER NOT NULL DEFAULT 1 CHECK (tracks_stock IN (0, 1)),
            category_id INTEGER REFERENCES category (id),
            tax_class TEXT,
            sku TEXT,
            sku_key TEXT UNIQUE,
            barcode TEXT UNIQUE,
            handle TEXT UNIQUE,
            search_extra TEXT NOT NULL,
            archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK ((sku IS NULL) = (sku_key IS NULL))
        ) STRICT
        """

    // MARK: - Discounts and ways to pay

    // An order that was cancelled for being late and is paid after all counts its code's use again, even where
    // others used the code up meanwhile: no CHECK keeps uses within the limit any more.
    private static func makeDiscounts(_ db: Database) throws {
        let columns = """
            code_key, code, kind, rate_numerator, rate_denominator, amount_minor, valid_from, valid_until,
            minimum_minor, usage_limit, times_used, active, created_at
            """
        try TableRebuild.run(
            "discount", in: db,
            """
                code_key TEXT PRIMARY KEY,
                code TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('percent', 'fixed')),
                rate_numerator INTEGER,
                rate_denominator INTEGER CHECK (rate_denominator > 0),
                amount_minor INTEGER CHECK (amount_minor > 0),
                valid_from INTEGER,
                valid_until INTEGER,
                minimum_minor INTEGER CHECK (minimum_minor >= 0),
                usage_limit INTEGER CHECK (usage_limit > 0),
                times_used INTEGER NOT NULL DEFAULT 0 CHECK (times_used >= 0),
                active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
                created_at INTEGER NOT NULL,
                CHECK ((kind = 'percent') = (rate_numerator IS NOT NULL)),
                CHECK ((kind = 'percent') = (rate_denominator IS NOT NULL)),
                CHECK ((kind = 'fixed') = (amount_minor IS NOT NULL)),
                CHECK (rate_numerator BETWEEN 1 AND rate_denominator)
            ) STRICT, WITHOUT ROWID
            """, columns: columns, copying: "SELECT \(columns) FROM discount")
        try TableRebuild.run(
            "payment_method", in: db,
            """
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('cash', 'external-card', 'simulated-card', 'online')),
                permission TEXT NOT NULL,
                position INTEGER NOT NULL,
                active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
            ) STRICT, WITHOUT ROWID
            """, columns: "id, name, kind, permission, position, active",
            copying: """
                SELECT id, name, kind, CASE minimum_role WHEN 'customer' THEN 'placeOrders'
                    WHEN 'staff' THEN 'takePayment' ELSE 'manageAccounts' END, position, active
                FROM payment_method
                """)
    }

    // MARK: - Journal

    private static func makeJournal(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE journal (
                    chain TEXT NOT NULL CHECK (chain <> ''),
                    number INTEGER NOT NULL CHECK (number > 0),
                    kind TEXT NOT NULL,
                    content TEXT NOT NULL CHECK (json_valid(content)),
                    hash TEXT NOT NULL CHECK (length(hash) = 64),
                    person INTEGER,
                    created_at INTEGER NOT NULL,
                    PRIMARY KEY (chain, number)
                ) STRICT, WITHOUT ROWID;
                CREATE TRIGGER journal_update BEFORE UPDATE ON journal BEGIN
                    SELECT RAISE(ABORT, 'the journal is never changed');
                END;
                CREATE TRIGGER journal_delete BEFORE DELETE ON journal BEGIN
                    SELECT RAISE(ABORT, 'nothing leaves the journal');
                END;
                """)
    }
}

extension ShopPolicy {
    /// The same policy for a store of `currency`.
    func `in`(_ currency: Currency) -> ShopPolicy {
        var policy = self
        policy.currency = currency
        policy.shiftTolerance = Money(minorUnits: shiftTolerance.minorUnits, currency: currency)
        return policy
    }
}
