import StoreDomain

/// Looks a database of the Flask service over, without changing anything.
struct AdoptionSurvey {
    let db: PostgresConnection
    /// What the service's words for a state that this program does not know stand for.
    let statuses: [String: OrderStatus]

    /// So many ids of a finding are told.
    private static let listed = 20

    // MARK: - Whose it is

    func candidate(_ errors: PostgresErrors) throws -> AdoptionCandidate {
        let hasSchema = try exists("storefront_schema")
        if hasSchema {
            _ = try PostgresSchema.look(db, errors)
            guard try PostgresSchema.hasStore(db) else { return .other(errors.empty.sentence) }
            return .store(isShared: try OtherServiceBridge.isThere(db))
        }
        let missing = try TableTakeover.shared.filter { try !exists($0) }
        guard missing.isEmpty else {
            let what = missing.count == TableTakeover.shared.count ? "holds no tables" : "lacks \(missing[0])"
            return .other("The \(errors.name) \(what) of the Flask service: there is nothing to take over.")
        }
        if let wrong = try wrongColumn() {
            return .other("The \(errors.name) cannot be taken over: \(wrong).")
        }
        return .flask(try report())
    }

    private func exists(_ table: String) throws -> Bool {
        try db.value(
            Bool.self,
            "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = $1 AND pg_table_is_visible(oid))", [table])
            ?? false
    }

    /// The service's columns and their types.
    private static let columns: [(table: String, column: String, type: String)] = [
        ("users", "id", "integer"), ("users", "email", "character varying(255)"),
        ("users", "password_hash", "character varying(255)"), ("users", "name", "character varying(255)"),
        ("users", "role", "character varying(50)"), ("users", "created_at", "timestamp without time zone"),
        ("users", "updated_at", "timestamp without time zone"), ("products", "id", "integer"),
        ("products", "name", "character varying(255)"), ("products", "description", "text"),
        ("products", "price", "numeric(10,2)"), ("products", "stock", "integer"),
        ("products", "category", "character varying(100)"),
        ("products", "created_at", "timestamp without time zone"),
        ("products", "updated_at", "timestamp without time zone"), ("orders", "id", "integer"),
        ("orders", "user_id", "integer"), ("orders", "status", "character varying(50)"),
        ("orders", "subtotal", "numeric(10,2)"), ("orders", "tax", "numeric(10,2)"),
        ("orders", "discount_amount", "numeric(10,2)"), ("orders", "total", "numeric(10,2)"),
        ("orders", "discount_code", "character varying(50)"),
        ("orders", "created_at", "timestamp without time zone"),
        ("orders", "updated_at", "timestamp without time zone"), ("order_items", "id", "integer"),
        ("order_items", "order_id", "integer"), ("order_items", "product_id", "integer"),
        ("order_items", "quantity", "integer"), ("order_items", "unit_price", "numeric(10,2)"),
        ("order_items", "total_price", "numeric(10,2)"),
    ]

    private func wrongColumn() throws -> String? {
        for (table, column, type) in Self.columns {
            let found = try db.value(
                String.self,
                """
                SELECT format_type(atttypid, atttypmod) || CASE attgenerated WHEN '' THEN '' ELSE ', generated' END
                FROM pg_attribute
                WHERE attrelid = $1::regclass AND attname = $2 AND NOT attisdropped
                """, [table, column])
            guard let found else { return "\(table) has no column \(column)" }
            if found != type { return "\(table).\(column) is \(found), not \(type)" }
        }
        return nil
    }

    // MARK: - What is there

    func report() throws -> AdoptionReport {
        AdoptionReport(figures: try figures(), findings: try obstacles() + changes() + notes())
    }

    private func figures() throws -> [String] {
        try db.values(
            String.self,
            """
            SELECT 'accounts, ' || COALESCE(role, 'without a role') || ': ' || COUNT(*) FROM users GROUP BY role
            UNION ALL SELECT format('products: %s, %s pieces on stock worth %s', COUNT(*),
                COALESCE(SUM(stock) FILTER (WHERE stock > 0), 0),
                COALESCE(SUM(stock * price) FILTER (WHERE stock > 0), 0)) FROM products
            UNION ALL SELECT * FROM (SELECT format('orders, %s: %s of %s together', COALESCE(status, 'without a state'),
                COUNT(*), SUM(total)) FROM orders GROUP BY status ORDER BY status) AS states
            UNION ALL SELECT format('lines of orders: %s with %s pieces', COUNT(*), COALESCE(SUM(quantity), 0))
                FROM order_items
            """)
    }

    // MARK: - What is odd

