import Hummingbird
import StoreDomain
import StoreWire

struct ProductController: Sendable {
    let catalog: any CatalogService
    let currency: Currency

    static let maximumPerPage = 100

    func list(_ request: APIRequest) async throws -> Response {
        if let ids = try request.query.numbers("ids", limit: Self.maximumPerPage) {
            let products = try await catalog.products(ids)
            return .json(
                ProductPageBody(
                    products: products, total: products.count, page: 1, perPage: Self.maximumPerPage))
        }
        let page = try await catalog.page(
            ProductQuery(category: request.query.text("category"), sort: sort(request.query)),
            at: .number(request.query.number("page", default: 1)),
            perPage: perPage(request.query, default: 20))
        return .json(
            ProductPageBody(
                products: page.products, total: page.total.value, page: page.number, perPage: page.perPage))
    }

    func search(_ request: APIRequest) async throws -> Response {
        guard let text = request.query.text("q") else { throw WireProblem.missing(["q"], of: ["q"]) }
        let query = ProductQuery(text: text)
        let perPage = try perPage(request.query, default: 100)
        let page = try await catalog.page(
            query, at: .number(request.query.number("page", default: 1)), perPage: perPage)
        var count = page.total
        // The service stops counting where no screen looks any more; the contract counts all.
        if !count.isExact { count = try await catalog.page(query, at: .last, perPage: perPage).total }
        return .json(SearchBody(products: page.products, count: count.value))
    }

    func product(_ request: APIRequest) async throws -> Response {
        .json(One(try await onSale(request)))
    }

    func add(_ request: APIRequest) async throws -> Response {
        let patch = try ProductDraftBody(request.body, isNew: true).patch
        let draft = try ProductDraft(
            name: patch.name ?? "", description: patch.description ?? "",
            price: patch.price ?? .zero(currency), stock: patch.stock ?? .counted(0),
            category: patch.category, sku: patch.sku,
            barcode: patch.barcode, taxClass: patch.taxClass)
        let product = try await catalog.add(draft, as: request.principal)
        return .json(One(product), status: .created)
    }

    func edit(_ request: APIRequest) async throws -> Response {
        let patch = try ProductDraftBody(request.body, isNew: false).patch
        // Of a product that is off sale, only that can be changed.
        let id = patch.isArchived == nil ? try await onSale(request).id : request.id ?? 0
        return .json(One(try await catalog.edit(id, patch, as: request.principal)))
    }

    func remove(_ request: APIRequest) async throws -> Response {
        let product = try await onSale(request)
        _ = try await catalog.edit(product.id, ProductPatch(isArchived: true), as: request.principal)
        return Response(status: .noContent)
    }

    func categories(_ request: APIRequest) async throws -> Response {
        .json(CategoriesBody(categories: try await catalog.categories()))
    }

    /// The product that the path names.
    private func onSale(_ request: APIRequest) async throws -> Product {
        do throws(StoreError) {
            guard let id = request.id else { throw .notFound(.product(0)) }
            return try await catalog.product(id)
        } catch .notFound(let subject) {
            throw Refusal(.notFound, ErrorBody(.notFound(subject), saying: "Product not found"))
        }
    }

    private func perPage(_ query: Query, default fallback: Int) throws -> Int {
        min(try query.number("per_page", default: fallback), Self.maximumPerPage)
    }

    private func sort(_ query: Query) throws -> ProductSort {
        guard let word = query.text("sort") else { return .newest }
        guard let sort = ProductSort(rawValue: word), sort != .automatic else {
            throw StoreError.invalid([FieldProblem("sort", "must be newest, name, price or -price")])
        }
        return sort
    }
}
