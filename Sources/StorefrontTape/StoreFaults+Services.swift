import StoreDomain

extension StoreFaults {
    /// The same services, which go wrong as they are told to.
    public func wrap(_ services: StoreServices) -> StoreServices {
        StoreServices(
            auth: FaultyAuth(base: services.auth, faults: self),
            accounts: FaultyAccount(base: services.accounts, faults: self),
            catalog: FaultyCatalog(base: services.catalog, faults: self),
            orders: FaultyOrder(base: services.orders, faults: self),
            payments: FaultyPayment(base: services.payments, faults: self),
            discounts: FaultyDiscount(base: services.discounts, faults: self),
            cart: FaultyCart(base: services.cart, faults: self),
            policy: FaultyPolicy(base: services.policy, faults: self),
            counter: services.counter.map(wrap), changes: services.changes,
            visitor: services.visitor.map { FaultyVisitor(base: $0, faults: self) })
    }

    private func wrap(_ counter: CounterServices) -> CounterServices {
        CounterServices(
            till: FaultyTill(base: counter.till, faults: self),
            refunds: FaultyRefund(base: counter.refunds, faults: self),
            looseReturns: FaultyLooseReturn(base: counter.looseReturns, faults: self),
            cards: FaultyGiftCard(base: counter.cards, faults: self),
            customers: FaultyCustomer(base: counter.customers, faults: self),
            shifts: FaultyShift(base: counter.shifts, faults: self),
            parking: FaultyParking(base: counter.parking, faults: self),
            stock: FaultyStock(base: counter.stock, faults: self),
            products: FaultyProduct(base: counter.products, faults: self),
            journal: FaultyJournal(base: counter.journal, faults: self),
            transfer: FaultyTransfer(base: counter.transfer, faults: self),
            pins: counter.pins.map { FaultyPIN(base: $0, faults: self) },
            approvals: counter.approvals.map { FaultyApproval(base: $0, faults: self) },
            reports: counter.reports.map { FaultyReport(base: $0, faults: self) })
    }
}
