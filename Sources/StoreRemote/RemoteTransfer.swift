import StoreDomain
import StoreWire

/// Whole catalogues over the API.
struct RemoteTransfer: CatalogTransferService {
    let client: APIClient

    /// A catalogue of 40,000 products is booked in well under this.
    private static let patience = Duration.seconds(120)

    /// `progress` hears that all is done: the server takes a catalogue as one.
    func importProducts(
        _ products: [ImportedProduct], as principal: Principal, progress: @escaping @Sendable (Int) -> Void
    ) async throws(StoreError) -> ImportResult {
        let result = try await send(.importProducts, products, as: principal)
        progress(products.count)
        return result
    }

    func rehearseImport(_ products: [ImportedProduct], as principal: Principal) async throws(StoreError)
        -> ImportResult
    { try await send(.checkImport, products, as: principal) }

    /// What came in before its answer was lost does not come in a second time, so either may be sent again.
    private func send(_ endpoint: Endpoint, _ products: [ImportedProduct], as principal: Principal)
        async throws(StoreError) -> ImportResult
    {
        try await client.one(
            APICall(
                endpoint, body: ImportBody(products), session: try principal.session(), isRepeatable: true,
                deadline: Self.patience))
    }

    func exportProducts(after id: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [ExportedProduct]
    {
        guard limit > 0 else { return [] }
        return try await client.many(
            APICall(
                .exportProducts, query: [("after", String(id)), ("limit", String(limit))],
                session: try principal.session()))
    }
}
