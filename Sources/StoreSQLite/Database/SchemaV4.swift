import GRDB
import StoreDomain

/// What products are known and found by.
enum SchemaV4 {
    static func migrate(_ db: Database, settings: ShopPolicy) throws {
        try makeSearch(db)
    }
}
