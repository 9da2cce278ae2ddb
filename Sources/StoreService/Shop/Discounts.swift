import StoreDomain

/// Discount codes as an admin manages them.
public struct Discounts: DiscountService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func discounts(as principal: Principal) async throws(StoreError) -> [Discount] {
        try await core.read(as: principal, needing: .manageDiscounts) { work in try work.tx.discounts() }
    }

    public func add(_ discount: Discount, as principal: Principal) async throws(StoreError) -> Discount {
        try await core.write(as: principal, needing: .manageDiscounts) { work in
            let currency = try work.tx.shop().currency
            guard discount.currencies.allSatisfy({ $0 == currency }) else {
                throw StoreError.invalid([
                    FieldProblem("amount", "must be in the shop's currency, \(currency.code)")
                ])
            }
            try work.tx.insert(discount, at: work.now)
            try work.record(
                .discountAdded, ["code": .text(discount.code), "takes": .text(discount.kind.words)])
            guard let stored = try work.tx.discount(discount.code) else {
                throw StoreError.notFound(.discount(discount.code))
            }
            return stored
        }
    }

    public func change(_ code: String, _ change: DiscountChange, as principal: Principal)
        async throws(StoreError) -> Discount
    {
        try await core.write(as: principal, needing: .manageDiscounts) { work in
            guard let old = try work.tx.discount(code) else {
                throw StoreError.notFound(.discount(code.cleanText))
            }
            let new = try old.changed(change, in: core.zones.counted(by: work.tx.policy().policy))
            guard new != old else { return old }
            try work.tx.update(new)
            try work.record(
                .discountChanged,
                [
                    "code": .text(new.code), "active": .bool(new.isActive),
                    "from": .optional(new.validFrom?.milliseconds),
                    "until": .optional(new.validUntil?.milliseconds),
                ])
            return new
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
