extension Selling {
    /// What a sale at a till looks at beside its products.
    public struct SaleFacts: Sendable {
        public let facts: Facts
        public let payment: PaymentFacts
        /// What an exchange looks at beside; nil for a sale of which nothing comes back.
        public let exchange: ExchangeFacts?

        public init(facts: Facts, payment: PaymentFacts, exchange: ExchangeFacts? = nil) {
            self.facts = facts
            self.payment = payment
            self.exchange = exchange
        }
    }

    /// The figures of a sale at a till.
    ///
    /// - Throws: `notFound`; `notAllowed` for a discount, a price or an exemption that `principal` may not give.
    public static func price(_ draft: SaleDraft, _ facts: Facts, as principal: Principal) throws(StoreError)
        -> PricedSale
    {
        var lines: [SaleLine] = []
        for line in draft.lines {
            let priced = try saleLine(line, facts)
            try check(priced, line, principal)
            lines.append(priced)
        }
        if draft.exemption != nil { try principal.require(.exemptTax) }
        if !draft.giftCards.isEmpty { try principal.require(.issueGiftCards) }
        let discount: SaleDiscount = draft.discount.map { .byHand($0) } ?? .code(facts.discount)
        let sale = PricedSale(
            lines, discount: discount, exemption: draft.exemption, policy: facts.policy, at: facts.now)
        if let discount = draft.discount {
            try principal.require(.discountOrders, share: discount.share(of: sale.breakdown.subtotal))
        }
        return sale
    }

    private static func saleLine(_ line: SaleDraft.Line, _ facts: Facts) throws(StoreError) -> SaleLine {
        let offer = try facts.offer(line.productID)
        guard let label = try scaleLabel(line.label, facts.policy) else {
            return SaleLine(
                offer, quantity: line.quantity, override: line.override, discount: line.discount)
        }
        return SaleLine(
            offer, quantity: line.quantity, label: label, override: line.override, discount: line.discount)
    }

    private static func check(_ priced: SaleLine, _ line: SaleDraft.Line, _ principal: Principal)
        throws(StoreError)
    {
        if let override = line.override {
            let difference =
                override.price < priced.listPrice
                ? priced.listPrice - override.price : override.price - priced.listPrice
            try principal.require(.overridePrices, share: Rate(difference, of: priced.listPrice))
        }
        if let discount = line.discount {
            try principal.require(.discountLines, share: discount.share(of: priced.gross))
        }
    }

    /// Sells at a till: placed and settled at once, with the receipt's number.
    ///
    /// - Throws: as `price`, and `insufficientStock`, `priceChanged`, `paymentRefused`.
    public static func sell(_ draft: SaleDraft, _ sale: SaleFacts) throws(StoreError) -> Changes {
        let (facts, payment) = (sale.facts, sale.payment)
        let priced = try price(draft, facts, as: payment.principal)
        let lines = priced.lines.map(\.line)
        let meant = Set(draft.lines.filter(\.sellsBelowZero).map(\.productID))
        let below = try belowZero(lines, meant: meant, facts, as: payment.principal)
        if let agreement = draft.agreement, !agreement.isKept(by: priced.breakdown) {
            throw .priceChanged(priced.breakdown)
        }
        // A gift card is paid for, but is no turnover.
        let due = priced.total + draft.giftCardsTotal(facts.policy.currency)
        let paid = try paid(draft, due, sale)
        var changes = try GiftCards.sell(
            draft.giftCards, shiftID: payment.shiftID, facts.policy, at: facts.now)
        if let back = draft.back, let figures = paid.exchange, let exchange = sale.exchange {
            try changes.move(
                [], back: figures.tenders, reason: back.reason, of: exchange.order, exchange.cards)
        }
        changes.cardMovements += GiftCards.redeem(paid.payments, of: .new, shiftID: payment.shiftID)
        let issued = changes.journal
        changes.newOrder = priced.newOrder(
            userID: draft.customerID, operatorID: payment.userID, till: draft.till, status: .paid,
            note: draft.note)
        var change = OrderChange(.new, rounding: paid.rounding)
        if let receipts = payment.receipts {
            change.number = DocumentNumber(series: receipts.series, position: receipts.last + 1)
            changes.numbers[receipts.series] = receipts.last + 1
        }
        changes.orders = [change]
        changes.movements = taking(lines, facts)
        changes.toCount = Set(below.keys)
        changes.payments = paid.payments.map {
            NewPayment(.new, payment: $0, takenBy: payment.userID, shiftID: payment.shiftID)
        }
        if let code = priced.breakdown.discountCode { changes.discountUses[Discount.key(code)] = 1 }
        changes.journal =
            [
                priced.entry(.orderPlaced, customer: draft.customerID),
                Settlement.entry(
                    paid.payments, rounding: paid.rounding, order: .null, total: due,
                    number: change.number),
            ] + issued
        changes.journal += below.sorted { $0.key < $1.key }.map { productID, stock in
            JournalEntry(
                .soldBelowZero,
                ["order": .null, "product": .integer(productID), "stock": .integer(Int64(stock))])
        }
        if let back = draft.back, let figures = paid.exchange {
            try add(back, figures, sale, till: draft.till, to: &changes)
        }
        return changes
    }
}
