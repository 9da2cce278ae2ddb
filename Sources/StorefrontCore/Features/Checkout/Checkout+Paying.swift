import StoreDomain

/// Agreeing and paying.
extension CheckoutState {
    public func submitAvailability(_ desk: Desk) -> Availability {
        guard step == .review else { return .enabled }
        let availability = Self.availability(desk)
        guard availability.isEnabled, !desk.basket.cart.isEmpty else { return availability }
        return desk.basket.isQuoted(desk.currency) ? .enabled : .disabled("The total is not known yet")
    }

    public func openAvailability(_ desk: Desk) -> Availability { submitAvailability(desk) }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard !isBusy, check == nil else { return [] }
        switch step {
        case .review:
            guard desk.basket.isQuoted(desk.currency), let quote = desk.basket.quote else {
                desk.say(.emptyOrder)
                return []
            }
            return agree(to: quote, &desk)
        case .payment: return settle(desk, isSure: false)
        case .done: return [.newSale(searches: false)]
        }
    }

    /// Begins an order at this price: what is paid from here on is what it says. After a refusal it is one of the
    /// same lines, whatever was put into the cart since.
    mutating func agree(to price: PriceBreakdown, _ desk: inout Desk) -> [Step] {
        do {
            let bare = if let pending { pending.draft } else { try desk.basket.cart.orderDraft() }
            let draft = try OrderDraft(
                lines: bare.lines, discountCode: bare.discountCode, agreement: PriceAgreement(price))
            agreed = price
            isBusy = true
            return [.ask(.checkout(.begin(draft)))]
        } catch {
            desk.say(error)
            return []
        }
    }

    /// The new price was not agreed to: back to the review of what the shop says now.
    mutating func declineNewPrice(_ desk: inout Desk) -> [Step] {
        goToReview()
        return desk.quoteBasket() + desk.basket.compare()
    }

    /// - Parameter isSure: what looks like a slip was asked about, and is meant.
    mutating func settle(_ desk: Desk, isSure: Bool) -> [Step] {
        guard methods != nil else { return [] }
        let request: PaymentRequest?
        do {
            request = try paymentRequest(desk)
        } catch {
            problem = error.screenText
            // It stays there, so that a second Enter pays nothing; the next digit replaces it.
            if case .paymentRefused(.scannedCode) = error { tender.selectAll() }
            return []
        }
        problem = nil
        if isSure {
            meant = request
        } else if request != meant, let question = doubt(about: request, desk) {
            return [.open(.confirm(question))]
        }
        if paysOldOrder {
            guard let order, let request else { return [] }
            isBusy = true
            return [.ask(.checkout(.pay(order.id, request)))]
        }
        guard let pending else { return [] }
        isBusy = true
        return [.ask(.checkout(.complete(pending, request)))]
    }

    /// What Enter pays with; nil to pay at the counter. Finds what is missing by the rule that the store
    /// applies.
    private func paymentRequest(_ desk: Desk) throws(StoreError) -> PaymentRequest? {
        guard let method else { return nil }
        let request = PaymentRequest(
            methodID: method.id, tenderedMinor: method.kind == .cash ? try tendered(desk) : nil,
            approvalCode: method.kind == .externalCard ? approval.text.trimmedText : nil)
        if let toPay {
            _ = try Settlement(
                of: toPay, by: [request], methods: [method], rounding: desk.context.policy.cashRounding,
                principal: desk.principal, at: Timestamp(milliseconds: 0))
        }
        return request
    }

    /// The cash given in minor units: what is to be paid, as the empty field suggests, where nothing is typed.
    private func tendered(_ desk: Desk) throws(StoreError) -> Int64? {
        let text = tender.text.trimmedText
        if text.isEmpty { return cashDue(desk)?.amount.minorUnits }
        if ScannedCode.isOne(text) {
            throw .paymentRefused(.scannedCode(text))
        }
        do throws(AmountProblem) {
            return try Money(typed: text, currency: desk.currency).minorUnits
        } catch {
            throw .paymentRefused(.notAnAmount(error))
        }
    }

    /// What to ask before a payment that looks like a slip; nil for any other.
    private func doubt(about request: PaymentRequest?, _ desk: Desk) -> Confirm? {
        guard let request, let toPay, let due = cashDue(desk) else { return nil }
        if let minor = request.tenderedMinor {
            let given = Money(minorUnits: minor, currency: toPay.currency)
            guard due.isDoubtful(given) else { return nil }
            return Confirm(
                .takeCash(minor), title: "Take \(given.displayText) in cash?",
                text: "\(due.amount.displayText) is due; the change would be "
                    + "\(due.change(of: given).displayText).",
                yes: "Take it", no: "Correct it", choosesYes: false)
        }
        guard let code = request.approvalCode, GTIN(code) != nil else { return nil }
        return Confirm(
            .takeApprovalCode(code), title: "Is \(code) the approval code?",
            text: "It looks like a code that was scanned from a product.", yes: "It is", no: "Correct it",
            choosesYes: false)
    }

    /// What the cash field says so far; nil while it is empty.
    package func typedCash(_ currency: Currency) -> Result<Money, AmountProblem>? {
        let text = tender.text.trimmedText
        guard !text.isEmpty else { return nil }
        return Result { () throws(AmountProblem) in try Money(typed: text, currency: currency) }
    }
}
