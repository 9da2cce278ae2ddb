import StoreDomain

/// What a shop holds at a moment, as far as two states of one shop are told apart by it.
public struct ShopStanding: Hashable, Sendable {
    /// Of the shop.
    public let uuid: String
    /// How many rows each table has, by SQLite's names.
    public let rows: [String: Int]
    /// Where each chain of the journal stands.
    public let journal: [String: JournalHead]

    /// Tables of which nothing is ever taken away, so that a later state of the shop has no fewer rows.
    static let growing: Set = [
        "orders", "order_item", "payment", "refund", "refund_item", "stock_movement", "shift",
        "cash_movement",
        "gift_card_movement", "price_change", "policy", "journal",
    ]
}

extension ShopSource {
    /// What the shop holds in the state that is read.
    public func standing() throws -> ShopStanding {
        var uuid = ""
        var rows: [String: Int] = [:]
        for table in ShopTables.copied {
            rows[table.sqlite] = try count(of: table)
            guard table.sqlite == "store",
                let column = table.columns.firstIndex(where: { $0.sqlite == "uuid" })
            else { continue }
            try read(table) { stores in
                if case .text(let text)? = stores.first?[column] { uuid = text }
            }
        }
        return ShopStanding(uuid: uuid, rows: rows, journal: try journalHeads())
    }
}

/// A shop beside a copy of it.
public struct ShopComparison: Sendable {
    public let standing: ShopStanding
    /// What shows that the copy is not an earlier state of the shop: each a sentence; none where it is one.
    public let differences: [String]

    /// - Throws: what the store throws.
    public init(_ shop: any ShopSource, with copy: ShopStanding) throws {
        let own = try shop.standing()
        standing = own
        guard own.uuid == copy.uuid else {
            differences = ["The copy is of another shop."]
            return
        }
        let broken = try copy.journal.sorted { $0.key < $1.key }.filter { chain, head in
            try shop.journalHash(of: chain, at: head.number) != head.hash
        }
        let missing = ShopTables.copied.map(\.sqlite).filter { table in
            ShopStanding.growing.contains(table) && copy.rows[table] ?? 0 > own.rows[table] ?? 0
        }
        differences =
            broken.map { chain, head in
                "Record \(head.number) of the journal \(chain) is not in the shop as the copy has it."
            }
            + missing.map { table in
                "The copy has \((copy.rows[table] ?? 0).grouped) rows of \(table), the shop "
                    + "\((own.rows[table] ?? 0).grouped)."
            }
    }
}
