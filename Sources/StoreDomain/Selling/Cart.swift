/// Whose cart it is, within one store.
public enum CartOwner: Hashable, Sendable, Codable {
    case guest
    case user(Int64)
}

/// What can be done to a cart. Undoing one is another.
public enum CartChange: Hashable, Sendable, Codable {
    /// Adds that many (takes away, when negative) of a product as it is now. At zero the line goes.
    case add(CartLine, by: Int)
    case setQuantity(CartLine.ID, Int)
    /// Makes it that many of a product as it is now, whatever the books say: only a till sells it.
    case sellBelowZero(CartLine, Int)
    /// Takes these lines out, all in one step.
    case remove([CartLine.ID])
    case setDiscountCode(String?)
    /// Takes over the prices and stock of the catalogue; what is sold out or gone leaves.
    case accept([CartDifference])
    /// Gives a line another price than the listed one; nil takes that back.
    case setOverride(CartLine.ID, PriceOverride?)
    /// Gives a line a discount of its own; nil takes it back.
    case setLineDiscount(CartLine.ID, ManualDiscount?)
    /// What whoever sells adds to the goods.
    case setTerms(SaleTerms)
    case clear
    /// Empties it as what it holds is elsewhere now, so that nothing brings it back.
    case handOver
    /// Puts lines, code and terms back as they were; what undo consists of.
    case restore([CartLine], discountCode: String?, terms: SaleTerms? = nil)
}

extension CartChange {
    /// Undo does not bring back what was there before.
    public var isForgotten: Bool { self == .handOver }
}

/// What came of a change beyond what was asked.
public enum CartNote: Hashable, Sendable, Codable {
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
    /// What whoever sells has added; nil for nothing.
    private var added: SaleTerms?
    /// What undo would put back, the latest last; at most `undoDepth`.
    public private(set) var undoSteps: [CartChange]
    /// What redo would put back, the latest last. The next change clears it.
    public private(set) var redoSteps: [CartChange]

    public static let undoDepth = 50

    public init(
        lines: [CartLine] = [], discountCode: String? = nil, terms: SaleTerms? = nil,
        undoSteps: [CartChange] = [], redoSteps: [CartChange] = []
    ) {
        self.lines = lines
        self.discountCode = discountCode
        added = terms == SaleTerms() ? nil : terms
        self.undoSteps = undoSteps
        self.redoSteps = redoSteps
    }

    /// Whether nothing is sold: neither goods nor gift cards.
    public var isEmpty: Bool { lines.isEmpty && terms.giftCards.isEmpty }
    /// What whoever sells has added to the goods.
    public var terms: SaleTerms { added ?? SaleTerms() }
    /// The same, nil for nothing.
    public var addedTerms: SaleTerms? { added }
    /// Whether it holds what whoever sells has set by hand: only a till sells it as it is.
    public var isSetByHand: Bool { added != nil || lines.contains { $0.isSetByHand } }
    /// The sum of the quantities.
    public var pieces: Int { lines.reduce(0) { $0 + $1.quantity } }
    public var canUndo: Bool { !undoSteps.isEmpty }
    public var canRedo: Bool { !redoSteps.isEmpty }

    /// Of all its lines together.
    public func quantity(of productID: Int64) -> Int {
        lines.reduce(0) { $0 + ($1.productID == productID ? $1.quantity : 0) }
    }

    public func quantity(of line: CartLine.ID) -> Int { lines.first { $0.id == line }?.quantity ?? 0 }

    /// Makes a change and remembers how to undo it. What cannot be had in full is capped and noted, never
    /// refused.
    @discardableResult
    public mutating func apply(_ change: CartChange) -> [CartNote] {
        let before = step
        let notes = carryOut(change)
        if change.isForgotten {
            undoSteps = []
            redoSteps = []
        } else {
            remember(before)
        }
        return notes
    }

    /// What puts everything back as it is now.
    private var step: CartChange { .restore(lines, discountCode: discountCode, terms: added) }

    private mutating func remember(_ before: CartChange) {
        guard step != before else { return }
        pushUndo(before)
        redoSteps = []
    }

    private mutating func pushUndo(_ before: CartChange) {
        undoSteps.append(before)
        undoSteps.removeFirst(max(0, undoSteps.count - Cart.undoDepth))
    }

