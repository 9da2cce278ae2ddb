/// The terminal's own state: carts, and checkouts under way. Each call is on disk when it returns.
public protocol CartService: Sendable {
    func cart(of owner: CartOwner) async throws(StoreError) -> Cart

    /// Makes one change in one transaction and returns the cart after it.
    func apply(_ change: CartChange, to owner: CartOwner) async throws(StoreError) -> (Cart, [CartNote])

    func undo(_ owner: CartOwner) async throws(StoreError) -> Cart

    /// The guest's cart becomes the user's; the guest's is empty afterwards.
    func adopt(guestCartFor userID: Int64) async throws(StoreError) -> (Cart, [CartNote])

    func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout?
    func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError)

    /// Ends a checkout: forgets it and, when its order stands, takes the lines of its draft out of the cart
    /// (what was added meanwhile stays).
    func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart
}
