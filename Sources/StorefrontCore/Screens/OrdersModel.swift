import StoreDomain

/// The behaviour of the orders, of one order and of the receipt.
enum OrdersModel {
    static func open(_ state: inout AppState) -> [Effect] {
        guard state.user != nil else {
            state.signIn = SignInState()
            state.signIn.thenOrders = true
            state.say(.info, "Sign in to see your orders")
            state.push(.signIn)
            return []
        }
        state.go(to: .orders)
        return loadSales(&state) + load(page: 1, &state)
    }

    /// Days of the chart.
    static let salesDays = 30

    private static func loadSales(_ state: inout AppState) -> [Effect] {
        guard state.principal.allows(.seeAllOrders) else {
            state.orders.sales = []
            return []
        }
        return [.loadSales(days: salesDays, state.principal)]
    }

    static func carryOut(_ command: Command, _ state: inout AppState) -> [Effect] {
        let order = state.screen == .order ? state.order.order : state.orders.selected
        switch command {
        case .nextMatch: return goToMatch(forward: true, &state)
        case .previousMatch: return goToMatch(forward: false, &state)
        case .filterStatus: state.overlays.append(.statuses(OverlayModel.statuses(state)))
        case .findOrder: state.overlays.append(.find(TextInput(limit: 60)))
        case .cancelOrder:
            if let order { state.overlays.append(.confirm(cancelQuestion(order))) }
        case .showReceipt:
            if let order { ReceiptModel.open(order, &state) }
        case .takePayment:
            if let order { return CheckoutModel.pay(order, &state) }
        case .retry: return reload(&state)
        default: return state.screen == .orders ? walk(command, &state) : scroll(command, &state)
        }
        return []
    }

    /// Opens the order of that number, wherever it is in the list, or goes to the next one with these words.
    static func find(_ text: String, _ state: inout AppState) -> [Effect] {
        guard let search = ListSearch(text) else { return [] }
        guard let id = Int64(search.text), id > 0 else {
            state.orders.search = search
            return goToMatch(forward: true, &state)
        }
        let request = state.newRequest()
        state.order = OrderState(order: nil, request: request)
        state.push(.order)
        return [.loadOrder(id, state.principal, request)]
    }

    /// The next match on this page, else on the pages behind (or before) it, round the end back to this one.
    private static func goToMatch(forward: Bool, _ state: inout AppState) -> [Effect] {
        guard let search = state.orders.search, let page = state.orders.page else { return [] }
        let rows = page.orders.map(\.searchText)
        let row =
            search.row(in: rows, from: state.orders.selection, forward: forward)
            ?? (page.pages == 1 ? search.row(in: rows, from: nil, forward: forward) : nil)
        if let row {
            state.orders.selection = row
            return []
        }
        guard page.pages > 1 else {
            state.say(.warning, "No order here has \"\(search.text)\"")
            return []
        }
        return self.search(page, forward: forward, pages: page.pages, &state)
    }

    private static func search(
        _ page: OrderPage, forward: Bool, pages: Int, _ state: inout AppState
    ) -> [Effect] {
        let next = (page.number - 1 + (forward ? 1 : page.pages - 1)) % page.pages + 1
        return load(page: next, landing: .match(forward: forward, pages: pages - 1), &state)
    }

    static func cancelQuestion(_ order: Order) -> Confirmation {
        Confirmation(
            .cancelOrder(order.id), title: "Cancel order \(order.id)?",
            text: "Its \(order.pieces) \(order.pieces == 1 ? "piece goes" : "pieces go") back into stock.",
            yes: "Cancel the order", no: "Keep it", choosesYes: false)
    }

    private static func walk(_ command: Command, _ state: inout AppState) -> [Effect] {
        guard let page = state.orders.page else { return [] }
        let row = state.orders.selection
        let last = max(0, page.orders.count - 1)
        switch command {
        case .up:
            if row == 0, page.number > 1 { return load(page: page.number - 1, landing: .bottom, &state) }
            state.orders.selection = max(0, row - 1)
        case .down:
            if row == last, page.number < page.pages { return load(page: page.number + 1, &state) }
            state.orders.selection = min(last, row + 1)
        case .pageUp:
            if page.number > 1 { return load(page: page.number - 1, &state) }
            state.orders.selection = 0
        case .pageDown:
            if page.number < page.pages { return load(page: page.number + 1, &state) }
            state.orders.selection = last
        case .first:
            if page.number > 1 { return load(page: 1, &state) }
            state.orders.selection = 0
        case .last:
            if page.number < page.pages { return load(page: page.pages, landing: .bottom, &state) }
            state.orders.selection = last
        case .open:
            guard let order = state.orders.selected else { return [] }
            let request = state.newRequest()
            state.order = OrderState(order: order, request: request)
            state.push(.order)
            return [.loadOrder(order.id, state.principal, request)]
        default: break
        }
        return []
    }

    private static func scroll(_ command: Command, _ state: inout AppState) -> [Effect] {
        switch command {
        case .open:
            if let order = state.order.order { ReceiptModel.open(order, &state) }
        default: state.scroll(by: command)
        }
        return []
    }

    // MARK: - Loading

