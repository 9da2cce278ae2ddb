import StoreDomain

/// What became of baskets, in words.
extension Desk {
    /// Says where the basket came from, and what else is left behind.
    mutating func tell(_ opened: OpenedBasket) {
        // What is left behind takes the place of a welcome.
        if opened.origin == .own, opened.leftBehind > 0, status?.kind == .success { status = nil }
        switch opened.origin {
        case .takenUp where opened.joined > 0:
            sayToo(.success, "Your cart is still here; \(opened.joined.pieces) came along")
        case .takenUp where !opened.cart.isEmpty:
            sayToo(.success, "Your cart is still here: \(opened.cart.pieces.pieces)")
        case .elsewhere: sayToo(.warning, "Your basket is open in another program now")
        case .own where opened.joined > 0: sayToo(.success, "\(opened.joined.pieces) came along")
        case .own, .takenUp: break
        }
        guard opened.leftBehind > 0 else { return }
        let baskets = opened.leftBehind == 1 ? "A basket is" : "\(opened.leftBehind) baskets are"
        sayToo(.warning, "\(baskets) left behind; \"\(Command.openBaskets.title)\" lists them")
    }
}

extension CartDelta {
    /// "2 × Walnut board", "removing 2 × Walnut board", the first of several with their number.
    var words: String {
        guard let first = parts.first else { return "nothing that shows" }
        return first.words + (parts.count == 1 ? "" : " and \(parts.count - 1) more")
    }
}

extension CartDelta.Part {
    fileprivate var words: String {
        switch self {
        case .added(let name, let pieces): "\(pieces) \u{D7} \(name)"
        case .removed(let name, let pieces): "removing \(pieces) \u{D7} \(name)"
        case .repriced(let name): "the new price of \(name)"
        case .code(let code): "the discount code \(code)"
        case .codeRemoved(let code): "removing the discount code \(code)"
        case .setByHand(let name): "what was set for \(name)"
        case .payment: "a part of the payment"
        case .goodsBack: "the goods that come back"
        case .giftCards: "a gift card"
        case .terms: "what was set for the sale"
        }
    }
}

extension Int {
    /// "1 piece", "3 pieces"
    var pieces: String { "\(self) \(self == 1 ? "piece" : "pieces")" }
}
