import StoreDomain
import StorefrontCore

/// The till of the small shop.
extension FixtureShop {
    mutating func reply(to ask: TillRequest, _ owner: CartOwner, _ principal: Principal) -> TillAction {
        switch ask {
        case .begin:
            return .began(
                attempt { shop in
                    TillRequest.Beginning(
                        methods: shop.methods.filter { principal.allows($0.permission) },
                        shift: shop.drawer.shifts.last { $0.isOpen }, parked: shop.parked.count)
                })
        case .findSale:
            if losesAnswers, unsettled != nil { return .foundSale(.failure(.outcomeUnknown)) }
            return .foundSale(
                attempt { TillRequest.FoundSale(pending: $0.sales[owner], parked: $0.settleParking(owner)) })
        case .sell(let draft):
            if let parked = settleParking(owner) { return .parked(.success(parked)) }
            sold += 1
            let coded = (try? draft.withCodes(FixtureIDs(start: UInt64(sold)))) ?? draft
            let pending = PendingSale(saleKey: IdempotencyKey(random: 3, UInt64(sold)), draft: coded)
            sales[owner] = pending
            return .ended(finish(pending, owner, principal))
        case .finish(let pending): return .ended(finish(pending, owner, principal))
        case .find(let words):
            return .found(
                words,
                attempt { shop in
                    shop.products.filter { $0.name.folded.contains(words.folded) }
                })
        case .customers(let words):
            let wanted: CustomerWords
            do throws(StoreError) { wanted = try CustomerWords(words) } catch {
                return .customers(words, .failure(error))
            }
            return .customers(
                words,
                attempt { shop in
                    shop.users.filter { wanted.mean(id: $0.id, name: $0.name, email: $0.email) }
                        .map { SaleCustomer($0) }
                })
        case .newCustomer(let name, let email):
            return .newCustomer(
                attempt { shop in
                    let user = User(
                        id: Int64(900 + shop.users.count), email: email, name: name, role: .customer,
                        createdAt: Self.now, updatedAt: Self.now)
                    shop.users.append(user)
                    return SaleCustomer(user)
                })
        case .park(let basket, let label, let till):
            if losesAnswers {
                let sale = ParkedSale(
                    id: 1, code: "10", label: label, basket: basket, till: till, parkedBy: 2, at: Self.now)
                parked.append(sale)
                unsettled = (.park(basket, label: label, till: till), sale)
                return .parked(.failure(.outcomeUnknown))
            }
            return .parked(
                attempt { shop in
                    let sale = ParkedSale(
                        id: Int64(shop.parked.count + 1),
                        code: ParkedSale.freeCode(among: Set(shop.parked.map(\.code))), label: label,
                        basket: basket, till: till, parkedBy: 2, at: Self.now)
                    shop.parked.append(sale)
                    shop.carts[owner]?.apply(.handOver)
                    return ParkingFlow.Done(
                        deed: .park(basket, label: label, till: till), sale: sale,
                        cart: shop.carts[owner] ?? Cart())
                })
        case .parked: return .parkedSales(attempt { $0.parked })
        case .resume(let code):
            guard let index = parked.firstIndex(where: { $0.code == code }) else {
                return .parked(.failure(.notFound(.parkedSale(code))))
            }
            return .parked(
                attempt { shop in
                    let sale = shop.parked.remove(at: index)
                    shop.carts[owner] = sale.basket
                    return ParkingFlow.Done(deed: .takeUp(code: code), sale: sale, cart: sale.basket)
                })
        case .noSale(let reason, _):
            return .openedDrawer(
                attempt { shop in
                    shop.happenings.append(.noSale(reason: reason))
                    shop.drawerOpenings += 1
                    return Done()
                })
        case .slip(let slip, _, _):
            return .printedSlip(
                attempt { shop in
                    shop.slips.append(slip)
                    return Done()
                })
        case .note(let happening, _):
            return .noted(
                attempt { shop in
                    shop.happenings.append(happening)
                    return Done()
                })
        case .keepMacro(let macro):
            let book = MacroBook(macros: macros)
            if let problem = book.problem(ofAdding: macro, keyProblem: { _ in nil }) {
                return .keptMacro(macro, .failure(.invalid([problem])))
            }
            return .keptMacro(
                macro,
                attempt { shop in
                    shop.macros.append(macro)
                    return MacroShelf(macros: shop.macros)
                })
        case .value(let source, let part, let pays):
            let found =
                switch source {
                case .card(let code): cards[code]
                case .credit: credit
                }
            guard let found else {
                let why: PaymentProblem = if case .card = source { .cardUnknown } else { .noCredit }
                return .value(source, part: part, pays: pays, .failure(.paymentRefused(why)))
            }
            return .value(source, part: part, pays: pays, attempt { _ in found })
        case .openDrawer:
            return .drawerOpened(
                attempt { shop in
                    shop.drawerOpenings += 1
                    return Done()
                })
        }
    }

