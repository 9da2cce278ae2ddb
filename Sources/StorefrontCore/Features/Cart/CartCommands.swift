import StoreDomain

extension CartState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .remove, "Remove", "Take the line, or all marked ones, out of the cart", on: CartState.self,
            keys: ["d", "Del"], spoken: Spoken(argument: .row), traits: [.actsOnMarks], available: hasLine
        ) { cart, desk, _ in
            let marked = cart.markedItems(desk)
            cart.marks.clear()
            if !marked.isEmpty { return desk.remove(marked) }
            guard let line = cart.selected(desk.basket) else { return [] }
            return desk.change(.setQuantity(line.id, 0))
        },
        CommandSpec(
            .undo, "Undo", "Take back the last change of the cart",
            in: .screens([.till, .cart, .shop, .product]),
            keys: ["u"],
            available: { _, desk in
                desk.basket.cart.canUndo ? .enabled : .disabled("There is nothing to take back")
            }
        ) { _, desk, _ in desk.undo() },
        CommandSpec(
            .redo, "Redo", "Make the change again that was taken back",
            in: .screens([.till, .cart, .shop, .product]),
            keys: ["U"],
            available: { _, desk in
                desk.basket.cart.canRedo ? .enabled : .disabled("Nothing was taken back")
            }
        ) { _, desk, _ in desk.redo() },
        CommandSpec(
            .discountCode, "Discount", "Enter a discount code", in: .screens([.cart, .shop, .product]),
            keys: ["%"],
            spoken: Spoken(argument: .text, help: "Enter a discount code; or give it at once"),
            available: { _, desk in hasLine(desk) }
        ) { _, desk, _ in
            [.open(.prompt(Prompt(.discount, text: desk.basket.cart.discountCode ?? "", limit: 50)))]
        },
        CommandSpec(
            .explain, "Explain", "How each figure came about", in: .screens([.till, .cart, .checkout]),
            keys: ["e"],
            traits: [.usesPrice],
            available: { feature, desk in
                if let checkout = feature as? CheckoutState, checkout.step != .review { return .absent }
                return desk.basket.quote == nil ? .disabled("The cart is empty") : .enabled
            }
        ) { _, _, _ in [.open(.explain(scroll: 0))] },
        CommandSpec(
            .checkout, "Check out", "Take the payment; what has changed is shown first",
            in: .screens([.cart, .shop, .product]), keys: ["o"], spoken: Spoken(["checkout"]),
            traits: [.usesPrice],
            available: { feature, desk in
                guard !desk.basket.cart.isEmpty else { return .disabled("The cart is empty") }
                if desk.context.isReadOnly { return Desk.readOnly }
                // The cart shows what has changed; from elsewhere the review does.
                return feature is CartState ? CheckoutState.availability(desk) : .enabled
            }
        ) { _, desk, _ in CheckoutState.begin(&desk) },
        CommandSpec(
            .acceptChanges, "Accept changes",
            "Take over the new prices and stock; at the till also sell more than is on the books",
            in: .screens([.till, .cart, .checkout]), keys: ["y"], spoken: Spoken(["accept"]),
            traits: [.usesPrice],
            available: { feature, desk in
                let isAsked = feature is TillState && desk.basket.short != nil
                return desk.basket.differences.isEmpty && !isAsked ? .absent : .enabled
            }
        ) { _, desk, _ in
            desk.basket.differences.isEmpty ? desk.sellBelowZero() : desk.acceptDifferences()
        },
        CommandSpec(
            .setQuantity, "Set quantity", "Type a number, then Enter: that many of it in the cart",
            in: .screens([.cart, .shop, .product]),
            spoken: Spoken(
                ["quantity"], argument: .rowAndCount(least: 0),
                help: "Make it that many pieces in the cart; quantity 2 5 makes number 2 five"),
            traits: [.byKeyOnly, .unbindable],
            available: { feature, desk in
                switch feature {
                case let shop as ShopState: shop.selected == nil ? .disabled("Nothing is selected") : .enabled
                case is ProductState: .enabled
                // A feature is an open protocol: the other place of the command is the cart.
                default: hasLine(desk)
                }
            }
        ) { feature, desk, count in feature.open(count: count, &desk) },
        CommandSpec(
            .findLine, "Find", "Go to the next line with these words", on: CartState.self, keys: ["/"],
            spoken: Spoken(
                argument: .text, help: "Go to the next line with these words; or give it at once"),
            available: hasLine
        ) { _, _, _ in [.open(.prompt(Prompt(.findLine, limit: 60)))] },
    ]

    @Sendable private static func hasLine(_ cart: CartState, _ desk: Desk) -> Availability { hasLine(desk) }

    private static func hasLine(_ desk: Desk) -> Availability {
        desk.basket.cart.isEmpty ? .disabled("The cart is empty") : .enabled
    }
}

extension Command {
    public static let remove = Command("remove")
    public static let undo = Command("undo")
    public static let redo = Command("redo")
    public static let discountCode = Command("discountCode")
    public static let explain = Command("explain")
    public static let checkout = Command("checkout")
    public static let acceptChanges = Command("acceptChanges")
    public static let setQuantity = Command("setQuantity")
    public static let findLine = Command("findLine")
}
