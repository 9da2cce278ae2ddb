import StoreDomain

/// A store whose tables are read, in one state.
public protocol ShopSource {
    /// Gives `body` the rows of a table by its key, some at a time.
    func read(_ table: CopiedTable, _ body: ([[CopiedValue]]) throws -> Void) throws
    func figures(of table: CopiedTable) throws -> TableFigures
    /// How many rows a table has.
    func count(of table: CopiedTable) throws -> Int
    /// The hash of a record of the journal; nil where there is no such record.
    func journalHash(of chain: String, at number: Int) throws -> String?
    /// Where each chain of the journal stands.
    func journalHeads() throws -> [String: JournalHead]
}

/// A store without any rows that a shop is written to, in one transaction.
public protocol ShopTarget: ShopSource {
    func write(_ rows: [[CopiedValue]], to table: CopiedTable) throws
    /// Makes what is derived of the rows.
    func finish() throws
}

/// How many rows a table has, and what each of its columns adds up to: numbers and amounts to their sum, times to
/// that of their time of day, texts and bytes to their length.
public struct TableFigures: Hashable, Sendable {
    public let count: Int64
    /// In the order of the columns.
    public let sums: [Int64]

    public init(count: Int64, sums: [Int64]) {
        self.count = count
        self.sums = sums
    }
}

/// Copies a whole shop from store to store.
public enum ShopCopy {
    /// How far it is.
    public struct Progress: Sendable {
        /// The table, as SQLite calls it.
        public let table: String
        public let done: Int64
        public let total: Int64
    }

    /// What was copied, and found the same on both sides.
    public struct Report: Sendable {
        /// The rows of each table, by SQLite's names.
        public let rows: [(table: String, count: Int64)]
        public let journal: [String: JournalHead]
    }

    /// - Throws: `storage` when something is not the same on both sides; what the stores throw. The target is to be
    ///   undone then.
    public static func run(
        from source: some ShopSource, to target: some ShopTarget, progress: (Progress) -> Void
    ) throws -> Report {
        var rows: [(String, Int64)] = []
        for table in ShopTables.copied {
            let total = try source.figures(of: table).count
            var done: Int64 = 0
            progress(Progress(table: table.sqlite, done: 0, total: total))
            try source.read(table) { part in
                try target.write(part, to: table)
                done += Int64(part.count)
                progress(Progress(table: table.sqlite, done: done, total: total))
            }
            rows.append((table.sqlite, done))
        }
        try target.finish()
        for table in ShopTables.copied {
            let (old, new) = try (source.figures(of: table), target.figures(of: table))
            guard old != new else { continue }
            let columns = zip(table.columns, zip(old.sums, new.sums)).filter { $0.1.0 != $0.1.1 }.map {
                "\($0.0.sqlite) comes to \($0.1.0) there and \($0.1.1) here"
            }
            throw difference(
                """
                \(table.sqlite) is not the same on both sides (\(old.count) rows there, \(new.count) here\
                \(columns.map { "; \($0)" }.joined())).
                """)
        }
        let (old, new) = try (source.journalHeads(), target.journalHeads())
        guard old == new else {
            throw difference("The journal's last hashes are not the same on both sides.")
        }
        return Report(rows: rows, journal: new)
    }

    private static func difference(_ sentence: String) -> StoreError {
        .storage(StorageFault(.corrupt, path: "", sentence: "\(sentence) Nothing was copied."))
    }
}