    /// What a sale comes to, by the rules of selling.
    func price(_ draft: SaleDraft) -> PricedSale? {
        let lines = draft.lines.compactMap { line in
            products.first { $0.id == line.productID }.map { product in
                SaleLine(
                    Offer(
                        productID: product.id, name: product.name, sku: product.sku, price: product.price,
                        taxClass: nil, stock: product.stock),
                    quantity: line.quantity, override: line.override, discount: line.discount)
            }
        }
        let code: DiscountRequest =
            draft.discountCode.map { code in
                discounts.first { Discount.key($0.code) == Discount.key(code) }.map { .known($0) }
                    ?? .unknown(code: code)
            } ?? .none
        return PricedSale(
            lines, discount: draft.discount.map { .byHand($0) } ?? .code(code), exemption: draft.exemption,
            policy: policy, at: Self.now)
    }

    private mutating func finish(_ pending: PendingSale, _ owner: CartOwner, _ principal: Principal)
        -> SaleFlow.Outcome
    {
        if let failure {
            sales[owner] = nil
            return .refused(failure)
        }
        let order: Order
        do throws(StoreError) {
            if let known = soldOrders[pending.saleKey] {
                order = known
            } else {
                order = try sell(pending.draft, principal)
            }
        } catch {
            sales[owner] = nil
            return .refused(error)
        }
        soldOrders[pending.saleKey] = order
        if losesAnswers { return .unknown(pending, .outcomeUnknown) }
        sales[owner] = nil
        carts[owner]?.takeOut(pending.draft)
        return .sold(order, carts[owner] ?? Cart())
    }

