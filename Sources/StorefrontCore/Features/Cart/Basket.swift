import StoreDomain

/// The cart of the person at the desk: its lines, its price, and what has changed in the shop since.
/// A change shows at once and is sent to disk; a refusal takes it back.
public struct Basket: Hashable, Codable, Sendable {
    public internal(set) var cart = Cart()
    /// The last price that was worked out; nil before the first. `isQuoted` says whether it is that of the cart
    /// as it is.
    public internal(set) var quote: PriceBreakdown?
    /// The line that was added or selected last, at a till.
    var current: CartLine.ID?
    /// What the quote was asked for.
    var quoted: Quoted?
    /// Where the catalogue no longer says what the cart does.
    public internal(set) var differences: [CartDifference] = []
    /// Why the cart could not be read.
    public internal(set) var error: StoreError?
    /// Counts the changes made here. An answer that was asked for before the latest of them says nothing about
    /// the cart as it is.
    var version = 0
    /// Signing in was a step on the way to checking out, which goes on once the cart has come along.
    var goesOnToCheckout = false
    /// More was asked for than there is on the books; nil where the latest change was not about that.
    public internal(set) var short: Short?
    /// A discount code was entered: what the next quote makes of it is said.
    var tellsCode = false

    /// What a price depends on.
    public struct Quoted: Hashable, Codable, Sendable {
        public let lines: [PricedLine]
        public let code: String?
        /// The sale at a till, where something was set by hand that only a till prices.
        public let sale: Cart?

        public init(lines: [PricedLine], code: String?, sale: Cart? = nil) {
            self.lines = lines
            self.code = code
            self.sale = sale
        }
    }

    /// More of a product than there is on the books.
    public struct Short: Hashable, Codable, Sendable {
        public let line: CartLine
        /// How many were wanted in all.
        public let wanted: Int
        /// Who sells was asked about it.
        var isAsked = false

        /// What a change asked for that came to less; nil where it got all, or for a change of something else.
        init?(_ change: CartChange, in before: Cart, _ notes: [CartNote]) {
            let isShort = notes.contains { note in
                switch note {
                case .capped, .soldOut: true
                case .removed, .full: false
                }
            }
            guard isShort else { return nil }
            switch change {
            case .add(let fresh, let count):
                line = fresh
                wanted = before.quantity(of: fresh.id) + count
            case .setQuantity(let id, let quantity):
                guard let known = before.lines.first(where: { $0.id == id }) else { return nil }
                line = known
                wanted = quantity
            case .accept(let differences):
                let short = differences.lazy.compactMap { difference -> (CartLine, Int)? in
                    guard case .available(let fresh) = difference.now,
                        !fresh.knownStock.covers(difference.quantity)
                    else { return nil }
                    return (fresh, difference.quantity)
                }.first
                guard let short else { return nil }
                (line, wanted) = short
            case .sellBelowZero, .remove, .setDiscountCode, .setOverride, .setLineDiscount, .setTerms, .clear,
                .handOver, .restore:
                return nil
            }
        }
    }

    public init() {}

    /// The row of the line that was added or selected last; the last row where that is gone, nil without lines.
    public var currentRow: Int? {
        let row = current.flatMap { id in cart.lines.firstIndex { $0.id == id } }
        return row ?? (cart.lines.isEmpty ? nil : cart.lines.count - 1)
    }

    public func difference(of line: CartLine.ID) -> CartDifference? {
        differences.first { $0.id == line }
    }

    func quotable(_ currency: Currency) -> Quoted {
        Quoted(
            lines: cart.pricedLines(currency: currency), code: cart.discountCode,
            sale: cart.isSetByHand ? cart.priced : nil)
    }

    /// Whether `quote` is the price of the cart as it is.
    public func isQuoted(_ currency: Currency) -> Bool { quote != nil && quoted == quotable(currency) }

    // MARK: - Asking

    func load() -> [Step] { [.ask(.basket(.load(version: version)))] }

    /// Looks for the basket that this person has, or left behind.
    func open() -> [Step] { [.ask(.basket(.open(version: version)))] }

    /// The same, and the guest's cart becomes the user's.
    func adopt(userID: Int64) -> [Step] { [.ask(.basket(.adopt(userID: userID, version: version)))] }

    /// Asks whether the catalogue still says what the cart does.
    func compare() -> [Step] {
        let ids = cart.lines.map(\.productID)
        return ids.isEmpty ? [] : [.ask(.basket(.compare(ids)))]
    }

