/// Turns a basket into one sale at a till, whatever happens in between: the sale is stored with its key before it
/// is tried, and asked for again under the same key until the store has said what became of it.
public struct SaleFlow: Sendable {
    private let carts: any CartService
    private let till: any TillService
    private let ids: any IDSource

    public init(carts: any CartService, till: any TillService, ids: any IDSource) {
        self.carts = carts
        self.till = till
        self.ids = ids
    }

    /// How an attempt ended.
    public enum Outcome: Hashable, Sendable, Codable {
        /// Sold, once; the basket without what was sold.
        case sold(Order, Cart)
        /// Not sold: the basket is as it was, and nothing is under way.
        case refused(StoreError)
        /// The store did not say. `finish` asks again.
        case unknown(PendingSale, StoreError)
    }

    /// The sale of which the store has not said what became of it; nil when there is none.
    public func pending(of owner: CartOwner) async throws(StoreError) -> PendingSale? {
        try await carts.sale(of: owner)
    }

    /// Sells. A sale that an earlier attempt left open is finished first, in the place of this one.
    public func sell(_ draft: SaleDraft, owner: CartOwner, principal: Principal) async -> Outcome {
        do throws(StoreError) {
            if let earlier = try await carts.sale(of: owner) {
                return await finish(earlier, owner: owner, principal: principal)
            }
            // The codes of gift cards are kept with the key: a sale whose answer was lost is told them again.
            let pending = PendingSale(saleKey: ids.idempotencyKey(), draft: try draft.withCodes(ids))
            try await carts.save(pending, for: owner)
            return await finish(pending, owner: owner, principal: principal)
        } catch {
            // It was not stored, so it was not tried.
            return .refused(error)
        }
    }

    /// Asks what becomes of a sale that was stored.
    public func finish(_ pending: PendingSale, owner: CartOwner, principal: Principal) async -> Outcome {
        guard let key = IdempotencyKey(pending.saleKey) else {
            return .refused(.invalid([FieldProblem("key", "of the stored sale is not usable")]))
        }
        let order: Order
        do throws(StoreError) {
            order = try await till.sell(pending.draft, key: key, as: principal)
        } catch {
            guard error.saysNothingHappened else { return .unknown(pending, error) }
            do throws(StoreError) {
                _ = try await carts.finishSale(of: owner, isSold: false)
                return .refused(error)
            } catch { return .unknown(pending, error) }
        }
        do throws(StoreError) {
            return .sold(order, try await carts.finishSale(of: owner, isSold: true))
        } catch { return .unknown(pending, error) }
    }
}
