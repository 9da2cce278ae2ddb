import StoreDomain
import StorefrontCore

extension Teller<ShopState> {
    var place: PlainPlace {
        let asks = state.pane == .search
        return PlainPlace(
            sheet, prompt: asks ? .field("Search", value: state.search.text, isSecret: false) : nil)
    }

    private var sheet: PlainSheet {
        let shop = state
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
        parts.append(StockLevel(product.stock, policy: desk.policy).words.withSmallStart)
        let count = desk.basket.cart.quantity(of: product.id)
        if count > 0 { parts.append("\(count) in cart") }
        return parts.joined(separator: ", ")
    }

    private var emptyShop: String {
        if state.hasFilters {
            return state.search.isEmpty
                ? "No products here. Type clear to see all products again."
                : "Nothing matches. Fewer letters find more; type clear to see all products again."
        }
        return
            "The shop has no products yet. storefront product import brings in a catalogue; type reload to "
            + (desk.isFresh ? "look again, back to choose how to begin." : "look again.")
    }
}
