import StoreDomain
import StoreWire

/// Products as the back office sees them, over the API.
struct RemoteProducts: ProductService {
    let client: APIClient

    func product(_ id: Int64, as principal: Principal) async throws(StoreError) -> Product {
        try await client.one(
            APICall(.productRecord, id: id, session: try principal.session(), about: .product(id)))
    }

    func archived(finding text: String, limit: Int, as principal: Principal) async throws(StoreError)
        -> [Product]
    {
        guard limit > 0 else { return [] }
        // A request line has its limits.
        let words = String(text.cleanText.prefix(200))
        return try await client.many(
            APICall(
                .archivedProducts, query: [("q", words), ("limit", String(limit))],
                session: try principal.session()))
    }

    func prices(of id: Int64, limit: Int, as principal: Principal) async throws(StoreError) -> [PriceChange] {
        guard limit > 0 else { return [] }
        return try await client.many(
            APICall(
                .priceHistory, id: id, query: [("limit", String(limit))], session: try principal.session(),
                about: .product(id)))
    }

    func plan(_ draft: PriceBatchDraft, as principal: Principal) async throws(StoreError) -> PricePlan {
        let call = APICall(
            .planPrices, body: PriceBatchBody(draft), session: try principal.session(), isRepeatable: true)
        let (plan, tellsPeriod) = try await client.call(call) { json throws(WireProblem) in
            (try One<PricePlan>(json).value, try PricePlan.tellsPeriod(json))
        }
        guard tellsPeriod || draft.days == .always else { throw .unsupported("prices with dates") }
        return plan
    }

    func apply(_ draft: PriceBatchDraft, agreement: String, as principal: Principal)
        async throws(StoreError) -> PriceBatch
    {
        try await client.one(
            APICall(
                .setPrices, body: PriceBatchBody(draft, agreement: agreement),
                session: try principal.session()))
    }

    func batches(limit: Int, as principal: Principal) async throws(StoreError) -> [PriceBatch] {
        guard limit > 0 else { return [] }
        return try await client.many(
            APICall(.priceBatches, query: [("limit", String(limit))], session: try principal.session()))
    }

    func takeBack(_ batchID: Int64, as principal: Principal) async throws(StoreError) -> PriceTakeBack {
        try await client.one(
            APICall(
                .takePricesBack, id: batchID, session: try principal.session(),
                about: .priceBatch(batchID)))
    }
}
