import StoreDomain

/// What the owner of a kiosk may want to know of a visit.
public enum VisitorNote: Hashable, Sendable {
    case order(Int64)
    /// A limit of this name kept the visitor from something.
    case limit(String)
}

extension StoreServices {
    /// The same shop for a visitor whom nobody knows: orders within limits, customers' accounts alone.
    ///
    /// - Parameters:
    ///   - registrations: counts the accounts that this visit has made.
    ///   - note: hears what its owner may want to know.
    public func forVisitors(
        _ limits: VisitorLimits, registrations: VisitTally, note: @escaping @Sendable (VisitorNote) -> Void
    ) -> StoreServices {
        StoreServices(
            auth: VisitorAuth(auth, limits: limits, registrations: registrations, note: note),
            accounts: accounts, catalog: catalog,
            orders: VisitorOrders(orders, catalog: catalog, limits: limits, note: note),
            payments: payments, discounts: discounts, cart: cart, policy: policy, counter: nil,
            changes: changes)
    }
}
