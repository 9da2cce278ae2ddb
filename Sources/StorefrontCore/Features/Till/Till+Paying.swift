import StoreDomain

/// Taking the payment: in one tender, or part by part until nothing is left.
extension TillState {
    mutating func pay(_ entry: TillEntry, _ desk: inout Desk) -> [Step] {
        guard hasGoods(&desk) else { return [] }
        guard desk.basket.differences.isEmpty else {
            return refuse("Prices or stock have changed: y accepts that, then the payment can be taken")
        }
        guard let due = due(desk) else { return refuse("The total is not known yet") }
        if let exchange = exchange(desk) { return finish(exchange, &desk) }
        guard !due.isNegative else {
            let back = Money.zero(due.currency) - due
            return refuse("\(back.displayText) too much is paid: B takes the last part of the payment back")
        }
        if isSettled(desk) { return sell(nil, &desk) }
        switch entry {
        case .cash(let given): return takeCash(given, due, &desk, isSure: false)
        case .card(let amount):
            guard let method = method(.externalCard) else {
                return refuse(
                    methods.isEmpty
                        ? TillState.noMethods
                        : "No card terminal is set up here; t shows the other ways to pay")
            }
            return begin(method, amount, due, &desk)
        case .other(let amount):
            typedPart = amount?.minorUnits
            let others = methods.filter { $0.kind != .cash && $0.kind != .externalCard }
            guard !others.isEmpty else { return refuse("There is no other way to pay here") }
            let items = others.map { Picker.Item(.tender($0.id), label: $0.name) }
            setLine()
            return [.open(.picker(Picker(.tenders, title: "How is it paid?", items: items)))]
        case .giftCard(let amount): return beginGiftCard(amount, due, &desk)
        case .credit(let amount): return payByCredit(amount, due, &desk)
        case .sellGiftCard, .balance, .quantity, .code, .lineDiscount, .saleDiscount, .discountCode, .price,
            .park,
            .resume, .customer, .note, .exempt, .find, .refund, .drawer, .less, .newCustomer, .training,
            .anyway, .more, .takeOut, .takeBack, .undo, .redo, .macro, .record:
            return []
        }
    }

    /// Cash that covers what is due ends the sale; less is a part of it.
    private mutating func takeCash(_ given: Money?, _ due: Money, _ desk: inout Desk, isSure: Bool) -> [Step]
    {
        guard let method = method(.cash) else {
            return refuse(methods.isEmpty ? TillState.noMethods : "Cash is not taken here")
        }
        let cash = CashDue(due, desk.policy)
        let given = given ?? cash.amount
        guard given >= cash.amount || given == due else {
            guard !given.isZero, given < due else {
                return refuse("\(cash.amount.displayText) is due in cash, or exactly \(due.displayText)")
            }
            return add(
                PaymentRequest(
                    methodID: method.id, amountMinor: given.minorUnits, tenderedMinor: given.minorUnits),
                &desk)
        }
        let request = PaymentRequest(methodID: method.id, tenderedMinor: given.minorUnits)
        if !isSure, request != meant, cash.isDoubtful(given) {
            return [
                .open(
                    .confirm(
                        Confirm(
                            .takeCash(given.minorUnits), title: "Take \(given.displayText) in cash?",
                            text: "\(cash.amount.displayText) is due; the change would be "
                                + "\(cash.change(of: given).displayText).",
                            yes: "Take it", no: "Correct it", choosesYes: false)))
            ]
        }
        meant = isSure ? request : nil
        return sell(request, &desk)
    }

    /// A card terminal takes the amount; what it prints comes next.
    private mutating func begin(
        _ method: PaymentMethod, _ amount: Money?, _ due: Money, _ desk: inout Desk
    ) -> [Step] {
        if let amount {
            guard amount <= due else { return refuse("Only \(due.displayText) is left to pay") }
            guard !amount.isZero else { return refuse("The amount must be more than nothing") }
        }
        let part = amount ?? due
        setLine(
            mode: .approval(
                CardPart(methodID: method.id, amountMinor: part.minorUnits, isRest: part == due)))
        return []
    }

    mutating func takeCard(_ part: CardPart, _ desk: inout Desk) -> [Step] {
        let code = line.text.cleanText
        let amount = Money(minorUnits: part.amountMinor, currency: desk.currency)
        // The terminal has taken that amount and no other.
        guard desk.basket.differences.isEmpty, let due = due(desk), part.isRest ? amount == due : amount < due
        else {
            return refuse(
                "The sale has changed since \(amount.displayText) was asked of the card: undo that, or Esc and pay what is due now"
            )
        }
        guard !code.isEmpty else { return refuse("Type the code that the card terminal printed") }
        guard GTIN(code) == nil || meant?.approvalCode == code else {
            meant = PaymentRequest(
                methodID: part.methodID, amountMinor: part.amountMinor, approvalCode: code)
            return refuse("\(code) looks like a scanned product; Enter again takes it as the approval code")
        }
        meant = nil
        let steps = take(
            PaymentRequest(
                methodID: part.methodID, amountMinor: part.isRest ? nil : part.amountMinor, approvalCode: code
            ),
            &desk)
        if isBusy { card = CardAsked(part: part, code: code) }
        return steps
    }

