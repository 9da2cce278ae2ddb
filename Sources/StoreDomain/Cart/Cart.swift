/// Whose cart it is, within one store.
public enum CartOwner: Hashable, Sendable {
    case guest
    case user(Int64)
}

/// One line of a cart: a product as it was when it was added.
public struct CartLine: Hashable, Sendable, Identifiable, Codable {
    public let productID: Int64
    public var name: String
    public var sku: String?
    /// In minor units: the price when it was added, or when a change of it was accepted.
    public var unitPriceMinor: Int64
    /// The stock known when it was added or last compared.
    public var knownStock: Int
    /// `Quantity.range`
    public var quantity: Int

    public var id: Int64 { productID }

    public init(
        productID: Int64, name: String, sku: String? = nil, unitPriceMinor: Int64, knownStock: Int,
        quantity: Int
    ) {
        self.productID = productID
        self.name = name
        self.sku = sku
        self.unitPriceMinor = unitPriceMinor
        self.knownStock = knownStock
        self.quantity = quantity
    }

    public init(_ product: Product, quantity: Int) {
        self.init(
            productID: product.id, name: product.name, sku: product.sku,
            unitPriceMinor: product.price.minorUnits, knownStock: product.stock, quantity: quantity)
    }

    public func unitPrice(_ currency: Currency) -> Money {
        Money(minorUnits: unitPriceMinor, currency: currency)
    }
}

/// What can be done to a cart. Undoing one is another.
public enum CartChange: Hashable, Sendable, Codable {
    /// Adds that many (takes away, when negative) of a product as it is now. At zero the line goes.
    case add(CartLine, by: Int)
    case setQuantity(productID: Int64, Int)
    case setDiscountCode(String?)
    /// Takes over the prices and stock of the catalogue; what is sold out or gone leaves.
    case accept([CartDifference])
    case clear
    /// Puts lines and code back as they were; what undo consists of.
    case restore([CartLine], discountCode: String?)
}

/// What came of a change beyond what was asked.
public enum CartNote: Hashable, Sendable {
    /// There are only so many; that many are in the cart now.
    case capped(name: String, available: Int)
    case soldOut(name: String)
    case removed(name: String)
    case full
}

/// What is about to be bought. A value: changed by `apply`, kept by a `CartService`.
public struct Cart: Hashable, Sendable, Codable {
    public private(set) var lines: [CartLine]
    /// As it was typed; whether it counts is for pricing to say.
    public private(set) var discountCode: String?
    /// What undo would put back, the latest last; at most `undoDepth`.
    public private(set) var undoSteps: [CartChange]

    public static let undoDepth = 50

    public init(lines: [CartLine] = [], discountCode: String? = nil, undoSteps: [CartChange] = []) {
        self.lines = lines
        self.discountCode = discountCode
        self.undoSteps = undoSteps
    }

    public var isEmpty: Bool { lines.isEmpty }
    /// The sum of the quantities.
    public var pieces: Int { lines.reduce(0) { $0 + $1.quantity } }
    public var canUndo: Bool { !undoSteps.isEmpty }

    public func quantity(of productID: Int64) -> Int {
        lines.first { $0.productID == productID }?.quantity ?? 0
    }

    /// Makes a change and remembers how to undo it. What cannot be had in full is capped and noted, never
    /// refused.
    @discardableResult
    public mutating func apply(_ change: CartChange) -> [CartNote] {
        let (oldLines, oldCode) = (lines, discountCode)
        let notes = carryOut(change)
        rememberUndo(oldLines, oldCode)
        return notes
    }

    private mutating func rememberUndo(_ oldLines: [CartLine], _ oldCode: String?) {
        guard (lines, discountCode) != (oldLines, oldCode) else { return }
        undoSteps.append(.restore(oldLines, discountCode: oldCode))
        undoSteps.removeFirst(max(0, undoSteps.count - Cart.undoDepth))
    }

    /// Takes out what was bought; what was added meanwhile stays. Undo does not bring it back, as it would be
    /// bought twice.
    public mutating func takeOut(_ bought: OrderDraft) {
        let demand = bought.demand
        lines = lines.compactMap { line in
            var rest = line
            rest.quantity -= demand[line.productID] ?? 0
            return rest.quantity > 0 ? rest : nil
        }
        if discountCode == bought.discountCode { discountCode = nil }
        undoSteps = []
    }

    /// Takes the latest change back; false when there is none.
    @discardableResult
    public mutating func undo() -> Bool {
        guard let step = undoSteps.popLast() else { return false }
        _ = carryOut(step)
        return true
    }

    private mutating func carryOut(_ change: CartChange) -> [CartNote] {
        switch change {
        case .add(let line, let count): return add(line, by: count)
        case .setQuantity(let productID, let quantity):
            guard let line = lines.first(where: { $0.productID == productID }) else { return [] }
            return set(line, to: quantity)
        case .setDiscountCode(let code):
            let trimmed = code?.trimmedText ?? ""
            discountCode = trimmed.isEmpty ? nil : trimmed
            return []
        case .accept(let differences): return differences.flatMap { accept($0) }
        case .clear:
            lines = []
            discountCode = nil
            return []
        case .restore(let lines, let code):
            self.lines = lines
            discountCode = code
            return []
        }
    }

    private mutating func add(_ fresh: CartLine, by asked: Int) -> [CartNote] {
        // More than any line can hold or lose comes to the same, and the sum below stays a number.
        let most = 2 * Quantity.range.upperBound
        let count = max(-most, min(most, asked))
        guard var line = lines.first(where: { $0.productID == fresh.productID }) else {
            guard count > 0 else { return [] }
            guard lines.count < Order.maximumLines else { return [.full] }
            guard fresh.knownStock > 0 else { return [.soldOut(name: fresh.name)] }
            return set(fresh, to: count)
        }
        // The price stays the one it had when it was added: a change of it is shown and accepted, never
        // slipped in.
        line.knownStock = fresh.knownStock
        return set(line, to: line.quantity + count)
    }