    /// Takes out what was bought; what was added meanwhile stays. Undo does not bring it back, as it would be
    /// bought twice.
    public mutating func takeOut(_ bought: OrderDraft) {
        takeOut(
            bought.lines.map { (CartLine.ID($0.productID, label: $0.label), $0.quantity) },
            code: bought.discountCode)
    }

    /// The same for what a till has sold; what was agreed on for that sale goes with it.
    public mutating func takeOut(_ sold: SaleDraft) {
        takeOut(
            sold.lines.map { (CartLine.ID($0.productID, label: $0.label), $0.quantity) },
            code: sold.discountCode)
        added = sold.isTraining ? SaleTerms(isTraining: true) : nil
    }

    /// The same for what was put aside.
    mutating func takeOut(parked: Cart) {
        takeOut(parked.lines.map { ($0.id, $0.quantity) }, code: parked.discountCode)
        if added == parked.added { added = nil }
    }

    private mutating func takeOut(_ bought: [(id: CartLine.ID, quantity: Int)], code: String?) {
        let demand = bought.reduce(into: [CartLine.ID: Int]()) { $0[$1.id, default: 0] += $1.quantity }
        lines = lines.compactMap { line in
            var rest = line
            rest.quantity -= demand[line.id] ?? 0
            return rest.quantity > 0 ? rest : nil
        }
        if discountCode == code { discountCode = nil }
        undoSteps = []
        redoSteps = []
    }

    /// Takes the latest change back; false when there is none.
    @discardableResult
    public mutating func undo() -> Bool {
        guard let earlier = undoSteps.popLast() else { return false }
        redoSteps.append(step)
        _ = carryOut(earlier)
        return true
    }

    /// Makes the change again that undo took back last; false when there is none.
    @discardableResult
    public mutating func redo() -> Bool {
        guard let later = redoSteps.popLast() else { return false }
        pushUndo(step)
        _ = carryOut(later)
        return true
    }

    private mutating func carryOut(_ change: CartChange) -> [CartNote] {
        switch change {
        case .add(let line, let count): return add(line, by: count)
        case .setQuantity(let id, let quantity):
            guard let line = lines.first(where: { $0.id == id }) else { return [] }
            return set(line, to: quantity)
        case .sellBelowZero(let fresh, let quantity):
            var line = lines.first { $0.id == fresh.id } ?? fresh
            guard lines.contains(where: { $0.id == fresh.id }) || lines.count < Order.maximumLines else {
                return [.full]
            }
            line.knownStock = fresh.knownStock
            line.sellsBelowZero = true
            return set(line, to: min(quantity, Quantity.range.upperBound))
        case .remove(let ids):
            let leaving = Set(ids)
            let names = lines.filter { leaving.contains($0.id) }.map(\.name)
            lines.removeAll { leaving.contains($0.id) }
            return names.map { .removed(name: $0) }
        case .setDiscountCode(let code):
            let trimmed = code?.cleanText ?? ""
            discountCode = trimmed.isEmpty ? nil : trimmed
            if discountCode != nil { added?.discount = nil }
            if added == SaleTerms() { added = nil }
            return []
        case .accept(let differences): return differences.flatMap { accept($0) }
        case .setOverride(let id, let override):
            alter(id) { $0.override = override }
            return []
        case .setLineDiscount(let id, let discount):
            alter(id) { $0.discount = discount }
            return []
        case .setTerms(let terms):
            added = terms == SaleTerms() ? nil : terms
            // By hand or by a code, not both.
            if terms.discount != nil { discountCode = nil }
            return []
        case .clear, .handOver:
            lines = []
            discountCode = nil
            added = terms.isTraining ? SaleTerms(isTraining: true) : nil
            return []
        case .restore(let lines, let code, let terms):
            self.lines = lines
            discountCode = code
            added = terms
            return []
        }
    }

    private mutating func alter(_ id: CartLine.ID, _ body: (inout CartLine) -> Void) {
        guard let index = lines.firstIndex(where: { $0.id == id }) else { return }
        body(&lines[index])
    }

