import StoreDomain

public enum ProductsRequest: Hashable, Codable, Sendable {
    /// A page of what is sold, found by words.
    case list(String, page: Int)
    /// What is no longer sold, found by a part of the name or code.
    case archived(String)
    /// One product to edit.
    case record(Int64)
    /// The same by a code that was scanned.
    case scanned(String)
    /// What it costs the shop.
    case cost(Int64)
    case add(ProductDraft)
    case save(Int64, ProductPatch, seen: ProductVersion)
    case history(Product)
    case plan(PriceBatchDraft)
    case setPrices(PriceBatchDraft, agreement: String)
    case batches
    case takeBack(Int64)
    /// So many labels of a product are made at once.
    public static let copies = 1...500

    /// So many labels, on paper of that width; to a new file where there is no printer.
    case label(Product, copies: Int, ReceiptWidth, prints: Bool)

    /// Products of one page.
    static let perPage = 100

    var terms: Terms {
        switch self {
        case .list, .archived:
            Terms(slot: "products", title: "Loading the products", screen: .products, keepsBack: .onScreen)
        case .record, .scanned, .history, .plan, .batches:
            Terms(slot: "product", title: "Loading", screen: .products, keepsBack: .onScreen)
        case .cost: Terms(slot: "product cost", screen: .products)
        case .label: Terms(title: "Making labels", mustFinish: true, screen: .products)
        case .add, .save:
            Terms(title: "Saving the product", mustFinish: true, screen: .products, keepsBack: .all)
        case .setPrices, .takeBack:
            Terms(title: "Changing the prices", mustFinish: true, screen: .products, keepsBack: .all)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> ProductsAction {
        guard let products = outside.services.counter?.products else {
            return .listed(.failure(.unsupported("a back office")))
        }
        let catalog = outside.services.catalog
        return switch self {
        case .list(let text, let page):
            .listed(
                await .of { () throws(StoreError) in
                    try await catalog.page(
                        ProductQuery(text: text, sort: text.isEmpty ? .name : .automatic), at: .number(page),
                        perPage: Self.perPage)
                })
        case .archived(let text):
            .listed(
                await .of { () throws(StoreError) in
                    let found = try await products.archived(finding: text, limit: 500, as: principal)
                    return ProductPage(
                        products: found, number: 1, perPage: 500, total: Count(found.count))
                })
        case .record(let id):
            .loaded(await .of { () throws(StoreError) in try await products.product(id, as: principal) })
        case .scanned(let code):
            .loaded(
                await .of { () throws(StoreError) in
                    let found = try await catalog.product(code: code)
                    return try await products.product(found.id, as: principal)
                })
        case .cost(let id): .costed(await .cost(of: id, outside, principal))
        case .add(let draft):
            .added(await .of { () throws(StoreError) in try await catalog.add(draft, as: principal) })
        case .save(let id, let patch, let seen):
            .saved(
                await .of { () throws(StoreError) in
                    try await catalog.edit(id, patch, seen: seen, as: principal)
                })
        case .history(let product):
            .history(
                product,
                await .of { () throws(StoreError) in
                    try await products.prices(of: product.id, limit: 500, as: principal)
                })
        case .plan(let draft):
            .planned(
                draft, await .of { () throws(StoreError) in try await products.plan(draft, as: principal) })
        case .setPrices(let draft, let agreement):
            .priced(
                await .of { () throws(StoreError) in
                    try await products.apply(draft, agreement: agreement, as: principal)
                })
        case .batches:
            .batches(
                await .of { () throws(StoreError) in
                    try await products.batches(limit: 100, as: principal)
                })
        case .takeBack(let id):
            .tookBack(
                await .of { () throws(StoreError) in try await products.takeBack(id, as: principal) })
        case .label(let product, let copies, let width, let prints):
            .labelled(
                copies: copies,
                await .of { () throws(StoreError) in
                    let page = outside.labelPage(product, width)
                    guard prints else {
                        return try await outside.ports.saveReport(
                            repeatElement(page.text, count: copies).joined(separator: "\n"),
                            named: "labels-\(product.id)", ending: "txt")
                    }
                    for _ in 0..<copies { try await outside.ports.printReceipt(page) }
                    return nil
                })
        }
    }
}

public enum ProductsAction: Hashable, Codable, Sendable {
    case listed(Answer<ProductPage>)
    case loaded(Answer<Product>)
    case costed(Answer<ProductCost>)
    case added(Answer<Product>)
    case saved(Answer<Product>)
    case history(Product, Answer<[PriceChange]>)
    case planned(PriceBatchDraft, Answer<PricePlan>)
    case priced(Answer<PriceBatch>)
    case batches(Answer<[PriceBatch]>)
    case tookBack(Answer<PriceTakeBack>)
    /// The path of the file; nil where they were printed.
    case labelled(copies: Int, Answer<String?>)

    var failure: StoreError? {
        switch self {
        case .listed(let answer): answer.failure
        case .loaded(let answer), .added(let answer), .saved(let answer): answer.failure
        case .costed(let answer): answer.failure
        case .history(_, let answer): answer.failure
        case .planned(_, let answer): answer.failure
        case .priced(let answer): answer.failure
        case .batches(let answer): answer.failure
        case .tookBack(let answer): answer.failure
        case .labelled(_, let answer): answer.failure
        }
    }
}
