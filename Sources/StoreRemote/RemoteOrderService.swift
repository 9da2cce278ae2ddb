import StoreDomain
import StoreWire

/// Orders over the API.
struct RemoteOrderService: OrderService {
    let client: APIClient
    let capabilities: Capabilities
    let attempts: OrderAttempts
    let catalog: RemoteCatalogService
    let payments: RemotePaymentService
    let clock: any StoreClock

    private static let mostRows = 2000

    // MARK: - Placing

    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        let session = try principal.session()
        guard try await capabilities.isExtended() else {
            return try await placeOnce(draft, key: key, as: principal)
        }
        let (order, isReplay) = try await client.order(
            of: APICall(.placeOrder, body: OrderDraftBody(draft), key: key, session: session))
        // What was answered then may have changed since.
        return isReplay ? try await self.order(order.id, session) : order
    }

    /// At a server that knows no keys. When the answer to an earlier try was lost and an order stands that may
    /// be its, the buyer is asked instead of placing another.
    private func placeOnce(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        let session = try principal.session()
        if let order = try await candidate(under: key, session) { throw .perhapsPlaced(order) }
        try await checkAgreement(of: draft, as: principal)
        attempts.open(key, draft, at: clock.now())
        do throws(StoreError) {
            let call = APICall(
                .placeOrder, body: OrderDraftBody(draft), key: key, session: session, isRepeatable: false,
                about: .product(0))
            let order = try await client.order(of: call).order
            attempts.close(key)
            return order
        } catch {
            guard error != .outcomeUnknown else { throw error }
            attempts.close(key)
            throw await reason(for: error, draft)
        }
    }

    /// Such a server does not compare the figures: they are compared here, as late as can be.
    ///
    /// - Throws: `priceChanged`.
    private func checkAgreement(of draft: OrderDraft, as principal: Principal) async throws(StoreError) {
        guard let agreement = draft.agreement else { return }
        let products = try await products(of: draft)
        var lines: [PricedLine] = []
        for line in draft.lines {
            guard let product = products[line.productID] else { throw .notFound(.product(line.productID)) }
            lines.append(
                PricedLine(
                    productID: product.id, name: product.name, unitPrice: product.price,
                    quantity: line.quantity))
        }
        let prices = try await payments.serverQuote(lines, draft.discountCode, as: principal)
        if let prices, !agreement.isKept(by: prices) { throw .priceChanged(prices) }
    }

    /// Which product a refusal without a code means, as the catalogue tells; the refusal itself when it does
    /// not.
    private func reason(for refusal: StoreError, _ draft: OrderDraft) async -> StoreError {
        switch refusal {
        case .notFound, .invalid:
            guard let products = try? await products(of: draft) else { return refusal }
            for (id, quantity) in draft.demand.sorted(by: { $0.key < $1.key }) {
                guard let product = products[id] else { return .notFound(.product(id)) }
                if !product.stock.covers(quantity) {
                    return .insufficientStock(
                        productID: id, name: product.name, available: product.stock.sellable)
                }
            }
            return refusal
        case .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired, .notAllowed,
            .insufficientStock, .emptyOrder, .priceChanged, .wrongStatus, .keyReused, .keyBusy, .taken,
            .paymentRefused, .paymentStranded, .notReturnable, .shiftOpen, .noShift, .shiftCounting,
            .countIsOff, .storage, .otherShift,
            .device, .unreachable, .outcomeUnknown, .perhapsPlaced, .unsupported, .approvalNeeded, .wrongPIN,
            .pinLocked, .pinTaken, .changedMeanwhile:
            return refusal
        }
    }

    private func products(of draft: OrderDraft) async throws(StoreError) -> [Int64: Product] {
        let products = try await catalog.products(Array(draft.demand.keys))
        return Dictionary(products.map { ($0.id, $0) }) { first, _ in first }
    }

    // MARK: - Looking for one

    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order? {
        let session = try principal.session()
        guard try await capabilities.isExtended() else {
            if let order = try await candidate(under: key, session) { throw .perhapsPlaced(order) }
            return nil
        }
        do throws(StoreError) {
            return try await client.one(APICall(.orderByKey, key.text, session: session))
        } catch .notFound {
            return nil
        }
    }

    /// The newest order that a try whose answer was lost may have placed.
    private func candidate(under key: IdempotencyKey, _ session: Session) async throws(StoreError) -> Order? {
        guard let attempt = attempts.attempt(under: key) else { return nil }
        let (orders, _) = try await list(session).page(1, perPage: 50)
        return orders.first { attempt.mayHavePlaced($0) }
    }

    // MARK: - Reading

    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        let session = try principal.session()
        guard query.page >= 1 else { throw .invalid([FieldProblem("page", "must be 1 or more")]) }
        guard (1...500).contains(query.perPage) else {
            throw .invalid([FieldProblem("per_page", "must be 1 to 500")])
        }
        if query.statuses != nil || query.everybody || query.finding != nil || query.before != nil {
            guard try await capabilities.isExtended() else { return try await filtered(query, session) }
        }
        let (rows, total) = try await list(
            session, status: query.status, isReturnable: query.isReturnable, everybody: query.everybody,
            finding: query.finding, before: query.before
        )
        .page(query.page, perPage: query.perPage)
        return OrderPage(orders: rows, number: query.page, perPage: query.perPage, total: total)
    }

    /// At a server that lists one's own orders and nothing else.
    private func filtered(_ query: OrderQuery, _ session: Session) async throws(StoreError) -> OrderPage {
        if query.everybody { throw .unsupported("everybody's orders") }
        if query.finding != nil { throw .unsupported("finding orders") }
        if query.before != nil { throw .unsupported("orders behind another one") }
        let (all, total) = try await list(session).all(limit: Self.mostRows)
        guard total <= Self.mostRows else { throw .unsupported("picking \(total) orders by status") }
        let found = all.filter { query.statuses?.contains($0.status) ?? true }
        return OrderPage(
            orders: found.slice(from: min(query.page - 1, found.count) * query.perPage, count: query.perPage),
            number: query.page, perPage: query.perPage, total: found.count)
    }

    private func list(
        _ session: Session, status: OrderStatus? = nil, isReturnable: Bool = false, everybody: Bool = false,
        finding: OrderFinding? = nil, before: Int64? = nil
    ) -> PagedList<Order> {
        var filters: [(name: String, value: String)] = []
        if everybody { filters.append(("scope", "all")) }
        if let status { filters.append(("status", status.rawValue)) }
        if isReturnable { filters.append(("returnable", "true")) }
        if let before { filters.append(("before", String(before))) }
        switch finding {
        case .number(let number): filters.append(("number", number.text))
        case .product(let id): filters.append(("product", String(id)))
        case .customer(let words): filters.append(("customer", words))
        case nil: break
        }
        return PagedList(largestPage: 500) { [client, filters] page, perPage async throws(StoreError) in
            let place = [("page", String(page)), ("per_page", String(perPage))]
            let body = try await client.call(
                APICall(.orders, query: filters + place, session: session), OrderPageBody.init)
            return PagedList.Part(
                rows: body.orders, total: max(body.count, body.orders.count), perPage: nil)
        }
    }

    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await order(id, principal.session())
    }

    private func order(_ id: Int64, _ session: Session) async throws(StoreError) -> Order {
        guard id > 0 else { throw .notFound(.order(id)) }
        return try await client.one(APICall(.order, id: id, session: session, about: .order(id)))
    }

    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        let session = try principal.session()
        guard id > 0 else { throw .notFound(.order(id)) }
        return try await client.one(
            APICall(.cancelOrder, id: id, session: session, isRepeatable: true, about: .order(id)))
    }

    /// The server counts in its shop's zone.
    func dailySales(days: Int, as principal: Principal) async throws(StoreError) -> [DaySales] {
        let session = try principal.session()
        guard (1...366).contains(days) else { throw .invalid([FieldProblem("days", "must be 1 to 366")]) }
        return try await client.many(
            APICall(.dailySales, query: [("days", String(days))], session: session))
    }
}

extension APIClient {
    /// The order that an answer tells of, and whether the answer was given before.
    func order(of call: APICall) async throws(StoreError) -> (order: Order, isReplay: Bool) {
        try await answer(call) { response throws(TryFailure) in
            let isReplay = response.header(WireHeader.idempotencyReplayed)?.lowercased() == "true"
            guard let json = try? JSONParser.parse(response.body),
                let body = try? OrderBody(WireReader(json, currency: currency, from: .server))
            else {
                throw .passing(
                    .unreachable("\(address.host) sent an answer that makes no sense"),
                    mayHaveHadEffect: true)
            }
            return (body.order, isReplay)
        }
    }
}
