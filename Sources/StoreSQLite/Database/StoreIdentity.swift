import GRDB
import StoreDomain

/// What a store says of itself.
public struct StoreIdentity: Hashable, Sendable {
    public let uuid: String
    public let currency: Currency
    public let isDemo: Bool
}

extension Database {
    func fetchStoreIdentity() throws -> StoreIdentity {
        guard let row = try Row.fetchOne(self, sql: "SELECT uuid, currency, is_demo FROM store"),
            let currency = Currency(code: row["currency"])
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no row in store") }
        return StoreIdentity(uuid: row["uuid"], currency: currency, isDemo: row["is_demo"])
    }
}