    mutating func payOtherwise(_ methodID: String, _ desk: inout Desk) -> [Step] {
        let part = typedPart
        typedPart = nil
        guard let due = due(desk) else { return refuse("The total is not known yet") }
        if let part, part > due.minorUnits { return refuse("Only \(due.displayText) is left to pay") }
        let amount = part.map { Money(minorUnits: $0, currency: desk.currency) }
        switch methods.first(where: { $0.id == methodID })?.kind {
        case .giftCard: return beginGiftCard(amount, due, &desk)
        case .storeCredit: return payByCredit(amount, due, &desk)
        case .cash, .externalCard, .simulatedCard, .online, nil: break
        }
        return take(
            PaymentRequest(methodID: methodID, amountMinor: part == due.minorUnits ? nil : part), &desk)
    }

    /// All that is left ends the sale; a part waits for the others.
    mutating func take(_ request: PaymentRequest, _ desk: inout Desk) -> [Step] {
        request.amountMinor == nil ? sell(request, &desk) : add(request, &desk)
    }

    private mutating func add(_ part: PaymentRequest, _ desk: inout Desk) -> [Step] {
        changeTerms(&desk) { $0.tenders.append(part) }
    }

    /// Parts of the payment come to exactly what the goods cost.
    func isSettled(_ desk: Desk) -> Bool {
        !desk.basket.cart.isEmpty && !desk.basket.cart.terms.tenders.isEmpty && due(desk)?.isZero == true
    }

    static let noMethods = "The ways to pay are not known yet: try again in a moment"

    /// An exchange of which nothing is left to pay: it ends at once, or once the card terminal has given back.
    mutating func finish(_ exchange: ExchangeFigures, _ desk: inout Desk) -> [Step] {
        guard exchange.needsApproval else { return sell(nil, &desk) }
        setLine(mode: .approvalBack)
        return []
    }

    mutating func giveBackToCard(_ desk: inout Desk) -> [Step] {
        let code = line.text.cleanText
        guard !code.isEmpty else { return refuse("Type the code that the card terminal printed") }
        guard exchange(desk) != nil else { return refuse("The sale has changed: look at it again") }
        return sell(nil, approvalCode: code, &desk)
    }

    /// Sells for the price in sight; a store that comes to another one sells nothing.
    ///
    /// - Parameter last: nil where the parts that were taken, or the goods that come back, are all.
    mutating func sell(_ last: PaymentRequest?, approvalCode: String? = nil, _ desk: inout Desk) -> [Step] {
        guard desk.basket.differences.isEmpty else {
            return refuse("Prices or stock have changed: y accepts that, then the payment can be taken")
        }
        // Gift cards alone have no price to agree on.
        let agreement = desk.basket.cart.lines.isEmpty ? nil : desk.basket.quote.map(PriceAgreement.init)
        guard agreement != nil || desk.basket.cart.lines.isEmpty else { return [] }
        do throws(StoreError) {
            let draft = try desk.basket.cart.saleDraft(
                till: desk.context.till, agreement: agreement,
                tenders: desk.basket.cart.terms.tenders + [last].compactMap(\.self),
                approvalCode: approvalCode)
            setLine()
            card = nil
            isBusy = true
            return [.ask(.till(.sell(draft)))]
        } catch {
            desk.say(error)
            return []
        }
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard case .takeCash(let minor) = question else { return [] }
        guard yes, let due = due(desk) else {
            setLine()
            return []
        }
        return takeCash(Money(minorUnits: minor, currency: desk.currency), due, &desk, isSure: true)
    }
}

/// What became of a sale, wherever the till is.
extension AppState {
    mutating func receive(_ action: TillAction) -> [Effect] {
        switch action {
        case .ended(let outcome): return ended(outcome)
        case .foundSale(.success(let found)):
            if let parked = found.parked { return took(parked, isEarlier: true) }
            // One that is being asked for is not asked for twice.
            guard let pending = found.pending, !desk.requests.mustFinish.contains(where: { $0.ask.sells })
            else {
                return []
            }
            let steps: [Step] =
                change(TillState.self) { till, _ in till.ask(pending) } ?? [
                    .ask(.till(.finish(pending)))
                ]
            return apply(steps)
        case .foundSale(.failure(let error)), .missing(let error): desk.say(error)
        case .parked(.success(let done)): return took(done)
        case .drawerOpened(.success): break
        case .openedDrawer(.success):
            desk.say(.success, "The drawer is open; why is on the journal")
        case .printedSlip(.success): desk.say(.success, "Slip sent to the printer: it is no receipt")
        case .noted(.success): break
        case .drawerOpened(.failure(let error)), .openedDrawer(.failure(let error)),
            .printedSlip(.failure(let error)), .noted(.failure(let error)):
            desk.say(error)
        case .parked(.failure(let error)):
            desk.say(error)
            return apply(desk.basket.load())
        // Heard by the screen that asked.
        case .began, .found, .customers, .newCustomer, .parkedSales, .value, .keptMacro: break
        }
        return []
    }

