import StoreDomain

public enum StockRequest: Hashable, Codable, Sendable {
    case low
    /// A product by its code, and how many of it.
    case product(String, count: Int)
    case explain(Int64)
    case book([StockAdjustment])
    /// A supplier's list of a delivery, by the path of its file on this terminal.
    case list(String)

    var terms: Terms {
        switch self {
        case .low: Terms(slot: "stock", title: "Loading the stock", screen: .stock, keepsBack: .onScreen)
        case .product: Terms(title: "Finding the product", screen: .stock, keepsBack: .onScreen)
        case .explain:
            Terms(slot: "stock", title: "Loading the movements", screen: .stock, keepsBack: .onScreen)
        case .list: Terms(slot: "list", title: "Reading the list", screen: .stock, keepsBack: .onScreen)
        case .book: Terms(title: "Booking the stock", mustFinish: true, screen: .stock, keepsBack: .all)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> StockAction {
        guard let stock = outside.services.counter?.stock else {
            return .low(.failure(.unsupported("booking stock")))
        }
        return switch self {
        case .low:
            .low(await .of { () throws(StoreError) in try await stock.low(limit: 500, as: principal) })
        case .product(let code, let count):
            .product(
                await .of { () throws(StoreError) in try await outside.services.catalog.product(code: code) },
                count: count)
        case .explain(let id):
            .explained(
                await .of { () throws(StoreError) in
                    try await stock.explanation(of: id, limit: 500, as: principal)
                })
        case .book(let adjustments):
            .booked(
                await .of { () throws(StoreError) in try await stock.book(adjustments, as: principal) })
        case .list(let file):
            .list(
                file,
                await .of { () throws(StoreError) in
                    try await outside.ports.readDelivery(file).found(in: outside.services.catalog)
                })
        }
    }
}

public enum StockAction: Hashable, Codable, Sendable {
    case low(Answer<[LowStock]>)
    case product(Answer<Product>, count: Int)
    case explained(Answer<StockExplanation>)
    case booked(Answer<[Product]>)
    case list(String, Answer<ExpectedDelivery>)

    var failure: StoreError? {
        switch self {
        case .low(let answer): answer.failure
        case .product(let answer, _): answer.failure
        case .explained(let answer): answer.failure
        case .booked(let answer): answer.failure
        case .list(_, let answer): answer.failure
        }
    }
}
