import StoreDomain
import StorefrontCore

/// The products of the small shop as who keeps it sees them.
extension FixtureShop {
    mutating func reply(to ask: ProductsRequest) -> ProductsAction {
        switch ask {
        case .list(let text, let number):
            let found = products.filter { !$0.isArchived && Self.matches($0, text) }
            return .listed(attempt { _ in Self.page(found, number) })
        case .archived(let text):
            let found = products.filter { $0.isArchived && Self.matches($0, text) }
            return .listed(attempt { _ in Self.page(found, 1) })
        case .record(let id): return .loaded(find { $0.id == id } ?? .failure(.notFound(.product(id))))
        case .scanned(let code):
            return .loaded(find { $0.sku == code } ?? .failure(.notFound(.productCode(code))))
        case .cost(let id): return .costed(attempt { shop in shop.cost(of: id) })
        case .add(let draft):
            let id = (products.map(\.id).max() ?? 0) + 1
            return .added(
                attempt { shop in
                    let product = Product(
                        id: id, sku: draft.sku, barcode: draft.barcode, name: draft.name,
                        description: draft.description, price: draft.price, stock: draft.stock,
                        category: draft.category, taxClass: draft.taxClass, createdAt: Self.now,
                        updatedAt: Self.now)
                    shop.products.append(product)
                    return product
                })
        case .save(let id, let patch, let seen): return .saved(save(id, patch, seen))
        case .history(let product):
            return .history(
                product,
                attempt { shop in shop.priceChanges.filter { $0.productID == product.id }.reversed() })
        case .plan(let draft): return .planned(draft, plan(draft))
        case .setPrices(let draft, let agreement):
            guard case .success(let plan) = plan(draft), plan.agreement == agreement else {
                return .priced(.failure(.invalid([FieldProblem("agreement", "is another")])))
            }
            return .priced(
                attempt { shop in
                    if plan.period.from == nil {
                        for line in plan.lines { shop.setPrice(line.new, of: line.productID) }
                    }
                    let batch = PriceBatch(
                        id: 1, title: draft.rule.words, count: plan.lines.count, by: 1, at: Self.now,
                        period: plan.period, takenBackAt: nil)
                    shop.batches = [(batch, plan.lines)]
                    return batch
                })
        case .label(let product, let copies, _, let prints):
            return .labelled(
                copies: copies, attempt { _ in prints ? nil : "labels-\(product.id).txt" })
        case .batches: return .batches(attempt { shop in shop.batches.map(\.batch) })
        case .takeBack(let id):
            guard let done = batches.first(where: { $0.batch.id == id }) else {
                return .tookBack(.failure(.notFound(.priceBatch(id))))
            }
            return .tookBack(
                attempt { shop in
                    for line in done.lines { shop.setPrice(line.old, of: line.productID) }
                    return PriceTakeBack(batch: done.batch, restored: done.lines.count, kept: [])
                })
        }
    }

    private static func matches(_ product: Product, _ text: String) -> Bool {
        text.isEmpty || product.name.folded.contains(text.folded)
    }

    private static func page(_ found: [Product], _ number: Int) -> ProductPage {
        ProductPage(
            products: Array(found.dropFirst((number - 1) * 100).prefix(100)), number: number, perPage: 100,
            total: Count(found.count))
    }

    private mutating func find(_ matches: (Product) -> Bool) -> Answer<Product>? {
        products.first(where: matches).map { product in attempt { _ in product } }
    }

    private mutating func setPrice(_ price: Money, of id: Int64) {
        for index in products.indices where products[index].id == id {
            priceChanges.append(
                PriceChange(
                    productID: id, from: products[index].price, to: price, by: 1, batchID: nil, at: Self.now))
            products[index].price = price
        }
    }

    /// In a shop whose clocks show UTC.
    private func period(of draft: PriceBatchDraft) throws(StoreError) -> PricePeriod {
        try PricePeriod(draft.days, in: .utc, now: Self.now)
    }

    private func plan(_ draft: PriceBatchDraft) -> Answer<PricePlan> {
        let found = products.filter { product in
            switch draft.goods {
            case .products(let ids): ids.contains(product.id)
            case .found(let text, let category):
                !product.isArchived && Self.matches(product, text)
                    && (category == nil || product.category == category)
            }
        }
        do throws(StoreError) {
            var lines: [PriceLine] = []
            for product in found {
                if let line = try draft.line(for: product, at: product.price) { lines.append(line) }
            }
            return .success(try PricePlan(lines, period(of: draft)))
        } catch { return .failure(error) }
    }

    private mutating func save(_ id: Int64, _ patch: ProductPatch, _ seen: ProductVersion) -> Answer<Product>
    {
        if let failure { return .failure(failure) }
        guard let index = products.firstIndex(where: { $0.id == id }) else {
            return .failure(.notFound(.product(id)))
        }
        let old = products[index]
        guard seen.holds(for: old, changing: patch) else { return .failure(.changedMeanwhile(old)) }
        do throws(StoreError) {
            let draft = try patch.applied(to: old)
            setPrice(draft.price, of: id)
            products[index] = Product(
                id: id, sku: draft.sku, barcode: draft.barcode, name: draft.name,
                description: draft.description, price: draft.price, stock: draft.stock,
                category: draft.category, taxClass: draft.taxClass,
                isArchived: patch.isArchived ?? old.isArchived, createdAt: old.createdAt, updatedAt: Self.now)
            return .success(products[index])
        } catch { return .failure(error) }
    }
}
