import StoreDomain

/// Loading and searching.
extension OrdersState {
    /// Opens the order of that number, wherever it is in the list, or goes to the next one with these words.
    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        switch purpose {
        case .findOrder:
            guard let search = ListSearch(text) else { return [] }
            guard let id = Int64(search.text), id > 0 else {
                self.search = search
                return goToMatch(forward: true, &desk)
            }
            return [.push(.order(OrderState(id: id)))]
        case .discount, .findLine, .server, .catalogFile, .priceReason, .customer, .findSale,
            .returnReason, .approvalCode, .visitorCode, .noSaleReason, .pin, .unlock, .approverPIN,
            .newPIN, .pinPassword, .pinOwner, .badgeOwner, .badgeFor, .invoice, .pinFor, .newCustomer, .check,
            .returnProduct,
            .returnName, .findGiftCard, .mailReceipt, .office, .macroName, .macroKey, .reportDays,
            .findProducts, .customers:
            return []
        }
    }

    /// The next match on this page, else on the pages behind (or before) it, round the end back to this one.
    mutating func goToMatch(forward: Bool, _ desk: inout Desk) -> [Step] {
        guard let search, let page else { return [] }
        let rows = page.orders.map(\.searchText)
        let row =
            search.row(in: rows, from: selection, forward: forward)
            ?? (page.pages == 1 ? search.row(in: rows, from: nil, forward: forward) : nil)
        if let row {
            list.select(row, of: rows.count)
            return []
        }
        guard page.pages > 1 else {
            desk.say(.warning, "No order here has \"\(search.text)\"")
            return []
        }
        return self.search(page, forward: forward, pages: page.pages, desk)
    }

    private mutating func search(_ page: OrderPage, forward: Bool, pages: Int, _ desk: Desk) -> [Step] {
        let next = (page.number - 1 + (forward ? 1 : page.pages - 1)) % page.pages + 1
        return load(page: next, landing: .match(forward: forward, pages: pages - 1), desk)
    }

    mutating func load(page: Int, landing: Landing = .row(0), _ desk: Desk) -> [Step] {
        let query = OrderQuery(
            status: status, everybody: desk.principal.allows(.seeAllOrders), page: page,
            perPage: max(1, min(500, desk.viewport.orderRows)))
        return [.ask(.orders(.list(query, landing)))]
    }

    func loadSales(_ desk: Desk) -> [Step] {
        desk.principal.allows(.seeAllOrders) ? [.ask(.orders(.sales(days: Self.salesDays)))] : []
    }

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .orders(let action) = reply else { return [] }
        switch action {
        case .list(let landing, .success(let page)): return show(page, landing, &desk)
        case .list(_, .failure(let error)):
            self.error = error
            desk.say(error)
        // It is shown where it is known; the orders themselves say what is wrong.
        case .sales(.success(let sales)): self.sales = sales
        case .sales(.failure): sales = []
        // Heard by the screen of the order, and by the program.
        case .one, .cancelled, .cancelledAll, .printed, .exported: break
        }
        return []
    }

    private mutating func show(_ page: OrderPage, _ landing: Landing, _ desk: inout Desk) -> [Step] {
        error = nil
        marks.refresh(with: page.orders)
        if page.orders.isEmpty, page.number > 1 { return load(page: page.pages, landing: .bottom, desk) }
        switch landing {
        case .match(let forward, let pages): return land(on: page, forward: forward, pages: pages, &desk)
        case .row(let row): list.select(row, of: page.orders.count)
        case .bottom: list.walk(.last, of: page.orders.count)
        case .sameOrder(let row): list.restore(in: page.orders.map(\.id), orRow: row)
        }
        self.page = page
        return []
    }

    /// Shows a page with a match, or goes on to the next.
    private mutating func land(
        on page: OrderPage, forward: Bool, pages: Int, _ desk: inout Desk
    ) -> [Step] {
        guard let search else { return [] }
        if let row = search.row(in: page.orders.map(\.searchText), from: nil, forward: forward) {
            self.page = page
            list.select(row, of: page.orders.count)
            return []
        }
        guard pages > 0 else {
            desk.say(.warning, "No order here has \"\(search.text)\"")
            return []
        }
        return self.search(page, forward: forward, pages: pages, desk)
    }
}

extension Order {
    /// What a search in the list looks at.
    fileprivate var searchText: String {
        ([userName ?? "", status.word] + items.map(\.productName)).joined(separator: "\n")
    }
}
