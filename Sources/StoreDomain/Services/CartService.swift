/// The terminal's own state: baskets, and checkouts under way. Each call is on disk when it returns.
///
/// A basket belongs to a session, which is one program from its start to its end. A service speaks for one
/// session: no call changes or takes a basket that another living session has. A basket is left behind when its
/// session ends, however that happens, or lets go of it; with it stay its undo steps and its checkout.
public protocol CartService: Sendable {
    /// The basket that this session has for `owner`; empty where it has none.
    func cart(of owner: CartOwner) async throws(StoreError) -> Cart

    /// Looks for a basket for `owner`: the one that this session has; else the one that it let go of; else the
    /// only one that is left behind. With several left behind it takes none.
    func open(for owner: CartOwner) async throws(StoreError) -> OpenedBasket

    /// What `owner` can take up, the latest first.
    func leftBehind(by owner: CartOwner) async throws(StoreError) -> [LeftBasket]

    /// Takes up a basket that is left behind, as `owner`'s, and leaves the present one behind. Returns nil when
    /// that basket is gone or another session has it.
    func takeUp(_ id: LeftBasket.ID, for owner: CartOwner) async throws(StoreError) -> Cart?

    /// Makes the basket of this session another person's, with its undo steps; what that person had here is left behind.
    ///
    /// - Throws: `keyBusy` while a sale or a checkout of it is stored, which may have been made, or its parking.
    func handOver(from owner: CartOwner, to other: CartOwner) async throws(StoreError)

    /// Leaves the basket of `owner` behind.
    func letGo(_ owner: CartOwner) async throws(StoreError)

    /// Makes changes one after the other in one transaction, each with its undo step. Returns the cart after them and what
    /// came of the last.
    func apply(_ changes: [CartChange], to owner: CartOwner) async throws(StoreError) -> (Cart, [CartNote])

    func undo(_ owner: CartOwner) async throws(StoreError) -> Cart
    func redo(_ owner: CartOwner) async throws(StoreError) -> Cart

    /// Looks for the user's basket as `open` does; the guest's joins it and is empty afterwards.
    func adopt(guestCartFor userID: Int64) async throws(StoreError) -> (OpenedBasket, [CartNote])

    func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout?
    /// - Throws: `keyBusy` while a sale of this basket is stored, which may have been made, or its parking.
    func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError)

    /// Ends a checkout: forgets it and, when its order stands, takes the lines of its draft out of the cart
    /// (what was added meanwhile stays).
    func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart

    /// The sale at a till that was stored and not finished; nil when there is none. A basket has one or a checkout,
    /// never both.
    func sale(of owner: CartOwner) async throws(StoreError) -> PendingSale?

    /// - Throws: `keyBusy` while a checkout of this basket is stored whose order may stand, or its parking.
    func save(_ sale: PendingSale, for owner: CartOwner) async throws(StoreError)

    /// Ends a sale: forgets it and, when it was made, takes what it sold out of the cart (what was added meanwhile
    /// stays).
    func finishSale(of owner: CartOwner, isSold: Bool) async throws(StoreError) -> Cart

    /// What was about to be parked or taken up, stored and not finished; nil when there is nothing. A basket has this, a
    /// sale or a checkout.
    func parking(of owner: CartOwner) async throws(StoreError) -> PendingParking?

    /// - Throws: `keyBusy` while a sale of this basket is stored, or a checkout whose order may stand.
    func save(_ parking: PendingParking, for owner: CartOwner) async throws(StoreError)

    /// Ends parking or taking up: forgets it and, where it happened, makes the basket what came of it.
    ///
    /// - Parameter sale: what was put aside or taken up; nil where nothing happened.
    func finishParking(of owner: CartOwner, with sale: ParkedSale?) async throws(StoreError) -> Cart
}

extension CartService {
    /// Makes one change in one transaction and returns the cart after it.
    public func apply(_ change: CartChange, to owner: CartOwner) async throws(StoreError) -> (
        Cart, [CartNote]
    ) {
        try await apply([change], to: owner)
    }
}
