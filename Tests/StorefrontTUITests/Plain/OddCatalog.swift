import StoreContracts
import StoreDomain
import Synchronization

/// A catalogue on top of a real one that cannot be reached, or whose names are odd, as told.
final class OddCatalog: CatalogService {
    private struct State {
        var failure: StoreError?
        var name: String?
    }

    private let base: any CatalogService
    private let state = Mutex(State())

    init(base: any CatalogService) { self.base = base }

    func fail(with error: StoreError?) { state.withLock { $0.failure = error } }
    func rename(_ name: String) { state.withLock { $0.name = name } }

    func wrap(_ services: StoreServices) -> StoreServices {
        services.replacing(catalog: self)
    }

    private func odd(_ product: Product) -> Product {
        var product = product
        if let name = state.withLock({ $0.name }) {
            product.name = name
            product.category = name
            product.description = name
        }
        return product
    }

    private func check() throws(StoreError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage
    {
        try check()
        let page = try await base.page(query, at: position, perPage: perPage)
        return ProductPage(
            products: page.products.map(odd), number: page.number, perPage: page.perPage, total: page.total,
            first: page.first, last: page.last)
    }

    func product(_ id: Int64) async throws(StoreError) -> Product {
        try check()
        return odd(try await base.product(id))
    }

    func product(code: String) async throws(StoreError) -> Product {
        try check()
        return odd(try await base.product(code: code))
    }

    func products(_ ids: [Int64]) async throws(StoreError) -> [Product] {
        try check()
        return try await base.products(ids).map(odd)
    }

    func categories() async throws(StoreError) -> [CategoryCount] {
        try check()
        return try await base.categories()
    }

    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        try await base.add(draft, as: principal)
    }

    func edit(_ id: Int64, _ patch: ProductPatch, seen: ProductVersion?, as principal: Principal)
        async throws(StoreError) -> Product
    {
        try await base.edit(id, patch, seen: seen, as: principal)
    }
}