    private mutating func add(_ fresh: CartLine, by asked: Int) -> [CartNote] {
        // More than any line can hold or lose comes to the same, and the sum below stays a number.
        let most = 2 * Quantity.range.upperBound
        let count = max(-most, min(most, asked))
        guard var line = lines.first(where: { $0.id == fresh.id }) else {
            guard count > 0 else { return [] }
            guard lines.count < Order.maximumLines else { return [.full] }
            guard !fresh.knownStock.isSoldOut else { return [.soldOut(name: fresh.name)] }
            return set(fresh, to: count)
        }
        // The price stays the one it had when it was added: a change of it is shown and accepted, never
        // slipped in.
        line.knownStock = fresh.knownStock
        return set(line, to: line.quantity + count)
    }

    private mutating func set(_ line: CartLine, to wanted: Int) -> [CartNote] {
        let index = lines.firstIndex { $0.id == line.id }
        guard wanted > 0 else {
            if let index { lines.remove(at: index) }
            return [.removed(name: line.name)]
        }
        let available = line.sellable
        // Nothing left: a line that is there stays as it is, to be resolved by comparing with the catalogue.
        guard available > 0 else { return [.soldOut(name: line.name)] }
        var changed = line
        changed.quantity = min(wanted, available)
        if let index { lines[index] = changed } else { lines.append(changed) }
        return wanted > available ? [.capped(name: line.name, available: available)] : []
    }

    private mutating func accept(_ difference: CartDifference) -> [CartNote] {
        guard let index = lines.firstIndex(where: { $0.id == difference.id }) else { return [] }
        switch difference.now {
        case .gone:
            return [.removed(name: lines.remove(at: index).name)]
        case .available(let fresh):
            lines[index].name = fresh.name
            lines[index].unitPriceMinor = fresh.unitPriceMinor
            lines[index].knownStock = fresh.knownStock
            guard !lines[index].sellsBelowZero, !fresh.knownStock.covers(lines[index].quantity) else {
                return []
            }
            return set(lines[index], to: fresh.knownStock.sellable)
        }
    }

    /// The lines at the prices the cart holds.
    public func pricedLines(currency: Currency) -> [PricedLine] {
        lines.map {
            PricedLine(
                productID: $0.productID, name: $0.name, unitPrice: $0.unitPrice(currency),
                quantity: $0.quantity)
        }
    }

    /// What an order of this cart asks for.
    ///
    /// - Throws: `emptyOrder`.
    public func orderDraft() throws(StoreError) -> OrderDraft {
        var draft: [OrderDraft.Line] = []
        for line in lines {
            draft.append(
                try OrderDraft.Line(
                    productID: line.productID, quantity: line.quantity, label: line.label?.code))
        }
        return try OrderDraft(lines: draft, discountCode: discountCode)
    }

    /// What a till sells of this cart.
    ///
    /// - Parameter approvalCode: what the card terminal printed for money that goes back in an exchange.
    /// - Throws: `emptyOrder`.
    public func saleDraft(
        till: String, agreement: PriceAgreement? = nil, tenders: [PaymentRequest] = [],
        approvalCode: String? = nil
    ) throws(StoreError) -> SaleDraft {
        var draft: [SaleDraft.Line] = []
        for line in lines {
            draft.append(
                try SaleDraft.Line(
                    productID: line.productID, quantity: line.quantity, label: line.label?.code,
                    override: line.override, discount: line.discount, sellsBelowZero: line.sellsBelowZero))
        }
        return try SaleDraft(
            till: till, lines: draft, discountCode: discountCode, discount: terms.discount,
            exemption: terms.exemption, customerID: terms.customer?.id, note: terms.note,
            agreement: agreement, tenders: tenders, back: try back(approvalCode),
            isTraining: terms.isTraining,
            giftCards: terms.giftCards.map { GiftCardSale(amountMinor: $0) })
    }
}

extension Cart {
    private func back(_ approvalCode: String?) throws(StoreError) -> RefundDraft? {
        guard let back = terms.back, let currency = back.lines.first?.amount.currency else { return nil }
        return try back.draft(approvalCode: approvalCode, currency: currency)
    }

    /// A guest's cart becomes the user's on sign-in: quantities are added, capped by stock, and said so.
    public mutating func merge(_ guest: Cart) -> [CartNote] {
        let before = step
        var notes: [CartNote] = []
        for line in guest.lines { notes += add(line, by: line.quantity) }
        if discountCode == nil { discountCode = guest.discountCode }
        if added == nil { added = guest.added }
        remember(before)
        return notes
    }
}
