import StoreDomain
import StoreWire
import Synchronization

/// Orders over the API: one's own, since the contract shows nobody another's.
struct RemoteOrderService: OrderService {
    let client: APIClient
    let capabilities: Capabilities
    let attempts: OrderAttempts

    private static let mostRows = 2000

    /// A server that does not know idempotency keys is asked once only; when it is not known what became of
    /// that, the order is looked for before it is placed again.
    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        let session = try principal.session()
        let honoursKeys = try await capabilities.isExtended()
        if !honoursKeys, attempts.isOpen(key), let order = try await find(draft, session) {
            attempts.close(key)
            return order
        }
        if !honoursKeys { attempts.open(key) }
        do throws(StoreError) {
            let order = try await send(draft, key: key, session: session, isRepeatable: honoursKeys)
            attempts.close(key)
            return order
        } catch {
            if error != .outcomeUnknown { attempts.close(key) }
            throw error
        }
    }

    private func send(_ draft: OrderDraft, key: IdempotencyKey, session: Session, isRepeatable: Bool)
        async throws(StoreError) -> Order
    {
        let call = APICall(
            .placeOrder, body: OrderDraftBody(draft), key: key, session: session, isRepeatable: isRepeatable)
        do throws(StoreError) {
            let (order, isReplay) = try await client.order(of: call)
            // What was answered then may have changed since.
            return isReplay ? try await self.order(order.id, session) : order
        } catch .insufficientStock(_, let name, let available) {
            let id = try await productID(called: name, in: draft)
            throw .insufficientStock(productID: id, name: name, available: available)
        }
    }

    /// Which product of the draft a message means.
    private func productID(called name: String, in draft: OrderDraft) async throws(StoreError) -> Int64 {
        let ids = Array(draft.demand.keys)
        if ids.count == 1 { return ids[0] }
        for id in ids {
            do throws(StoreError) {
                let product = try await client.call(APICall(.product, id: id), ProductBody.init).product
                if product.name == name { return id }
            } catch .notFound { continue }
        }
        return 0
    }

    /// The newest pending order of the same lines.
    private func find(_ draft: OrderDraft, _ session: Session) async throws(StoreError) -> Order? {
        let (orders, _) = try await list(session).page(1, perPage: 50)
        let match = orders.first { order in
            let pieces = order.items.reduce(into: [Int64: Int]()) {
                $0[$1.productID, default: 0] += $1.quantity
            }
            return order.status == .pending && pieces == draft.demand
        }
        return match
    }

    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        let session = try principal.session()
        if query.everybody { try principal.require(.seeAllOrders) }
        guard query.page >= 1 else { throw .invalid([FieldProblem("page", "must be 1 or more")]) }
        guard (1...500).contains(query.perPage) else {
            throw .invalid([FieldProblem("per_page", "must be 1 to 500")])
        }
        guard let status = query.status else {
            let (rows, total) = try await list(session).page(query.page, perPage: query.perPage)
            return OrderPage(orders: rows, number: query.page, perPage: query.perPage, total: total)
        }
        let (all, total) = try await list(session).all(limit: Self.mostRows)
        guard total <= Self.mostRows else { throw .unsupported("picking \(total) orders by status") }
        let found = all.filter { $0.status == status }
        return OrderPage(
            orders: found.slice(from: min(query.page - 1, found.count) * query.perPage, count: query.perPage),
            number: query.page, perPage: query.perPage, total: found.count)
    }

    private func list(_ session: Session) -> PagedList<Order> {
        PagedList(largestPage: 500) { [client] page, perPage async throws(StoreError) in
            let body = try await client.call(
                APICall(
                    .orders, query: [("page", String(page)), ("per_page", String(perPage))],
                    session: session), OrderPageBody.init)
            return PagedList.Part(
                rows: body.orders, total: max(body.count, body.orders.count), perPage: nil)
        }
    }

    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await order(id, principal.session())
    }

    private func order(_ id: Int64, _ session: Session) async throws(StoreError) -> Order {
        guard id > 0 else { throw .notFound(.order(id)) }
        return try await client.call(APICall(.order, id: id, session: session), OrderBody.init).order
    }

    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        let session = try principal.session()
        guard id > 0 else { throw .notFound(.order(id)) }
        return try await client.call(
            APICall(.cancelOrder, id: id, session: session, isRepeatable: true), OrderBody.init
        ).order
    }
}

extension APIClient {
    /// The order that an answer tells of, and whether the answer was given before.
    func order(of call: APICall) async throws(StoreError) -> (Order, isReplay: Bool) {
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

/// Keys that were sent to a server which does not know them, and whose outcome is not known.
final class OrderAttempts: Sendable {
    private let keys = Mutex<Set<IdempotencyKey>>([])

    func isOpen(_ key: IdempotencyKey) -> Bool { keys.withLock { $0.contains(key) } }
    func open(_ key: IdempotencyKey) { keys.withLock { _ = $0.insert(key) } }
    func close(_ key: IdempotencyKey) { keys.withLock { _ = $0.remove(key) } }
}
