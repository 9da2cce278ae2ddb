import StoreDomain

/// Carts and checkouts in memory.
public actor MemoryCart: CartService {
    private var carts: [CartOwner: Cart] = [:]
    private var checkouts: [CartOwner: PendingCheckout] = [:]

    public init() {}

    public func cart(of owner: CartOwner) -> Cart { carts[owner] ?? Cart() }

    public func apply(_ change: CartChange, to owner: CartOwner) -> (Cart, [CartNote]) {
        var cart = cart(of: owner)
        let notes = cart.apply(change)
        carts[owner] = cart
        return (cart, notes)
    }

    public func undo(_ owner: CartOwner) -> Cart {
        var cart = cart(of: owner)
        cart.undo()
        carts[owner] = cart
        return cart
    }

    public func adopt(guestCartFor userID: Int64) -> (Cart, [CartNote]) {
        var cart = cart(of: .user(userID))
        let notes = cart.merge(self.cart(of: .guest))
        carts[.user(userID)] = cart
        carts[.guest] = nil
        return (cart, notes)
    }

    public func checkout(of owner: CartOwner) -> PendingCheckout? { checkouts[owner] }
    public func save(_ checkout: PendingCheckout, for owner: CartOwner) { checkouts[owner] = checkout }

    public func finishCheckout(of owner: CartOwner, keepingCart: Bool) -> Cart {
        var cart = cart(of: owner)
        if let checkout = checkouts.removeValue(forKey: owner), !keepingCart { cart.takeOut(checkout.draft) }
        carts[owner] = cart
        return cart
    }
}
