/// A basket whose session has ended or has let go of it: the next session of the same person may take it up.
public struct LeftBasket: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    public let owner: CartOwner
    /// Its lines and its code, without the steps of undo.
    public let cart: Cart
    /// When it was changed last; nil where an earlier build did not say.
    public let changedAt: Timestamp?
    /// A checkout of it was interrupted: its order may stand.
    public let hasCheckout: Bool

    public init(id: Int64, owner: CartOwner, cart: Cart, changedAt: Timestamp?, hasCheckout: Bool) {
        self.id = id
        self.owner = owner
        self.cart = cart
        self.changedAt = changedAt
        self.hasCheckout = hasCheckout
    }
}

/// The basket that a session works with once it has looked for one.
public struct OpenedBasket: Hashable, Sendable, Codable {
    public enum Origin: Hashable, Sendable, Codable {
        /// The session had it already, or begins with an empty one.
        case own
        /// It was left behind and is this session's now.
        case takenUp
        /// This session let go of it, and another program has it now: an empty one takes its place.
        case elsewhere
    }

    public let cart: Cart
    public let origin: Origin
    /// How many other baskets of this person are left behind.
    public let leftBehind: Int
    /// How many pieces came along from the guest's basket.
    public let joined: Int

    public init(cart: Cart, origin: Origin = .own, leftBehind: Int = 0, joined: Int = 0) {
        self.cart = cart
        self.origin = origin
        self.leftBehind = leftBehind
        self.joined = joined
    }
}
