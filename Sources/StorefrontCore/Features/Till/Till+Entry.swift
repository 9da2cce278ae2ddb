import StoreDomain

/// What the till makes of its line.
extension TillState {
    /// What Enter would do, as a sentence; nil for nothing.
    public func preview(_ desk: Desk) -> String? {
        if pending != nil { return isBusy ? nil : "Enter asks the store what became of the sale" }
        if takesExactCash(desk), let due = cashDue(desk) {
            return "Enter takes \(due.amount.displayText) in cash, exactly"
        }
        if case .approvalBack = mode, let exchange = exchange(desk) {
            let code = line.isEmpty ? "type what the card terminal printed" : "Enter gives it back"
            return "Back to the card \(exchange.handedOut.displayText): \(code)"
        }
        if case .cardCode(let pays, let minor) = mode {
            guard pays else { return "Scan or type a gift card\u{2019}s code to see what is on it" }
            let amount = minor.map { Money(minorUnits: $0, currency: desk.currency) } ?? due(desk)
            return "Gift card, \(amount?.displayText ?? ""): scan or type its code"
        }
        if case .figures = mode, line.isEmpty, let exchange = exchange(desk) {
            return exchange.handedOut.isZero
                ? "Enter ends the exchange: nothing is to be paid"
                : "Enter gives \(exchange.handedOut.displayText) back"
        }
        if case .approval(let part) = mode {
            let amount = Money(minorUnits: part.amountMinor, currency: desk.currency)
            let code = line.isEmpty ? "type what the card terminal printed" : "Enter takes it"
            return "Card \(amount.displayText): \(code)"
        }
        if line.isEmpty, isSettled(desk) { return "Nothing is left to pay: Enter ends the sale" }
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
        case .giftCard(let amount): return "\(amount?.displayText ?? "What is left") by gift card"
        case .credit(let amount): return "\(amount?.displayText ?? "What is left") by store credit"
        case .sellGiftCard(let amount):
            return amount.isZero
                ? "Take the last gift card out again" : "Sell a gift card of \(amount.displayText)"
        case .balance(let code):
            return code == nil ? "What the customer has in store credit" : "What is on the gift card"
        case .park(let label): return label.isEmpty ? "Park the sale" : "Park the sale as \(label)"
        case .resume(let code): return code.map { "Take up the parked sale \($0)" } ?? "Show what is parked"
        case .customer(let words):
            return words.map { "Look for the customer \($0)" } ?? "Sell to a walk-in customer"
        case .newCustomer(let customer, let email): return "An account for \(customer), \(email)"
        case .training(let on):
            return on ?? !desk.basket.cart.terms.isTraining ? "Training: nothing is sold" : "End the training"
        case .anyway: return desk.basket.short.map { desk.belowZeroQuestion($0) }
        case .note(let note): return note.map { "Note: \($0)" } ?? "No note"
        case .exempt(nil): return "The customer pays tax"
        case .exempt(let exemption?): return "No tax for \(exemption.taxNumber): \(exemption.reason)"
        case .find(let words): return "Look for \(words)"
        case .refund(let sought): return sought.map { "Take goods of \($0) back" } ?? "Take goods back"
        case .drawer(let reason): return reason.map { "Open the drawer: \($0)" } ?? "Open the drawer"
        case .less: return name.map { "One \($0) less" }
        case .more(let count): return name.map { "\(count) more of \($0)" }
        case .takeOut: return name.map { "Take \($0) out of the sale" }
        case .takeBack: return "Give the last part of the payment back"
        case .undo: return "Take the last step back"
        case .redo: return "Make the step again that was taken back"
        case .macro(let wanted): return wanted.map { "Play the macro \($0)" } ?? "Show the macros"
        case .record:
            if case .recording? = desk.macro?.stage { return "End the recording" }
            return "Begin to record a macro"
        }
    }

    /// Enter: the sale goes on by what stands on the line.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard !isBusy else { return [] }
        if let pending { return ask(pending) }
        if let exactCash {
            let isDue = takesExactCash(desk)
            self.exactCash = nil
            guard isDue else {
                return refuse("It is not \(exactCash.displayText) any more: c takes what is due now")
            }
            return carryOut(.cash(nil), &desk)
        }
        if case .approval(let part) = mode { return takeCard(part, &desk) }
        if case .approvalBack = mode { return giveBackToCard(&desk) }
        if case .cardCode(let pays, let minor) = mode { return takeCode(pays: pays, minor, &desk) }
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
        if isSettled(desk) { return sell(nil, &desk) }
        if sold(desk) != nil {
            sold = nil
        } else if let exchange = exchange(desk) {
            guard desk.basket.differences.isEmpty else {
                return refuse("Prices or stock have changed: y accepts that, then the exchange can end")
            }
            return finish(exchange, &desk)
        } else if desk.basket.cart.isEmpty, desk.basket.cart.terms.back != nil {
            desk.say(.info, "Scan what is taken in exchange; u takes the goods back out of the sale")
        } else if desk.basket.cart.isEmpty {
            desk.say(.info, "Scan a code, or type one; / finds by words")
        } else {
            desk.say(.info, "c takes cash, k a card, t another way to pay")
        }
        return []
    }

    mutating func carryOut(_ entry: TillEntry, _ desk: inout Desk) -> [Step] {
        desk.record(entry)
        switch entry {
        case .quantity(let count): return onLine(&desk) { $0.change(.setQuantity($1.id, count)) }
        case .less: return onLine(&desk) { $0.change(.setQuantity($1.id, $1.quantity - 1)) }
        case .more(let count):
            return onLine(&desk) { desk, line in
                let wanted = min(line.quantity + count, Quantity.range.upperBound)
                return desk.change(.setQuantity(line.id, wanted))
            }
        case .takeOut: return onLine(&desk) { desk, line in desk.remove([line]) }
        case .takeBack:
            guard !desk.basket.cart.terms.tenders.isEmpty else {
                return refuse("No part of the payment was taken yet")
            }
            return changeTerms(&desk) { $0.tenders.removeLast() }
        case .undo:
            guard desk.basket.cart.canUndo else { return refuse("There is nothing to take back") }
            setLine()
            return desk.undo()
        case .redo:
            guard desk.basket.cart.canRedo else { return refuse("Nothing was taken back") }
            setLine()
            return desk.redo()
        case .macro(let name): return playMacro(name, &desk)
        case .record: return record(&desk)
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
        case .cash, .card, .other, .giftCard, .credit: return pay(entry, &desk)
        case .sellGiftCard(let amount): return sellGiftCard(amount, &desk)
        case .balance(let code): return balance(code, &desk)
        case .park(let label): return park(label, &desk)
        case .resume(let code): return resume(code, &desk)
        case .customer(nil): return changeTerms(&desk) { $0.customer = nil }
        case .customer(let words?):
            setLine()
            return [.ask(.till(.customers(words)))]
        case .newCustomer(let name, let email):
            setLine()
            return [.ask(.till(.newCustomer(name: name, email: email)))]
        case .training(let on): return train(on, &desk)
        case .anyway:
            guard desk.basket.short != nil else {
                return refuse("There is enough of everything on the books")
            }
            setLine()
            return desk.sellBelowZero()
        case .note(let note):
            guard let note else { return changeTerms(&desk) { $0.note = nil } }
            guard note.count <= 200 else { return refuse("A note has at most 200 characters") }
            return changeTerms(&desk) { $0.note = note }
        case .exempt(nil): return changeTerms(&desk) { $0.exemption = nil }
        case .exempt(let exemption?):
            guard allows(.exemptTax, &desk) else { return [] }
            return changeTerms(&desk) { $0.exemption = exemption }
        case .find(let words):
            setLine()
            return [.ask(.till(.find(words)))]
        case .refund(let sought):
            guard !desk.basket.cart.terms.isTraining else { return refuse("Training takes nothing back") }
            guard allows(.refund, &desk) else { return [] }
            setLine()
            return [.push(.returns(ReturnsState(finding: sought)))]
        case .drawer(let reason): return openDrawer(reason, &desk)
        }
    }

    /// Opens the drawer without a sale; a reason is always asked for.
    private mutating func openDrawer(_ reason: String?, _ desk: inout Desk) -> [Step] {
        guard !desk.basket.cart.terms.isTraining else { return refuse("Training opens no drawer") }
        guard allows(.noSale, &desk) else { return [] }
        setLine()
        guard let reason else { return [.open(.prompt(Prompt(.noSaleReason, limit: 200)))] }
        return [.ask(.till(.noSale(reason: reason, till: desk.context.till)))]
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
    mutating func allows(_ permission: Permission, share: Rate? = nil, _ desk: inout Desk) -> Bool {
        do throws(StoreError) {
            try desk.principal.assumingApproval.require(permission, share: share)
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
        guard hasGoods(&desk) else { return [] }
        guard let subtotal = desk.basket.quote?.subtotal else { return refuse("The total is not known yet") }
        guard
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
        if let only = products.first, products.count == 1 {
            desk.recordInstead(of: only)
            return desk.add(only, 1)
        }
        guard !products.isEmpty else {
            desk.say(.warning, "Nothing is found for \u{201C}\(words)\u{201D}")
            return []
        }
        let items = products.map { product in
            Picker.Item(
                .product(product.id), label: product.name, detail: product.price.displayText,
                disabledReason: product.stock.isSoldOut && desk.policy.belowZero == .refuse
                    ? "\(product.name) is sold out" : nil)
        }
        return [.open(.picker(Picker(.products, title: "Which one?", items: items)))]
    }

    /// Those who are meant, to choose from, and somebody new.
    mutating func choose(among people: [SaleCustomer], _ words: String, _ desk: inout Desk) -> [Step] {
        self.people = people
        if let only = people.first, people.count == 1 {
            desk.recordInstead(.customer(only.email))
            return changeTerms(&desk) { $0.customer = only }
        }
        guard !people.isEmpty else {
            desk.say(
                .warning, "Nobody is found for \u{201C}\(words)\u{201D}; name and e-mail make an account")
            return [.open(.prompt(Prompt(.newCustomer, text: words, limit: 300)))]
        }
        let items = people.map { Picker.Item(.customer($0.id), label: $0.name, detail: $0.email) }
        let new = Picker.Item(.newCustomer, label: "Somebody new")
        return [.open(.picker(Picker(.customers, title: "Which customer?", items: items + [new])))]
    }

    /// Turns the training on or off, between two sales.
    mutating func train(_ on: Bool?, _ desk: inout Desk) -> [Step] {
        let isOn = desk.basket.cart.terms.isTraining
        guard (on ?? !isOn) != isOn else {
            setLine()
            return []
        }
        guard desk.basket.cart.isEmpty, desk.basket.cart.terms.tenders.isEmpty else {
            return refuse("Sell or take out first what is here")
        }
        desk.status = StatusMessage(
            isOn ? .success : .warning,
            isOn
                ? "The training is over: what is sold from here on is sold"
                : "TRAINING: nothing that is sold from here on is sold", isDone: true)
        return changeTerms(&desk) { $0 = SaleTerms(isTraining: !isOn) }
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
            desk.recordInstead(of: product)
            return desk.add(product, 1)
        case .parkedSale(let code):
            desk.recordInstead(.resume(code: code))
            return resume(code, &desk)
        case .customer(let id):
            guard let customer = people.first(where: { $0.id == id }) else { return [] }
            people = []
            desk.recordInstead(.customer(customer.email))
            return changeTerms(&desk) { $0.customer = customer }
        case .newCustomer:
            people = []
            return [.open(.prompt(Prompt(.newCustomer, limit: 300)))]
        case .tender(let methodID): return payOtherwise(methodID, &desk)
        case .macro(let name): return carryOut(.macro(name), &desk)
        case .command, .category, .sort, .status, .theme, .reason, .refundMethod, .country, .office, .tester:
            return []
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
            let words = text.trimmedText
            return carryOut(.customer(words.isEmpty ? nil : words), &desk)
        case .newCustomer:
            guard !text.trimmedText.isEmpty else { return [] }
            do throws(TillEntry.Problem) {
                return carryOut(try TillEntry.newCustomer(text), &desk)
            } catch {
                desk.say(.warning, error.sentence)
                return [.open(.prompt(Prompt(.newCustomer, text: text, limit: 300)))]
            }
        case .noSaleReason:
            do throws(StoreError) {
                let reason = try Reason.checked(text)
                desk.recordInstead(.drawer(reason))
                return [.ask(.till(.noSale(reason: reason, till: desk.context.till)))]
            } catch {
                desk.say(error)
                return []
            }
        case .macroName: return nameMacro(text, &desk)
        case .macroKey(let name): return keepMacro(name, key: text, &desk)
        case .mailReceipt: return sold.map { desk.mailReceipt(of: $0.order, to: text, for: purpose) } ?? []
        case .discount, .findLine, .findOrder, .server, .catalogFile, .findSale, .returnReason, .approvalCode,
            .visitorCode, .pin, .unlock, .approverPIN, .newPIN, .pinPassword, .pinOwner, .badgeOwner,
            .badgeFor, .invoice, .pinFor,
            .check, .returnProduct, .returnName, .findGiftCard, .office, .reportDays, .findProducts,
            .customers:
            return []
        }
    }

    // MARK: - Parking

    mutating func park(_ label: String, _ desk: inout Desk) -> [Step] {
        guard !desk.basket.cart.isEmpty else { return resume(nil, &desk) }
        guard !desk.basket.cart.terms.isTraining else { return refuse("Training parks nothing") }
        guard allows(.park, &desk) else { return [] }
        guard desk.basket.cart.terms.tenders.isEmpty else {
            return refuse("A part is paid: B takes it back, then the sale can be parked")
        }
        guard label.count <= 60 else { return refuse("A name for a parked sale has at most 60 characters") }
        setLine()
        let cart = desk.basket.cart
        let bare = Cart(lines: cart.lines, discountCode: cart.discountCode, terms: cart.addedTerms)
        return [.ask(.till(.park(bare, label: label, till: desk.context.till)))]
    }

    mutating func resume(_ code: String?, _ desk: inout Desk) -> [Step] {
        guard !desk.basket.cart.terms.isTraining else { return refuse("Training takes up no parked sale") }
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
