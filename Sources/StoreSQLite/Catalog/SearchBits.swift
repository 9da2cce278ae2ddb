import Foundation
import GRDB
import StoreSearch

/// The rows of common terms as bits, chunk by chunk, in the table `product_bits`. The search index gives the rows of
/// a word one by one, which takes too long for those that a good part of the shop has; of these a million rows
/// are read here as 32 pages of the file.
///
/// A term is the key of `SearchTerm`, or a digit of a product's place in an order (`OrderPlaces`).
struct SearchBits {
    let db: Database

    /// The number of a term that has bits; nil for others.
    func number(of key: String) throws -> Int64? {
        try db.value(Int64.self, "SELECT id FROM product_term WHERE key = ?", [key])
    }

    /// The numbers of all terms that have bits.
    func numbers() throws -> [String: Int64] {
        let terms = try db.rows("SELECT key, id FROM product_term") { row -> (String, Int64) in
            (row[0], row[1])
        }
        return Dictionary(terms) { first, _ in first }
    }

    /// The rows of a term, up to the size of `empty`.
    func rows(_ term: Int64, into empty: RowSet) throws -> RowSet {
        var set = empty
        let cursor = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT id, rows FROM product_bits WHERE id BETWEEN ? AND ?"),
            arguments: [Self.id(term, 0), Self.id(term, Int64(set.chunks) - 1)])
        while let row = try cursor.next() {
            let chunk = Int((row[0] as Int64) - Self.id(term, 0))
            try Self.decode(row, into: &set, at: chunk)
        }
        return set
    }

    /// Gives a term the rows of a set.
    ///
    /// - Parameter key: one that has no bits yet.
    func insert(_ key: String, _ set: RowSet) throws {
        try db.run("INSERT INTO product_term (key) VALUES (?)", [key])
        let term = db.lastInsertedRowID
        for chunk in 0..<set.chunks { try write(set.chunk(chunk), Self.id(term, Int64(chunk))) }
    }

    /// Puts rows in and takes rows out of a term.
    ///
    /// - Parameter changes: whether a row is in it from now on.
    func change(_ term: Int64, _ changes: [Int64: Bool]) throws {
        let chunks = Dictionary(grouping: changes) { $0.key / RowSet.chunkRows }
        for (chunk, changes) in chunks.sorted(by: { $0.key < $1.key }) {
            let id = Self.id(term, chunk)
            var set = RowSet(upTo: 0)
            _ = try db.row("SELECT id, rows FROM product_bits WHERE id = ?", [id]) {
                try Self.decode($0, into: &set, at: 0)
            }
            for (row, isIn) in changes {
                if isIn { set.insert(row % RowSet.chunkRows) } else { set.remove(row % RowSet.chunkRows) }
            }
            try write(set.chunk(0), id)
        }
    }

    /// Takes all bits away.
    func clear() throws { try db.execute(sql: "DELETE FROM product_bits; DELETE FROM product_term") }

    // MARK: - Chunks

    /// Chunks of a term lie side by side: 2²⁰ of them are more rows than a shop has.
    private static func id(_ term: Int64, _ chunk: Int64) -> Int64 { term << 20 | chunk }

    private func write(_ chunk: [UInt8]?, _ id: Int64) throws {
        guard let chunk else { return try db.run("DELETE FROM product_bits WHERE id = ?", [id]) }
        try db.run("INSERT OR REPLACE INTO product_bits (id, rows) VALUES (?, ?)", [id, Data(chunk)])
    }

    /// - Throws: `SQLITE_CORRUPT` for bytes that are no chunk.
    private static func decode(_ row: Row, into set: inout RowSet, at chunk: Int) throws {
        try row.withUnsafeData(atIndex: 1) { data in
            do { try (data ?? Data()).withUnsafeBytes { try set.setChunk(chunk, $0) } } catch is RowSet
                .NoChunk
            {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no chunk of rows")
            }
        }
    }
}
