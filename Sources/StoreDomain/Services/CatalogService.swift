/// What the shop sells. Reading needs no account, writing needs `manageProducts`.
public protocol CatalogService: Sendable {
    /// One page; a number beyond the last gives an empty page. `perPage` is 1…500.
    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage

    /// - Throws: `notFound`, also for an archived one.
    func product(_ id: Int64) async throws(StoreError) -> Product

    /// The product with this SKU or barcode (`ProductCode` says which spellings are one); failing that, the one
    /// that a code without its check digit or zeros can be, if there is exactly one.
    ///
    /// - Throws: `notFound`.
    func product(code: String) async throws(StoreError) -> Product

    /// Those of the ids that are on sale, in any order.
    func products(_ ids: [Int64]) async throws(StoreError) -> [Product]

    /// Categories that have products, by name.
    func categories() async throws(StoreError) -> [CategoryCount]

    /// - Throws: `taken` for a SKU or barcode in use.
    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product
    /// - Parameter seen: the state that whoever changes it has seen; nil to change it whatever it is.
    /// - Throws: `changedMeanwhile` where the product is another one than was seen and the change could overwrite that
    ///   (`ProductVersion.holds`).
    func edit(_ id: Int64, _ patch: ProductPatch, seen: ProductVersion?, as principal: Principal)
        async throws(StoreError) -> Product
}

extension CatalogService {
    /// Changes a product whatever it is.
    public func edit(_ id: Int64, _ patch: ProductPatch, as principal: Principal) async throws(StoreError)
        -> Product
    { try await edit(id, patch, seen: nil, as: principal) }
}

/// Stock that is booked by hand. Needs `adjustStock`.
public protocol StockService: Sendable {
    /// - Throws: `notFound`; `insufficientStock` when more would go than is there; `invalid` for a product
    ///   that sells without counting.
    func adjust(_ adjustment: StockAdjustment, as principal: Principal) async throws(StoreError) -> Product
    /// Books several at once, all or none: a delivery, or a count. Of one product there may be several.
    ///
    /// - Throws: as `adjust`; `invalid` for none or more than 1,000.
    func book(_ adjustments: [StockAdjustment], as principal: Principal) async throws(StoreError) -> [Product]
    /// Products of which the policy's mark for low stock or less is left, those with the least first, at most 500.
    func low(limit: Int, as principal: Principal) async throws(StoreError) -> [LowStock]
    /// A product's stock with its last movements, at most 1,000, as one reading; what they cost for those with `seeCost`.
    ///
    /// - Throws: `notFound`.
    func explanation(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> StockExplanation
    /// A product's movements, the latest first, at most 1,000; what they cost for those with `seeCost`.
    func movements(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [StockMovement]
    /// Products of which more was sold than the books had, until somebody counts them; the longest due first, at most
    /// 500.
    func toCount(as principal: Principal) async throws(StoreError) -> [DueCount]
    /// What a product costs. Needs `seeCost`, not `adjustStock`.
    ///
    /// - Throws: `notFound`.
    func cost(of productID: Int64, as principal: Principal) async throws(StoreError) -> ProductCost
}
