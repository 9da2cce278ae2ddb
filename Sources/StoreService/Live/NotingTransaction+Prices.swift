import StoreDomain

// A new price is noted with the product that has it.
extension NotingTransaction: PriceTransaction {
    func archivedProducts(finding text: String, limit: Int) throws -> [Product] {
        try tx.archivedProducts(finding: text, limit: limit)
    }

    func insert(_ change: PriceChange) throws { try tx.insert(change) }

    func priceChanges(ofProduct id: Int64, limit: Int) throws -> [PriceChange] {
        try tx.priceChanges(ofProduct: id, limit: limit)
    }

    func priceChanges(ofBatch id: Int64) throws -> [PriceChange] { try tx.priceChanges(ofBatch: id) }

    /// One with dates is news for whoever has them begin and end.
    func insert(_ batch: PriceBatch) throws -> Int64 {
        if batch.period != .always { note(ShopChanges(catalogue: true)) }
        return try tx.insert(batch)
    }

    func insert(_ lines: [PriceLine], ofBatch id: Int64) throws { try tx.insert(lines, ofBatch: id) }
    func agreedPrices(ofBatch id: Int64) throws -> [PriceLine] { try tx.agreedPrices(ofBatch: id) }

    func markBegun(_ id: Int64, kept: Int, at now: Timestamp) throws {
        try tx.markBegun(id, kept: kept, at: now)
    }

    func duePriceBatches(at now: Timestamp) throws -> [PriceBatch] { try tx.duePriceBatches(at: now) }
    func nextPriceTurn() throws -> Timestamp? { try tx.nextPriceTurn() }

    func priceTurns(of ids: [Int64]) throws -> [PriceCalendar.Entry] { try tx.priceTurns(of: ids) }

    func priceBatch(_ id: Int64) throws -> PriceBatch? { try tx.priceBatch(id) }
    func priceBatches(limit: Int) throws -> [PriceBatch] { try tx.priceBatches(limit: limit) }

    func markTakenBack(_ id: Int64, kept: Int, by: Int64?, at now: Timestamp) throws {
        try tx.markTakenBack(id, kept: kept, by: by, at: now)
    }

    func lowStock(atMost low: Int, since: Timestamp, limit: Int) throws -> [LowStock] {
        try tx.lowStock(atMost: low, since: since, limit: limit)
    }
}
