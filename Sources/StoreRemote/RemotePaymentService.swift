import StoreDomain
import StoreWire

/// Prices and payments over the API. A server without the added routes knows one way to pay: its own.
struct RemotePaymentService: PaymentService {
    let client: APIClient
    let capabilities: Capabilities
    let policy: KnownPolicy
    let clock: any StoreClock

    // MARK: - Prices

    /// The server's figures; those of the policy known here while it cannot be reached, and for guests whom it
    /// tells nothing.
    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown
    {
        try check(lines)
        let code = discountCode?.cleanText.nonEmpty
        do throws(StoreError) {
            return try await serverQuote(lines, code, as: principal) ?? preview(lines, code)
        } catch .unreachable {
            return preview(lines, code)
        }
    }

    /// What the server works out; nil where it tells guests nothing.
    func serverQuote(_ lines: [PricedLine], _ code: String?, as principal: Principal)
        async throws(StoreError) -> PriceBreakdown?
    {
        if try await capabilities.isExtended() {
            return try await client.one(
                APICall(.quote, body: LinesBody(lines, discountCode: code), isRepeatable: true))
        }
        guard case .user(let session) = principal else { return nil }
        let subtotal = Money.sum(lines.map(\.total), currency: client.currency)
        let body = try await client.call(
            APICall(
                .calculate, body: QuoteRequestBody(subtotal: subtotal, discountCode: code), session: session,
                isRepeatable: true), QuoteBody.init)
        return PriceBreakdown(
            lines: lines, subtotal: body.subtotal, discount: body.discount, tax: body.tax, total: body.total,
            discountCode: body.discount.isZero ? nil : body.discountCode ?? code,
            refused: refused(by: body, code: code), policy: policy.latest, at: clock.now())
    }

    private func check(_ lines: [PricedLine]) throws(StoreError) {
        guard lines.count <= Order.maximumLines else {
            throw .invalid([FieldProblem("items", "must be at most \(Order.maximumLines)")])
        }
        for line in lines {
            try Quantity.check(line.quantity)
            guard (0...Product.maximumPriceMinor).contains(line.unitPrice.minorUnits),
                line.unitPrice.currency == client.currency
            else { throw .invalid([FieldProblem("price", "must be 0.00 to 99999999.99")]) }
        }
    }

    /// What a code is worth is for the server alone to say.
    private func preview(_ lines: [PricedLine], _ code: String?) -> PriceBreakdown {
        let sale = lines.map { line in
            SaleLine(
                productID: line.productID ?? 0, name: line.name, quantity: line.quantity,
                unitPrice: line.unitPrice)
        }
        let request: DiscountRequest = code.map { .unchecked(code: $0) } ?? .none
        return PricedSale(sale, discount: .code(request), policy: policy.latest, at: clock.now()).breakdown
    }

    /// Why the code gave nothing, as far as the server says.
    private func refused(by body: QuoteBody, code: String?) -> (code: String, problem: DiscountProblem)? {
        guard let code, body.discount.isZero else { return nil }
        return (code, body.discountProblem ?? .unknown)
    }

    // MARK: - Payments

    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod] {
        guard case .user(let session) = principal else { return [] }
        guard try await capabilities.isExtended() else { return [.online] }
        return try await client.many(APICall(.paymentMethods, session: session))
    }

    /// A server without the route keeps unpaid orders as long as it likes.
    func keepOpen(_ orderID: Int64, as principal: Principal) async throws(StoreError) {
        let session = try principal.session()
        guard try await capabilities.isExtended() else { return }
        try await client.done(
            APICall(.keepPaymentOpen, id: orderID, session: session, isRepeatable: true))
    }

    func pay(
        _ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal
    ) async throws(StoreError) -> Order {
        let session = try principal.session()
        guard try await capabilities.isExtended() else {
            return try await payOnline(orderID, tenders, key: key, session)
        }
        do throws(StoreError) {
            let (order, isReplay) = try await client.order(
                of: checkout(orderID, tenders, key, session, isRepeatable: true))
            // What was answered then may have changed since.
            return isReplay ? try await self.order(orderID, session) : order
        } catch .outcomeUnknown {
            return try await paidOrder(orderID, session, orThrow: .outcomeUnknown)
        }
    }

    /// At a server that knows no keys and one way to pay. It refuses to be paid twice: then it was paid before.
    private func payOnline(
        _ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, _ session: Session
    ) async throws(StoreError) -> Order {
        let isOnline = tenders.allSatisfy { tender in
            (tender.methodID ?? PaymentMethod.online.id) == PaymentMethod.online.id
                && tender.amountMinor == nil
        }
        guard isOnline, tenders.count == 1 else {
            throw .unsupported("other ways to pay than online")
        }
        let plain = [PaymentRequest(methodID: nil)]
        do throws(StoreError) {
            return try await client.order(
                of: checkout(orderID, plain, key, session, isRepeatable: false)
            ).order
        } catch {
            switch error {
            case .paymentRefused, .outcomeUnknown:
                return try await paidOrder(orderID, session, orThrow: error)
            default: throw error
            }
        }
    }

    private func checkout(
        _ orderID: Int64, _ tenders: [PaymentRequest], _ key: IdempotencyKey, _ session: Session,
        isRepeatable: Bool
    ) -> APICall {
        APICall(
            .checkout, body: CheckoutBody(orderID: orderID, tenders: tenders), key: key, session: session,
            isRepeatable: isRepeatable, about: .order(orderID))
    }

    /// The order, which is asked what became of its payment.
    ///
    /// - Throws: `failure` when it is not paid or cannot be asked, `wrongStatus` when it cannot be paid any more.
    private func paidOrder(_ id: Int64, _ session: Session, orThrow failure: StoreError)
        async throws(StoreError) -> Order
    {
        let order: Order
        do throws(StoreError) { order = try await self.order(id, session) } catch { throw failure }
        switch order.status {
        case .paid: return order
        case .pending: throw failure
        case .cancelled, .partiallyRefunded, .refunded:
            throw .wrongStatus(orderID: id, status: order.status)
        }
    }

    func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment] {
        try await client.many(APICall(.strandedPayments, session: try principal.session()))
    }

    private func order(_ id: Int64, _ session: Session) async throws(StoreError) -> Order {
        try await client.one(APICall(.order, id: id, session: session, about: .order(id)))
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
