/// Puts a sale aside, or takes one up, once, whatever happens in between: what is about to happen is stored with its
/// key before it is tried, and asked for again under the same key until the store has said what became of it. So a
/// sale is never both in the basket and among the parked, nor in neither.
public struct ParkingFlow: Sendable {
    private let carts: any CartService
    private let parking: any ParkingService
    private let ids: any IDSource

    public init(carts: any CartService, parking: any ParkingService, ids: any IDSource) {
        self.carts = carts
        self.parking = parking
        self.ids = ids
    }

    /// What happened, and the basket after it.
    public struct Done: Hashable, Sendable, Codable {
        public let deed: PendingParking.Deed
        public let sale: ParkedSale
        public let cart: Cart

        public init(deed: PendingParking.Deed, sale: ParkedSale, cart: Cart) {
            self.deed = deed
            self.sale = sale
            self.cart = cart
        }
    }

    /// Parks or takes up. What an earlier attempt left open is finished first; where that happened, it is the answer.
    ///
    /// - Throws: as `ParkingService`. After an error that does not say that nothing happened, `settle` asks again.
    public func carryOut(_ deed: PendingParking.Deed, owner: CartOwner, principal: Principal)
        async throws(StoreError) -> Done
    {
        if let earlier = try await settle(owner: owner, principal: principal) { return earlier }
        let pending = PendingParking(parkingKey: ids.idempotencyKey(), deed: deed)
        try await carts.save(pending, for: owner)
        return try await finish(pending, owner: owner, principal: principal)
    }

    /// Asks what became of what an earlier attempt left open; nil where nothing was, or nothing had happened and nothing
    /// can.
    ///
    /// - Throws: what leaves it open.
    public func settle(owner: CartOwner, principal: Principal) async throws(StoreError) -> Done? {
        guard let pending = try await carts.parking(of: owner) else { return nil }
        do throws(StoreError) {
            return try await finish(pending, owner: owner, principal: principal)
        } catch {
            guard error.saysNothingHappened, try await carts.parking(of: owner) == nil else { throw error }
            return nil
        }
    }

    private func finish(_ pending: PendingParking, owner: CartOwner, principal: Principal)
        async throws(StoreError) -> Done
    {
        guard let key = IdempotencyKey(pending.parkingKey) else {
            throw .invalid([FieldProblem("key", "of the stored parking is not usable")])
        }
        let sale: ParkedSale
        do throws(StoreError) {
            switch pending.deed {
            case .park(let basket, let label, let till):
                sale = try await parking.park(basket, label: label, till: till, key: key, as: principal)
            case .takeUp(let code): sale = try await parking.resume(code, key: key, as: principal)
            }
        } catch {
            if error.saysNothingHappened { _ = try await carts.finishParking(of: owner, with: nil) }
            throw error
        }
        return Done(
            deed: pending.deed, sale: sale, cart: try await carts.finishParking(of: owner, with: sale))
    }
}
