import StoreDomain

/// Selling at a till.
public struct TillSales: TillService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale {
        try await core.read(as: principal, needing: .sell) { work in
            try Selling.price(
                draft, work.facts(draft.lines.map(\.productID), discountCode: draft.discountCode),
                as: work.principal.assumingApproval)
        }
    }

    public func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await core.write(as: principal, doing: .sale(draft)) { work in
            let user = try work.user()
            let content = draft.fingerprintText
            if let kept = try work.tx.kept(.sale, key, userID: user.id, content: content) {
                guard kept.isSameContent else { throw StoreError.keyReused }
                return try work.order(kept.orderID).told(draft.giftCards)
            }
            // What was sold before the right was taken away is sold.
            try work.principal.require(.sell)
            let customer = try draft.customerID.map { id in
                guard let customer = try work.tx.account(id), !customer.isErased else {
                    throw StoreError.notFound(.customer(id))
                }
                return customer
            }
            guard !draft.isTraining else {
                guard draft.back == nil else {
                    throw StoreError.invalid([
                        FieldProblem("back", "must be left out: training takes nothing back")
                    ])
                }
                return try work.train(draft, user, for: customer)
            }
            let exchange = try draft.back.map { back in
                try work.exchangeFacts(back, taken: draft.lines.map(\.productID), till: draft.till)
            }
            // What unpaid orders hold no longer is on sale again.
            try work.cancelDue()
            let facts = Selling.SaleFacts(
                facts: try work.facts(draft.lines.map(\.productID), discountCode: draft.discountCode),
                payment: try work.paymentFacts(
                    .till(draft.till), user, draft.tenders, customerID: draft.customerID),
                exchange: exchange)
            for code in draft.giftCards.compactMap(\.code) {
                guard try work.tx.giftCard(code: code) == nil else {
                    throw StoreError.taken(field: "gift_cards", value: "\u{2026}\(code.lastFour)")
                }
            }
            var changes = try Selling.sell(draft, facts)
            changes.key = NewKey(.sale, key: key, userID: user.id, content: content, order: .new)
            let sold = try work.insert(changes, userName: customer?.name).told(draft.giftCards)
            // What came back with it is read as it is stored.
            return exchange == nil ? sold : try work.order(sold.id)
        }
    }

    public func makeInvoice(of orderID: Int64, to party: InvoiceParty, till: String, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await core.write(as: principal, needing: .sell) { work in
            try work.check(till)
            let order = try work.order(orderID)
            if let made = order.invoice {
                guard made.party == party else {
                    throw StoreError.invalid([
                        FieldProblem(
                            "invoice", "\(made.number.text) of it is made out to \(made.party.name) already")
                    ])
                }
                return order
            }
            let series = NumberSeries(.invoice, till: till)
            let invoice = try Invoice.make(
                of: order, to: party, till: till, last: try work.tx.lastPositions([series])[series] ?? 0,
                by: work.principal.userID, at: work.now)
            try work.tx.setLastPosition(invoice.number.position, of: series)
            try work.tx.insert(invoice, ofOrder: order.id)
            try work.record([invoice.entry(of: order.id)])
            return order.with(invoice: invoice)
        }
    }

    public func customer(email: String, as principal: Principal) async throws(StoreError) -> SaleCustomer {
        try await core.read(as: principal, needing: .sell) { work in SaleCustomer(try work.account(email)) }
    }

    public func customers(finding words: String, as principal: Principal) async throws(StoreError)
        -> [SaleCustomer]
    {
        try await core.read(as: principal, needing: .sell) { work in
            try work.tx.accounts(finding: CustomerWords(words), limit: CustomerWords.mostFound)
                .map { SaleCustomer($0) }
        }
    }

    public func addCustomer(name: String, email: String, as principal: Principal) async throws(StoreError)
        -> SaleCustomer
    {
        try await core.write(as: principal, needing: .sell) { work in
            let person = try Registration(personOnly: email, name: name)
            return SaleCustomer(try work.insertAccount(person, hash: noPassword, role: .customer))
        }
    }

    /// No hash of any password: nobody signs in by it.
    private var noPassword: String { "!" }
}

extension Work {
    /// A sale in training: everything of a sale but that something is sold. It is a record in a chain of its own,
    /// whose numbers are the sale's, and nothing else is written.
    fileprivate func train(_ draft: SaleDraft, _ user: User, for customer: User?) throws -> Order {
        let facts = Selling.SaleFacts(
            facts: try facts(draft.lines.map(\.productID), discountCode: draft.discountCode),
            payment: try paymentFacts(.till(draft.till), user, draft.tenders, customerID: draft.customerID))
        var changes = try Selling.sell(draft, facts)
        guard let new = changes.newOrder else { fatalError("a sale makes an order") }
        let chain = try tx.writtenChain(for: Till.trainingChain(of: draft.till))
        let position = (try tx.journalHead(of: chain)?.number ?? 0) + 1
        let number = DocumentNumber(series: NumberSeries(.training, till: draft.till), position: position)
        changes.orders = changes.orders.map {
            var change = $0
            change.number = number
            return change
        }
        try record(
            [
                JournalEntry(
                    .trainingSale,
                    [
                        "number": .text(number.text), "on": .text(draft.till), "total": .minor(new.total),
                        "lines": .array(
                            new.lines.map {
                                .array([
                                    .integer($0.productID), .integer(Int64($0.quantity)), .minor($0.total),
                                ])
                            }),
                    ])
            ], in: chain)
        // No order has such an id.
        return Order(
            new, id: -Int64(position), itemIDs: new.lines.indices.map { Int64($0) + 1 },
            userName: customer?.name, at: now
        ).with(changes, of: .new, paymentIDs: changes.payments.indices.map { Int64($0) + 1 }, at: now)
    }
}

extension Work {
    /// What an exchange looks at beside the sale. The products of both sides are loaded together, so that whoever
    /// waits for them waits once.
    fileprivate func exchangeFacts(_ back: RefundDraft, taken: [Int64], till: String) throws
        -> Selling.ExchangeFacts
    {
        try principal.require(.refund)
        let order = try order(back.orderID)
        let offers = try tx.offers(taken + order.items.map(\.productID), includingArchived: true)
        return Selling.ExchangeFacts(
            order: order,
            basis: Refunding.Basis(
                earlier: try tx.refunds(of: order.id), methods: try tx.paymentMethods(),
                rounding: try tx.policy().policy.cashRounding, principal: principal),
            tracked: Set(offers.values.filter { $0.stock.isTracked }.map(\.productID)),
            cards: try cardFacts(of: order, till: till))
    }
}
