import StoreDomain

/// Carts and checkouts in memory.
public actor MemoryCart: CartService {
    private var carts: [CartOwner: Cart] = [:]
    private var checkouts: [CartOwner: PendingCheckout] = [:]
    private var sales: [CartOwner: PendingSale] = [:]
    private var parkings: [CartOwner: PendingParking] = [:]

    public init() {}

    public func cart(of owner: CartOwner) -> Cart { carts[owner] ?? Cart() }

    public func apply(_ changes: [CartChange], to owner: CartOwner) -> (Cart, [CartNote]) {
        var cart = cart(of: owner)
        var notes: [CartNote] = []
        for change in changes { notes = cart.apply(change) }
        carts[owner] = cart
        return (cart, notes)
    }

    public func undo(_ owner: CartOwner) -> Cart {
        var cart = cart(of: owner)
        cart.undo()
        carts[owner] = cart
        return cart
    }

    public func redo(_ owner: CartOwner) -> Cart {
        var cart = cart(of: owner)
        cart.redo()
        carts[owner] = cart
        return cart
    }

    public func adopt(guestCartFor userID: Int64) -> (OpenedBasket, [CartNote]) {
        var cart = cart(of: .user(userID))
        let guest = self.cart(of: .guest)
        let notes = cart.merge(guest)
        carts[.user(userID)] = cart
        carts[.guest] = nil
        return (OpenedBasket(cart: cart, joined: guest.pieces), notes)
    }

    // One session has all there is: nothing is left behind.
    public func open(for owner: CartOwner) -> OpenedBasket { OpenedBasket(cart: cart(of: owner)) }
    public func leftBehind(by owner: CartOwner) -> [LeftBasket] { [] }
    public func takeUp(_ id: LeftBasket.ID, for owner: CartOwner) -> Cart? { nil }
    public func letGo(_ owner: CartOwner) {}

    public func handOver(from owner: CartOwner, to other: CartOwner) throws(StoreError) {
        guard sales[owner] == nil, checkouts[owner] == nil, parkings[owner] == nil else { throw .keyBusy }
        guard owner != other else { return }
        carts[other] = carts.removeValue(forKey: owner)
    }

    public func checkout(of owner: CartOwner) -> PendingCheckout? { checkouts[owner] }
    public func save(_ checkout: PendingCheckout, for owner: CartOwner) throws(StoreError) {
        guard sales[owner] == nil, parkings[owner] == nil else { throw .keyBusy }
        checkouts[owner] = checkout
    }

    public func sale(of owner: CartOwner) -> PendingSale? { sales[owner] }
    public func save(_ sale: PendingSale, for owner: CartOwner) throws(StoreError) {
        if checkouts[owner]?.isConfirmed == true || parkings[owner] != nil { throw .keyBusy }
        checkouts[owner] = nil
        sales[owner] = sale
    }

    public func parking(of owner: CartOwner) -> PendingParking? { parkings[owner] }
    public func save(_ parking: PendingParking, for owner: CartOwner) throws(StoreError) {
        if checkouts[owner]?.isConfirmed == true || sales[owner] != nil { throw .keyBusy }
        checkouts[owner] = nil
        parkings[owner] = parking
    }

    public func finishParking(of owner: CartOwner, with sale: ParkedSale?) -> Cart {
        var cart = cart(of: owner)
        if let parking = parkings.removeValue(forKey: owner), let sale {
            cart.finish(parking.deed, with: sale)
        }
        carts[owner] = cart
        return cart
    }

    public func finishSale(of owner: CartOwner, isSold: Bool) -> Cart {
        var cart = cart(of: owner)
        if let sale = sales.removeValue(forKey: owner), isSold { cart.takeOut(sale.draft) }
        carts[owner] = cart
        return cart
    }

    public func finishCheckout(of owner: CartOwner, keepingCart: Bool) -> Cart {
        var cart = cart(of: owner)
        if let checkout = checkouts.removeValue(forKey: owner), !keepingCart { cart.takeOut(checkout.draft) }
        carts[owner] = cart
        return cart
    }
}
