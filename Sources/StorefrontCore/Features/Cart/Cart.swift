import StoreDomain

/// The screen of the cart. What is in it is the desk's `Basket`.
public struct CartState: Marking {
    public static let kind = ScreenKind.cart
    public static let rowNoun = "line"

    public var list = List()
    public var marks = Marks<CartLine>()
    /// What was last looked for among the lines.
    var search: ListSearch?

    public init() {}

    public func selection(_ basket: Basket) -> Int { list.row(of: basket.cart.lines.count) ?? 0 }

    public func selected(_ basket: Basket) -> CartLine? {
        list.row(of: basket.cart.lines.count).map { basket.cart.lines[$0] }
    }

    public func selectedRow(_ desk: Desk) -> Int? { selection(desk.basket) }
    public var takesNumbers: Bool { true }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }
    public var showsPrice: Bool { true }
    public func hasError(_ desk: Desk) -> Bool { desk.basket.error != nil }

    public func rows(_ desk: Desk) -> [CartLine] { desk.basket.cart.lines }
    public func name(of line: CartLine) -> String { line.name }

    /// In the order of the cart: what left it has no mark that counts.
    public func markedItems(_ desk: Desk) -> [CartLine] {
        marks.isEmpty ? [] : desk.basket.cart.lines.filter { marks.contains($0.id) }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        if markedText(desk) != nil {
            return [
                Hint(.mark), Hint(.markAll, "all"), Hint(.remove, "remove the marked"), Hint(.back, "unmark"),
                Hint(.checkout),
            ]
        }
        return [
            Hint(.acceptChanges), Hint(.checkout), Hint(.addOne, "more"), Hint(.takeOne, "less"),
            Hint(.remove), Hint(.discountCode), Hint(.explain), Hint(.undo), Hint(.redo), Hint(.back, "shop"),
            Hint(.findLine), Hint(.nextMatch), Hint(.mark),
        ]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        // The basket may be another one by now.
        marks.clear()
        return desk.basket.compare()
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        let rows = desk.basket.cart.lines.count
        switch walk {
        case .up: list.move(by: -(count ?? 1), of: rows)
        case .down: list.move(by: count ?? 1, of: rows)
        case .halfPageUp, .halfPageDown, .pageUp, .pageDown, .first, .last: list.walk(walk, of: rows)
        }
        return []
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        if desk.basket.cart.isEmpty { return .disabled("The cart is empty") }
        return desk.number == nil ? CheckoutState.availability(desk) : .enabled
    }

    /// A number, then Enter, sets the quantity; Enter alone goes on to the checkout.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        if let count, let line = selected(desk.basket) {
            return desk.change(.setQuantity(line.id, count))
        }
        return CheckoutState.begin(&desk)
    }

    /// A line can only be selected: Enter is the way to the checkout.
    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard row < desk.basket.cart.lines.count else { return false }
        list.select(row, of: desk.basket.cart.lines.count)
        return true
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] {
        desk.basket.load() + desk.basket.compare()
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        switch purpose {
        case .findLine:
            guard let search = ListSearch(text) else { return [] }
            self.search = search
            goToMatch(forward: true, &desk)
            return []
        case .discount, .findOrder, .server, .catalogFile, .priceReason, .customer, .findSale,
            .returnReason, .approvalCode, .visitorCode, .noSaleReason, .pin, .unlock, .approverPIN,
            .newPIN, .pinPassword, .pinOwner, .badgeOwner, .badgeFor, .invoice, .pinFor, .newCustomer, .check,
            .returnProduct,
            .returnName, .findGiftCard, .mailReceipt, .office, .macroName, .macroKey, .reportDays,
            .findProducts, .customers:
            return []
        }
    }

    /// The next line with these words, round the end if need be.
    mutating func goToMatch(forward: Bool, _ desk: inout Desk) {
        guard let search else { return }
        let rows = desk.basket.cart.lines.map { [$0.name, $0.sku ?? ""].joined(separator: "\n") }
        let match =
            search.row(in: rows, from: selection(desk.basket), forward: forward)
            ?? search.row(in: rows, from: nil, forward: forward)
        if let match {
            list.select(match, of: rows.count)
        } else {
            desk.say(.warning, "No line has \"\(search.text)\"")
        }
    }
}
