import StoreDomain

extension AppState {
    /// What would be lost by leaving now, as a sentence; nil when nothing is.
    var lossOnQuit: String? {
        if let checkout, screen == .checkout, checkout.step != .done {
            return checkout.isBusy
                ? "The order is being placed."
                : "A checkout is under way. The cart and what was begun are kept."
        }
        if screen == .register, register.isTouched { return "What you typed here is lost." }
        if context.isThrowAway, !cart.cart.isEmpty { return "This is a throw-away store: the cart is lost." }
        return nil
    }

    /// The text field that has the keys; nil when letters are commands.
    public var focusedField: TextInput? {
        switch overlays.last {
        case .palette(let picker): return picker.filter
        case .categories(let picker): return picker.filter
        case .themes(let picker, _): return picker.filter
        case .help(let help): return help.filter
        case .discount(let input), .find(let input): return input
        case .connect(let prompt): return prompt.input
        case .sorts, .statuses, .explain, .confirm, .about: return nil
        case nil: break
        }
        switch screen {
        case .shop: return shop.pane == .search ? shop.search : nil
        case .signIn: return signIn.focus == .email ? signIn.email : signIn.password
        case .register: return register[register.focus]
        case .checkout:
            guard let checkout, checkout.step == .payment, !checkout.isBusy else { return nil }
            switch checkout.method?.kind {
            case .cash: return checkout.tender
            case .externalCard: return checkout.approval
            case .simulatedCard, .online, nil: return nil
            }
        case .welcome, .product, .cart, .receipt, .orders, .order: return nil
        }
    }

    /// Where a number before a command, or a scanned code, means something.
    public var takesNumbers: Bool { screen == .shop || screen == .product || screen == .cart }

    /// Whether a scanner's keys are a code rather than typing: everywhere but in text fields, that of the
    /// shop's search excepted.
    public var takesScans: Bool { focusedField == nil || screen == .shop && overlays.isEmpty }
}
