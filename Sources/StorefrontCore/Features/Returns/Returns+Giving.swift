import StoreDomain

/// From what was chosen to the money.
extension ReturnsState {
    mutating func setQuantity(_ quantity: Int, of item: OrderItem, _ desk: inout Desk) {
        guard case .choosing(var returning) = stage else { return }
        if quantity > item.returnable {
            let error = StoreError.notReturnable(name: item.productName, left: item.returnable)
            desk.say(.warning, error.screenText)
        }
        returning.go(.refund)
        returning.set(quantity, of: item)
        stage = .choosing(returning)
    }

    /// Asks for what is still missing, one thing at a time, then gives the money back.
    mutating func give(_ desk: inout Desk) -> [Step] {
        guard case .choosing(let returning) = stage else { return [] }
        if desk.context.isReadOnly {
            desk.say(.warning, "The store is read-only: nothing can come back here")
            return []
        }
        guard returning.hasAny || returning.way == .void else {
            desk.say(.warning, "Choose what comes back: a number and Enter, or all of it")
            return []
        }
        if let unanswered = returning.unanswered {
            stage = .giving(returning)
            return [.ask(.returns(unanswered))]
        }
        do throws(StoreError) {
            let figures = try returning.checkedFigures(desk)
            guard let reason = returning.reason else {
                return [.open(.picker(ReturnsState.reasons(returning.way, figures)))]
            }
            if returning.way == .exchange { return exchange(returning, figures, reason, &desk) }
            if figures.needsApproval, returning.approvalCode?.isEmpty != false {
                return [.open(.prompt(Prompt(.approvalCode, limit: 40)))]
            }
            let request = try returning.request(figures, reason: reason, till: desk.context.till)
            var asking = returning
            asking.unanswered = request
            stage = .giving(asking)
            return [.ask(.returns(request))]
        } catch {
            desk.say(error)
            return []
        }
    }

    /// Puts the goods into the sale at the till, where what is taken for them is scanned.
    private mutating func exchange(
        _ returning: Returning, _ figures: RefundFigures, _ reason: String, _ desk: inout Desk
    ) -> [Step] {
        do throws(StoreError) {
            var terms = desk.basket.cart.terms
            terms.back = try returning.saleReturn(figures, reason: reason)
            stage = .choosing(Returning(returning.sale))
            let steps = desk.change(.setTerms(terms))
            desk.say(.info, "Scan what is taken for \(figures.given.displayText)")
            return steps + [.to(.till(TillState()))]
        } catch {
            desk.say(error)
            return []
        }
    }

    mutating func reason(_ reason: String, _ desk: inout Desk) -> [Step] {
        guard case .choosing(var returning) = stage else { return [] }
        returning.reason = reason
        stage = .choosing(returning)
        return give(&desk)
    }

