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
        store.priceBatches[id] = PriceBatch(
            id: id, title: batch.title, count: batch.count, by: batch.by, at: batch.at, takenBackAt: nil)
        return id
    }

    func priceBatch(_ id: Int64) -> PriceBatch? { store.priceBatches[id] }

    func priceBatches(limit: Int) -> [PriceBatch] {
        Array(store.priceBatches.values.sorted { $0.id > $1.id }.prefix(limit))
    }

    func markTakenBack(_ id: Int64, by: Int64?, at now: Timestamp) {
        guard let batch = store.priceBatches[id] else { return }
        store.priceBatches[id] = PriceBatch(
            id: id, title: batch.title, count: batch.count, by: batch.by, at: batch.at, takenBackAt: now)
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
