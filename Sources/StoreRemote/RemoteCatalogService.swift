import StoreDomain
import StoreWire

/// The catalogue over the API. What the contract cannot ask for, such as a sorted search, is put together
/// here as long as that stays a few requests.
struct RemoteCatalogService: CatalogService {
    let client: APIClient
    let capabilities: Capabilities

    /// The most products that are fetched to be counted, narrowed or sorted here.
    private static let mostRows = 1000

    // MARK: - Reading

    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage
    {
        guard (1...500).contains(perPage) else {
            throw .invalid([FieldProblem("per_page", "must be 1 to 500")])
        }
        if case .number(let number) = position, number < 1 {
            throw .invalid([FieldProblem("page", "must be 1 or more")])
        }
        let isSearch = !query.words.isEmpty
        if isSearch, query.category != nil || query.sort != .automatic {
            return try await narrowed(query, at: position, perPage: perPage)
        }
        let list = isSearch ? search(query) : listing(query)
        let number: Int
        switch position {
        case .number(let wanted), .after(_, let wanted), .before(_, let wanted): number = max(1, wanted)
        case .last:
            let (rows, total) = try await list.page(1, perPage: perPage)
            number = max(1, (total + perPage - 1) / perPage)
            if number == 1 { return page(rows, 1, perPage, total) }
        }
        let (rows, total) = try await list.page(number, perPage: perPage)
        try await checkOrder(of: rows, by: query.sort)
        return page(rows, number, perPage, total)
    }

    private func page(_ rows: [Product], _ number: Int, _ perPage: Int, _ total: Int) -> ProductPage {
        ProductPage(products: rows, number: number, perPage: perPage, total: Count(total))
    }

    private func listing(_ query: ProductQuery) -> PagedList<Product> {
        var parameters: [(name: String, value: String)] = []
        if let category = query.category { parameters.append(("category", category)) }
        switch query.sort {
        case .automatic, .newest: break
        case .name, .priceUp, .priceDown: parameters.append(("sort", query.sort.rawValue))
        }
        return PagedList(largestPage: 100) { [client, parameters] page, perPage async throws(StoreError) in
            let place = [("page", String(page)), ("per_page", String(perPage))]
            let body = try await client.call(
                APICall(.products, query: parameters + place), ProductPageBody.init)
            return PagedList.Part(rows: body.products, total: body.total, perPage: body.perPage)
        }
    }

    private func search(_ query: ProductQuery) -> PagedList<Product> {
        // A request line has its limits; the words are what counts.
        let whole = query.text.cleanText
        let text = whole.utf8.count <= 300 ? whole : String(query.words.joined(separator: " ").prefix(300))
        return PagedList(largestPage: 100) { [client] page, perPage async throws(StoreError) in
            let body = try await client.call(
                APICall(
                    .searchProducts,
                    query: [("q", text), ("page", String(page)), ("per_page", String(perPage))]),
                SearchBody.init)
            return PagedList.Part(
                rows: body.products, total: max(body.count, body.products.count), perPage: nil)
        }
    }

    /// A search within a category or in an order: the contract has neither, so all matches are fetched.
    private func narrowed(_ query: ProductQuery, at position: PagePosition, perPage: Int)
        async throws(StoreError) -> ProductPage
    {
        let (all, total) = try await search(query).all(limit: Self.mostRows)
        guard total <= Self.mostRows else {
            throw .unsupported(
                "sorting or narrowing \(total) matches; search for more words, or clear the filters")
        }
        var found = all.filter { query.category == nil || $0.category == query.category }
        found.sort(by: query.sort)
        let last = max(1, (found.count + perPage - 1) / perPage)
        let number =
            switch position {
            case .number(let wanted), .after(_, let wanted), .before(_, let wanted): max(1, wanted)
            case .last: last
            }
        let start = min(number - 1, found.count) * perPage
        return page(found.slice(from: start, count: perPage), number, perPage, found.count)
    }

    /// `sort` was added to the contract: a server that does not know it lists the newest first.
    private func checkOrder(of rows: [Product], by sort: ProductSort) async throws(StoreError) {
        guard sort == .name || sort == .priceUp || sort == .priceDown else { return }
        guard try await !capabilities.isExtended() else { return }
        throw .unsupported("sorting; clear the filters to see the newest first")
    }