    public mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step] {
        switch choice {
        case .reason(let reason?): return self.reason(reason, &desk)
        case .reason(nil): return [.open(.prompt(Prompt(.returnReason, limit: 200)))]
        case .refundMethod(let method):
            guard case .choosing(var returning) = stage else { return [] }
            returning.pay(back: method)
            stage = .choosing(returning)
            return []
        case .command, .category, .sort, .status, .theme, .product, .parkedSale, .tender, .customer,
            .newCustomer, .country, .office, .macro, .tester:
            return []
        }
    }

    /// Says once more what goes back before it does.
    private static func reasons(_ way: Returning.Way, _ figures: RefundFigures) -> Picker {
        let known =
            switch way {
            case .refund, .exchange:
                [
                    "Not wanted", "Does not fit", "Broken or faulty", "Not as described", "Wrong item sold",
                ]
            case .void: ["Rung up wrongly", "Not wanted after all", "Paid the wrong way", "Training or test"]
            }
        let what =
            switch way {
            case .refund: "Give back"
            case .exchange: "Exchange for"
            case .void: "Void, giving back"
            }
        return Picker(
            .reasons, title: "\(what) \(figures.given.displayText): why?",
            items: known.map { Picker.Item(.reason($0), label: $0) }
                + [Picker.Item(.reason(nil), label: "Another reason")])
    }

    /// The ways in which the money can go back.
    func methods(_ returning: Returning, _ desk: Desk) -> Picker {
        let mayChoose = desk.principal.mayTry(.refundOtherwise)
        let others = returning.sale.methods.filter { method in
            switch method.kind {
            case .cash, .externalCard: true
            case .simulatedCard, .online, .giftCard, .storeCredit: false
            }
        }
        return Picker(
            .refundMethods, title: "Give the money back",
            items: [Picker.Item(.refundMethod(nil), label: "As it was paid")]
                + others.map {
                    Picker.Item(
                        .refundMethod($0.id), label: $0.name,
                        disabledReason: mayChoose
                            ? nil : StoreError.notAllowed(.refundOtherwise).screenText)
                }, selected: .refundMethod(returning.methodID))
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .returns(let action) = reply else { return [] }
        switch action {
        case .found(let answer): return show(answer, &desk)
        case .sale(.success(let sale)): show(sale)
        case .sale(.failure(let error)):
            desk.say(error)
            // A list is there to go on with, however little it holds.
            if case .finding = stage, found.page == nil { return load(page: 1, desk) }
        case .product(let answer, let count): take(answer, count, &desk)
        case .given(.success(let returned)):
            error = nil
            kept = nil
            stage = .done(returned)
            let what = returned.refund
            desk.say(.success, "\(what.title): \(what.given.displayText) given back")
            return desk.openDrawer(for: what.tenders.map(\.method))
                + [.tell(.orderChanged(returned.order)), .tell(.stockChanged)]
        case .given(.failure(let error)): return refused(error, &desk)
        // The program says what became of paper and files.
        case .printed, .saved: break
        }
        return []
    }

    private mutating func show(_ answer: Answer<OrderPage>, _ desk: inout Desk) -> [Step] {
        switch answer {
        case .success(let page):
            error = nil
            if case .finding = stage {} else { return [] }
            // The one sale that was meant.
            let isMeant = found.opensOnly
            found.opensOnly = false
            if isMeant, page.total == 1, let order = page.orders.first {
                if found.page != nil { found.page = page }
                return [.ask(.returns(.sale(order.id, till: desk.context.till)))]
            }
            found.page = page
        case .failure(let error):
            self.error = error
            desk.say(error)
        }
        return []
    }

    private mutating func show(_ sale: Returning.Sale) {
        switch stage {
        case .choosing(var returning) where returning.order.id == sale.order.id:
            returning.refresh(sale)
            stage = .choosing(returning)
        case .finding, .choosing:
            if var kept, kept.order.id == sale.order.id {
                kept.refresh(sale)
                stage = .choosing(kept)
            } else {
                stage = .choosing(Returning(sale))
            }
            kept = nil
        case .giving, .done: break
        }
    }

    /// One more of what was scanned.
    private mutating func take(_ answer: Answer<Product>, _ count: Int, _ desk: inout Desk) {
        guard case .choosing(var returning) = stage else { return }
        switch answer {
        case .success(let product):
            let items = returning.order.items
            let rows = items.indices.filter { items[$0].productID == product.id }
            let open = rows.first {
                returning.quantity(of: items[$0]) < items[$0].returnable
            }
            guard let row = open ?? rows.first else {
                desk.say(.warning, "\(product.name) is not of this sale")
                return
            }
            let item = returning.order.items[row]
            returning.list.select(row, of: returning.order.items.count)
            stage = .choosing(returning)
            setQuantity(returning.quantity(of: item) + count, of: item, &desk)
        case .failure(let error): desk.say(error)
        }
    }

    /// Goes back to what was chosen where nobody waits for the store's answer any more, as after signing in again:
    /// asking once more is harmless.
    mutating func resumeUnanswered(_ desk: Desk) {
        guard case .giving(let returning) = stage else { return }
        let isAwaited = desk.requests.mustFinish.contains { $0.terms.screen == Self.kind }
        if !isAwaited { stage = .choosing(returning) }
    }

    /// What was chosen stays; where the sale is another one by now, it is loaded anew.
    private mutating func refused(_ error: StoreError, _ desk: inout Desk) -> [Step] {
        guard case .giving(var returning) = stage else { return [] }
        let isKnown = error.saysNothingHappened
        if isKnown {
            returning.approvalCode = nil
            returning.unanswered = nil
        }
        stage = .choosing(returning)
        guard isKnown else {
            let why = error == .outcomeUnknown ? "" : "\(error.screenText). "
            desk.say(.warning, "\(why)\(ReturnsState.unknown), and gives it once")
            return []
        }
        desk.say(error)
        switch error {
        case .keyReused:
            desk.say(.warning, "Something of this sale came back meanwhile; see what is left")
            return [.ask(.returns(.sale(returning.order.id, till: desk.context.till)))]
        case .wrongStatus, .notReturnable, .paymentRefused, .notFound, .priceChanged:
            return [.ask(.returns(.sale(returning.order.id, till: desk.context.till)))]
        case .invalid, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired, .notAllowed,
            .insufficientStock, .emptyOrder, .keyBusy, .taken, .paymentStranded, .otherShift, .shiftOpen,
            .noShift, .shiftCounting, .countIsOff, .storage, .device, .unreachable, .outcomeUnknown,
            .perhapsPlaced,
            .unsupported, .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken, .changedMeanwhile:
            return []
        }
    }
}

extension ReturnsState {
    static let unknown = "It is not known yet whether the money went back: Enter asks again"
}

extension Refund {
    /// Σ tenders: what the customer got.
    public var given: Money { amount + giftCards + rounding }
}
