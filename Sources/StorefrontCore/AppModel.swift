import StoreDomain

/// The whole program as a function: state and what happened → new state and what is to be done. Pure.
public enum AppModel {
    public static func update(_ state: inout AppState, _ action: AppAction) -> [Effect] {
        let effects = carryOut(action, &state)
        if action.saysSignedOut, state.user != nil { AccountModel.askAgain(&state) }
        return effects
    }

    private static func carryOut(_ action: AppAction, _ state: inout AppState) -> [Effect] {
        switch action {
        case .started: return start(&state)
        case .command(let command): return carryOut(command, &state)
        case .digit(let digit): return typeDigit(digit, &state)
        case .scanned(let code): return ShopModel.scanned(code, &state)
        case .edit(let edit): return self.edit(edit, &state)
        case .pasted(let text): return state.focusedField == nil ? [] : self.edit(.insert(text), &state)
        case .rowClicked(let row, let opens): return click(row: row, opens: opens, &state)
        case .categoryClicked(let index):
            return ShopModel.choose(sideBarRow: index, &state)
        case .resized(let viewport): return resize(to: viewport, &state)
        case .answered(let yes):
            guard let top = state.overlays.indices.last else { return [] }
            return OverlayModel.answer(yes, at: top, &state)
        case .scrollable(let limit): state.limitScroll(to: limit)
        case .unknownKey:
            state.prefix = nil
            return []
        case .idledTooLong: return AccountModel.signOutIdle(&state)
        case .noticed(let text):
            state.say(.warning, text)
            return []
        case .connectionChanged(let connection): return ConnectionModel.changed(to: connection, &state)
        case .reconnectTried(let attempt, let succeeded):
            return ConnectionModel.tried(attempt, succeeded, &state)
        case .waited(let work): return showSlowWork(work, &state)

        case .pageLoaded, .categoriesLoaded, .codeFound:
            return ShopModel.receive(action, &state)
        case .productLoaded(let request, let result):
            return ProductModel.loaded(request, result, &state)
        case .signedIn, .signedOut, .signInWaited, .demoDataProgress, .demoDataLoaded,
            .connected:
            return AccountModel.receive(action, &state)
        case .cartLoaded, .cartChanged, .cartAdopted, .quoted, .cartCompared:
            return CartModel.receive(action, &state)
        case .checkoutFound, .checkoutBegan, .methodsLoaded, .checkoutEnded, .checkoutAbandoned, .orderPaid:
            return CheckoutModel.receive(action, &state)
        case .ordersLoaded, .orderLoaded, .orderCancelled, .salesLoaded:
            return OrdersModel.receive(action, &state)
        case .receiptPrinted(let result):
            report(result.map { "Receipt sent to the printer" }, &state)
        case .receiptSaved(let result):
            report(result.map { "Receipt saved as \($0)" }, &state)
        case .themeFailed(let why):
            state.say(.failure, why)
        }
        return []
    }

    private static func report(_ result: Result<String, StoreError>, _ state: inout AppState) {
        switch result {
        case .success(let text): state.say(.success, text)
        case .failure(let error): state.say(error)
        }
    }

    private static func start(_ state: inout AppState) -> [Effect] {
        var effects: [Effect] = [.loadCart(state.owner), .loadCategories]
        effects += ShopModel.load(&state, at: .first, landing: .top)
        return effects
    }

    private static func resize(to viewport: Viewport, _ state: inout AppState) -> [Effect] {
        let old = state.viewport
        state.viewport = viewport
        var effects: [Effect] = []
        if !viewport.hasSideBar, state.shop.pane == .categories { state.shop.pane = .table }
        if viewport.shopRows != old.shopRows { effects += ShopModel.refit(&state) }
        if viewport.orderRows != old.orderRows, state.orders.page != nil {
            effects += OrdersModel.refit(&state)
        }
        return effects
    }

    private static func showSlowWork(_ work: [Effect: Int], _ state: inout AppState) -> [Effect] {
        let named = work.compactMap { effect, time in effect.workTitle.map { ($0, time) } }
        state.slowWork = named.max { $0.1 < $1.1 }.map { SlowWork(title: $0.0, milliseconds: $0.1) }
        return []
    }

    // MARK: - Typing

    private static func typeDigit(_ digit: Int, _ state: inout AppState) -> [Effect] {
        // 20 digits hold any barcode; a count is capped where it is used.
        let digits = (state.prefix ?? "") + String(digit)
        state.prefix = String(digits.suffix(20))
        return []
    }

    private static func edit(_ edit: TextEdit, _ state: inout AppState) -> [Effect] {
        if let top = state.overlays.indices.last {
            return OverlayModel.edit(edit, at: top, &state)
        }
        switch state.screen {
        case .shop: return ShopModel.edit(edit, &state)
        case .signIn, .register: return AccountModel.edit(edit, &state)
        case .checkout: return CheckoutModel.edit(edit, &state)
        case .welcome, .product, .cart, .receipt, .orders, .order: return []
        }
    }

    private static func click(row: Int, opens: Bool, _ state: inout AppState) -> [Effect] {
        if let top = state.overlays.indices.last {
            return OverlayModel.click(row: row, at: top, &state)
        }
        switch state.screen {
        case .shop:
            guard let count = state.shop.page?.products.count, row < count else { return [] }
            state.shop.pane = .table
            state.shop.selection = row
        case .cart:
            guard row < state.cart.cart.lines.count else { return [] }
            state.cart.selection = row
        case .orders:
            guard let count = state.orders.page?.orders.count, row < count else { return [] }
            state.orders.selection = row
        case .welcome:
            guard let choice = WelcomeState.Choice(rawValue: row) else { return [] }
            state.welcome.selection = choice
        case .checkout:
            return CheckoutModel.choose(method: row, &state)
        case .signIn, .register, .product, .receipt, .order: return []
        }
        return opens ? carryOut(.open, &state) : []
    }

