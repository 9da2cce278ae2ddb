import StoreDomain

/// The shop's behaviour: finding products and putting them into the cart.
enum ShopModel {
    static func carryOut(_ command: Command, count: Int?, _ state: inout AppState) -> [Effect] {
        switch command {
        case .up: return move(by: -(count ?? 1), &state)
        case .down: return move(by: count ?? 1, &state)
        case .pageUp: return turnPage(forward: false, landing: .top, &state)
        case .pageDown: return turnPage(forward: true, landing: .top, &state)
        case .first: return goToEnd(last: false, &state)
        case .last: return goToEnd(last: true, &state)
        case .open: return open(&state)
        case .nextField: movePane(by: 1, &state)
        case .previousField: movePane(by: -1, &state)
        case .retry: return refresh(&state)
        case .search: state.shop.pane = .search
        case .category: return chooseCategory(&state)
        case .sort: state.overlays.append(.sorts(OverlayModel.sorts(state)))
        case .clearFilters: return clearFilters(&state)
        case .addOne: return add(state.shop.selected, by: count ?? 1, &state)
        case .takeOne: return add(state.shop.selected, by: -(count ?? 1), &state)
        case .undo: return CartModel.undo(&state)
        default: break
        }
        return []
    }

    // MARK: - Moving

    private static func move(by rows: Int, _ state: inout AppState) -> [Effect] {
        if state.shop.pane == .categories {
            return choose(sideBarRow: max(0, state.shop.categorySelection + rows), &state)
        }
        state.shop.pane = .table
        guard let page = state.shop.page else { return [] }
        let wanted = state.shop.selection + rows
        if wanted < 0, page.hasPrevious, state.shop.selection == 0 {
            return turnPage(forward: false, landing: .bottom, &state)
        }
        if wanted >= page.products.count, page.hasNext, state.shop.selection == page.products.count - 1 {
            return turnPage(forward: true, landing: .top, &state)
        }
        state.shop.selection = max(0, min(page.products.count - 1, wanted))
        return []
    }

    private static func turnPage(
        forward: Bool, landing: ShopState.Landing, _ state: inout AppState
    ) -> [Effect] {
        guard let page = state.shop.page else { return [] }
        // A page is under way: keys that come meanwhile would count it twice.
        guard !state.shop.isLoading else { return [] }
        if forward {
            guard page.hasNext else {
                state.shop.selection = max(0, page.products.count - 1)
                return []
            }
            let position = page.last.map { PagePosition.after($0, number: page.number + 1) }
            return load(&state, at: position ?? .number(page.number + 1), landing: landing)
        }
        guard page.hasPrevious else {
            state.shop.selection = 0
            return []
        }
        let position = page.first.map { PagePosition.before($0, number: page.number - 1) }
        return load(&state, at: position ?? .number(page.number - 1), landing: landing)
    }

    private static func goToEnd(last: Bool, _ state: inout AppState) -> [Effect] {
        guard let page = state.shop.page else { return [] }
        if last ? page.hasNext : page.hasPrevious {
            return load(&state, at: last ? .last : .first, landing: last ? .bottom : .top)
        }
        state.shop.selection = last ? max(0, page.products.count - 1) : 0
        return []
    }

    private static func movePane(by step: Int, _ state: inout AppState) {
        let panes: [ShopPane] =
            state.viewport.hasSideBar ? [.search, .categories, .table] : [.search, .table]
        let index = panes.firstIndex(of: state.shop.pane) ?? 0
        state.shop.pane = panes[(index + step + panes.count) % panes.count]
    }

    // MARK: - Filters

    static func edit(_ edit: TextEdit, _ state: inout AppState) -> [Effect] {
        guard state.shop.pane == .search else { return [] }
        let before = state.shop.query.words
        state.shop.search.apply(edit)
        guard state.shop.query.words != before else { return [] }
        return load(&state, at: .first, landing: .top)
    }

    private static func chooseCategory(_ state: inout AppState) -> [Effect] {
        if state.viewport.hasSideBar {
            state.shop.pane = .categories
        } else {
            state.overlays.append(.categories(OverlayModel.categories(state)))
        }
        return []
    }

    /// Shows the category of a row of the side bar, 0 being "All"; the last one beyond the end.
    static func choose(sideBarRow row: Int, _ state: inout AppState) -> [Effect] {
        let row = min(row, state.shop.categories.count)
        return show(category: row < 1 ? nil : state.shop.categories[row - 1].name, &state)
    }

    static func show(category: String?, _ state: inout AppState) -> [Effect] {
        guard category != state.shop.category else { return [] }
        state.shop.category = category
        return load(&state, at: .first, landing: .sameProduct(state.shop.selected?.id))
    }

    static func show(sort: ProductSort, _ state: inout AppState) -> [Effect] {
        guard sort != state.shop.sort else { return [] }
        state.shop.sort = sort
        return load(&state, at: .first, landing: .sameProduct(state.shop.selected?.id))
    }

    static func clearFilters(_ state: inout AppState) -> [Effect] {
        state.shop.search.set("")
        state.shop.category = nil
        state.shop.sort = .automatic
        return load(&state, at: .first, landing: .sameProduct(state.shop.selected?.id))
    }

    // MARK: - Loading