    private func finding(
        _ weight: AdoptionReport.Finding.Weight, _ sentence: String, _ ids: String,
        _ values: [(any PostgresWritable)?] = []
    ) throws -> [AdoptionReport.Finding] {
        let rows = try db.rows(
            """
            SELECT id, COUNT(*) OVER ()::int FROM (\(ids)) AS found ORDER BY id LIMIT \(Self.listed)
            """, values
        ) { row in (id: try row.next(Int64.self), count: try row.next(Int.self)) }
        guard let first = rows.first else { return [] }
        return [
            AdoptionReport.Finding(
                weight: weight, sentence: sentence, count: first.count, ids: rows.map(\.id))
        ]
    }

    private func obstacles() throws -> [AdoptionReport.Finding] {
        try emptyColumns()
            + finding(
                .blocks, "Products have a price below zero or none at all: give them one.",
                "SELECT id FROM products WHERE price < 0 OR price = 'NaN'")
            + finding(
                .blocks, "Products have a stock of more than \(Product.maximumStock): mend it.",
                "SELECT id FROM products WHERE stock > \(Product.maximumStock)")
            + finding(
                .blocks,
                "Lines of orders come to more than a store can hold (99999999.99): mend or remove them.",
                "SELECT id FROM order_items WHERE unit_price <> 'NaN' AND unit_price * quantity > 99999999.99"
            )
            + finding(
                .blocks,
                "Rows of accounts, products or orders have times that are none (infinity): mend them.",
                ["users", "products", "orders"].map {
                    "SELECT id FROM \($0) WHERE NOT isfinite(created_at) OR NOT isfinite(updated_at)"
                }.joined(separator: " UNION ALL "))
            + finding(
                .blocks,
                "Lines of orders have a quantity that cannot be sold (1 to 9999): mend or remove them.",
                "SELECT id FROM order_items WHERE quantity NOT BETWEEN 1 AND 9999")
            + finding(
                .blocks, "Lines of orders have a price below zero or none at all: mend them.",
                "SELECT id FROM order_items WHERE unit_price < 0 OR 'NaN' IN (unit_price, total_price)")
            + finding(
                .blocks, "Orders have no lines: remove them or give them some.",
                """
                SELECT id FROM orders
                WHERE NOT EXISTS (SELECT 1 FROM order_items WHERE order_id = orders.id)
                """)
            + finding(
                .blocks, "Orders have figures that are no numbers: mend them.",
                "SELECT id FROM orders WHERE 'NaN' IN (subtotal, tax, total, COALESCE(discount_amount, 0))")
            + unknownStatuses() + takenNames() + takenColumns() + uncountedIDs() + missingRight()
    }

    /// What the service's tables may lack a value of, and a store's may not.
    private func emptyColumns() throws -> [AdoptionReport.Finding] {
        try [
            ("users", ["email", "password_hash", "name"]), ("products", ["name", "price"]),
            ("orders", ["subtotal", "tax", "total"]),
            ("order_items", ["order_id", "product_id", "quantity", "unit_price", "total_price"]),
        ].flatMap { table, columns in
            try finding(
                .blocks,
                "Rows of \(table) lack a value (\(columns.joined(separator: ", "))): give them one.",
                "SELECT id FROM \(table) WHERE \(columns.map { "\($0) IS NULL" }.joined(separator: " OR "))")
        }
    }

    /// Columns of somebody else that are called like one that a store adds.
    private func takenColumns() throws -> [AdoptionReport.Finding] {
        try TableTakeover.shared.flatMap { table in
            let known = Set(Self.columns.filter { $0.table == table }.map(\.column))
            let added = PostgresSchema.columns(of: table).filter { !known.contains($0) }
            return try db.values(
                String.self,
                """
                SELECT attname::text FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0
                    AND NOT attisdropped AND attname = ANY($2::text[]) ORDER BY attnum
                """, [table, PostgresValue.list(added)]
            ).map { column in
                AdoptionReport.Finding(
                    weight: .blocks,
                    sentence: "\(table) has a column \(column) of its own, as a store has one: rename it.",
                    count: nil, ids: [])
            }
        }
    }

    /// Tables whose rows get their ids from somewhere else than a sequence.
    private func uncountedIDs() throws -> [AdoptionReport.Finding] {
        try TableTakeover.shared.filter { table in
            try db.value(Bool.self, "SELECT \(TableTakeover.sequence(of: "$1::text")) IS NULL", [table])
                == true
        }.map { table in
            AdoptionReport.Finding(
                weight: .blocks,
                sentence: "\(table).id is numbered by no sequence: give it one, as in ALTER TABLE \(table) "
                    + "ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY.", count: nil, ids: [])
        }
    }