    private mutating func set(_ line: CartLine, to wanted: Int) -> [CartNote] {
        let index = lines.firstIndex { $0.productID == line.productID }
        guard wanted > 0 else {
            if let index { lines.remove(at: index) }
            return [.removed(name: line.name)]
        }
        let available = min(Quantity.range.upperBound, max(line.knownStock, 0))
        // Nothing left: a line that is there stays as it is, to be resolved by comparing with the catalogue.
        guard available > 0 else { return [.soldOut(name: line.name)] }
        var changed = line
        changed.quantity = min(wanted, available)
        if let index { lines[index] = changed } else { lines.append(changed) }
        return wanted > available ? [.capped(name: line.name, available: available)] : []
    }

    private mutating func accept(_ difference: CartDifference) -> [CartNote] {
        guard let index = lines.firstIndex(where: { $0.productID == difference.productID }) else { return [] }
        switch difference.now {
        case .gone:
            return [.removed(name: lines.remove(at: index).name)]
        case .available(let fresh):
            lines[index].name = fresh.name
            lines[index].unitPriceMinor = fresh.unitPriceMinor
            lines[index].knownStock = fresh.knownStock
            guard fresh.knownStock < lines[index].quantity else { return [] }
            return set(lines[index], to: fresh.knownStock)
        }
    }

    /// The lines at the prices the cart holds.
    public func pricedLines(currency: Currency) -> [PricedLine] {
        lines.map { PricedLine(name: $0.name, unitPrice: $0.unitPrice(currency), quantity: $0.quantity) }
    }

    /// What an order of this cart asks for.
    ///
    /// - Throws: `emptyOrder`.
    public func orderDraft() throws(StoreError) -> OrderDraft {
        var draft: [OrderDraft.Line] = []
        for line in lines {
            draft.append(try OrderDraft.Line(productID: line.productID, quantity: line.quantity))
        }
        return try OrderDraft(lines: draft, discountCode: discountCode)
    }
}

/// Where the catalogue no longer says what the cart does.
public struct CartDifference: Hashable, Sendable, Codable, Identifiable {
    public enum Now: Hashable, Sendable, Codable {
        /// Sold as this now; its quantity means nothing.
        case available(CartLine)
        /// Not sold any more, or sold out.
        case gone
    }

    public let productID: Int64
    public let name: String
    public let oldPriceMinor: Int64
    public let quantity: Int
    public let now: Now

    public var id: Int64 { productID }

    /// Compares a cart with the products as they are now (those not among them are gone). Reports changed
    /// prices, stock below the quantity, sold out and gone; a changed name alone is nothing to accept.
    public static func find(in cart: Cart, catalogue: [Product]) -> [CartDifference] {
        let products = Dictionary(catalogue.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return cart.lines.compactMap { line in
            let product = products[line.productID]
            let now: Now
            if let product, !product.isArchived, product.stock > 0 {
                guard product.price.minorUnits != line.unitPriceMinor || product.stock < line.quantity else {
                    return nil
                }
                now = .available(CartLine(product, quantity: line.quantity))
            } else {
                now = .gone
            }
            return CartDifference(
                productID: line.productID, name: line.name, oldPriceMinor: line.unitPriceMinor,
                quantity: line.quantity, now: now)
        }
    }

    /// "price now $12.00, was $10.00", "only 2 left", "no longer sold"; several joined by "; ".
    public func words(currency: Currency) -> String {
        switch now {
        case .gone: return "cannot be had any more: will be removed"
        case .available(let fresh):
            var parts: [String] = []
            if fresh.unitPriceMinor != oldPriceMinor {
                let old = Money(minorUnits: oldPriceMinor, currency: currency)
                parts.append("price now \(fresh.unitPrice(currency).displayText), was \(old.displayText)")
            }
            if fresh.knownStock < quantity { parts.append("only \(fresh.knownStock) left") }
            return parts.joined(separator: "; ")
        }
    }
}

extension Cart {
    /// A guest's cart becomes the user's on sign-in: quantities are added, capped by stock, and said so.
    public mutating func merge(_ guest: Cart) -> [CartNote] {
        let (oldLines, oldCode) = (lines, discountCode)
        var notes: [CartNote] = []
        for line in guest.lines { notes += add(line, by: line.quantity) }
        if discountCode == nil { discountCode = guest.discountCode }
        rememberUndo(oldLines, oldCode)
        return notes
    }
}

/// A checkout under way, stored before each step so that a crash at any point ends in exactly one order.
public struct PendingCheckout: Hashable, Sendable, Codable {
    /// The key under which the order is placed.
    public let orderKey: String
    public let draft: OrderDraft
    /// Known once the order is placed.
    public var orderID: Int64?
    /// The key and content of the payment being taken; a new key whenever the content changes.
    public var paymentKey: String?
    public var payment: PaymentRequest?
    /// True when the order is to stay unpaid ("pay at the counter").
    public var paysLater: Bool

    /// Somebody said yes to it: its order may have been placed, even paid.
    public var isConfirmed: Bool { payment != nil || paysLater }

    public init(
        orderKey: IdempotencyKey, draft: OrderDraft, orderID: Int64? = nil, paymentKey: IdempotencyKey? = nil,
        payment: PaymentRequest? = nil, paysLater: Bool = false
    ) {
        self.orderKey = orderKey.text
        self.draft = draft
        self.orderID = orderID
        self.paymentKey = paymentKey?.text
        self.payment = payment
        self.paysLater = paysLater
    }
}
