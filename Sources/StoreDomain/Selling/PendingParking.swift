/// A sale that was about to be put aside or taken up, stored before it is tried: tried again under the same key it
/// happens once, whatever happened to the answer.
public struct PendingParking: Hashable, Sendable, Codable {
    public enum Deed: Hashable, Sendable, Codable {
        /// The basket as it is put aside.
        case park(Cart, label: String, till: String)
        case takeUp(code: String)
    }

    /// The key under which it happens.
    public let parkingKey: String
    public let deed: Deed

    public init(parkingKey: IdempotencyKey, deed: Deed) {
        self.parkingKey = parkingKey.text
        self.deed = deed
    }
}

extension Cart {
    /// Makes the basket what came of parking or taking up; what was added to it meanwhile stays.
    public mutating func finish(_ deed: PendingParking.Deed, with sale: ParkedSale) {
        switch deed {
        case .park(let basket, _, _): takeOut(parked: basket)
        case .takeUp where isEmpty:
            apply(
                .restore(
                    sale.basket.lines, discountCode: sale.basket.discountCode, terms: sale.basket.addedTerms))
        case .takeUp: _ = merge(sale.basket)
        }
    }
}
