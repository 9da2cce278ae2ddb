/// What tells one state of a cart from a later one: what undo takes back and redo makes again.
public struct CartDelta: Hashable, Sendable {
    public enum Part: Hashable, Sendable {
        /// So many pieces more.
        case added(name: String, pieces: Int)
        /// So many pieces fewer.
        case removed(name: String, pieces: Int)
        /// As many as before, at another price.
        case repriced(name: String)
        case code(String)
        /// The code that no longer stands there.
        case codeRemoved(String)
        /// The price or the discount that was set for a line by hand.
        case setByHand(name: String)
        /// A part of the payment, or several.
        case payment
        /// Goods of an earlier sale that come back with it.
        case goodsBack
        /// Gift cards that are sold.
        case giftCards
        /// The discount, the customer, the note or the exemption of the whole sale.
        case terms
    }

    /// In the order of the later cart's lines, then what left it, the code last. Empty when the carts hold the
    /// same.
    public let parts: [Part]

    public init(from old: Cart, to new: Cart) {
        let before = Dictionary(old.lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.lines.map(\.id))
        var parts: [Part] = new.lines.compactMap { line in
            let change = line.quantity - (before[line.id]?.quantity ?? 0)
            if change > 0 { return .added(name: line.name, pieces: change) }
            if change < 0 { return .removed(name: line.name, pieces: -change) }
            guard let old = before[line.id] else { return nil }
            if old.unitPriceMinor != line.unitPriceMinor { return .repriced(name: line.name) }
            let isSame =
                old.override == line.override && old.discount == line.discount
                && old.sellsBelowZero == line.sellsBelowZero
            return isSame ? nil : .setByHand(name: line.name)
        }
        parts += old.lines.filter { !after.contains($0.id) }.map {
            .removed(name: $0.name, pieces: $0.quantity)
        }
        if old.discountCode != new.discountCode {
            if let code = new.discountCode {
                parts.append(.code(code))
            } else if let code = old.discountCode {
                parts.append(.codeRemoved(code))
            }
        }
        let (terms, oldTerms) = (new.terms, old.terms)
        if terms.giftCards != oldTerms.giftCards { parts.append(.giftCards) }
        if terms.tenders != oldTerms.tenders { parts.append(.payment) }
        if terms.back != oldTerms.back { parts.append(.goodsBack) }
        if terms.discount != oldTerms.discount || terms.customer != oldTerms.customer
            || terms.note != oldTerms.note || terms.exemption != oldTerms.exemption
            || terms.isTraining != oldTerms.isTraining
        {
            parts.append(.terms)
        }
        self.parts = parts
    }
}
