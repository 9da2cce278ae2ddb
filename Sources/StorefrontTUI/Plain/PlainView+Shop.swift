import StoreDomain
import StorefrontCore

extension PlainView {
    // MARK: - Shop

    var shop: PlainSheet {
        let shop = state.shop
        var place = "Shop"
        if !shop.search.isEmpty { place += ", search \(shop.search.text)" }
        if let category = shop.category { place += ", category \(category)" }
        if shop.sort != .automatic {
            place += ", sorted by \(shop.sort.title(searching: !shop.query.words.isEmpty).withSmallStart)"
        }
        guard let page = shop.page else {
            guard let error = shop.error else { return PlainSheet(title: "\(place). Loading products.") }
            return PlainSheet(
                title: "\(place). The products could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        guard !page.products.isEmpty else {
            return PlainSheet(title: "\(place). \(emptyShop)", tellsChanges: false)
        }
        let total = page.total.value.grouped + (page.total.isExact ? "" : " or more")
        let pages = page.total.pages(perPage: page.perPage).map { " of \($0.grouped)" } ?? ""
        return PlainSheet(
            title: "\(place). Products \(page.firstRow.grouped) to \(page.lastRow.grouped) of \(total), "
                + "page \(page.number.grouped)\(pages).",
            lines: page.products.enumerated().map { PlainLine(row($0.element), number: $0.offset + 1) },
            hint:
                "Type search and a word to find a product, its number to hear more of it, add and its number "
                + "to put it into the cart, cart to go there, help for everything.",
            tellsChanges: false)
    }

    private func row(_ product: Product) -> String {
        var parts = [product.name]
        if let category = product.category { parts.append(category) }
        parts.append(product.price.displayText)
        parts.append(StockLevel(stock: product.stock, policy: policy).words.withSmallStart)
        let count = state.cart.cart.quantity(of: product.id)
        if count > 0 { parts.append("\(count) in cart") }
        return parts.joined(separator: ", ")
    }

    private var emptyShop: String {
        if state.shop.hasFilters {
            return state.shop.search.isEmpty
                ? "No products here. Type clear to see all products again."
                : "Nothing matches. Fewer letters find more; type clear to see all products again."
        }
        return
            "The shop has no products yet. storefront product import brings in a catalogue; type reload to "
            + (state.isFresh ? "look again, back to choose how to begin." : "look again.")
    }

    // MARK: - Product

    var product: PlainSheet {
        guard let product = state.product.product else { return PlainSheet(title: "Product.") }
        let count = state.cart.cart.quantity(of: product.id)
        let amount = PricedLine(name: product.name, unitPrice: product.price, quantity: count).total
        var lines: [String] = []
        if let category = product.category { lines.append("Category \(category).") }
        lines.append("Price \(product.price.displayText).")
        lines.append("\(StockLevel(stock: product.stock, policy: policy).words).")
        if count > 0 { lines.append("In cart \(count), \(amount.displayText).") }
        if let sku = product.sku { lines.append("SKU \(sku).") }
        if let barcode = product.barcode { lines.append("Barcode \(barcode).") }
        lines += product.description.split(whereSeparator: \.isNewline).map(String.init)
        return PlainSheet(
            title: "Product. \(product.name.asSentence)",
            lines: lines.map { PlainLine($0) },
            hint: "Type add to put one into the cart, add and a number for that many, back for the list.",
            tellsChanges: false)
    }
}
