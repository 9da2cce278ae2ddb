import StoreDomain

/// What the till makes of its line.
extension TillState {
    /// What Enter would do, as a sentence; nil for nothing.
    public func preview(_ desk: Desk) -> String? {
        if pending != nil { return isBusy ? nil : "Enter asks the store what became of the sale" }
        if takesExactCash, let due = cashDue(desk) {
            return "Enter takes \(due.amount.displayText) in cash, exactly"
        }
        if case .approval(_, let minor) = mode {
            let amount = minor.map { Money(minorUnits: $0, currency: desk.currency) } ?? due(desk)
            let code = line.isEmpty ? "type what the card terminal printed" : "Enter takes it"
            return "Card \(amount?.displayText ?? ""): \(code)"
        }
        do throws(TillEntry.Problem) {
            return try TillEntry(line.text, currency: desk.currency).flatMap { words(for: $0, desk) }
        } catch { return mode == .words ? error.sentence : nil }
    }

    private func words(for entry: TillEntry, _ desk: Desk) -> String? {
        let name = selected(desk)?.name
        switch entry {
        case .quantity(let count):
            return name.map { "\(count) of the next scan; Enter makes it \(count) \u{D7} \($0)" }
                ?? "\(count) of the next scan"
        case .code(let code, let count):
            return count == 1 ? "Enter looks for the code \(code)" : "Enter adds \(count) of \(code)"
        case .lineDiscount(let discount): return name.map { "\(discount.words) off \($0)" }
        case .saleDiscount(let discount): return "\(discount.words) off the whole sale"
        case .discountCode(let code): return "Discount code \(code)"
        case .price(let price): return name.map { "\($0) at \(price.displayText)" }
        case .cash(let amount): return "\(amount?.displayText ?? "Exactly what is due") in cash"
        case .card(let amount): return "\(amount?.displayText ?? "What is left") by card"
        case .other(let amount): return "\(amount?.displayText ?? "What is left") in another way"
        case .park(let label): return label.isEmpty ? "Park the sale" : "Park the sale as \(label)"
        case .resume(let code): return code.map { "Take up the parked sale \($0)" } ?? "Show what is parked"
        case .customer(let email): return email.map { "Sell to \($0)" } ?? "Sell to a walk-in customer"
        case .note(let note): return note.map { "Note: \($0)" } ?? "No note"
        case .exempt(let exemption): return "No tax for \(exemption.taxNumber): \(exemption.reason)"
        case .find(let words): return "Look for \(words)"
        case .refund(let sought): return sought.map { "Take goods of \($0) back" } ?? "Take goods back"
        case .less: return name.map { "One \($0) less" }
        }
    }

