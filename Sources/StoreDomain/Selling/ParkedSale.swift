/// A basket put aside at a till, kept in the store, so that any till on it can take it up again.
public struct ParkedSale: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    /// Two digits or more, unique among the parked: what is typed to resume it.
    public let code: String
    /// What the cashier calls it, such as "blue coat"; 0…60 characters.
    public let label: String
    public let basket: Cart
    public let till: String
    public let parkedBy: Int64
    public let at: Timestamp

    public init(
        id: Int64, code: String, label: String, basket: Cart, till: String, parkedBy: Int64, at: Timestamp
    ) {
        self.id = id
        self.code = code
        self.label = label
        self.basket = basket
        self.till = till
        self.parkedBy = parkedBy
        self.at = at
    }

    /// The lowest code of two digits that is free, then of three, and so on.
    public static func freeCode(among taken: Set<String>) -> String {
        var number = 10
        while taken.contains(String(number)) { number += 1 }
        return String(number)
    }
}
