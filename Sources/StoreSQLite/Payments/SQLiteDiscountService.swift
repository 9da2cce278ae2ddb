import GRDB
import StoreDomain

/// The discount codes of a store file.
public struct SQLiteDiscountService: DiscountService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let policy: ShopPolicy

    public init(database: StoreDatabase, clock: any StoreClock, policy: ShopPolicy) {
        self.database = database
        self.clock = clock
        self.policy = policy
    }

    public func discounts(as principal: Principal) async throws(StoreError) -> [Discount] {
        try await database.read { db in
            try principal.current(in: db).require(.manageDiscounts)
            return try DiscountRecord.all(in: db, currency: policy.currency)
        }
    }

    public func add(_ discount: Discount, as principal: Principal) async throws(StoreError) -> Discount {
        try await database.write { db in
            try principal.current(in: db).require(.manageDiscounts)
            guard discount.currencies.allSatisfy({ $0 == policy.currency }) else {
                throw StoreError.invalid([
                    FieldProblem("amount", "must be in the shop's currency, \(policy.currency.code)")
                ])
            }
            try DiscountRecord.insert(discount, at: clock.now(), in: db)
            guard
                case .known(let stored) = try DiscountRecord.request(
                    discount.code, in: db, currency: policy.currency)
            else { throw StoreError.notFound(.discount(discount.code)) }
            return stored
        }
    }
}

extension Discount {
    /// Those of its amounts.
    fileprivate var currencies: [Currency] {
        var amounts = [minimumSubtotal]
        if case .fixed(let amount) = kind { amounts.append(amount) }
        return amounts.compactMap { $0?.currency }
    }
}
