import StoreDomain

/// Prints pages of products, as a table or as JSON.
struct ProductListing {
    let json: Bool
    let paging: PagingOptions

    func print(_ query: ProductQuery, from catalog: any CatalogService) async throws {
        if let category = query.category {
            guard try await catalog.categories().contains(where: { $0.name == category }) else {
                throw StoreError.notFound(.category(category))
            }
        }
        var position = PagePosition.number(paging.all ? 1 : paging.page)
        var table = TextTable([
            .init("ID", .right), .init("SKU"), .init("Name"), .init("Category"), .init("Price", .right),
            .init("Stock", .right),
        ])
        var list = JSONList("products")
        let perPage = paging.all ? 500 : paging.perPage
        var printed = 0
        while true {
            let page = try await catalog.page(query, at: position, perPage: perPage)
            printed += page.products.count
            if json {
                list.write(page.products.map(OutputJSON.product))
            } else if !page.products.isEmpty {
                Console.write(table.lines(page.products.map(row)))
            }
            if paging.all, page.hasNext {
                position = page.last.map { .after($0, number: page.number + 1) } ?? .number(page.number + 1)
                continue
            }
            return finish(page, printed: printed, list)
        }
    }

    private func finish(_ page: ProductPage, printed: Int, _ list: JSONList) {
        let total: OutputJSON = .int(paging.all ? printed : page.total.value)
        let isExact = paging.all || page.total.isExact
        if json {
            let exactness: [(String, OutputJSON)] = isExact ? [] : [("total_is_at_least", .bool(true))]
            let place: [(String, OutputJSON)] =
                paging.all
                ? []
                : [
                    ("page", .int(page.number)), ("per_page", .int(page.perPage)),
                    ("pages", page.total.pages(perPage: page.perPage).map { .int($0) } ?? .null),
                ]
            return list.finish([("total", total)] + exactness + place)
        }
        guard printed > 0 else { return Console.tell(page.number > 1 ? "No such page" : "No products") }
        guard !paging.all else { return }
        let count = "\(page.total.value.grouped)\(isExact ? "" : " or more")"
        let pages = page.total.pages(perPage: page.perPage).map { " of \($0.grouped)" } ?? ""
        Console.tell(
            "\(page.firstRow.grouped)–\(page.lastRow.grouped) of \(count) · page \(page.number.grouped)\(pages)"
        )
    }

    private func row(_ product: Product) -> [String] {
        [
            String(product.id), product.sku ?? "", product.name, product.category ?? "",
            product.price.displayText, StockText.short(product.stock),
        ]
    }
}
