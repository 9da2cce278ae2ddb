import GRDB
import StoreCrypto
import StoreDomain

/// Checks of what SQL cannot read: values that are kept as JSON, and the journal's hashes.
struct StoredValues {
    let db: Database

    /// Versions of the policy are numbered from 1 without a gap and can be read, as can the roles.
    func settingSentences() throws -> [String] {
        var sentences: [String] = []
        let rows = try Row.fetchAll(db, sql: "SELECT number, content FROM policy ORDER BY number")
        if rows.isEmpty { sentences.append("The store has no policy.") }
        for (index, row) in rows.enumerated() {
            let number: Int = row["number"]
            if number != index + 1 { sentences.append("Version \(index + 1) of the policy is missing.") }
            if !isReadable(ShopPolicy.self, row["content"]) {
                sentences.append("Version \(number) of the policy cannot be read.")
            }
        }
        for row in try Row.fetchAll(db, sql: "SELECT name, grants FROM role ORDER BY name")
        where !isReadable(StoredGrants.self, row["grants"]) {
            sentences.append("What the role \(row["name"] as String) may do cannot be read.")
        }
        return Array(sentences.prefix(StoreVerifier.listed))
    }

    func parkedSentences() throws -> [String] {
        try Row.fetchAll(db, sql: "SELECT code, basket FROM parked_sale ORDER BY id")
            .filter { !isReadable(Cart.self, $0["basket"]) }
            .prefix(StoreVerifier.listed)
            .map { "The parked sale \($0["code"] as String) cannot be read." }
    }

    /// Records whose columns are not what their text says, then where each chain breaks first.
    func journalSentences() throws -> [String] {
        let differing = try Row.fetchAll(
            db,
            sql: """
                SELECT chain, number FROM journal
                WHERE content ->> 'kind' IS NOT kind OR content ->> 'n' IS NOT number OR content ->> 'till' IS NOT chain
                    OR content ->> 'at' IS NOT created_at OR content ->> 'by' IS NOT person
                ORDER BY chain, number LIMIT \(StoreVerifier.listed)
                """)
        guard differing.isEmpty else {
            return differing.map { row in
                """
                Record \(row["number"] as Int) of the journal \(row["chain"] as String) says something else than its \
                columns.
                """
            }
        }
        let journal = JournalChain(digest: Fingerprint.hex)
        let uuid = try db.fetchShop().uuid
        return try JournalRecords.chains(in: db).compactMap { chain in
            var head = journal.start(storeID: uuid)
            while true {
                let records = try JournalRecords.records(
                    of: chain, from: head.number + 1, limit: Self.stride, in: db)
                if let number = journal.firstBreak(in: records, after: head) {
                    return "Record \(number) of the journal \(chain) does not follow the one before it."
                }
                guard let last = records.last else { return nil }
                head = JournalHead(number: last.number, hash: last.hash)
            }
        }
    }

    /// So many records of the journal are read at once.
    private static let stride = 1_000

    private func isReadable<Value: Decodable>(_ type: Value.Type, _ text: String) -> Bool {
        (try? JSONText.read(type, from: text)) != nil
    }
}
