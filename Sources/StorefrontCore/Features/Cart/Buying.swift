import StoreDomain

/// Putting one more into the cart and taking one out, from the shop, a product and the cart itself.
enum Buying {
    static let addOne = CommandSpec(
        .addOne, "Add", "Put one in the cart; type a number first for that many", in: places,
        keys: ["+", "a"],
        spoken: Spoken(
            argument: .rowAndCount(least: 1),
            help: "Put one in the cart; add 3 puts in one of number 3, add 3 2 two of it"),
        available: addability
    ) { feature, desk, count in step(by: count ?? 1, feature, &desk) }

    static let takeOne = CommandSpec(
        .takeOne, "Take away", "Take one out of the cart; type a number first for that many", in: places,
        keys: ["-"],
        spoken: Spoken(
            ["take"], argument: .rowAndCount(least: 1),
            help: "Take one out of the cart; take 3 takes one of number 3, take 3 2 two of it"),
        available: { feature, desk in
            guard let id = product(feature)?.id ?? line(feature, desk)?.productID else {
                return .disabled("Nothing is selected")
            }
            return desk.basket.cart.quantity(of: id) > 0 ? .enabled : .disabled("It is not in the cart")
        }
    ) { feature, desk, count in step(by: -(count ?? 1), feature, &desk) }

    private static let places = CommandPlace.screens([.shop, .product, .cart])

    @Sendable private static func addability(_ feature: any Feature, _ desk: Desk) -> Availability {
        if feature is CartState {
            guard let line = line(feature, desk) else { return .disabled("The cart is empty") }
            return room(for: line.quantity, of: line.name, line.knownStock) {
                "Only \($0) of \(line.name) in stock"
            }
        }
        guard let product = product(feature) else { return .disabled("Nothing is selected") }
        if product.stock.isSoldOut { return .disabled("\(product.name) is sold out") }
        return room(for: desk.basket.cart.quantity(of: product.id), of: product.name, product.stock) {
            "Only \($0) left, all in your cart"
        }
    }

    /// Whether one more than `quantity` can be had.
    private static func room(
        for quantity: Int, of name: String, _ stock: Stock, orSay tooFew: (Int) -> String
    ) -> Availability {
        guard stock.covers(quantity + 1) else { return .disabled(tooFew(stock.sellable)) }
        return quantity < Quantity.range.upperBound
            ? .enabled : .disabled("A line takes at most \(Quantity.range.upperBound) of \(name)")
    }

    private static func step(by count: Int, _ feature: any Feature, _ desk: inout Desk) -> [Step] {
        if let product = product(feature) { return desk.add(product, count) }
        guard let line = line(feature, desk) else { return [] }
        return desk.change(.setQuantity(productID: line.productID, line.quantity + count))
    }

    /// The product at hand outside the cart.
    private static func product(_ feature: any Feature) -> Product? {
        (feature as? ShopState)?.selected ?? (feature as? ProductState)?.product
    }

    private static func line(_ feature: any Feature, _ desk: Desk) -> CartLine? {
        (feature as? CartState)?.selected(desk.basket)
    }
}

extension Command {
    public static let addOne = Command("addOne")
    public static let takeOne = Command("takeOne")
}
