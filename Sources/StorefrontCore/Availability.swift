import StoreDomain

extension AppState {
    /// Whether a command can be carried out just now, and why not. Footer, palette and keys all ask here.
    public func availability(of command: Command) -> Availability {
        switch command.scope {
        case .everywhere: break
        case .lists: break
        case .screens(let kinds):
            // Enter answers whatever lies over a screen.
            let answers = command == .submit && !overlays.isEmpty
            if !answers, !kinds.contains(screen) { return .absent }
        }
        if checkout?.isBusy == true, screen == .checkout, overlays.isEmpty {
            switch command {
            case .help, .redraw, .suspend, .about, .toggleMouse, .back, .quit: break
            default: return .disabled("One moment: the order is being placed")
            }
        }
        return specifically(command)
    }

    private func specifically(_ command: Command) -> Availability {
        switch command {
        case .retry: return canReload ? .enabled : .absent
        case .openShop:
            return screen == .welcome && welcome.progress != nil
                ? .disabled("Demo data is loading") : .enabled
        case .addOne: return addability
        case .takeOne:
            guard let id = productAtHand?.id ?? cartLineAtHand?.productID else {
                return .disabled("Nothing is selected")
            }
            return cart.cart.quantity(of: id) > 0 ? .enabled : .disabled("It is not in the cart")
        case .clearFilters: return shop.hasFilters ? .enabled : .disabled("There are no filters")
        case .undo: return cart.cart.canUndo ? .enabled : .disabled("There is nothing to take back")
        case .remove, .setQuantity:
            return cartLineAtHand == nil ? .disabled("The cart is empty") : .enabled
        case .findLine, .discountCode:
            return cart.cart.isEmpty ? .disabled("The cart is empty") : .enabled
        case .explain:
            if screen == .checkout, checkout?.step != .review { return .absent }
            return cart.quote == nil ? .disabled("The cart is empty") : .enabled
        case .acceptChanges:
            return cart.differences.isEmpty ? .absent : .enabled
        case .checkout:
            if cart.cart.isEmpty { return .disabled("The cart is empty") }
            return checkability
        case .open:
            guard overlays.isEmpty, screen == .cart else { return .enabled }
            if cart.cart.isEmpty { return .disabled("The cart is empty") }
            return prefix == nil ? checkability : .enabled
        case .cancelOrder: return cancelability
        case .takePayment:
            guard principal.allows(.takePayment) else { return .absent }
            guard let order = orderAtHand else { return .disabled("No order is selected") }
            if context.isReadOnly { return readOnly }
            return order.status == .pending
                ? .enabled : .disabled("Order \(order.id) is \(order.status.word)")
        case .showReceipt:
            guard let order = orderAtHand else { return .disabled("No order is selected") }
            return order.items.isEmpty ? .disabled("The order is still loading") : .enabled
        case .saveReceipt:
            return context.isThrowAway ? .disabled("This is a throw-away shop: nothing is kept") : .enabled
        case .printReceipt:
            return context.hasPrinter ? .enabled : .disabled("Set printer.command to print receipts")
        case .makeAdmin, .loadDemoData:
            if context.isReadOnly { return readOnly }
            return welcome.progress == nil ? .enabled : .disabled("Demo data is loading")
        case .connect:
            return welcome.progress == nil ? .enabled : .disabled("Demo data is loading")
        case .submit where screen == .checkout && checkout?.step == .review && overlays.isEmpty:
            return checkability
        case .nextMatch, .previousMatch:
            let search = screen == .cart ? cart.search : orders.search
            return search == nil ? .disabled("Nothing has been searched for yet") : .enabled
        case .filterStatus, .findOrder: return .enabled
        case .help, .palette, .back, .quit, .openCart, .openOrders, .account, .nextField, .previousField,
            .theme,
            .about, .redraw, .suspend, .toggleMouse, .up, .down, .pageUp, .pageDown, .first, .last, .search,
            .category, .sort, .submit, .reveal, .register, .browseAsGuest, .newSale:
            return .enabled
        }
    }

    private var addability: Availability {
        if screen == .cart {
            guard let line = cartLineAtHand else { return .disabled("The cart is empty") }
            return line.quantity < line.knownStock
                ? .enabled : .disabled("Only \(line.knownStock) of \(line.name) in stock")
        }
        guard let product = productAtHand else { return .disabled("Nothing is selected") }
        if product.stock <= 0 { return .disabled("\(product.name) is sold out") }
        return cart.cart.quantity(of: product.id) < product.stock
            ? .enabled : .disabled("Only \(product.stock) left, all in your cart")
    }

    private var checkability: Availability {
        if context.isReadOnly { return readOnly }
        return cart.differences.isEmpty ? .enabled : .disabled("Accept the changes first")
    }

    private var readOnly: Availability { .disabled("The store is read-only: nothing can be sold here") }

    private var cancelability: Availability {
        if screen == .checkout {
            guard let order = checkout?.order, order.status == .pending, checkout?.step == .payment else {
                return .absent
            }
            return .enabled
        }
        guard let order = orderAtHand else { return .disabled("No order is selected") }
        if context.isReadOnly { return readOnly }
        return order.status == .pending
            ? .enabled : .disabled("Only pending orders can be cancelled; this one is \(order.status.word)")
    }

    /// Whether there is something on the screen that can be loaded once more.
    private var canReload: Bool {
        switch screen {
        case .shop, .product, .cart, .orders, .order: true
        case .checkout: hasError
        case .welcome, .signIn, .register, .receipt: false
        }
    }

    /// Whether what the screen is for could not be loaded.
    public var hasError: Bool {
        switch screen {
        case .shop: shop.error != nil
        case .product: product.error != nil
        case .cart: cart.error != nil
        case .orders: orders.error != nil
        case .order: order.error != nil
        case .checkout: checkout?.methods == nil && checkout?.problem != nil
        case .welcome, .signIn, .register, .receipt: false
        }
    }

    private var productAtHand: Product? {
        switch screen {
        case .shop: shop.selected
        case .product: product.product
        default: nil
        }
    }

    private var cartLineAtHand: CartLine? { screen == .cart ? cart.selected : nil }

    private var orderAtHand: Order? {
        switch screen {
        case .orders: orders.selected
        case .order: order.order
        default: nil
        }
    }
}
