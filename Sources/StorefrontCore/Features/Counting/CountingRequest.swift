import StoreDomain

public enum CountingRequest: Hashable, Codable, Sendable {
    case list
    /// A code that was scanned so often.
    case scanned(String, count: Int)
    /// The first count of a product.
    case begin(Int64, CountChange)
    case book([CountingState.Count])

    var terms: Terms {
        switch self {
        case .list: Terms(slot: "counting", title: "Looking what is to be counted", screen: .counting)
        case .scanned, .begin:
            Terms(title: "Looking up the product", screen: .counting, keepsBack: .onScreen)
        case .book: Terms(title: "Booking the counts", mustFinish: true, screen: .counting, keepsBack: .all)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> CountingAction {
        guard let stock = outside.services.counter?.stock else {
            return .listed(.failure(.unsupported("counting")))
        }
        switch self {
        case .list:
            return .listed(
                await .of { () throws(StoreError) in try await stock.toCount(as: principal) })
        case .scanned(let code, let count):
            return .found(
                await .of { () throws(StoreError) in try await outside.services.catalog.product(code: code) },
                .add(count))
        case .begin(let id, let change):
            return .found(
                await .of { () throws(StoreError) in
                    guard let product = try await outside.services.catalog.products([id]).first else {
                        throw .notFound(.product(id))
                    }
                    return product
                }, change)
        case .book(let counts): return .booked(await Self.book(counts, stock, principal))
        }
    }

    /// One after the other; once the store cannot be asked, the rest is not tried.
    private static func book(
        _ counts: [CountingState.Count], _ stock: any StockService, _ principal: Principal
    ) async -> [BookedCount] {
        var outcomes: [BookedCount] = []
        for count in counts {
            let answer = await Answer<Product>.of { () throws(StoreError) in
                try await stock.adjust(
                    StockAdjustment(
                        productID: count.product.id, kind: .count, quantity: count.difference,
                        reason: "Counted"), as: principal)
            }
            outcomes.append(BookedCount(count: count, answer: answer))
            if let error = answer.failure, !error.saysNothingHappened { break }
        }
        return outcomes
    }
}

/// What became of booking a count.
public struct BookedCount: Hashable, Codable, Sendable {
    public let count: CountingState.Count
    public let answer: Answer<Product>

    public init(count: CountingState.Count, answer: Answer<Product>) {
        self.count = count
        self.answer = answer
    }
}

public enum CountingAction: Hashable, Codable, Sendable {
    case listed(Answer<[DueCount]>)
    case found(Answer<Product>, CountChange)
    case booked([BookedCount])

    var failure: StoreError? {
        switch self {
        case .listed(let answer): answer.failure
        case .found(let answer, _): answer.failure
        case .booked(let outcomes): outcomes.compactMap(\.answer.failure).first
        }
    }
}
