import StoreDomain

/// Orders, newest first.
public struct OrdersState: Marking {
    public static let kind = ScreenKind.orders
    public static let rowNoun = "order"

    public internal(set) var status: OrderStatus?
    public internal(set) var page: OrderPage?
    public internal(set) var error: StoreError?
    /// The last days, today last; empty for those who may not see it and where the store does not count it.
    public internal(set) var sales: [DaySales] = []
    /// What was last looked for in the list.
    var search: ListSearch?
    public var list = List()
    /// Also of orders on other pages.
    public var marks = Marks<Order>()

    /// Where the selection goes on a new page.
    public enum Landing: Hashable, Codable, Sendable {
        case row(Int), bottom
        /// On the same order when it is there, else on a row.
        case sameOrder(orRow: Int)
        /// On the next match, if need be on one of so many pages more.
        case match(forward: Bool, pages: Int)
    }

    public var pageEnds: PageEnds? {
        PageEnds(
            hasPrevious: page.map { $0.number > 1 } ?? false,
            hasNext: page.map { $0.number < $0.pages } ?? false)
    }

    /// Days of the chart.
    static let salesDays = 30

    public init() {}

    public func rows(_ desk: Desk) -> [Order] { page?.orders ?? [] }
    public func name(of order: Order) -> String { "Order \(order.id)" }

    /// What commands for several act on: the marked orders, the oldest mark first, else the selected one.
    var chosen: [Order] { marks.isEmpty ? [selected].compactMap { $0 } : marks.items }

    public var selection: Int { list.selection }

    public var selected: Order? {
        guard let orders = page?.orders, orders.indices.contains(selection) else { return nil }
        return orders[selection]
    }

    public func copied(_ desk: Desk) -> Copied? { selected.map { .orderNumber($0.id) } }
    public func selectedRow(_ desk: Desk) -> Int? { selection }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }

    public func hints(_ desk: Desk) -> [Hint] {
        if markedText(desk) != nil {
            return [
                Hint(.mark), Hint(.markAll, "all"), Hint(.cancelOrder, "cancel"), Hint(.printOrders),
                Hint(.exportOrders), Hint(.back, "unmark"), Hint(.pageDown),
            ]
        }
        return [
            Hint(.open), Hint(.showReceipt), Hint(.takePayment), Hint(.cancelOrder, "cancel"),
            Hint(.filterStatus), Hint(.findOrder), Hint(.nextMatch), Hint(.pageDown),
            Hint(.openShop), Hint(.mark),
        ]
    }

    static func open(_ desk: inout Desk) -> [Step] {
        guard desk.user != nil else {
            desk.say(.info, "Sign in to see your orders")
            return [.push(.signIn(SignInState(desk, then: .orders)))]
        }
        return [.to(.orders(OrdersState()))]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        // They may be somebody else's.
        marks.clear()
        return loadSales(desk) + load(page: 1, desk)
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        guard let page else { return [] }
        let rows = page.orders.count
        switch walk {
        case .up:
            if selection == 0, page.number > 1 { return load(page: page.number - 1, landing: .bottom, desk) }
            list.walk(.up, of: rows)
        case .down:
            if selection >= rows - 1, page.number < page.pages { return load(page: page.number + 1, desk) }
            list.walk(.down, of: rows)
        case .halfPageUp:
            if selection == 0, page.number > 1 { return load(page: page.number - 1, landing: .bottom, desk) }
            list.move(by: -halfPage(desk), of: rows)
        case .halfPageDown:
            if selection >= rows - 1, page.number < page.pages { return load(page: page.number + 1, desk) }
            list.move(by: halfPage(desk), of: rows)
        case .pageUp:
            if page.number > 1 { return load(page: page.number - 1, desk) }
            list.walk(.first, of: rows)
        case .pageDown:
            if page.number < page.pages { return load(page: page.number + 1, desk) }
            list.walk(.last, of: rows)
        case .first:
            if page.number > 1 { return load(page: 1, desk) }
            list.walk(.first, of: rows)
        case .last:
            if page.number < page.pages { return load(page: page.pages, landing: .bottom, desk) }
            list.walk(.last, of: rows)
        }
        return []
    }

    private func halfPage(_ desk: Desk) -> Int { max(1, desk.viewport.orderRows / 2) }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        selected.map { [.push(.order(OrderState($0)))] } ?? []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard let count = page?.orders.count, row < count else { return false }
        list.select(row, of: count)
        return true
    }

    public func opens(row: Int) -> Bool { selection == row }

    public mutating func reload(_ desk: inout Desk) -> [Step] {
        list.remember(selected?.id)
        return loadSales(desk)
            + load(page: page?.number ?? 1, landing: .sameOrder(orRow: selection), desk)
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .orderChanged, .reachable, .renewed: return reload(&desk)
        // A new one may belong on this page, too.
        case .changedElsewhere(let changes): return changes.orders == .none ? [] : reload(&desk)
        case .stockChanged: return []
        case .resized(let old):
            return desk.viewport.orderRows == old.orderRows ? [] : refit(desk)
        }
    }

    /// The page with the selected order, for another number of rows.
    private mutating func refit(_ desk: Desk) -> [Step] {
        guard let page, desk.user != nil else { return [] }
        let row = (page.number - 1) * page.perPage + selection
        let rows = max(1, desk.viewport.orderRows)
        list.remember(selected?.id)
        return load(page: row / rows + 1, landing: .sameOrder(orRow: row % rows), desk)
    }

    public mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step] {
        switch choice {
        case .status(let status):
            guard status != self.status else { return [] }
            self.status = status
            return load(page: 1, desk)
        case .command, .category, .sort, .theme, .product, .parkedSale, .tender, .reason, .refundMethod,
            .customer, .newCustomer, .country, .office, .macro, .tester:
            return []
        }
    }

    var statusPicker: Picker {
        let all = Picker.Item(.status(nil), label: "All")
        let items = OrderStatus.allCases.map { Picker.Item(.status($0), label: $0.word) }
        return Picker(.statuses, title: "Orders that are", items: [all] + items, selected: .status(status))
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        switch question {
        case .cancelOrder(let id): return yes ? [.ask(.orders(.cancel(id)))] : []
        case .cancelOrders(let ids): return yes ? [.ask(.orders(.cancelAll(ids)))] : []
        case .quit, .signOut, .leaveForm, .leaveCheckout, .resumeCheckout, .payNewPrice, .isThisOrder,
            .placeAnew, .takeCash, .takeApprovalCode, .keepCount, .closeShift, .removeKey,
            .forgetVisitor, .setCountry, .signOutEverywhere, .bookCounts, .takePricesBack, .customers:
            return []
        }
    }
}
