/// Products as the back office sees them. Needs `manageProducts`.
public protocol ProductService: Sendable {
    /// Archived or not.
    ///
    /// - Throws: `notFound`.
    func product(_ id: Int64, as principal: Principal) async throws(StoreError) -> Product
    /// Products that are no longer sold and whose name, SKU or barcode has the text in it, by name; at most `limit`, and
    /// at most 500.
    func archived(finding text: String, limit: Int, as principal: Principal) async throws(StoreError)
        -> [Product]
    /// How a product's price changed, the latest first, at most 1,000.
    func prices(of id: Int64, limit: Int, as principal: Principal) async throws(StoreError) -> [PriceChange]

    /// What a batch would do now; changes nothing.
    ///
    /// - Throws: `invalid` for a price that comes below zero, or more than `PriceBatchDraft.maximumCount` of them.
    func plan(_ draft: PriceBatchDraft, as principal: Principal) async throws(StoreError) -> PricePlan
    /// Changes the prices, all or none.
    ///
    /// - Parameter agreement: that of the plan which was seen.
    /// - Throws: `invalid` where the plan comes to something else now, or changes nothing.
    func apply(_ draft: PriceBatchDraft, agreement: String, as principal: Principal)
        async throws(StoreError) -> PriceBatch
    /// The latest first, at most 500.
    func batches(limit: Int, as principal: Principal) async throws(StoreError) -> [PriceBatch]
    /// Gives every product its price before the batch, in one transaction. A price that was changed since is kept, and
    /// told.
    ///
    /// - Throws: `notFound`, `invalid` for one that was taken back.
    func takeBack(_ batchID: Int64, as principal: Principal) async throws(StoreError) -> PriceTakeBack
}