    private mutating func sell(_ draft: SaleDraft, _ principal: Principal) throws(StoreError) -> Order {
        guard let sale = price(draft) else { throw .emptyOrder }
        if let agreement = draft.agreement, !agreement.isKept(by: sale.breakdown) {
            throw .priceChanged(sale.breakdown)
        }
        for line in sale.lines where !draft.isTraining {
            guard let index = products.firstIndex(where: { $0.id == line.line.productID }) else { continue }
            let known = draft.lines.contains {
                $0.productID == line.line.productID && $0.sellsBelowZero
            }
            guard known || policy.belowZero == .allow || products[index].stock.covers(line.line.quantity)
            else {
                throw .insufficientStock(
                    productID: line.line.productID, name: line.line.name,
                    available: products[index].stock.count ?? 0)
            }
        }
        for line in draft.lines {
            guard let share = line.discount?.share(of: Money(minorUnits: 100)) else { continue }
            if let error = asks(ApprovalNeed(.discountLines, share: share), "Sale at till 1", by: principal) {
                throw error
            }
        }
        let exchange = try draft.back.map { back throws(StoreError) in
            try take(back, for: sale.total, principal)
        }
        let due = exchange?.figures.amount ?? sale.total + draft.giftCards.total
        var payments = exchange?.payments ?? []
        var rounding = exchange?.figures.rounding ?? .zero()
        if exchange == nil || due.minorUnits > 0 {
            let settlement = try Settlement(
                of: due, by: draft.tenders, methods: methods, rounding: policy.cashRounding,
                principal: principal,
                value: StoredValue(cards: cards, credit: draft.customerID == nil ? nil : credit), at: Self.now
            )
            for payment in settlement.payments { pay(payment) }
            payments += settlement.payments
            rounding = settlement.rounding
        }
        let id = draft.isTraining ? -1 : Int64(1_041 + orders.count)
        let items = sale.lines.enumerated().map { index, line in
            OrderItem(
                id: Int64(index + 1), orderID: id, productID: line.line.productID,
                productName: line.line.name, sku: line.line.sku, quantity: line.line.quantity,
                unitPrice: line.line.unitPrice, total: line.line.gross, lineDiscount: line.lineDiscount,
                orderDiscount: line.orderDiscount, tax: line.tax, taxRate: line.taxRate)
        }
        let order = Order(
            id: id, userID: draft.customerID, operatorID: principal.userID, till: draft.till,
            number: DocumentNumber(
                series: NumberSeries(draft.isTraining ? .training : .receipt, till: draft.till),
                position: sold),
            status: .paid, items: items, subtotal: sale.breakdown.subtotal,
            discount: sale.breakdown.discount, tax: sale.breakdown.tax, total: sale.total,
            rounding: rounding, discountCode: sale.breakdown.discountCode, note: draft.note,
            payments: payments,
            giftCards: draft.giftCards.enumerated().map { place, card in
                issue(card, id: id * 100 + Int64(place))
            }, goodsBack: exchange?.goods, createdAt: Self.now, updatedAt: Self.now)
        if !draft.isTraining { orders.insert(order, at: 0) }
        return order
    }

    /// Books goods back as a part of a sale of `total`.
    private mutating func take(_ draft: RefundDraft, for total: Money, _ principal: Principal)
        throws(StoreError) -> (figures: ExchangeFigures, payments: [Payment], goods: GoodsBack)
    {
        guard let index = orders.firstIndex(where: { $0.id == draft.orderID }) else {
            throw .notFound(.order(draft.orderID))
        }
        let earlier = orders[index]
        let goods = try Refunding.figures(
            draft.lines, by: nil, of: earlier,
            Refunding.Basis(
                earlier: refunds.filter { $0.orderID == earlier.id }, methods: methods,
                rounding: policy.cashRounding, principal: principal))
        if let agreed = draft.agreed, agreed != goods.given { throw .paymentRefused(.comesTo(goods.given)) }
        let figures = ExchangeFigures(
            of: total, for: goods, by: methods.first { $0.id == draft.methodID },
            rounding: policy.cashRounding)
        let refund = Refund(
            id: Int64(refunds.count + 1), orderID: earlier.id, number: nil, lines: goods.lines,
            reason: draft.reason, tenders: figures.tenders, amount: goods.amount, rounding: goods.rounding,
            operatorID: principal.userID ?? 0, till: Till.standard, at: Self.now)
        refunds.append(refund)
        var changes = Changes()
        changes.orders = [
            OrderChange(
                .standing(earlier.id), status: goods.isWhole ? .refunded : .partiallyRefunded,
                refunded: goods.amount,
                returned: Dictionary(uniqueKeysWithValues: draft.lines.map { ($0.itemID, $0.quantity) }))
        ]
        orders[index] = earlier.with(
            changes, of: .standing(earlier.id), paymentIDs: [], at: Self.now)
        let moved = figures.tenders.filter(\.isMoved).map { tender in
            Payment(
                method: tender.method, amount: tender.amount, paidAt: Self.now,
                movedFrom: tender.paymentID ?? 0)
        }
        return (figures, moved, GoodsBack(refund, of: earlier))
    }

    /// What an answer that was lost would have told.
    fileprivate mutating func settleParking(_ owner: CartOwner) -> ParkingFlow.Done? {
        guard let (deed, sale) = unsettled else { return nil }
        unsettled = nil
        carts[owner]?.finish(deed, with: sale)
        return ParkingFlow.Done(deed: deed, sale: sale, cart: carts[owner] ?? Cart())
    }
}
