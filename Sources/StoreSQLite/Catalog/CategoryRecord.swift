import GRDB
import StoreDomain

/// Rows of `category`. One is made when a product first names it and stays; without products it is not shown.
enum CategoryRecord {
    static func id(named name: String, in db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(sql: "SELECT id FROM category WHERE name = ?")
        return try Int64.fetchOne(statement, arguments: [name])
    }

    static func idMakingIt(named name: String, in db: Database) throws -> Int64 {
        if let id = try id(named: name, in: db) { return id }
        try db.cachedStatement(sql: "INSERT INTO category (name) VALUES (?)").execute(arguments: [name])
        return db.lastInsertedRowID
    }

    /// Those with products on sale, by name without case and accents.
    static func counts(in db: Database) throws -> [CategoryCount] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT name, product_count FROM category WHERE product_count > 0")
        )
        .map { CategoryCount(name: $0[0], count: $0[1]) }
        .sorted { ($0.name.folded, $0.name) < ($1.name.folded, $1.name) }
    }
}
