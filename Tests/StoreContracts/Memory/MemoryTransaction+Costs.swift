import StoreDomain
import StoreService

extension MemoryTransaction {
    /// Nobody else writes, so that nothing waits.
    func costBooks(of productIDs: [Int64]) -> [Int64: CostBook] {
        productIDs.reduce(into: [:]) { books, id in
            guard let product = product(id) else { return }
            books[id] = CostBook(count: product.stock.count ?? 0, average: store.averages[id])
        }
    }

    func productsToCost(limit: Int) -> [Int64] { [] }

    func keep(_ averages: [Int64: StockAverage?]) {
        for (id, average) in averages { store.averages[id] = average }
    }

    func latestCost(of productID: Int64) -> Money? {
        store.movements.last {
            $0.productID == productID && $0.kind == .receiving && $0.unitCost != nil
        }?.unitCost
    }

    func soldGoods(of orderIDs: [Int64]) -> [Int64: [Int64: SoldGoods]] {
        let own = zip(store.movements, store.refundsOfMovements).compactMap { movement, refundID in
            movement.orderID.flatMap { order in
                orderIDs.contains(order) ? (order: order, movement: movement, refundID: refundID) : nil
            }
        }
        func goods(_ movement: StockMovement) -> GoodsCost {
            GoodsCost(pieces: abs(movement.quantity), cost: movement.cost?.minorUnits)
        }
        return SoldGoods.byOrder(
            sold: own.filter { $0.movement.kind == .sale }.map {
                ($0.order, $0.movement.productID, goods($0.movement))
            },
            back: own.filter { $0.movement.kind == .return && $0.refundID != nil }.map {
                ($0.order, $0.movement.productID, goods($0.movement))
            })
    }

    func costsBack(of refundIDs: [Int64]) -> [Int64: [Int64: Int64]] {
        var goods: [Int64: [Int64: GoodsCost]] = [:]
        for (movement, refundID) in zip(store.movements, store.refundsOfMovements) {
            guard let refundID, refundIDs.contains(refundID), movement.quantity > 0 else { continue }
            goods[refundID, default: [:]][movement.productID, default: GoodsCost()].add(
                GoodsCost(pieces: movement.quantity, cost: movement.cost?.minorUnits))
        }
        return goods.mapValues { $0.compactMapValues(\.cost) }
    }

    // MARK: - The whole stock

    private var allValues: [StockValue] {
        store.products.values.map(\.product).compactMap { product in
            product.stock.count.map {
                StockValue(
                    productID: product.id, name: product.name, count: $0, average: store.averages[product.id])
            }
        }
    }

    func stockValues(limit: Int) -> [StockValue] {
        func worth(_ value: StockValue) -> Int64 {
            value.count > 0 ? value.average?.value ?? -1 : -2
        }
        let sorted = allValues.filter { $0.count != 0 }.sorted {
            (worth($1), $0.productID) < (worth($0), $1.productID)
        }
        return Array(sorted.prefix(limit))
    }

    func stockTotal() -> SalesFigures { allValues.reduce(into: SalesFigures()) { $0.add($1.figures) } }

    func costHistories(after id: Int64, limit: Int) -> [CostHistory] {
        let ids = store.products.keys.filter { $0 > id }.sorted().prefix(limit)
        return ids.compactMap { id in
            guard let product = store.products[id]?.product else { return nil }
            let own = store.movements.enumerated().filter { $0.element.productID == id }
            let moved = own.reduce(0) { $0 + $1.element.quantity }
            return CostHistory(
                productID: id, name: product.name, initialCount: (product.stock.count ?? 0) - moved,
                kept: store.averages[id],
                movements: own.map {
                    CostHistory.Movement(
                        id: Int64($0.offset), quantity: $0.element.quantity,
                        cost: $0.element.cost?.minorUnits,
                        isTakenIn: true)
                })
        }
    }
}
