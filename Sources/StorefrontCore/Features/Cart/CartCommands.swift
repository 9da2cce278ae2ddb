import StoreDomain

extension CartState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .remove, "Remove", "Take the line out of the cart", on: CartState.self, keys: ["d", "Del"],
            spoken: Spoken(argument: .row), available: hasLine
        ) { cart, desk, _ in
            guard let line = cart.selected(desk.basket) else { return [] }
            return desk.change(.setQuantity(line.id, 0))
        },
        CommandSpec(
            .undo, "Undo", "Take back the last change of the cart", in: .screens([.cart, .shop, .product]),
            keys: ["u"],
            available: { _, desk in
                desk.basket.cart.canUndo ? .enabled : .disabled("There is nothing to take back")
            }
        ) { _, desk, _ in desk.undo() },
        CommandSpec(
            .discountCode, "Discount", "Enter a discount code", on: CartState.self, keys: ["%"],
            spoken: Spoken(argument: .text, help: "Enter a discount code; or give it at once"),
            available: hasLine
        ) { _, desk, _ in
            [.open(.prompt(Prompt(.discount, text: desk.basket.cart.discountCode ?? "", limit: 50)))]
        },
        CommandSpec(
            .explain, "Explain", "How each figure came about", in: .screens([.cart, .checkout]), keys: ["e"],
            traits: [.usesPrice],
            available: { feature, desk in
                if let checkout = feature as? CheckoutState, checkout.step != .review { return .absent }
                return desk.basket.quote == nil ? .disabled("The cart is empty") : .enabled
            }
        ) { _, _, _ in [.open(.explain(scroll: 0))] },
        CommandSpec(
            .checkout, "Check out", "Review, pay, done", on: CartState.self, keys: ["o"],
            spoken: Spoken(["checkout"]), traits: [.usesPrice],
            available: { _, desk in
                desk.basket.cart.isEmpty
                    ? .disabled("The cart is empty") : CheckoutState.availability(desk)
            }
        ) { _, desk, _ in CheckoutState.begin(&desk) },
        CommandSpec(
            .acceptChanges, "Accept changes", "Take over the new prices and stock",
            in: .screens([.cart, .checkout]), keys: ["y"], spoken: Spoken(["accept"]),
            traits: [.usesPrice],
            available: { _, desk in desk.basket.differences.isEmpty ? .absent : .enabled }
        ) { _, desk, _ in desk.acceptDifferences() },
        CommandSpec(
            .setQuantity, "Set quantity", "Type a number, then open the line: that many",
            on: CartState.self,
            spoken: Spoken(
                ["quantity"], argument: .rowAndCount(least: 0),
                help: "Make a line that many pieces; quantity 2 5 makes line 2 five"),
            traits: [.byKeyOnly, .unbindable], available: hasLine
        ) { cart, desk, count in cart.open(count: count, &desk) },
        CommandSpec(
            .findLine, "Find", "Go to the next line with these words", on: CartState.self, keys: ["/"],
            spoken: Spoken(
                argument: .text, help: "Go to the next line with these words; or give it at once"),
            available: hasLine
        ) { _, _, _ in [.open(.prompt(Prompt(.findLine, limit: 60)))] },
    ]

    @Sendable private static func hasLine(_ cart: CartState, _ desk: Desk) -> Availability {
        desk.basket.cart.isEmpty ? .disabled("The cart is empty") : .enabled
    }
}

extension Command {
    public static let remove = Command("remove")
    public static let undo = Command("undo")
    public static let discountCode = Command("discountCode")
    public static let explain = Command("explain")
    public static let checkout = Command("checkout")
    public static let acceptChanges = Command("acceptChanges")
    public static let setQuantity = Command("setQuantity")
    public static let findLine = Command("findLine")
}
