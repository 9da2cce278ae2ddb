import GRDB
import StoreDomain

/// What the books say of products that sell without counting, and the zone in which a shop counts its days.
enum SchemaV4 {
    /// - Parameter settings: names the zone of a store that left it to the machine.
    static func migrate(_ db: Database, settings: ShopPolicy) throws {
        try emptyUntrackedBooks(db)
        try nameZone(db, settings.timeZone)
    }

    /// A product that nobody counts has no books: what they said is booked off, as when its counting ends.
    private static func emptyUntrackedBooks(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO stock_movement (product_id, kind, quantity, created_at)
                SELECT id, 'correction', -stock, updated_at FROM product
                WHERE tracks_stock = 0 AND stock <> 0 ORDER BY id;
                UPDATE product SET stock = 0 WHERE tracks_stock = 0 AND stock <> 0;
                """)
    }

    private static func nameZone(_ db: Database, _ zone: String) throws {
        try db.execute(
            sql: """
                UPDATE policy SET content = json_set(content, '$.timeZone', ?)
                WHERE COALESCE(content ->> '$.timeZone', '') = ''
                """, arguments: [zone])
    }
}
