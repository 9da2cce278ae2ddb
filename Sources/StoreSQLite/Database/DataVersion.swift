import CSQLite
import GRDB

extension Database {
    /// Another number after every commit to the file, whoever made it; nil when that cannot be told. Each
    /// connection counts for itself.
    var dataVersion: UInt32? {
        guard let connection = sqliteConnection else { return nil }
        var version: UInt32 = 0
        return storefront_sqlite_data_version(UnsafeMutableRawPointer(connection), &version) ? version : nil
    }
}