    /// Enter: the sale goes on by what stands on the line.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard !isBusy else { return [] }
        if let pending { return ask(pending) }
        if takesExactCash {
            takesExactCash = false
            return pay(.cash(nil), &desk)
        }
        if case .approval(let methodID, let minor) = mode { return takeCard(methodID, minor, &desk) }
        let entry: TillEntry?
        do throws(TillEntry.Problem) {
            entry = try TillEntry(line.text, currency: desk.currency)
        } catch { return refuse(error.sentence) }
        guard let entry else { return nothingTyped(&desk) }
        return carryOut(entry, &desk)
    }

    /// Enter on an empty line: the change was read, or the keys that pay are told.
    private mutating func nothingTyped(_ desk: inout Desk) -> [Step] {
        setLine()
        if sold(desk) != nil {
            sold = nil
        } else if desk.basket.cart.isEmpty {
            desk.say(.info, "Scan a code, or type one; / finds by words")
        } else {
            desk.say(.info, "c takes cash, k a card, t another way to pay")
        }
        return []
    }

    mutating func carryOut(_ entry: TillEntry, _ desk: inout Desk) -> [Step] {
        switch entry {
        case .quantity(let count): return onLine(&desk) { $0.change(.setQuantity($1.id, count)) }
        case .less: return onLine(&desk) { $0.change(.setQuantity($1.id, $1.quantity - 1)) }
        case .code(let code, let count):
            setLine()
            return desk.lookUp(code, count: count)
        case .lineDiscount(let discount): return discountLine(discount, &desk)
        case .saleDiscount(let discount): return discountSale(discount, &desk)
        case .discountCode(let code):
            guard hasGoods(&desk) else { return [] }
            setLine()
            desk.basket.tellsCode = true
            return desk.change(.setDiscountCode(code))
        case .price(let price): return setPrice(price, &desk)
        case .cash, .card, .other: return pay(entry, &desk)
        case .park(let label): return park(label, &desk)
        case .resume(let code): return resume(code, &desk)
        case .customer(nil): return changeTerms(&desk) { $0.customer = nil }
        case .customer(let email?):
            setLine()
            return [.ask(.till(.customer(email: email)))]
        case .note(let note):
            guard let note else { return changeTerms(&desk) { $0.note = nil } }
            guard note.count <= 200 else { return refuse("A note has at most 200 characters") }
            return changeTerms(&desk) { $0.note = note }
        case .exempt(let exemption):
            guard allows(.exemptTax, &desk) else { return [] }
            return changeTerms(&desk) { $0.exemption = exemption }
        case .find(let words):
            setLine()
            return [.ask(.till(.find(words)))]
        case .refund(let sought):
            guard allows(.refund, &desk) else { return [] }
            setLine()
            return [.push(.returns(ReturnsState(finding: sought)))]
        }
    }

    // MARK: - Goods

    /// Does something with the selected line, where there is one.
    mutating func onLine(_ desk: inout Desk, _ body: (inout Desk, CartLine) -> [Step]) -> [Step] {
        guard let line = selected(desk) else { return refuse("Nothing is sold yet: scan something first") }
        setLine()
        return body(&desk, line)
    }

    /// Whether there are goods; says so where there are none.
    mutating func hasGoods(_ desk: inout Desk) -> Bool {
        if desk.basket.cart.isEmpty { problem = "Nothing is sold yet: scan something first" }
        return !desk.basket.cart.isEmpty
    }

    @discardableResult
    mutating func refuse(_ sentence: String) -> [Step] {
        problem = sentence
        // It stays there to be read; what is typed next takes its place.
        line.selectAll()
        return []
    }

    /// Whether this person may do it to this extent; says why not, with the limit.
    private mutating func allows(_ permission: Permission, share: Rate? = nil, _ desk: inout Desk) -> Bool {
        do throws(StoreError) {
            try desk.principal.require(permission, share: share)
            return true
        } catch {
            refuse(desk.user?.role.limitWords(permission) ?? error.screenText)
            return false
        }
    }

    private mutating func discountLine(_ discount: ManualDiscount, _ desk: inout Desk) -> [Step] {
        guard let line = selected(desk) else { return refuse("Nothing is sold yet: scan something first") }
        let gross = line.unitPrice(desk.currency) * line.quantity
        guard allows(.discountLines, share: discount.share(of: gross), &desk) else { return [] }
        setLine()
        return desk.change(.setLineDiscount(line.id, discount.isNothing ? nil : discount))
    }

    private mutating func discountSale(_ discount: ManualDiscount, _ desk: inout Desk) -> [Step] {
        guard hasGoods(&desk), let subtotal = desk.basket.quote?.subtotal,
            allows(.discountOrders, share: discount.share(of: subtotal), &desk)
        else { return [] }
        return changeTerms(&desk) { $0.discount = discount.isNothing ? nil : discount }
    }

    private mutating func setPrice(_ price: Money, _ desk: inout Desk) -> [Step] {
        guard let line = selected(desk) else { return refuse("Nothing is sold yet: scan something first") }
        let listed = line.listPrice(desk.currency)
        guard price != listed else {
            setLine()
            return desk.change(.setOverride(line.id, nil))
        }
        let difference = price < listed ? listed - price : price - listed
        guard allows(.overridePrices, share: Rate(difference, of: listed), &desk) else { return [] }
        setLine()
        let reason = Prompt(
            .priceReason(line.id, price), text: "Agreed at the till", limit: 200)
        return [.open(.prompt(reason))]
    }

    mutating func changeTerms(_ desk: inout Desk, _ body: (inout SaleTerms) -> Void) -> [Step] {
        setLine()
        var terms = desk.basket.cart.terms
        body(&terms)
        return desk.change(.setTerms(terms))
    }

    // MARK: - Finding

    /// The one product that was found, or a list to choose from.
    mutating func choose(among products: [Product], _ words: String, _ desk: inout Desk) -> [Step] {
        found = products
        if let only = products.first, products.count == 1 { return desk.add(only, 1) }
        guard !products.isEmpty else {
            desk.say(.warning, "Nothing is found for \u{201C}\(words)\u{201D}")
            return []
        }
        let items = products.map { product in
            Picker.Item(
                .product(product.id), label: product.name, detail: product.price.displayText,
                disabledReason: product.stock.isSoldOut ? "\(product.name) is sold out" : nil)
        }
        return [.open(.picker(Picker(.products, title: "Which one?", items: items)))]
    }

    /// What is parked, to choose from.
    mutating func choose(among sales: [ParkedSale], _ desk: inout Desk) -> [Step] {
        guard !sales.isEmpty else {
            desk.say(.info, "No sale is parked")
            return []
        }
        let items = sales.map { sale in
            Picker.Item(
                .parkedSale(sale.code),
                label:
                    "\(sale.code)  \(sale.label.isEmpty ? sale.basket.lines.first?.name ?? "" : sale.label)",
                detail: "\(sale.basket.pieces.counted("piece")), till \(sale.till)")
        }
        return [.open(.picker(Picker(.parkedSales, title: "Parked sales", items: items)))]
    }

    public mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step] {
        switch choice {
        case .product(let id):
            guard let product = found.first(where: { $0.id == id }) else { return [] }
            found = []
            return desk.add(product, 1)
        case .parkedSale(let code): return resume(code, &desk)
        case .tender(let methodID): return payOtherwise(methodID, &desk)
        case .command, .category, .sort, .status, .theme, .reason, .refundMethod: return []
        }
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        switch purpose {
        case .priceReason(let line, let price):
            do throws(StoreError) {
                return desk.change(.setOverride(line, try PriceOverride(price: price, reason: text)))
            } catch {
                desk.say(error)
                return []
            }
        case .customer:
            let email = text.trimmedText
            return email.isEmpty
                ? changeTerms(&desk) { $0.customer = nil } : [.ask(.till(.customer(email: email)))]
        case .mailReceipt: return sold.map { desk.mailReceipt(of: $0.order, to: text, for: purpose) } ?? []
        case .discount, .findLine, .findOrder, .server, .catalogFile, .findSale, .returnReason, .approvalCode,
            .visitorCode:
            return []
        }
    }

    // MARK: - Parking

    mutating func park(_ label: String, _ desk: inout Desk) -> [Step] {
        guard !desk.basket.cart.isEmpty else { return resume(nil, &desk) }
        guard allows(.park, &desk) else { return [] }
        guard label.count <= 60 else { return refuse("A name for a parked sale has at most 60 characters") }
        setLine()
        let cart = desk.basket.cart
        let bare = Cart(lines: cart.lines, discountCode: cart.discountCode, terms: cart.addedTerms)
        return [.ask(.till(.park(bare, label: label, till: desk.context.till)))]
    }

    mutating func resume(_ code: String?, _ desk: inout Desk) -> [Step] {
        guard allows(.park, &desk) else { return [] }
        setLine()
        guard let code else { return [.ask(.till(.parked))] }
        guard desk.basket.cart.isEmpty else {
            return refuse("Park or sell what is here first; then \(code) can be taken up")
        }
        return [.ask(.till(.resume(code: code)))]
    }
}

extension ManualDiscount {
    /// "10 %", "$5.00".
    var words: String {
        switch self {
        case .percent(let rate): rate.percentText
        case .amount(let amount): amount.displayText
        }
    }

    var isNothing: Bool {
        switch self {
        case .percent(let rate): rate.numerator == 0
        case .amount(let amount): amount.isZero
        }
    }
}

extension Role {
    /// Why something of a permission's kind is refused, with how far the role goes; nil where it goes nowhere.
    func limitWords(_ permission: Permission) -> String? {
        switch grants[permission] {
        case .percent(let rate): "Your account may \(permission.verb) by up to \(rate.percentText)"
        case nil, .ask, .unlimited, .amount: nil
        }
    }
}
