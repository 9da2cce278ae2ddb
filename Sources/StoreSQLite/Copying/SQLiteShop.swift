import Foundation
import GRDB
import StoreDomain
import StoreService

/// A store file as one side of a copy. Both run on the thread that calls.
public enum SQLiteShop {
    /// Reads a shop in one snapshot, whoever writes meanwhile.
    ///
    /// - Parameter settings: the policy that an older store, which has none, is given.
    /// - Throws: `storage` when there is no store at `path`; what `body` throws.
    public static func read<Value>(
        _ path: String, settings: ShopPolicy, _ body: (any ShopSource) throws -> Value
    ) throws -> Value {
        let database = try StoreDatabase.open(
            at: path, kind: .store, mode: .existing, settings: settings
        ) { _ in }
        let result = Result { try database.pool.read { db in try body(SQLiteShopRows(db: db)) } }
        try database.close()
        return try result.get()
    }

    /// Makes a store of a shop: under another name, and in its place once it is whole and on disk.
    ///
    /// - Throws: `storage` when something lies at `path`; what `body` throws. Nothing lies there then that did not
    ///   before.
    public static func write<Value>(_ path: String, _ body: (any ShopTarget) throws -> Value) throws -> Value
    {
        let errors = StorageErrors(path: path)
        guard access(path, F_OK) != 0 else { throw StoreError.storage(errors.occupied) }
        var made: Value?
        let database = try StoreDatabase.open(at: path, kind: .store, mode: .existingOrNew) { db in
            // Those that every store is born with.
            try db.execute(sql: "DELETE FROM role")
            let rows = SQLiteShopRows(db: db)
            made = try BulkLoad.run(db) { try body(rows) }
        }
        try database.close()
        // Somebody else made one at the same moment.
        guard let made else { throw StoreError.storage(errors.occupied) }
        return made
    }
}

extension StorageErrors {
    fileprivate var occupied: StorageFault {
        fault(.other, "\(path) exists already. Name a file that does not, to copy into.")
    }
}
