import ArgumentParser
import StoreDomain
import StorefrontCore

/// What somebody is told who asks for something and has no terminal: a text, and an end.
struct KioskAnswer {
    let services: StoreServices
    let policy: ShopPolicy

    /// So many products are listed.
    private static let most = 50

    /// Prints what is asked for.
    ///
    /// - Returns: 0, or 66 where the shop has no such thing.
    func print(_ link: KioskLink) async throws(StoreError) -> ExitCode {
        switch link {
        case .plain, .help: for line in KioskLink.list { Console.line(line) }
        case .cart: Console.line("The cart is empty: it lasts as long as a visit.")
        case .orders: Console.line("Orders need a sign-in: come with a terminal, as by ssh -t.")
        case .order(let number):
            Console.line("Order \(number) needs a sign-in: come with a terminal, as by ssh -t.")
        case .product, .search, .category: return try await printProducts(of: link)
        }
        return .success
    }

    private func printProducts(of link: KioskLink) async throws(StoreError) -> ExitCode {
        let opening: Opening?
        do {
            opening = try await link.opening(in: services)
        } catch {
            guard case .notFound = error else { throw error }
            Console.line(error.message)
            return ExitCode(66)
        }
        switch opening {
        case .product(let product):
            Console.line(row(product))
            if !product.description.isEmpty { Console.line(product.description) }
            return .success
        case .search(let words): return try await list(ProductQuery(text: words))
        case .category(let name): return try await list(ProductQuery(category: name))
        case .cart, .orders, .help, nil: return .success
        }
    }

    private func list(_ query: ProductQuery) async throws(StoreError) -> ExitCode {
        let page = try await services.catalog.page(query, at: .first, perPage: Self.most)
        for product in page.products { Console.line(row(product)) }
        if page.products.isEmpty { Console.line("The shop has nothing of that name.") }
        if page.hasNext { Console.line("\u{2026} and more") }
        return page.products.isEmpty ? ExitCode(66) : .success
    }

    private func row(_ product: Product) -> String {
        let stock = StockLevel(product.stock, policy: policy).words
        return [product.sku, product.name, product.price.displayText, stock].compactMap { $0 }
            .joined(separator: "  ")
    }
}
