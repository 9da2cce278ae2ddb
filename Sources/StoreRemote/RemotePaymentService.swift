import StoreDomain
import StoreWire

/// Prices and payments over the API. The contract knows one way to pay: the server's.
struct RemotePaymentService: PaymentService {
    let client: APIClient
    let capabilities: Capabilities
    let policy: ShopPolicy
    let clock: any StoreClock

    /// The server's figures where it is to be asked; those of this shop's settings for guests, whom it tells
    /// nothing, and while it cannot be reached.
    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown
    {
        try check(lines)
        let code = discountCode?.trimmedText.nonEmpty
        guard case .user(let session) = principal else { return preview(lines, code) }
        let subtotal = Money.sum(lines.map(\.total), currency: policy.currency)
        do throws(StoreError) {
            let body = try await client.call(
                APICall(
                    .calculate, body: QuoteRequestBody(subtotal: subtotal, discountCode: code),
                    session: session, isRepeatable: true), QuoteBody.init)
            return PriceBreakdown(
                lines: lines, subtotal: body.subtotal, discount: body.discount, tax: body.tax,
                total: body.total, discountCode: body.discount.isZero ? nil : body.discountCode ?? code,
                refused: problem(of: body, code: code), policy: policy)
        } catch .unreachable {
            return preview(lines, code)
        }
    }

    private func check(_ lines: [PricedLine]) throws(StoreError) {
        guard lines.count <= Order.maximumLines else {
            throw .invalid([FieldProblem("items", "must be at most \(Order.maximumLines)")])
        }
        for line in lines {
            try Quantity.check(line.quantity)
            guard (0...Product.maximumPriceMinor).contains(line.unitPrice.minorUnits),
                line.unitPrice.currency == policy.currency
            else { throw .invalid([FieldProblem("price", "must be 0.00 to 99999999.99")]) }
        }
    }

    /// The codes that every store has are known without asking; what others are worth is for the server.
    private func preview(_ lines: [PricedLine], _ code: String?) -> PriceBreakdown {
        var request = DiscountRequest.none
        if let code {
            let seeds = (try? Discount.seeds(currency: policy.currency)) ?? []
            request =
                seeds.first { Discount.key($0.code) == Discount.key(code) }.map { .known($0) }
                ?? .unchecked(code: code)
        }
        return PriceBreakdown(lines: lines, discount: request, policy: policy, at: clock.now())
    }

    /// Why the code gave nothing, as far as the server says.
    private func problem(of body: QuoteBody, code: String?) -> (code: String, DiscountProblem)? {
        guard let code, body.discount.isZero else { return nil }
        guard let words = body.discountProblem else { return (code, .unknown) }
        return (code, words == DiscountProblem.unknown.words ? .unknown : .told(words.short))
    }

    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod] {
        if case .user = principal { [.online] } else { [] }
    }

    func pay(_ orderID: Int64, _ request: PaymentRequest, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        let session = try principal.session()
        let call = APICall(
            .checkout, id: orderID, body: CheckoutBody(orderID: orderID), key: key, session: session,
            isRepeatable: try await capabilities.isExtended())
        do throws(StoreError) {
            let (order, isReplay) = try await client.order(of: call)
            return isReplay ? try await self.order(orderID, session) : order
        } catch {
            switch error {
            // A server without keys refuses to be paid twice: then it was paid before.
            case .paymentRefused, .wrongStatus:
                let order = try await self.order(orderID, session)
                if order.status == .pending { throw error }
                guard try await !capabilities.isExtended(), order.status == .paid else {
                    throw .wrongStatus(orderID: orderID, status: order.status)
                }
                return order
            // An order can be asked what became of its payment.
            case .outcomeUnknown:
                guard let order = try? await self.order(orderID, session), order.status == .paid else {
                    throw error
                }
                return order
            default: throw error
            }
        }
    }

    private func order(_ id: Int64, _ session: Session) async throws(StoreError) -> Order {
        try await client.call(APICall(.order, id: id, session: session), OrderBody.init).order
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
