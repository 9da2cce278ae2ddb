import StoreDomain

extension StoreServices {
    /// The same services with some replaced, as tests put faults before them.
    public func replacing(
        catalog: (any CatalogService)? = nil, orders: (any OrderService)? = nil,
        payments: (any PaymentService)? = nil, accounts: (any AccountService)? = nil,
        discounts: (any DiscountService)? = nil, cart: (any CartService)? = nil,
        changes: (any ChangeService)? = nil
    ) -> StoreServices {
        StoreServices(
            auth: auth, accounts: accounts ?? self.accounts, catalog: catalog ?? self.catalog,
            orders: orders ?? self.orders, payments: payments ?? self.payments,
            discounts: discounts ?? self.discounts, cart: cart ?? self.cart, policy: policy, counter: counter,
            changes: changes ?? self.changes, visitor: visitor)
    }
}
