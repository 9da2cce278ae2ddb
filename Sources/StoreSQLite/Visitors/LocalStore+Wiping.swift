import GRDB
import StoreDomain

extension LocalStore {
    /// Empties the accounts of a kiosk's visitors that are due. What stood there is written over, in the file and in
    /// what is written ahead of it.
    public func wipeVisitors(_ keeping: VisitorKeeping, ids: any IDSource) async throws(StoreError)
        -> VisitorsWiped
    {
        try database.withWriter { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        let wiped: VisitorsWiped
        do throws(StoreError) {
            wiped = try await visitors.wipe(keeping, ids: ids)
        } catch {
            // What went wrong first is what counts.
            try? database.withWriter { try $0.execute(sql: "PRAGMA secure_delete = FAST") }
            throw error
        }
        try database.withWriter { db in
            try db.execute(sql: "PRAGMA secure_delete = FAST")
            // Somebody who reads just now keeps what he reads; the next time it goes.
            if wiped != VisitorsWiped() { try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        }
        return wiped
    }
}
