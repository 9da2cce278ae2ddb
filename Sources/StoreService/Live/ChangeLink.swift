import StoreDomain

/// Joins the programs on one store: tells the others what this one changed, and hears what they did.
public protocol ChangeLink: Sendable {
    /// Begins to listen. Called once, before anybody waits for changes. `heard` hears what others change, never
    /// what this program told.
    func listen(_ heard: @escaping @Sendable (ShopChanges) -> Void)
    /// Tells what this program has committed. Neither waits nor fails: what cannot be told now is told later.
    func tell(_ changes: ShopChanges)
}