    private func unknownStatuses() throws -> [AdoptionReport.Finding] {
        let known = ["pending", "paid", "cancelled"] + statuses.keys
        return try db.values(
            String.self, "SELECT DISTINCT status FROM orders WHERE NOT status = ANY($1::text[]) ORDER BY 1",
            [PostgresValue.list(known)]
        ).flatMap { word in
            try finding(
                .blocks,
                """
                Orders are '\(word)', a state that a store does not have: say which one it is, as in \
                --status \(word)=paid (or pending, or cancelled).
                """, "SELECT id FROM orders WHERE status = $1", [word])
        }
    }

    /// Tables of somebody else that are called like one of a store's.
    private func takenNames() throws -> [AdoptionReport.Finding] {
        try PostgresSchema.tables.filter { !TableTakeover.shared.contains($0) }.filter { try exists($0) }.map
        {
            AdoptionReport.Finding(
                weight: .blocks,
                sentence: "The database has a table \($0) of its own, as a store has one: rename it.",
                count: nil, ids: [])
        }
    }

    private func missingRight() throws -> [AdoptionReport.Finding] {
        let owner = try db.value(
            String.self,
            """
            SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = 'users'::regclass
                AND NOT has_database_privilege(relowner, current_database(), 'CREATE')
            """)
        guard let owner else { return [] }
        let database = try db.value(String.self, "SELECT quote_ident(current_database())") ?? ""
        return [
            AdoptionReport.Finding(
                weight: .blocks,
                sentence: """
                    \(owner), whose tables these are, may make no schema: run GRANT CREATE ON DATABASE \(database) TO \
                    \(owner).
                    """, count: nil, ids: [])
        ]
    }

    private func changes() throws -> [AdoptionReport.Finding] {
        try finding(
            .changes, "Products have a stock below zero: it becomes 0, by a correction.",
            "SELECT id FROM products WHERE stock < 0")
            + finding(
                .changes, "Products have no stock written down: it becomes 0.",
                "SELECT id FROM products WHERE stock IS NULL")
            + finding(
                .changes,
                """
                Accounts have an e-mail that differs from another one's by case alone: they keep their orders, and of \
                each address one account signs in, the one written in lower case or else the first.
                """,
                """
                SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY lower(btrim(email))
                    ORDER BY email <> lower(btrim(email)), id) AS place FROM users) AS placed WHERE place > 1
                """)
            + finding(
                .changes,
                "Orders do not add up by a cent or two, as floats are rounded: their tax takes the difference.",
                Self.unbalanced("BETWEEN 0.01 AND 0.02"))
            + finding(
                .changes,
                """
                Orders do not add up: their total stays, discount and tax take the difference, and a note keeps what \
                was written.
                """, Self.unbalanced("> 0.02"))
            + finding(
                .changes, "Orders ask for less than nothing: their total becomes 0.",
                "SELECT id FROM orders WHERE total < 0")
            + finding(
                .changes, "Lines of orders are not price times quantity: they become that.",
                "SELECT id FROM order_items WHERE total_price <> round(unit_price * quantity, 2)")
            + finding(
                .changes, "Rows of accounts or products have no name: they get one.",
                "SELECT id FROM users WHERE name = '' UNION ALL SELECT id FROM products WHERE name = ''")
            + finding(
                .changes, "Orders have a state that --status translates; a note keeps the word.",
                "SELECT id FROM orders WHERE status = ANY($1::text[])",
                [PostgresValue.list(statuses.keys)])
            + finding(
                .changes,
                "Accounts have a role that a store does not have: it may do what customers may.",
                """
                SELECT id FROM users
                WHERE NOT lower(btrim(COALESCE(role, 'customer'))) = ANY($1::text[])
                """, [PostgresValue.list(Role.standard.map(\.name))])
    }

    /// Orders whose total is so far from what their parts come to.
    private static func unbalanced(_ distance: String) -> String {
        """
        SELECT id FROM orders JOIN (SELECT order_id, SUM(round(unit_price * quantity, 2)) AS lines FROM order_items
            GROUP BY order_id) AS sums ON order_id = id
        WHERE total >= 0 AND abs(total - (least(greatest(subtotal, 0), lines) - COALESCE(discount_amount, 0) + tax))
            \(distance)
        """
    }

    private func notes() throws -> [AdoptionReport.Finding] {
        try finding(
            .note, "Orders are paid: each gets a payment online of its total.",
            "SELECT id FROM orders WHERE status = 'paid'")
            + finding(
                .note,
                "Orders are pending: they wait without end, until the policy's orders.pendingMinutes says otherwise.",
                "SELECT id FROM orders WHERE COALESCE(status, 'pending') = 'pending'")
            + finding(
                .note,
                """
                Accounts have passwords that are kept in another way than by bcrypt: they sign in once a new one is \
                set.
                """, "SELECT id FROM users WHERE password_hash !~ '^\\$2[aby]\\$[0-9]{2}\\$.{53}$'")
    }
}