    static func load(_ state: inout AppState, at position: PagePosition, landing: ShopState.Landing)
        -> [Effect]
    {
        let request = state.newRequest()
        let query = state.shop.query
        state.shop.pending = ShopState.PendingPage(request: request, landing: landing, query: query)
        return [.loadPage(query, position, perPage: max(1, state.viewport.shopRows), request)]
    }

    /// The same page once more: stock and prices may have changed.
    static func refresh(_ state: inout AppState) -> [Effect] {
        let landing = ShopState.Landing.sameProduct(state.shop.selected?.id)
        let number = state.shop.showsQuery ? state.shop.page?.number : nil
        return load(&state, at: .number(number ?? 1), landing: landing) + [.loadCategories]
    }

    /// The page with the selected row, for another number of rows.
    static func refit(_ state: inout AppState) -> [Effect] {
        guard let page = state.shop.page, state.shop.showsQuery else {
            return state.shop.isLoading ? load(&state, at: .first, landing: .top) : []
        }
        let row = page.firstRow - 1 + state.shop.selection
        let number = row / max(1, state.viewport.shopRows) + 1
        return load(&state, at: .number(number), landing: .sameProduct(state.shop.selected?.id))
    }

    static func receive(_ action: AppAction, _ state: inout AppState) -> [Effect] {
        switch action {
        case .pageLoaded(let request, let result): return pageLoaded(request, result, &state)
        case .categoriesLoaded(.success(let categories)):
            state.shop.categories = categories
        case .categoriesLoaded(.failure(let error)): state.say(error)
        case .codeFound(let code, let count, .success(let product)):
            state.status = nil
            let effects = add(product, by: count, &state)
            if effects.isEmpty { return [.beep] }
            if state.status?.kind != .warning { state.say(.success, "\(product.name) added (\(code))") }
            return effects
        case .codeFound(let code, _, .failure(.notFound))
        where state.shop.pane == .search && state.takesNumbers && state.takesScans && !isBarcode(code):
            // Nobody's code: typed into the search so fast that it looked like one.
            let effects = edit(.insert(code), &state)
            state.shop.pane = .table
            return effects
        case .codeFound(_, _, .failure(let error)):
            state.say(error)
            return [.beep]
        default: break
        }
        return []
    }

    private static func pageLoaded(
        _ request: RequestID, _ result: Result<ProductPage, StoreError>, _ state: inout AppState
    ) -> [Effect] {
        guard let pending = state.shop.pending, pending.request == request else { return [] }
        state.shop.pending = nil
        switch result {
        case .failure(let error):
            state.shop.error = error
            if state.shop.page != nil { state.say(error) }
        case .success(let page):
            state.shop.error = nil
            // Rows left since the page was asked for: the last page there is takes its place.
            if page.products.isEmpty, page.number > 1 { return load(&state, at: .last, landing: .bottom) }
            let isSameQuery = state.shop.pageQuery == pending.query
            state.shop.page = page
            if pending.query.category == nil, pending.query.words.isEmpty, page.total.isExact {
                state.shop.uncounted = page.total.value
            }
            state.shop.pageQuery = pending.query
            switch pending.landing {
            case .top: state.shop.selection = 0
            case .bottom: state.shop.selection = max(0, page.products.count - 1)
            case .sameProduct(let id):
                let same = page.products.firstIndex { $0.id == id }
                let old = isSameQuery ? state.shop.selection : 0
                state.shop.selection = same ?? max(0, min(page.products.count - 1, old))
            }
        }
        return []
    }

    // MARK: - Opening and buying

    /// What a scanner types: no count of products has eight digits.
    static func isBarcode(_ text: String) -> Bool {
        text.utf8.count >= 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Puts the product with that code into the cart, as often as the number typed before says.
    static func scanned(_ code: String, _ state: inout AppState) -> [Effect] {
        // A number as long as a barcode is one, forgotten before its Enter.
        let typed = state.prefix.flatMap { isBarcode($0) ? nil : Int($0) } ?? 1
        state.prefix = nil
        guard state.takesNumbers, state.overlays.isEmpty else {
            state.say(.warning, "Nothing can be scanned here; go to the shop or the cart")
            return [.beep]
        }
        state.status = nil
        let count = min(max(1, typed), Quantity.range.upperBound)
        return [.findCode(code.trimmedText, count: count)]
    }

    private static func open(_ state: inout AppState) -> [Effect] {
        switch state.shop.pane {
        case .categories:
            state.shop.pane = .table
            return []
        case .search:
            state.shop.pane = .table
            // Scanned into the search: its page may not be there yet, so the store is asked for the code.
            let code = state.shop.search.text.trimmedText
            return isBarcode(code) ? [.findCode(code, count: 1)] : []
        case .table:
            guard let product = state.shop.selected else { return [] }
            return ProductModel.open(product, &state)
        }
    }

    static func add(_ product: Product?, by count: Int, _ state: inout AppState) -> [Effect] {
        guard let product else { return [] }
        let before = state.cart.cart.quantity(of: product.id)
        let effects = CartModel.change(.add(CartLine(product, quantity: 1), by: count), &state)
        let now = state.cart.cart.quantity(of: product.id)
        if state.status == nil, now != before {
            state.say(
                now > before ? .success : .info,
                now == 0 ? "\(product.name) taken out of the cart" : "\(product.name): \(now) in the cart")
        }
        return effects
    }
}
