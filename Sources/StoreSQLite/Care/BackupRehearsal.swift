import Foundation
import StoreDomain
import StoreService

/// A copy put back in a throw-away place, opened and looked over: what a restore would bring.
public struct BackupRehearsal: Sendable {
    public let copy: String
    /// In bytes.
    public let size: Int
    /// The number of the schema that it has, or has been brought to.
    public let schema: Int
    public let standing: ShopStanding
    /// What `verify` found wrong with it.
    public let violations: [Violation]

    /// Nothing but the throw-away place, which is gone afterwards, is written.
    ///
    /// - Parameters:
    ///   - settings: the policy that a copy from before there were policies is given.
    ///   - progress: how far `verify` is.
    /// - Throws: `storage` when the copy cannot be put back.
    public static func run(
        _ copy: String, at now: Timestamp, settings: ShopPolicy, zones: any ZoneSource,
        progress: @escaping @Sendable (StoreVerifier.Progress) -> Void = { _ in }
    ) async throws(StoreError) -> BackupRehearsal {
        let place = try TemporaryStorePlace()
        defer { place.remove() }
        _ = try StoreBackup.restore(from: copy, to: place.path, at: now)
        let database = try StoreDatabase.open(
            at: place.path, kind: .store, mode: .existing, settings: settings, told: copy
        ) { _ in }
        do throws(StoreError) {
            let violations = try await StoreVerifier(database, zones: zones).verify(progress: progress)
            let standing = try await database.standing()
            try database.close()
            var status = stat()
            return BackupRehearsal(
                copy: copy, size: stat(copy, &status) == 0 ? Int(status.st_size) : 0,
                schema: FileKind.store.version, standing: standing, violations: violations)
        } catch {
            // What went wrong first is what counts.
            try? database.close()
            throw error
        }
    }

    /// Whether a restore brings a sound shop that is an earlier state of the one compared with, if there is one.
    public func isGood(_ shop: ShopComparison?) -> Bool {
        violations.isEmpty && shop?.differences.isEmpty ?? true
    }

    /// What was done and found, a line each.
    ///
    /// - Parameter shop: what the shop holds now, and what shows that the copy is no earlier state of it; nil where
    ///   there was none to compare with.
    public func lines(comparedWith shop: ShopComparison?) -> [String] {
        let tables = ShopTables.copied.map(\.sqlite).filter { table in
            (standing.rows[table] ?? 0) > 0 || (shop?.standing.rows[table] ?? 0) > 0
        }
        let counts = tables.map { table -> String in
            let own = "\(table): \((standing.rows[table] ?? 0).grouped)"
            guard let shop else { return own }
            return "\(own), in the shop now \((shop.standing.rows[table] ?? 0).grouped)"
        }
        let chains = standing.journal.sorted { $0.key < $1.key }.map { chain, head in
            "journal \(chain): \(head.number.grouped) records, the last \(head.hash)"
        }
        let verified =
            violations.isEmpty
            ? "verify: as it should be" : "verify: \(violations.count.counted("violation"))"
        return [
            "\(copy) (\(size.grouped) bytes) was put back in a throw-away place and opened, schema \(schema)"
        ]
            + counts + chains + [verified] + violations.map { "\($0.check.rawValue): \($0.sentence)" }
            + Self.comparing(shop)
    }

    private static func comparing(_ shop: ShopComparison?) -> [String] {
        guard let shop else { return ["compared: there is no shop here to compare it with"] }
        return shop.differences.isEmpty
            ? ["compared: all of the copy's journal is in the shop, and no table has fewer rows there"]
            : shop.differences
    }
}

extension StoreDatabase {
    /// What the shop holds, in one snapshot.
    public func standing() async throws(StoreError) -> ShopStanding {
        try await read { try SQLiteShopRows(db: $0).standing() }
    }

    /// The shop beside a copy of it, in one snapshot.
    public func comparison(with copy: ShopStanding) async throws(StoreError) -> ShopComparison {
        try await read { try ShopComparison(SQLiteShopRows(db: $0), with: copy) }
    }
}
