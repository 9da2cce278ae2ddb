/// Where the catalogue no longer says what the cart does.
public struct CartDifference: Hashable, Sendable, Codable, Identifiable {
    public enum Now: Hashable, Sendable, Codable {
        /// Sold as this now; its quantity means nothing.
        case available(CartLine)
        /// Not sold any more, or sold out.
        case gone
    }

    public let id: CartLine.ID
    public let name: String
    public let oldPriceMinor: Int64
    public let quantity: Int
    public let now: Now

    public var productID: Int64 { id.productID }

    /// Compares a cart with the products as they are now (those not among them are gone). Reports changed
    /// prices, stock below the quantity, sold out and gone; a changed name alone is nothing to accept.
    public static func find(in cart: Cart, catalogue: [Product]) -> [CartDifference] {
        let products = Dictionary(catalogue.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return cart.lines.compactMap { line in
            let product = products[line.productID]
            let now: Now
            if let product, !product.isArchived, line.sellsBelowZero || !product.stock.isSoldOut {
                guard
                    (line.label?.amount(at: product.price) ?? product.price).minorUnits != line.unitPriceMinor
                        || !line.sellsBelowZero && !product.stock.covers(line.quantity)
                else {
                    return nil
                }
                var fresh = CartLine(product, label: line.label, quantity: line.quantity)
                fresh.sellsBelowZero = line.sellsBelowZero
                now = .available(fresh)
            } else {
                now = .gone
            }
            return CartDifference(
                id: line.id, name: line.name, oldPriceMinor: line.unitPriceMinor,
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
            if !fresh.sellsBelowZero, !fresh.knownStock.covers(quantity) {
                parts.append("only \(fresh.knownStock.sellable) left")
            }
            return parts.joined(separator: "; ")
        }
    }
}
