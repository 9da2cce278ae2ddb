import GRDB
import StoreSearch

/// The row lists of the search index as sets, each read once.
final class SearchIndex {
    let db: Database
    /// As large as the catalogue.
    let empty: RowSet
    private var known: [SearchTerm: RowSet] = [:]

    init(_ db: Database) throws {
        self.db = db
        empty = RowSet(upTo: try db.value(Int64.self, "SELECT max(id) FROM product_words") ?? 0)
    }

    /// The products of a term: from their bits where it has some, else from the index.
    func rows(_ term: SearchTerm) throws -> RowSet {
        if let rows = known[term] { return rows }
        let rows = try commonRows(term) ?? listed(term)
        known[term] = rows
        return rows
    }

    /// The products of a term that has bits; nil for others.
    func commonRows(_ term: SearchTerm) throws -> RowSet? {
        let bits = SearchBits(db: db)
        return try bits.number(of: term.key).map { try bits.rows($0, into: empty) }
    }

    /// What the index itself says.
    func listed(_ term: SearchTerm) throws -> RowSet {
        var set = empty
        let ids = try Int64.fetchCursor(
            db.cachedStatement(sql: "SELECT rowid FROM product_search WHERE product_search MATCH ?"),
            arguments: [term.expression])
        while let id = try ids.next() { set.insert(id) }
        return set
    }
}
