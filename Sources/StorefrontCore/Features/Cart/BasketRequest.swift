import StoreDomain

/// What the basket asks of its file and of the shop. `version` comes back with the answer.
public enum BasketRequest: Hashable, Codable, Sendable {
    case load(version: Int)
    /// Looks for the basket that this session has or takes up.
    case open(version: Int)
    case change(CartChange, version: Int)
    case undo(version: Int)
    case redo(version: Int)
    /// Leaves the basket of that person behind, who is not at the desk any more.
    case letGo(CartOwner)
    /// Takes up a basket that is left behind.
    case takeUp(LeftBasket.ID)
    case adopt(userID: Int64, version: Int)
    case quote(Basket.Quoted)
    /// What the cart would cost with another discount code.
    case tryCode(Basket.Quoted)
    case compare([Int64])

    static let quoteSlot = "quote"

    var terms: Terms {
        switch self {
        case .load: Terms(lane: .cart, keepsBack: .all)
        case .open, .adopt: Terms(lane: .cart, mustFinish: true, keepsBack: .all)
        case .change, .undo, .redo: Terms(lane: .cart, mustFinish: true)
        case .letGo: Terms(lane: .cart, mustFinish: true, isPublic: true)
        case .takeUp: Terms(lane: .cart, title: "Taking the basket up", mustFinish: true, keepsBack: .all)
        case .quote: Terms(slot: Self.quoteSlot, keepsBack: .onPrice)
        case .tryCode: Terms(slot: "code", title: "Looking up the code", keepsBack: .all)
        case .compare: Terms(keepsBack: .onPrice)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> BasketAction {
        let (carts, owner) = (outside.services.cart, principal.owner)
        return switch self {
        case .load(let version):
            .loaded(
                version: version, await .of { () throws(StoreError) in try await carts.cart(of: owner) })
        case .open(let version):
            .opened(
                version: version, await .of { () throws(StoreError) in try await carts.open(for: owner) })
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
        case .redo(let version):
            .changed(
                version: version,
                await .of { () throws(StoreError) in CartOutcome(cart: try await carts.redo(owner)) })
        case .adopt(let userID, let version):
            .adopted(
                version: version,
                await .of { () throws(StoreError) in
                    let (opened, notes) = try await carts.adopt(guestCartFor: userID)
                    return AdoptedBasket(opened: opened, notes: notes)
                })
        case .letGo(let person):
            .letGo(
                await .of { () throws(StoreError) in
                    try await carts.letGo(person)
                    return Done()
                })
        case .takeUp(let id):
            .takenUp(
                await .of { () throws(StoreError) in
                    TakenBasket(cart: try await carts.takeUp(id, for: owner))
                })
        case .quote(let what): .quoted(what, await Self.price(what, outside, principal))
        case .tryCode(let what): .triedCode(what, await Self.price(what, outside, principal))
        case .compare(let ids):
            .compared(
                ids,
                await .of { () throws(StoreError) in try await outside.services.catalog.products(ids) })
        }
    }

    private static func price(
        _ what: Basket.Quoted, _ outside: Outside, _ principal: Principal
    ) async -> Answer<PriceBreakdown> {
        await .of { () throws(StoreError) in
            if let sale = what.sale, let counter = outside.services.counter {
                // Which till it is makes no difference to a price.
                let draft = try sale.saleDraft(till: Till.standard)
                return try await counter.till.price(draft, as: principal).breakdown
            }
            return try await outside.services.payments.quote(
                what.lines, discountCode: what.code, as: principal)
        }
    }
}

public enum BasketAction: Hashable, Codable, Sendable {
    case loaded(version: Int, Answer<Cart>)
    case opened(version: Int, Answer<OpenedBasket>)
    case changed(version: Int, Answer<CartOutcome>)
    case adopted(version: Int, Answer<AdoptedBasket>)
    case letGo(Answer<Done>)
    case takenUp(Answer<TakenBasket>)
    case quoted(Basket.Quoted, Answer<PriceBreakdown>)
    case triedCode(Basket.Quoted, Answer<PriceBreakdown>)
    /// Of the products asked for, those that are on sale.
    case compared([Int64], Answer<[Product]>)

    var failure: StoreError? {
        switch self {
        case .loaded(_, let answer): answer.failure
        case .opened(_, let answer): answer.failure
        case .changed(_, let answer): answer.failure
        case .adopted(_, let answer): answer.failure
        case .letGo(let answer): answer.failure
        case .takenUp(let answer): answer.failure
        case .quoted(_, let answer), .triedCode(_, let answer): answer.failure
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

/// The user's basket after the guest's joined it, and what came of that.
public struct AdoptedBasket: Hashable, Codable, Sendable {
    public let opened: OpenedBasket
    public let notes: [CartNote]

    public init(opened: OpenedBasket, notes: [CartNote] = []) {
        self.opened = opened
        self.notes = notes
    }
}

/// What became of taking a basket up.
public struct TakenBasket: Hashable, Codable, Sendable {
    /// nil when another session was faster.
    public let cart: Cart?

    public init(cart: Cart?) { self.cart = cart }
}

extension AppState {
    mutating func receive(_ action: BasketAction) -> [Effect] {
        switch action {
        case .loaded(let version, .success(let cart)):
            return loaded(cart, version)
        case .opened(let version, .success(let opened)):
            desk.tell(opened)
            return loaded(opened.cart, version)
        case .letGo(.success): break
        case .letGo(.failure(let error)): desk.say(error)
        case .takenUp(.success(let taken)): return tookUp(taken.cart)
        case .takenUp(.failure(let error)):
            desk.say(error)
            return apply(change(BasketsState.self) { $0.enter(&$1) } ?? [])
        case .loaded(_, .failure(let error)), .opened(_, .failure(let error)):
            desk.basket.error = error
            desk.say(error)
        case .changed(let version, .success(let outcome)):
            desk.basket.error = nil
            // A later change is under way, and its answer counts.
            guard version == desk.basket.version, outcome.cart != desk.basket.cart else { return [] }
            // What is on disk counts.
            desk.basket.cart = outcome.cart
            desk.tell(outcome.notes)
            return apply(desk.quoteBasket() + desk.basket.compare())
        case .changed(let version, .failure(let error)):
            desk.say(error)
            return version == desk.basket.version ? apply(desk.basket.load()) : []
        case .adopted(let version, .success(let adopted)):
            if version == desk.basket.version { desk.basket.cart = adopted.opened.cart }
            desk.tell(adopted.opened)
            desk.tell(adopted.notes)
            // Not all of it could come along: that is to be seen first.
            if !adopted.notes.isEmpty { desk.basket.goesOnToCheckout = false }
            return apply(
                desk.quoteBasket() + desk.basket.compare() + findUnfinished)
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
            return checkGoesOn { $0.hear(.success(quote), of: what, &$1) }
        case .quoted(let what, .failure(let error)):
            desk.say(error)
            return checkGoesOn { $0.hear(.failure(error), of: what, &$1) }
        case .triedCode(let what, let answer): return tried(what, answer)
        case .compared(let ids, .success(let products)):
            // What was put in since is not known to be gone: it was not asked for.
            let asked = Set(ids)
            let found = CartDifference.find(in: desk.basket.cart, catalogue: products)
            let known = desk.basket.differences
            desk.basket.differences =
                known.filter { !asked.contains($0.productID) }
                + found.filter { asked.contains($0.productID) }
            tellDifferences(since: known)
            return checkGoesOn { $0.heardComparison(of: asked, hasFailed: false, &$1) }
        case .compared(let ids, .failure(let error)):
            desk.say(error)
            return checkGoesOn { $0.heardComparison(of: Set(ids), hasFailed: true, &$1) }
        }
        return []
    }

    /// Lets a checkout that looks at prices and stock before the payment go on.
    private mutating func checkGoesOn(_ body: (inout CheckoutState, inout Desk) -> [Step]) -> [Effect] {
        apply(change(CheckoutState.self, body) ?? [])
    }

    /// Takes a discount code that counts; one that does not leaves the prompt open and the code before in force.
    private mutating func tried(_ what: Basket.Quoted, _ answer: Answer<PriceBreakdown>) -> [Effect] {
        var waits = false
        updatePrompt(.discount) { prompt in
            waits = prompt.isBusy && prompt.input.text.cleanText == what.code
            guard waits else { return }
            switch answer {
            case .failure(let error): prompt.refuse(because: error.screenText)
            case .success(let quote):
                if let problem = quote.codeRefusal { prompt.refuse(because: problem) }
            }
            waits = prompt.problem == nil
        }
        guard waits else { return [] }
        close(.discount)
        return setDiscountCode(what.code)
    }

    /// - Parameter code: nil takes the code away.
    mutating func setDiscountCode(_ code: String?) -> [Effect] {
        desk.basket.tellsCode = code != nil
        return apply(desk.change(.setDiscountCode(code)))
    }

    /// A cart read before the latest change is older than what is on the screen.
    private mutating func loaded(_ cart: Cart, _ version: Int) -> [Effect] {
        guard version == desk.basket.version else { return apply(findUnfinished) }
        desk.basket.cart = cart
        desk.basket.error = nil
        return apply(desk.quoteBasket() + desk.basket.compare() + findUnfinished)
    }

    /// Looks for a checkout, or the sale of a till, that an earlier run has left.
    private var findUnfinished: [Step] {
        [.ask(.checkout(.find))] + (desk.sellsAtTill ? [.ask(.till(.findSale))] : [])
    }

    /// The basket that was taken up is the one to go on with.
    private mutating func tookUp(_ cart: Cart?) -> [Effect] {
        guard let cart else {
            desk.say(.warning, "Another program has taken this basket up")
            return apply(change(BasketsState.self) { $0.enter(&$1) } ?? [])
        }
        let version = desk.basket.version
        desk.basket = Basket()
        desk.basket.version = version
        desk.basket.cart = cart
        desk.say(.success, "Your cart is here again: \(cart.pieces.pieces)")
        // What was changed meanwhile was changed in this one.
        return apply([.to(.cart(CartState()))] + desk.quoteBasket() + desk.basket.load())
    }

    /// What has changed elsewhere is said where it does not show.
    private mutating func tellDifferences(since known: [CartDifference]) {
        let new = desk.basket.differences.filter { !known.contains($0) }
        guard let first = new.first, kind != .cart, kind != .checkout else { return }
        let others = new.count == 1 ? "" : " (and \(new.count - 1) more)"
        desk.sayToo(.warning, "\(first.name): \(first.words(currency: desk.currency))\(others)")
    }

    private mutating func tellCode(_ quote: PriceBreakdown) {
        for step in quote.steps {
            switch step {
            case .discount, .manualDiscount:
                desk.say(.success, "\(step.title): \(step.amount?.displayText ?? "")")
            case .refusedDiscount(let code, let problem):
                desk.say(.warning, problem.sentence(of: code, in: nil))
            case .line, .lineDiscount, .subtotal, .tax, .includedTax, .exempt, .told, .total: break
            }
        }
    }
}

extension PriceBreakdown {
    /// Why a discount code does not count, as a sentence; nil where it does, where there is none, and where only the
    /// order will tell.
    var codeRefusal: String? {
        for case .refusedDiscount(let code, let problem) in steps where problem != .unchecked {
            return problem.sentence(of: code, in: nil)
        }
        return nil
    }
}
