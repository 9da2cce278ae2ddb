import StoreDomain
import StorefrontCore

extension Teller<ProductState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        let product = state.product
        let count = desk.basket.cart.quantity(of: product.id)
        let amount = PricedLine(name: product.name, unitPrice: product.price, quantity: count).total
        var lines: [String] = []
        if let category = product.category { lines.append("Category \(category).") }
        lines.append("Price \(product.price.displayText).")
        lines.append("\(StockLevel(product.stock, policy: desk.policy).words).")
        if count > 0 { lines.append("In cart \(count), \(amount.displayText).") }
        if let sku = product.sku { lines.append("SKU \(sku).") }
        if let barcode = product.barcode { lines.append("Barcode \(barcode).") }
        if let cost = state.cost { lines.append(CostWords.sentence(cost).asSentence) }
        lines += product.description.split(whereSeparator: \.isNewline).map(String.init)
        return PlainSheet(
            title: "Product. \(product.name.asSentence)",
            lines: lines.map { PlainLine($0) },
            hint: "Type add to put one into the cart, add and a number for that many, back for the list.",
            tellsChanges: false)
    }
}