    /// Asks what the cart costs. No screen adds up money.
    mutating func quote(_ desk: Desk) -> [Step] {
        differences.removeAll { cart.quantity(of: $0.id) == 0 }
        guard !cart.isEmpty else {
            quote = nil
            quoted = nil
            return []
        }
        return [.ask(.basket(.quote(quotable(desk.currency))))]
    }
}

extension Cart {
    /// All of it that makes the price.
    fileprivate var priced: Cart {
        var terms = terms
        terms.tenders = []
        terms.back = nil
        return Cart(lines: lines, discountCode: discountCode, terms: terms)
    }
}

extension Desk {
    /// What the basket comes to as it is, where that is known.
    private var knownTotal: Money? { basket.isQuoted(currency) ? basket.quote?.total : nil }

    // MARK: - Changing

    /// Makes a change, shows it and sends it to disk.
    mutating func change(_ change: CartChange) -> [Step] {
        let before = basket.cart
        let quote = knownTotal
        let notes = basket.cart.apply(change)
        basket.short = Basket.Short(change, in: before, notes)
        tell(notes)
        guard basket.cart != before else { return [] }
        basket.version += 1
        let steps =
            [Step.ask(.basket(.change(change, version: basket.version)))] + quoteBasket()
            + happenings(since: before, quote)
        // Another quantity may settle a difference, or make one.
        return basket.differences.isEmpty ? steps : steps + basket.compare()
    }

    /// Takes lines out of the cart, in one step of undo.
    mutating func remove(_ lines: [CartLine]) -> [Step] {
        let steps = change(.remove(lines.map(\.id)))
        if lines.count > 1 { say(.info, "\(lines.count.counted("line")) removed; u brings them back") }
        return steps
    }

    /// Takes over what the catalogue says now.
    mutating func acceptDifferences() -> [Step] { change(.accept(basket.differences)) }

    /// Takes the latest change back and says what it was.
    mutating func undo() -> [Step] {
        let before = basket.cart
        let quote = knownTotal
        guard basket.cart.undo() else { return [] }
        say(.info, "Took back: \(CartDelta(from: basket.cart, to: before).words)")
        basket.version += 1
        return [.ask(.basket(.undo(version: basket.version)))] + quoteBasket() + basket.compare()
            + happenings(since: before, quote)
    }

    /// Makes the change again that was taken back last, and says what it was.
    mutating func redo() -> [Step] {
        let before = basket.cart
        let quote = knownTotal
        guard basket.cart.redo() else { return [] }
        say(.info, "Made again: \(CartDelta(from: before, to: basket.cart).words)")
        basket.version += 1
        return [.ask(.basket(.redo(version: basket.version)))] + quoteBasket() + basket.compare()
            + happenings(since: before, quote)
    }

    /// Puts so many of a product into the cart, or takes them out when negative, and says how many it has now.
    mutating func add(_ product: Product, label: ScaleLabel? = nil, _ count: Int) -> [Step] {
        let line = CartLine(product, label: label, quantity: 1)
        let before = basket.cart.quantity(of: line.id)
        // Taking away works from what the cart has, whatever the stock is now.
        let steps =
            count < 0
            ? change(.setQuantity(line.id, before + count))
            : change(.add(line, by: count))
        let now = basket.cart.quantity(of: line.id)
        if now > before { basket.current = line.id }
        if now != before, status == nil {
            say(now > before ? .success : .info, "\(line.name): \(now) in the cart")
        }
        return steps
    }

    /// Makes it so many of a product in the cart.
    mutating func set(_ product: Product, to count: Int) -> [Step] {
        let line = CartLine.ID(product.id)
        let before = basket.cart.quantity(of: line)
        guard before > 0 else {
            if count > 0 { return add(product, count) }
            say(.info, "\(product.name) is not in the cart")
            return []
        }
        let steps = change(.setQuantity(line, count))
        if status == nil {
            say(.success, "\(product.name): \(basket.cart.quantity(of: line)) in the cart")
        }
        return steps
    }

    mutating func quoteBasket() -> [Step] {
        let desk = self
        return basket.quote(desk)
    }

    mutating func tell(_ notes: [CartNote]) {
        guard let note = notes.first else { return }
        switch note {
        case .capped(let name, let available):
            say(.warning, "Only \(available) of \(name): that many now")
        case .soldOut(let name): say(.warning, "\(name) is sold out")
        case .removed(let name): say(.info, "\(name) removed; u brings it back")
        case .full: say(.warning, "The cart is full: \(Order.maximumLines) different products")
        }
        if notes.count > 1, let status { say(status.kind, "\(status.text) (and \(notes.count - 1) more)") }
    }
}