    func product(_ id: Int64) async throws(StoreError) -> Product {
        guard id > 0 else { throw .notFound(.product(id)) }
        return try await client.one(APICall(.product, id: id, about: .product(id)))
    }

    func product(code: String) async throws(StoreError) -> Product {
        guard let wanted = ProductCode(code), !SearchWords.split(wanted.text).isEmpty else {
            throw .notFound(.productCode(code))
        }
        let (rows, _) = try await search(ProductQuery(text: wanted.text)).page(1, perPage: 100)
        if let match = rows.first(where: { $0.isKnown(by: wanted) }) { return match }
        let completions = wanted.completions
        var meant: [Int64: Product] = [:]
        for stem in wanted.stems {
            let (rows, _) = try await search(ProductQuery(text: stem)).page(1, perPage: 100)
            for row in rows where row.isMeant(by: completions) { meant[row.id] = row }
        }
        guard meant.count == 1, let match = meant.first?.value else { throw .notFound(.productCode(code)) }
        return match
    }

    func products(_ ids: [Int64]) async throws(StoreError) -> [Product] {
        let wanted = Array(Set(ids)).sorted()
        guard try await capabilities.isExtended() else { return try await oneByOne(wanted) }
        var found: [Product] = []
        for start in stride(from: 0, to: wanted.count, by: 100) {
            let part = wanted[start..<min(start + 100, wanted.count)].map(String.init)
            let call = APICall(.products, query: [("ids", part.joined(separator: ","))])
            found += try await client.call(call, ProductPageBody.init).products
        }
        return found
    }

    /// Eight at a time.
    private func oneByOne(_ ids: [Int64]) async throws(StoreError) -> [Product] {
        var left = ids[...]
        var found: [Product] = []
        while !left.isEmpty {
            let results = await withTaskGroup(of: Result<Product, StoreError>.self) { group in
                for id in left.prefix(8) {
                    group.addTask {
                        do throws(StoreError) { return .success(try await product(id)) } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for result in results {
                do throws(StoreError) { found.append(try result.get()) } catch .notFound { continue }
            }
            left = left.dropFirst(8)
        }
        return found
    }

    /// Where a server has no list of categories, a small catalogue is counted here.
    func categories() async throws(StoreError) -> [CategoryCount] {
        do throws(StoreError) {
            return try await client.call(APICall(.categories), CategoriesBody.init).categories
        } catch .unsupported(let what) {
            let (rows, total) = try await listing(ProductQuery()).all(limit: Self.mostRows)
            guard total <= Self.mostRows else { throw .unsupported(what) }
            let counts = rows.reduce(into: [String: Int]()) { counts, product in
                if let category = product.category { counts[category, default: 0] += 1 }
            }
            return counts.sorted { $0.key < $1.key }.map { CategoryCount(name: $0.key, count: $0.value) }
        }
    }

    // MARK: - Writing

    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        let patch = ProductPatch(
            name: draft.name, description: draft.description, price: draft.price, stock: draft.stock,
            category: draft.category, sku: draft.sku,
            barcode: draft.barcode, taxClass: draft.taxClass)
        return try await client.one(
            APICall(.addProduct, body: ProductDraftBody(patch), session: try principal.session()))
    }

    func edit(_ id: Int64, _ patch: ProductPatch, seen: ProductVersion?, as principal: Principal)
        async throws(StoreError) -> Product
    {
        try await client.one(
            APICall(
                .editProduct, id: id, body: ProductDraftBody(patch), session: try principal.session(),
                seen: seen, isRepeatable: true, about: .product(id)))
    }
}

extension [Product] {
    /// As a store sorts them; `automatic` leaves the server's order.
    fileprivate mutating func sort(by order: ProductSort) {
        switch order {
        case .automatic: break
        case .newest: sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        case .name: sort { ($0.name.folded, $0.id) < ($1.name.folded, $1.id) }
        case .priceUp: sort { ($0.price, $0.id) < ($1.price, $1.id) }
        case .priceDown: sort { ($0.price, $0.id) > ($1.price, $1.id) }
        }
    }
}

extension Principal {
    /// - Throws: `signInRequired` for a guest, and for the operator of a local store: access to a file proves
    ///   nothing to a server.
    func session() throws(StoreError) -> Session {
        guard case .user(let session) = self else { throw .signInRequired }
        return session
    }
}
