import Foundation
import GRDB
import StoreDomain
import StoreService

/// A shop's rows in SQLite, on their way to another store or from one.
struct SQLiteShopRows {
    let db: Database

    /// So many rows are read at once.
    private static let stride = 1_000
}

extension SQLiteShopRows: ShopSource {
    func read(_ table: CopiedTable, _ body: ([[CopiedValue]]) throws -> Void) throws {
        let values = table.columns.map(Self.reading).joined(separator: ", ")
        let cursor = try Row.fetchCursor(
            db,
            sql: "SELECT \(values) FROM \(table.sqlite) ORDER BY \(table.key.joined(separator: ", "))")
        var rows: [[CopiedValue]] = []
        while let row = try cursor.next() {
            rows.append(try table.columns.indices.map { try Self.value(row[$0]) })
            guard rows.count == Self.stride else { continue }
            try body(rows)
            rows = []
        }
        if !rows.isEmpty { try body(rows) }
    }

    private static func reading(_ column: CopiedColumn) -> String {
        switch column.kind {
        case .integer, .text, .flag, .money, .time, .bytes, .uses: column.sqlite
        case .category: "(SELECT name FROM category WHERE id = \(column.sqlite))"
        }
    }

    private static func value(_ value: DatabaseValue) throws -> CopiedValue {
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        case .double:
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a store has no floating-point numbers")
        }
    }

    func figures(of table: CopiedTable) throws -> TableFigures {
        let sums = table.columns.map { column -> String in
            let value = Self.reading(column)
            switch column.kind {
            case .integer, .flag, .money, .uses: return "COALESCE(SUM(\(value)), 0)"
            case .time: return "COALESCE(SUM(\(value) % 86400000), 0)"
            case .text, .bytes, .category: return "COALESCE(SUM(length(\(value))), 0)"
            }
        }
        let row = try Row.fetchOne(
            db, sql: "SELECT COUNT(*), \(sums.joined(separator: ", ")) FROM \(table.sqlite)")
        guard let row else { return TableFigures(count: 0, sums: []) }
        return TableFigures(count: row[0], sums: sums.indices.map { row[$0 + 1] })
    }

    func count(of table: CopiedTable) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table.sqlite)") ?? 0
    }

    func journalHash(of chain: String, at number: Int) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT hash FROM journal WHERE chain = ? AND number = ?", arguments: [chain, number])
    }

    func journalHeads() throws -> [String: JournalHead] {
        try db.rows(
            """
            SELECT chain, number, hash FROM journal
            WHERE (chain, number) IN (SELECT chain, max(number) FROM journal GROUP BY chain)
            """
        ) { row -> (String, JournalHead) in (row[0], JournalHead(number: row[1], hash: row[2])) }
        .reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
}

extension SQLiteShopRows: ShopTarget {
    func write(_ rows: [[CopiedValue]], to table: CopiedTable) throws {
        let isProduct = table.columns.contains { $0.kind == .category }
        let extra = isProduct ? ["name_key"] : []
        let columns = table.columns.map(\.sqlite) + extra
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try db.cachedStatement(
            sql: "INSERT INTO \(table.sqlite) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
        for row in rows {
            var values = try zip(table.columns, row).map { try value($0, $1) }
            if isProduct {
                values.append(SearchText.stored(row.text("name", of: table) ?? "").folded.databaseValue)
            }
            try statement.execute(arguments: StatementArguments(values))
        }
    }

    private func value(_ column: CopiedColumn, _ value: CopiedValue) throws -> DatabaseValue {
        switch value {
        // A description is never missing here.
        case .null: column.sqlite == "description" ? "".databaseValue : .null
        case .integer(let number): number.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        case .text(let text):
            column.kind == .category
                ? try CategoryRecord.idMakingIt(named: text, in: db).databaseValue : text.databaseValue
        }
    }

    /// Makes the words that find the products; what else is derived of products is made by `BulkLoad`.
    func finish() throws {
        let products = try Row.fetchCursor(
            db,
            sql:
                "SELECT id, name, description, sku, barcode, category_id FROM product WHERE archived = 0 ORDER BY id"
        )
        let insertion = try db.cachedStatement(sql: "INSERT INTO product_words (id, words) VALUES (?, ?)")
        while let row = try products.next() {
            let words = ProductWords(name: row[1], description: row[2], sku: row[3], barcode: row[4])
            try insertion.execute(
                arguments: [row[0] as Int64, SearchText.indexed(words, categoryID: row[5])])
        }
    }
}

extension [CopiedValue] {
    fileprivate func text(_ column: String, of table: CopiedTable) -> String? {
        guard let place = table.columns.firstIndex(where: { $0.sqlite == column }),
            case .text(let text) = self[place]
        else { return nil }
        return text
    }
}