    /// - Parameter isEarlier: whether it is the answer to something asked before, so that it may be counted already.
    private mutating func took(_ done: ParkingFlow.Done, isEarlier: Bool = false) -> [Effect] {
        // How many sales more are put aside.
        let change: Int
        switch done.deed {
        case .park:
            change = 1
            let label = done.sale.label
            desk.say(.success, "Parked as \(done.sale.code)\(label.isEmpty ? "" : ": \(label)")")
        case .takeUp:
            change = -1
            desk.say(.success, "Taken up: \(done.sale.basket.pieces.pieces)")
        }
        let selling = self.change(TillState.self) { till, _ -> (isBusy: Bool, card: TillState.CardAsked?) in
            defer { (till.isBusy, till.card) = (false, nil) }
            if !till.isBusy, !isEarlier { till.parkedSales = max(0, till.parkedSales + change) }
            return (till.isBusy, till.card)
        }
        if let card = selling?.card {
            // The card terminal has taken the money: what it printed is not lost.
            desk.say(
                .warning,
                "It was parked already, as \(done.sale.code): take it up and pay it by the card\u{2019}s code \(card.code)"
            )
        }
        let counts: [Step] =
            isEarlier || selling?.isBusy == true ? [.ask(.till(.begin(till: desk.context.till)))] : []
        desk.basket.cart = done.cart
        desk.basket.version += 1
        return apply(counts + desk.quoteBasket() + desk.basket.compare())
    }

    private mutating func ended(_ outcome: SaleFlow.Outcome) -> [Effect] {
        switch outcome {
        case .sold(let order, let cart):
            let customer = desk.basket.cart.terms.customer
            let email = customer.flatMap { $0.id == order.userID ? $0.email : nil }
            desk.basket.cart = cart
            desk.basket.version += 1
            desk.status = nil
            let here: Void? = change(TillState.self) { till, desk in
                till.isBusy = false
                till.pending = nil
                till.meant = nil
                till.card = nil
                till.setLine()
                till.sold = TillState.Sold(
                    order: order, version: desk.basket.version, email: email)
            }
            if here == nil || !cart.isEmpty {
                desk.say(.success, "Sold: \(order.number?.text ?? "order \(order.id)"), \(order.paidWords)")
            }
            let steps = apply(desk.quoteBasket() + desk.follow(order))
            // Nothing changed in the shop by a sale in training.
            return order.isTraining ? steps : steps + tell(.orderChanged(order)) + tell(.stockChanged)
        case .refused(let error):
            _ = change(TillState.self) { till, _ in
                till.isBusy = false
                till.pending = nil
                // The card terminal has taken the money: what it printed is not typed twice.
                if let card = till.card { till.setLine(card.code, mode: .approval(card.part)) }
                till.card = nil
            }
            desk.say(error)
            return apply(desk.quoteBasket() + desk.basket.compare())
        case .unknown(let pending, let error):
            _ = change(TillState.self) { till, _ in
                till.isBusy = false
                till.pending = pending
                till.problem = "It is not known whether this is sold: \(error.screenText)"
            }
            desk.say(error)
            return []
        }
    }
}

extension Desk {
    /// Opens the drawer for cash that goes in or out.
    func openDrawer(if isCash: Bool) -> [Step] {
        context.hasDrawer && isCash ? [.ask(.till(.openDrawer))] : []
    }

    /// The same for money that goes these ways: cash, and what the settings name beside it.
    func openDrawer(for methods: [PaymentMethod]) -> [Step] {
        openDrawer(if: methods.contains { $0.kind == .cash || context.drawerMethods.contains($0.id) })
    }

    /// What the till's devices do for a sale that was made.
    fileprivate mutating func follow(_ order: Order) -> [Step] {
        let handedOut = order.goodsBack?.handedOut.map(\.method) ?? []
        var steps = order.isTraining ? [] : openDrawer(for: order.tendered.map(\.method) + handedOut)
        if context.printsSales {
            notePrinting([order])
            steps.append(.ask(.receipt(.print(order, ReceiptStyle(self)))))
        }
        return steps
    }
}

extension Order {
    /// "change $0.34", "paid by Card terminal".
    public var paidWords: String {
        if let change = payments.last?.change, !change.isZero { return "change \(change.displayText)" }
        if let back = goodsBack?.handedOut, !back.isEmpty {
            return back.map { "\($0.amount.displayText) back by \($0.method.name)" }.joined(separator: ", ")
        }
        guard !tendered.isEmpty else { return "exchanged, nothing to pay" }
        return "paid by \(tendered.map(\.method.name).joined(separator: ", "))"
    }
}
