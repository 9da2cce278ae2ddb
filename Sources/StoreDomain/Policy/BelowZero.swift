/// What a till does when more is sold than there is on the books. Whoever buys for himself, and the API where nobody
/// says otherwise, never gets more than there is.
public enum BelowZero: String, Hashable, Sendable, Codable, CaseIterable {
    /// Sells no more than there is.
    case refuse
    /// Asks who sells: one key sells anyway, with the right `sellBelowZero`.
    case ask
    /// Sells without a question, whoever sells.
    case allow
}
