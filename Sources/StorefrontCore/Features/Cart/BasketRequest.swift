import StoreDomain

/// What the basket asks of its file and of the shop. `version` comes back with the answer.
public enum BasketRequest: Hashable, Codable, Sendable {
    case load(version: Int)
    case change(CartChange, version: Int)
    case undo(version: Int)
    case adopt(userID: Int64, version: Int)
    case quote(Basket.Quoted)
    case compare([Int64])

    static let quoteSlot = "quote"

    var terms: Terms {
        switch self {
        case .load: Terms(lane: .cart, keepsBack: .all)
        case .change, .undo: Terms(lane: .cart, mustFinish: true)
        case .adopt: Terms(lane: .cart, mustFinish: true, keepsBack: .all)
        case .quote: Terms(slot: Self.quoteSlot, keepsBack: .onPrice)
        case .compare: Terms(keepsBack: .onPrice)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> BasketAction {
        let (carts, owner) = (outside.services.cart, principal.owner)
        return switch self {
        case .load(let version):
            .loaded(
                version: version, await .of { () throws(StoreError) in try await carts.cart(of: owner) })
        case .change(let change, let version):
            .changed(
                version: version,
                await .of { () throws(StoreError) in
                    let (cart, notes) = try await carts.apply(change, to: owner)
                    return CartOutcome(cart: cart, notes: notes)
                })
        case .undo(let version):
            .changed(
                version: version,
                await .of { () throws(StoreError) in CartOutcome(cart: try await carts.undo(owner)) })
        case .adopt(let userID, let version):
            .adopted(
                version: version,
                await .of { () throws(StoreError) in
                    let (cart, notes) = try await carts.adopt(guestCartFor: userID)
                    return CartOutcome(cart: cart, notes: notes)
                })
        case .quote(let what):
            .quoted(
                what,
                await .of { () throws(StoreError) in
                    try await outside.services.payments.quote(
                        what.lines, discountCode: what.code, as: principal)
                })
        case .compare(let ids):
            .compared(
                ids,
                await .of { () throws(StoreError) in try await outside.services.catalog.products(ids) })
        }
    }
}

public enum BasketAction: Hashable, Codable, Sendable {
    case loaded(version: Int, Answer<Cart>)
    case changed(version: Int, Answer<CartOutcome>)
    case adopted(version: Int, Answer<CartOutcome>)
    case quoted(Basket.Quoted, Answer<PriceBreakdown>)
    /// Of the products asked for, those that are on sale.
    case compared([Int64], Answer<[Product]>)

    var failure: StoreError? {
        switch self {
        case .loaded(_, let answer): answer.failure
        case .changed(_, let answer), .adopted(_, let answer): answer.failure
        case .quoted(_, let answer): answer.failure
        case .compared(_, let answer): answer.failure
        }
    }
}

/// A cart after a change, and what came of it.
public struct CartOutcome: Hashable, Codable, Sendable {
    public let cart: Cart
    public let notes: [CartNote]

    public init(cart: Cart, notes: [CartNote] = []) {
        self.cart = cart
        self.notes = notes
    }
}

extension AppState {
    mutating func receive(_ action: BasketAction) -> [Effect] {
        switch action {
        case .loaded(let version, .success(let cart)):
            return loaded(cart, version)
        case .loaded(_, .failure(let error)):
            desk.basket.error = error
            desk.say(error)
        case .changed(let version, .success(let outcome)):
            desk.basket.error = nil
            // A later change is under way, and its answer counts.
            guard version == desk.basket.version, outcome.cart != desk.basket.cart else { return [] }
            // Another terminal of the same user was at it too: what is on disk counts.
            desk.basket.cart = outcome.cart
            desk.tell(outcome.notes)
            return apply(desk.quoteBasket() + desk.basket.compare())
        case .changed(let version, .failure(let error)):
            desk.say(error)
            return version == desk.basket.version ? apply(desk.basket.load()) : []
        case .adopted(let version, .success(let outcome)):
            if version == desk.basket.version { desk.basket.cart = outcome.cart }
            desk.tell(outcome.notes)
            // Not all of it could come along: that is to be seen first.
            if !outcome.notes.isEmpty { desk.basket.goesOnToCheckout = false }
            return apply(
                desk.quoteBasket() + desk.basket.compare() + [.ask(.checkout(.find))])
        case .adopted(_, .failure(let error)):
            desk.say(error)
            return apply(desk.basket.load())
        // What was in the cart is out again.
        case .quoted(_, .success) where desk.basket.cart.isEmpty: desk.basket.tellsCode = false
        case .quoted(let what, .success(let quote)):
            desk.basket.quote = quote
            desk.basket.quoted = what
            if desk.basket.tellsCode { tellCode(quote) }
            desk.basket.tellsCode = false
        case .quoted(_, .failure(let error)): desk.say(error)
        case .compared(let ids, .success(let products)):
            // What was put in since is not known to be gone: it was not asked for.
            let asked = Set(ids)
            let found = CartDifference.find(in: desk.basket.cart, catalogue: products)
            desk.basket.differences =
                desk.basket.differences.filter { !asked.contains($0.productID) }
                + found.filter { asked.contains($0.productID) }
        case .compared(_, .failure(let error)): desk.say(error)
        }
        return []
    }

    /// A cart read before the latest change is older than what is on the screen.
    private mutating func loaded(_ cart: Cart, _ version: Int) -> [Effect] {
        guard version == desk.basket.version else { return apply([.ask(.checkout(.find))]) }
        desk.basket.cart = cart
        desk.basket.error = nil
        if !cart.isEmpty, desk.status == nil {
            desk.say(
                .info, "Your cart is still here: \(cart.pieces) \(cart.pieces == 1 ? "piece" : "pieces")")
        }
        return apply(desk.quoteBasket() + desk.basket.compare() + [.ask(.checkout(.find))])
    }

    private mutating func tellCode(_ quote: PriceBreakdown) {
        for step in quote.steps {
            switch step {
            case .discount, .manualDiscount:
                desk.say(.success, "\(step.title): \(step.amount?.displayText ?? "")")
            case .refusedDiscount(_, let problem):
                desk.say(.warning, "\(step.title): \(problem.words(in: nil))")
            case .line, .lineDiscount, .subtotal, .tax, .includedTax, .exempt, .told, .total: break
            }
        }
    }
}
