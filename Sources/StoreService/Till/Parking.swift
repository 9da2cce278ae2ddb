import StoreDomain

/// Sales put aside, for any till on the store.
public struct Parking: ParkingService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func park(
        _ basket: Cart, label: String, till: String, key: IdempotencyKey, as principal: Principal
    ) async throws(StoreError) -> ParkedSale {
        try await core.write(as: principal, needing: .park) { work in
            let user = try work.user()
            try work.check(till)
            let content = try basket.parkingText(label: label, till: till)
            if let kept = try work.keptParking(key, user, content) { return kept }
            guard !basket.terms.isTraining else {
                throw StoreError.invalid([FieldProblem("basket", "is in training, which parks nothing")])
            }
            guard label.cleanText.count <= 60 else {
                throw StoreError.invalid([FieldProblem("label", "must be at most 60 characters")])
            }
            // The cash is in this till's drawer and would be counted in the one that takes the sale up.
            guard basket.terms.tenders.isEmpty else {
                throw StoreError.invalid([
                    FieldProblem("basket", "is paid in part: give that back before it is parked")
                ])
            }
            // Who was merged with another or erased meanwhile is nobody to sell to.
            if let customer = basket.terms.customer, try work.tx.account(customer.id)?.isErased ?? true {
                throw StoreError.notFound(.customer(customer.id))
            }
            let taken = Set(try work.tx.parkedSales().map(\.code))
            let parked = try work.tx.insertParked(
                code: ParkedSale.freeCode(among: taken), label: label.cleanText,
                basket: Cart(
                    lines: basket.lines, discountCode: basket.discountCode, terms: basket.addedTerms),
                till: till,
                by: user.id, at: work.now)
            try work.record(
                .saleParked,
                [
                    "parked": .integer(parked.id), "on": .text(till),
                    "pieces": .integer(Int64(basket.pieces)),
                ])
            try work.tx.keep(parked, under: key, userID: user.id, content: content, at: work.now)
            return parked
        }
    }

    public func parked(as principal: Principal) async throws(StoreError) -> [ParkedSale] {
        try await core.read(as: principal, needing: .park) { work in try work.tx.parkedSales() }
    }

    public func resume(_ code: String, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> ParkedSale
    {
        try await core.write(as: principal, needing: .park) { work in
            let user = try work.user()
            let code = code.cleanText
            let content = "resume|\(code)"
            if let kept = try work.keptParking(key, user, content) { return kept }
            guard let parked = try work.tx.parkedSales().first(where: { $0.code == code }),
                try work.tx.deleteParked(parked.id)
            else { throw StoreError.notFound(.parkedSale(code)) }
            try work.record(.saleResumed, ["parked": .integer(parked.id)])
            try work.tx.keep(parked, under: key, userID: user.id, content: content, at: work.now)
            return parked
        }
    }
}

extension Work {
    /// What stands under a key already; nil for a new one.
    fileprivate func keptParking(_ key: IdempotencyKey, _ user: User, _ content: String) throws -> ParkedSale?
    {
        guard let kept = try tx.keptParking(key, userID: user.id, content: content) else { return nil }
        guard kept.isSameContent else { throw StoreError.keyReused }
        return kept.sale
    }
}

extension Cart {
    /// One text for one content that is put aside.
    fileprivate func parkingText(label: String, till: String) throws(StoreError) -> String {
        guard !isEmpty else { throw .emptyOrder }
        return "park|\(label.cleanText)|" + (try saleDraft(till: till)).fingerprintText
    }
}