    private static func load(
        page: Int, landing: OrdersState.Landing = .row(0), _ state: inout AppState
    ) -> [Effect] {
        let request = state.newRequest()
        state.orders.request = request
        state.orders.landing = landing
        return [.loadOrders(query(page: page, state), state.principal, request)]
    }

    private static func query(page: Int, _ state: AppState) -> OrderQuery {
        OrderQuery(
            status: state.orders.status, everybody: state.principal.allows(.seeAllOrders), page: page,
            perPage: max(1, min(500, state.viewport.orderRows)))
    }

    static func show(status: OrderStatus?, _ state: inout AppState) -> [Effect] {
        guard status != state.orders.status else { return [] }
        state.orders.status = status
        return load(page: 1, &state)
    }

    /// What is shown of orders once more, the selection kept.
    static func reload(_ state: inout AppState) -> [Effect] {
        var effects: [Effect] = []
        if state.screens.contains(.orders) {
            let landing = OrdersState.Landing.order(
                state.orders.selected?.id, orRow: state.orders.selection)
            effects += loadSales(&state)
            effects += load(page: state.orders.page?.number ?? 1, landing: landing, &state)
        }
        if state.screens.contains(.order), let order = state.order.order {
            let request = state.newRequest()
            state.order.request = request
            effects.append(.loadOrder(order.id, state.principal, request))
        }
        return effects
    }

    /// The page with the selected order, for another number of rows.
    static func refit(_ state: inout AppState) -> [Effect] {
        guard let page = state.orders.page, state.principal.userID != nil else { return [] }
        let row = (page.number - 1) * page.perPage + state.orders.selection
        let rows = max(1, state.viewport.orderRows)
        let landing = OrdersState.Landing.order(state.orders.selected?.id, orRow: row % rows)
        return load(page: row / rows + 1, landing: landing, &state)
    }

    /// Shows a page with a match, or goes on to the next while somebody is still looking.
    private static func land(
        on page: OrderPage, forward: Bool, pages: Int, _ state: inout AppState
    ) -> [Effect] {
        guard let search = state.orders.search, state.screen == .orders else { return [] }
        if let row = search.row(in: page.orders.map(\.searchText), from: nil, forward: forward) {
            state.orders.page = page
            state.orders.selection = row
            return []
        }
        guard pages > 0 else {
            state.say(.warning, "No order here has \"\(search.text)\"")
            return []
        }
        return self.search(page, forward: forward, pages: pages, &state)
    }

    static func receive(_ action: AppAction, _ state: inout AppState) -> [Effect] {
        switch action {
        case .ordersLoaded(let request, let result):
            guard state.orders.request == request else { return [] }
            state.orders.request = nil
            switch result {
            case .success(let page):
                state.orders.error = nil
                if page.orders.isEmpty, page.number > 1 {
                    return load(page: page.pages, landing: .bottom, &state)
                }
                if case .match(let forward, let pages) = state.orders.landing {
                    return land(on: page, forward: forward, pages: pages, &state)
                }
                state.orders.page = page
                let last = max(0, page.orders.count - 1)
                switch state.orders.landing {
                case .row(let row): state.orders.selection = min(last, row)
                case .bottom: state.orders.selection = last
                case .order(let id, let row):
                    state.orders.selection = page.orders.firstIndex { $0.id == id } ?? min(last, row)
                case .match: break
                }
            case .failure(let error):
                state.orders.error = error
                state.say(error)
            }
        // It is shown where it is known; the orders themselves say what is wrong.
        case .salesLoaded(let result):
            state.orders.sales = state.principal.allows(.seeAllOrders) ? (try? result.get()) ?? [] : []
        case .orderLoaded(let request, let result):
            guard state.order.request == request else { return [] }
            state.order.request = nil
            switch result {
            case .success(let order):
                state.order.order = order
                state.order.error = nil
            case .failure(let error):
                state.order.error = error
                state.say(error)
            }
        case .orderCancelled(.success(let order)):
            state.say(.success, "Order \(order.id) cancelled; its stock is back")
            if state.order.order?.id == order.id { state.order.order = order }
            if state.screen == .checkout, state.checkout?.order?.id == order.id {
                state.checkout = nil
                state.pop()
            }
            return reload(&state) + ShopModel.refresh(&state)
        case .orderCancelled(.failure(let error)):
            state.say(error)
            return reload(&state)
        default: break
        }
        return []
    }
}

/// The receipt's behaviour.
enum ReceiptModel {
    static func open(_ order: Order, _ state: inout AppState) {
        state.receipt = order
        state.receiptScroll = 0
        if state.screen == .checkout { state.screens = [.shop, .receipt] } else { state.push(.receipt) }
    }

    static func carryOut(_ command: Command, _ state: inout AppState) -> [Effect] {
        guard let order = state.receipt else { return [] }
        switch command {
        case .newSale:
            state.checkout = nil
            state.go(to: .shop)
            return ShopModel.refresh(&state)
        case .printReceipt: return [.printReceipt(order)]
        case .saveReceipt: return [.saveReceipt(order)]
        default: state.scroll(by: command)
        }
        return []
    }
}
