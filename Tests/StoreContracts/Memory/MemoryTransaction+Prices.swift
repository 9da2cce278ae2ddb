import StoreDomain
import StoreService

extension MemoryTransaction {
    func archivedProducts(finding text: String, limit: Int) -> [Product] {
        let wanted = text.folded
        let found = store.products.values.map(\.product).filter { product in
            product.isArchived
                && (wanted.isEmpty
                    || [product.name, product.sku, product.barcode].contains {
                        $0?.folded.contains(wanted) == true
                    })
        }
        return Array(found.sorted { ($0.name.folded, $0.id) < ($1.name.folded, $1.id) }.prefix(limit))
    }

    func insert(_ change: PriceChange) { store.priceChanges.append(change) }

    func priceChanges(ofProduct id: Int64, limit: Int) -> [PriceChange] {
        Array(store.priceChanges.filter { $0.productID == id }.reversed().prefix(limit))
    }

    func priceChanges(ofBatch id: Int64) -> [PriceChange] {
        store.priceChanges.filter { $0.batchID == id }.sorted { $0.productID < $1.productID }
    }

    func insert(_ batch: PriceBatch) -> Int64 {
        let id = store.newID(.priceBatch)
        keep(batch, id: id)
        return id
    }

    private func keep(
        _ batch: PriceBatch, id: Int64, kept: Int = 0, keptBack: Int = 0, begunAt: Timestamp? = nil,
        takenBackAt: Timestamp? = nil
    ) {
        store.priceBatches[id] = PriceBatch(
            id: id, title: batch.title, count: batch.count, kept: kept, keptBack: keptBack, by: batch.by,
            at: batch.at, period: batch.period, begunAt: begunAt, takenBackAt: takenBackAt)
    }

    func insert(_ lines: [PriceLine], ofBatch id: Int64) { store.plannedPrices[id] = lines }

    func agreedPrices(ofBatch id: Int64) -> [PriceLine] {
        (store.plannedPrices[id] ?? []).sorted { $0.productID < $1.productID }
    }

    func markBegun(_ id: Int64, kept: Int, at now: Timestamp) {
        guard let batch = store.priceBatches[id] else { return }
        keep(batch, id: id, kept: kept, begunAt: now)
    }

    /// Those that begin or end by the clock, and when they do next.
    private func openTurns() -> [(batch: PriceBatch, times: [Timestamp])] {
        store.priceBatches.values.sorted { $0.id < $1.id }.compactMap { batch in
            switch batch.state {
            case .waiting(let from): (batch, [from, batch.period.until].compactMap(\.self))
            case .holding(let until?): (batch, [until])
            case .holding(nil), .calledOff, .over: nil
            }
        }
    }

    func duePriceBatches(at now: Timestamp) -> [PriceBatch] {
        openTurns().filter { $0.times.contains { $0 <= now } }.map(\.batch)
    }

    func nextPriceTurn() -> Timestamp? { openTurns().flatMap(\.times).min() }

    func priceTurns(of ids: [Int64]) -> [PriceCalendar.Entry] {
        let all = openTurns().flatMap { batch, _ in
            switch batch.state {
            case .waiting(let from):
                agreedPrices(ofBatch: batch.id).map {
                    PriceCalendar.Entry(
                        batch: batch.id, productID: $0.productID, old: $0.old, new: $0.new, from: from,
                        until: batch.period.until)
                }
            case .holding, .calledOff, .over:
                priceChanges(ofBatch: batch.id).map {
                    PriceCalendar.Entry(
                        batch: batch.id, productID: $0.productID, old: $0.from, new: $0.to, from: nil,
                        until: batch.period.until)
                }
            }
        }
        return all.filter { Set(ids).contains($0.productID) }
    }

    func priceBatch(_ id: Int64) -> PriceBatch? { store.priceBatches[id] }

    func priceBatches(limit: Int) -> [PriceBatch] {
        Array(store.priceBatches.values.sorted { $0.id > $1.id }.prefix(limit))
    }

    func markTakenBack(_ id: Int64, kept: Int, by: Int64?, at now: Timestamp) {
        guard let batch = store.priceBatches[id] else { return }
        keep(batch, id: id, kept: batch.kept, keptBack: kept, begunAt: batch.begunAt, takenBackAt: now)
    }

    func lowStock(atMost low: Int, since: Timestamp, limit: Int) -> [LowStock] {
        let found = store.products.values.map(\.product).filter { product in
            !product.isArchived && product.stock.count.map { $0 <= low } ?? false
        }.sorted { ($0.stock.count ?? 0, $0.id) < ($1.stock.count ?? 0, $1.id) }
        return found.prefix(limit).map { product in
            let moved = store.movements.filter {
                $0.productID == product.id && ($0.kind == .sale || $0.kind == .return) && $0.at >= since
            }
            return LowStock(product: product, sold: max(0, -moved.reduce(0) { $0 + $1.quantity }))
        }
    }
}
