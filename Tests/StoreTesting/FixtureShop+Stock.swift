import StoreDomain
import StorefrontCore

/// The stock of the small shop.
extension FixtureShop {
    mutating func reply(to ask: StockRequest) -> StockAction {
        switch ask {
        case .low:
            return .low(
                attempt { shop in
                    let found = shop.products.filter { $0.stock.count.map { $0 <= 5 } ?? false }
                    return found.map { LowStock(product: $0, sold: 2) }
                })
        case .product(let code, let count):
            guard let product = products.first(where: { $0.sku == code }) else {
                return .product(.failure(.notFound(.productCode(code))), count: count)
            }
            return .product(attempt { _ in product }, count: count)
        case .explain(let id):
            guard let product = products.first(where: { $0.id == id }) else {
                return .explained(.failure(.notFound(.product(id))))
            }
            return .explained(
                attempt { shop in
                    StockExplanation(
                        product: product,
                        movements: shop.movements.filter { $0.productID == id }.reversed(), isCut: false,
                        cost: shop.cost(of: id))
                })
        case .list(let file):
            if file == "long-wrong.csv" { return .list(file, .failure(.invalid(Self.longProblems))) }
            guard !file.hasSuffix("wrong.csv") else {
                let problem = FieldProblem("row 4", "names no product: \"XX-1\"")
                return .list(file, .failure(.invalid([problem])))
            }
            let rows: [(sku: String, pieces: Int, cost: Int64?)] =
                file == "other.csv"
                ? [("CS-102", 3, 390), ("CS-101", 2, nil)] : [("CS-102", 3, 430), ("CS-100", 1, 2_000)]
            return .list(
                file,
                attempt { shop in
                    let lines = rows.compactMap { row in
                        shop.products.first { $0.sku == row.sku }.map {
                            ExpectedDelivery.Line(
                                product: $0, pieces: row.pieces,
                                unitCost: row.cost.map { Money(minorUnits: $0) })
                        }
                    }
                    return ExpectedDelivery(name: file, lines: lines)
                })
        case .book(let adjustments):
            return .booked(
                attempt { shop in
                    adjustments.compactMap { adjustment in
                        guard let index = shop.products.firstIndex(where: { $0.id == adjustment.productID })
                        else { return nil }
                        if adjustment.quantity != 0 {
                            shop.movements.append(
                                StockMovement(
                                    productID: adjustment.productID, kind: adjustment.kind,
                                    quantity: adjustment.quantity, by: 1, reason: adjustment.reason,
                                    unitCost: adjustment.unitCost, at: Self.now))
                        }
                        let count = shop.products[index].stock.count ?? 0
                        shop.products[index].stock = .counted(count + adjustment.quantity)
                        return shop.products[index]
                    }
                })
        }
    }

    /// More than a screen holds, each of them longer than a line of it.
    private static let longProblems = (4...23).map { row in
        FieldProblem(
            "row \(row)",
            """
            has a kettle of enamelled steel with a wooden handle and a lid at another cost than row \(row - 1)
            """)
    }

    /// Each piece costs three fifths of its price; of what a visitor brought nobody knows.
    func cost(of id: Int64) -> ProductCost {
        guard let product = products.first(where: { $0.id == id }), id != 3 else {
            return ProductCost(productID: id, stock: .untracked, average: nil, value: nil, latest: nil)
        }
        let average = Money(minorUnits: product.price.minorUnits * 3 / 5, currency: product.price.currency)
        return ProductCost(
            productID: id, stock: product.stock, average: average,
            value: product.stock.count.map { average * max(0, $0) }, latest: average)
    }
}
