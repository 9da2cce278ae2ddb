import StoreDomain

/// Another till of the same shop: what it does, nobody here hears of.
struct OtherTill {
    let services: StoreServices
    /// Where the keys of its sales come from.
    let ids: any IDSource

    static let name = "other"
    /// So much dearer it makes a product, in minor units.
    private static let rise: Int64 = 100

    /// - Parameters:
    ///   - line: of the cart, whose product it is; nil for the first product of the shop.
    ///   - owner: whose cart it is.
    /// - Throws: what it is refused, as any till: then nothing has changed.
    func act(_ deed: TapedFault.OfOthers, on line: CartLine?, of owner: CartOwner) async throws(StoreError) {
        guard let product = try await product(line) else { return }
        let principal = Principal.operatorOfStore
        switch deed {
        case .sells:
            guard let counter = services.counter, let count = product.stock.count, count > 0 else { return }
            let draft = try SaleDraft(
                till: Self.name, lines: [.init(productID: product.id, quantity: count)],
                tenders: [PaymentRequest(methodID: PaymentMethod.cash.id)])
            _ = try await counter.till.sell(draft, key: ids.idempotencyKey(), as: principal)
        case .prices:
            let dearer = product.price + Money(minorUnits: Self.rise, currency: product.price.currency)
            _ = try await services.catalog.edit(product.id, ProductPatch(price: dearer), as: principal)
        case .deletes:
            _ = try await services.catalog.edit(product.id, ProductPatch(isArchived: true), as: principal)
        case .shares:
            let line = CartLine(
                productID: product.id, name: product.name, sku: product.sku,
                unitPriceMinor: product.price.minorUnits, knownStock: product.stock, quantity: 1)
            _ = try await services.cart.apply(.add(line, by: 1), to: owner)
        }
    }

    private func product(_ line: CartLine?) async throws(StoreError) -> Product? {
        if let line { return try await services.catalog.product(line.productID) }
        return try await services.catalog.page(ProductQuery(), at: .first, perPage: 1).products.first
    }
}
