import GRDB
import StoreDomain

/// Prices and payments of a store file.
public struct SQLitePaymentService: PaymentService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let policy: ShopPolicy
    private let offer: PaymentOffer

    public init(
        database: StoreDatabase, clock: any StoreClock, policy: ShopPolicy, offer: PaymentOffer = .till
    ) {
        self.database = database
        self.clock = clock
        self.policy = policy
        self.offer = offer
    }

    /// - Throws: `invalid` for lines that no order could have.
    public func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal)
        async throws(StoreError) -> PriceBreakdown
    {
        try check(lines)
        return try await database.read { db in
            PriceBreakdown(
                lines: lines,
                discount: try DiscountRecord.request(discountCode, in: db, currency: policy.currency),
                policy: policy, at: clock.now())
        }
    }

    public func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod] {
        try await database.read { db in
            guard case .user(let session) = try principal.current(in: db) else { return [] }
            return try PaymentMethodRecord.accepted(offer, in: db).filter {
                session.user.role >= $0.minimumRole
            }
        }
    }

    /// - Throws: also `signInRequired` for the store's operator, who stands at no till.
    public func pay(
        _ orderID: Int64, _ request: PaymentRequest, key: IdempotencyKey, as principal: Principal
    ) async throws(StoreError) -> Order {
        try await database.write { db in
            try PaymentTaking(db: db, policy: policy, now: clock.now(), offer: offer)
                .pay(orderID, request, key: key, as: principal)
        }
    }

    /// Sums of lines within an order's bounds fit their type.
    private func check(_ lines: [PricedLine]) throws(StoreError) {
        guard lines.count <= Order.maximumLines else {
            throw .invalid([FieldProblem("items", "must be at most \(Order.maximumLines)")])
        }
        for line in lines {
            try Quantity.check(line.quantity)
            guard (0...Product.maximumPriceMinor).contains(line.unitPrice.minorUnits),
                line.unitPrice.currency == policy.currency
            else { throw .invalid([FieldProblem("price", "must be 0.00 to 99999999.99")]) }
        }
    }
}
