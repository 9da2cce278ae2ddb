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
    /// Takes these lines out, all in one step.
    case remove([CartLine.ID])
    case setDiscountCode(String?)
    /// Takes over the prices and stock of the catalogue; what is sold out or gone leaves.
    case accept([CartDifference])
    case clear
    /// Puts lines and code back as they were; what undo consists of.
    case restore([CartLine], discountCode: String?)
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
    /// What undo would put back, the latest last; at most `undoDepth`.
    public private(set) var undoSteps: [CartChange]
    /// What redo would put back, the latest last. The next change clears it.
    public private(set) var redoSteps: [CartChange]

    public static let undoDepth = 50

    public init(
        lines: [CartLine] = [], discountCode: String? = nil, undoSteps: [CartChange] = [],
        redoSteps: [CartChange] = []
    ) {
        self.lines = lines
        self.discountCode = discountCode
        self.undoSteps = undoSteps
        self.redoSteps = redoSteps
    }

    public var isEmpty: Bool { lines.isEmpty }
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
        let (oldLines, oldCode) = (lines, discountCode)
        let notes = carryOut(change)
        rememberUndo(oldLines, oldCode)
        return notes
    }

    private mutating func rememberUndo(_ oldLines: [CartLine], _ oldCode: String?) {
        guard (lines, discountCode) != (oldLines, oldCode) else { return }
        pushUndo(oldLines, oldCode)
        redoSteps = []
    }

    private mutating func pushUndo(_ oldLines: [CartLine], _ oldCode: String?) {
        undoSteps.append(.restore(oldLines, discountCode: oldCode))
        undoSteps.removeFirst(max(0, undoSteps.count - Cart.undoDepth))
    }

    /// Takes out what was bought; what was added meanwhile stays. Undo does not bring it back, as it would be
    /// bought twice.
    public mutating func takeOut(_ bought: OrderDraft) {
        let demand = bought.lines.reduce(into: [CartLine.ID: Int]()) {
            $0[CartLine.ID($1.productID, label: $1.label), default: 0] += $1.quantity
        }
        lines = lines.compactMap { line in
            var rest = line
            rest.quantity -= demand[line.id] ?? 0
            return rest.quantity > 0 ? rest : nil
        }
        if discountCode == bought.discountCode { discountCode = nil }
        undoSteps = []
        redoSteps = []
    }

    /// Takes the latest change back; false when there is none.
    @discardableResult
    public mutating func undo() -> Bool {
        guard let step = undoSteps.popLast() else { return false }
        redoSteps.append(.restore(lines, discountCode: discountCode))
        _ = carryOut(step)
        return true
    }

    /// Makes the change again that undo took back last; false when there is none.
    @discardableResult
    public mutating func redo() -> Bool {
        guard let step = redoSteps.popLast() else { return false }
        pushUndo(lines, discountCode)
        _ = carryOut(step)
        return true
    }

    private mutating func carryOut(_ change: CartChange) -> [CartNote] {
        switch change {
        case .add(let line, let count): return add(line, by: count)
        case .setQuantity(let id, let quantity):
            guard let line = lines.first(where: { $0.id == id }) else { return [] }
            return set(line, to: quantity)
        case .remove(let ids):
            let leaving = Set(ids)
            let names = lines.filter { leaving.contains($0.id) }.map(\.name)
            lines.removeAll { leaving.contains($0.id) }
            return names.map { .removed(name: $0) }
        case .setDiscountCode(let code):
            let trimmed = code?.cleanText ?? ""
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
        let available = line.knownStock.sellable
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
            guard !fresh.knownStock.covers(lines[index].quantity) else { return [] }
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
