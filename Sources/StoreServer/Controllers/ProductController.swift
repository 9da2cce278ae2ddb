import HTTPTypes
import Hummingbird
import StoreDomain
import StoreWire

struct ProductController: Sendable {
    let catalog: any CatalogService
    let counter: Counter
    let currency: Currency
    let answers: CatalogAnswers

    static let maximumPerPage = 100

    func list(_ request: APIRequest) async throws -> Response {
        try await answers.answer(request) {
            if let ids = try request.query.numbers("ids", limit: Self.maximumPerPage) {
                let products = try await catalog.products(ids)
                let body = ProductPageBody(
                    products: products, total: products.count, page: 1, perPage: Self.maximumPerPage)
                return (body.wireBytes, nil)
            }
            let page = try await catalog.page(
                ProductQuery(category: request.query.text("category"), sort: sort(request.query)),
                at: .number(request.query.number("page", default: 1)),
                perPage: perPage(request.query, default: 20))
            let body = ProductPageBody(
                products: page.products, total: page.total.value, page: page.number, perPage: page.perPage)
            return (body.wireBytes, nil)
        }
    }

    func search(_ request: APIRequest) async throws -> Response {
        try await answers.answer(request) {
            guard let text = request.query.text("q") else { throw WireProblem.missing(["q"], of: ["q"]) }
            let query = ProductQuery(text: text)
            let perPage = try perPage(request.query, default: 100)
            let page = try await catalog.page(
                query, at: .number(request.query.number("page", default: 1)), perPage: perPage)
            var count = page.total
            // The service stops counting where no screen looks any more; the contract counts all.
            if !count.isExact { count = try await catalog.page(query, at: .last, perPage: perPage).total }
            return (SearchBody(products: page.products, count: count.value).wireBytes, nil)
        }
    }

    func product(_ request: APIRequest) async throws -> Response {
        try await answers.answer(request) {
            let product = try await onSale(request)
            return (One(product).wireBytes, product.version.entityTag)
        }
    }

    func add(_ request: APIRequest) async throws -> Response {
        let patch = try ProductDraftBody(request.body, isNew: true).patch
        let draft = try ProductDraft(
            name: patch.name ?? "", description: patch.description ?? "",
            price: patch.price ?? .zero(currency), stock: patch.stock ?? .counted(0),
            category: patch.category, sku: patch.sku,
            barcode: patch.barcode, taxClass: patch.taxClass)
        let product = try await catalog.add(draft, as: request.principal)
        return answer(product, status: .created)
    }

    func edit(_ request: APIRequest) async throws -> Response {
        let patch = try ProductDraftBody(request.body, isNew: false).patch
        // Of a product that is off sale, only that can be changed.
        let id = patch.isArchived == nil ? try await onSale(request).id : request.id ?? 0
        return answer(try await catalog.edit(id, patch, seen: seen(request), as: request.principal))
    }

    func remove(_ request: APIRequest) async throws -> Response {
        let product = try await onSale(request)
        _ = try await catalog.edit(
            product.id, ProductPatch(isArchived: true), seen: seen(request), as: request.principal)
        return Response(status: .noContent)
    }

    func categories(_ request: APIRequest) async throws -> Response {
        try await answers.answer(request) {
            (CategoriesBody(categories: try await catalog.categories()).wireBytes, nil)
        }
    }

    /// On sale or not.
    func record(_ request: APIRequest) async throws -> Response {
        answer(try await counter.services().products.product(request.id ?? 0, as: request.principal))
    }

    func archived(_ request: APIRequest) async throws -> Response {
        .json(
            Many(
                try await counter.services().products.archived(
                    finding: request.query.text("q") ?? "", limit: limit(request, 500), as: request.principal)
            ))
    }

    // MARK: - Prices

    func prices(_ request: APIRequest) async throws -> Response {
        .json(
            Many(
                try await counter.services().products.prices(
                    of: request.id ?? 0, limit: limit(request, 1_000), as: request.principal)))
    }

    func planPrices(_ request: APIRequest) async throws -> Response {
        let draft = try PriceBatchBody(request: request.body).draft
        return .json(One(try await counter.services().products.plan(draft, as: request.principal)))
    }

    func setPrices(_ request: APIRequest) async throws -> Response {
        let body = try PriceBatchBody(request: request.body)
        guard let agreement = body.agreement else {
            throw WireProblem.missing(["agreement"], of: ["agreement"])
        }
        let batch = try await counter.services().products.apply(
            body.draft, agreement: agreement, as: request.principal)
        return .json(One(batch), status: .created)
    }

    func priceBatches(_ request: APIRequest) async throws -> Response {
        .json(
            Many(
                try await counter.services().products.batches(
                    limit: limit(request, 500), as: request.principal)))
    }

    func takePricesBack(_ request: APIRequest) async throws -> Response {
        .json(
            One(
                try await counter.services().products.takeBack(request.id ?? 0, as: request.principal)))
    }

    private func limit(_ request: APIRequest, _ most: Int) throws -> Int {
        min(try request.query.number("limit", default: 100), most)
    }

    // MARK: - Parts

    /// A product with the tag of its state.
    private func answer(_ product: Product, status: HTTPResponse.Status = .ok) -> Response {
        .json(One(product), status: status, headers: [.eTag: product.version.entityTag])
    }

    /// The state that the caller has seen; nil where any will do.
    ///
    /// - Throws: `Refusal` for a tag that no product of ours ever had.
    private func seen(_ request: APIRequest) throws -> ProductVersion? {
        guard let tag = request.headers[.ifMatch], tag.trimmedText != "*" else { return nil }
        guard let version = ProductVersion(entityTag: tag) else {
            throw Refusal(
                .badRequest,
                ErrorBody(.invalid([FieldProblem(WireHeader.ifMatch, "must be the ETag of a product")])))
        }
        return version
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
