import StoreDomain
import StorefrontCore

/// Counting products in the small shop.
extension FixtureShop {
    mutating func reply(to ask: CountingRequest) -> CountingAction {
        switch ask {
        case .list:
            return .listed(
                attempt { shop in
                    shop.flagged.compactMap { id in
                        shop.products.first { $0.id == id }.map { DueCount(product: $0, since: Self.now) }
                    }
                })
        case .scanned(let code, let count):
            guard let product = products.first(where: { $0.sku == code || $0.barcode == code }) else {
                return .found(.failure(.notFound(.productCode(code))), .add(count))
            }
            return .found(attempt { _ in product }, .add(count))
        case .begin(let id, let change):
            guard let product = products.first(where: { $0.id == id }) else {
                return .found(.failure(.notFound(.product(id))), change)
            }
            return .found(attempt { _ in product }, change)
        case .book(let counts):
            return .booked(
                counts.map { count in
                    BookedCount(count: count, answer: attempt { shop in shop.book(count) })
                })
        }
    }

    private mutating func book(_ count: CountingState.Count) -> Product {
        flagged.removeAll { $0 == count.product.id }
        bookedCounts.append(count.difference)
        guard let index = products.firstIndex(where: { $0.id == count.product.id }) else {
            return count.product
        }
        let old = products[index]
        products[index] = Product(
            id: old.id, sku: old.sku, barcode: old.barcode, name: old.name, description: old.description,
            price: old.price, stock: .counted((old.stock.count ?? 0) + count.difference),
            category: old.category, createdAt: old.createdAt, updatedAt: old.updatedAt)
        return products[index]
    }
}