    // MARK: - Commands

    /// Every command from every key, click and palette entry ends here, after its availability was asked.
    private static func carryOut(_ command: Command, _ state: inout AppState) -> [Effect] {
        let typed = state.prefix
        let count = typed.map { min(Int($0) ?? .max, Quantity.range.upperBound) }
        if command == .back, typed != nil {
            state.prefix = nil
            return []
        }
        // Enter on a product opens it with the number still before what comes next.
        let keepsNumber =
            command == .open && state.overlays.isEmpty && (state.screen == .shop || state.screen == .product)
        defer { if !keepsNumber { state.prefix = nil } }
        // A scanner types its digits and Enter, wherever numbers count.
        if command == .open, state.overlays.isEmpty, let typed, ShopModel.isBarcode(typed) {
            state.prefix = nil
            state.status = nil
            return [.findCode(typed, count: 1)]
        }
        switch state.availability(of: command) {
        case .enabled: break
        case .disabled(let reason):
            state.say(.warning, reason)
            return []
        case .absent: return []
        }
        state.status = nil
        if let top = state.overlays.indices.last,
            let effects = OverlayModel.carryOut(command, at: top, &state)
        {
            return effects
        }
        if let effects = everywhere(command, &state) { return effects }
        switch state.screen {
        case .shop: return ShopModel.carryOut(command, count: count, &state)
        case .product: return ProductModel.carryOut(command, count: count, &state)
        case .cart: return CartModel.carryOut(command, count: count, &state)
        case .signIn, .register, .welcome: return AccountModel.carryOut(command, &state)
        case .checkout: return CheckoutModel.carryOut(command, &state)
        case .receipt: return ReceiptModel.carryOut(command, &state)
        case .orders, .order: return OrdersModel.carryOut(command, &state)
        }
    }

    /// nil when the screen is to decide.
    private static func everywhere(_ command: Command, _ state: inout AppState) -> [Effect]? {
        switch command {
        case .help: state.overlays.append(.help(HelpState()))
        case .palette: state.overlays.append(.palette(OverlayModel.palette(state)))
        case .about: state.overlays.append(.about)
        case .theme: state.overlays.append(OverlayModel.themes(state))
        case .quit: return quit(&state)
        case .back: return back(&state)
        case .openShop:
            return leaveCheckout(&state) { state in
                state.go(to: .shop)
                return ShopModel.refresh(&state)
            }
        case .openCart: return leaveCheckout(&state) { CartModel.open(&$0) }
        case .openOrders: return leaveCheckout(&state) { OrdersModel.open(&$0) }
        case .account: return AccountModel.toggle(&state)
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .toggleMouse:
            state.hasMouse.toggle()
            state.say(.info, state.hasMouse ? "Mouse on" : "Mouse off: text can be selected")
            return [.setMouseCapture(state.hasMouse)]
        case .up, .down, .pageUp, .pageDown, .first, .last, .open, .nextField, .previousField, .retry,
            .search,
            .category, .sort, .addOne, .takeOne, .clearFilters, .remove, .undo, .discountCode, .explain,
            .checkout,
            .acceptChanges, .setQuantity, .submit, .reveal, .register, .browseAsGuest, .newSale,
            .printReceipt,
            .saveReceipt, .filterStatus, .findOrder, .findLine, .nextMatch, .previousMatch, .cancelOrder,
            .showReceipt, .takePayment, .makeAdmin,
            .loadDemoData, .connect:
            return nil
        }
        return []
    }

    /// Goes elsewhere; from a checkout whose order may stand only when asked.
    private static func leaveCheckout(
        _ state: inout AppState, _ go: (inout AppState) -> [Effect]
    ) -> [Effect] {
        guard state.screen == .checkout, let checkout = state.checkout else { return go(&state) }
        if checkout.holdsOrder { return CheckoutModel.leave(&state) }
        state.checkout = nil
        return go(&state)
    }

    private static func quit(_ state: inout AppState) -> [Effect] {
        guard let loss = state.lossOnQuit else { return end(&state) }
        state.overlays.append(
            .confirm(
                Confirmation(
                    .quit, title: "Quit?", text: loss, yes: "Quit", no: "Stay", choosesYes: false)))
        return []
    }

    static func end(_ state: inout AppState) -> [Effect] {
        state.isEnding = true
        return [.quit]
    }

    private static func back(_ state: inout AppState) -> [Effect] {
        switch state.screen {
        case .shop:
            if state.shop.pane == .search || state.shop.pane == .categories {
                let hadText = state.shop.pane == .search && !state.shop.search.isEmpty
                state.shop.pane = .table
                guard hadText else { return [] }
                state.shop.search.set("")
                return ShopModel.load(&state, at: .first, landing: .sameProduct(state.shop.selected?.id))
            }
            if state.shop.hasFilters { return ShopModel.clearFilters(&state) }
            // Nobody has begun here yet: back to how to begin.
            if state.isFresh { state.screens = [.welcome] }
            return []
        case .checkout: return CheckoutModel.leave(&state)
        case .receipt:
            state.checkout = nil
            state.pop()
            return state.screen == .shop ? ShopModel.refresh(&state) : []
        case .signIn where state.screens.count == 1:
            state.screens = [.shop]
            return []
        case .register where state.register.isTouched:
            state.overlays.append(
                .confirm(
                    Confirmation(
                        .leaveForm, title: "Leave the form?", text: "What you typed here is lost.",
                        yes: "Leave",
                        no: "Stay", choosesYes: false)))
            return []
        default:
            guard state.screens.count > 1 else { return [] }
            state.pop()
            return []
        }
    }
}
