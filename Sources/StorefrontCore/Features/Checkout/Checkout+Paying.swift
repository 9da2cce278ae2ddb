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
        guard !isBusy else { return [] }
        switch step {
        case .review:
            guard desk.basket.isQuoted(desk.currency), let quote = desk.basket.quote else {
                desk.say(.emptyOrder)
                return []
            }
            return agree(to: quote, &desk)
        case .payment: return settle(desk)
        case .done:
            return order.map { [.start(.shop(ShopState())), .push(.receipt(ReceiptState($0)))] } ?? []
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

    private mutating func settle(_ desk: Desk) -> [Step] {
        guard methods != nil else { return [] }
        let request: PaymentRequest?
        do {
            request = try paymentRequest(desk)
        } catch {
            problem = error.screenText
            return []
        }
        problem = nil
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
            methodID: method.id, tenderedMinor: method.kind == .cash ? try tendered(desk.currency) : nil,
            approvalCode: method.kind == .externalCard ? approval.text.trimmedText : nil)
        if let toPay {
            _ = try Settlement(
                of: toPay, by: [request], methods: [method], rounding: desk.context.policy.cashRounding,
                principal: desk.principal, at: Timestamp(milliseconds: 0))
        }
        return request
    }

    /// The cash given in minor units: what is to be paid, as the empty field suggests, where nothing is typed.
    private func tendered(_ currency: Currency) throws(StoreError) -> Int64? {
        let text = tender.text.trimmedText
        if text.isEmpty { return toPay?.minorUnits }
        if ScannedCode.isOne(text) {
            throw .paymentRefused(.scannedCode(text))
        }
        do throws(AmountProblem) {
            return try Money(typed: text, currency: currency).minorUnits
        } catch {
            throw .paymentRefused(.notAnAmount(error))
        }
    }

    /// What the cash field says so far; nil while it is empty.
    package func typedCash(_ currency: Currency) -> Result<Money, AmountProblem>? {
        let text = tender.text.trimmedText
        guard !text.isEmpty else { return nil }
        return Result { () throws(AmountProblem) in try Money(typed: text, currency: currency) }
    }
}
