import StoreDomain
import StorefrontCore

/// Gift cards and returns without a receipt in the small shop.
extension FixtureShop {
    mutating func reply(to ask: GiftCardsRequest) -> GiftCardsAction {
        switch ask {
        case .list(let text):
            let found = cards.values.filter { card in
                text.map { card.lastFour?.hasSuffix($0.uppercased()) == true } ?? true
            }
            return .list(attempt { _ in found.sorted { $0.id > $1.id } })
        case .history(let id):
            guard let card = cards.values.first(where: { $0.id == id }) else {
                return .history(.failure(.notFound(.giftCard(id))))
            }
            return .history(attempt { shop in shop.history(of: card) })
        case .find(let code):
            guard let card = cards[code] else { return .history(.failure(.paymentRefused(.cardUnknown))) }
            return .history(attempt { shop in shop.history(of: card) })
        }
    }

    private func history(of card: GiftCard) -> GiftCardHistory {
        GiftCardHistory(
            card: card,
            movements: [
                GiftCardMovement(
                    id: 1, kind: .issue, amount: card.balance, left: card.balance, orderID: nil, number: nil,
                    by: 1, reason: nil, at: Self.now)
            ])
    }

    mutating func reply(to ask: LooseReturnsRequest, _ principal: Principal) -> LooseReturnsAction {
        switch ask {
        case .begin: return .began(attempt { $0.methods })
        case .product(let code, let count):
            guard let product = products.first(where: { $0.sku == code }) else {
                return .product(.failure(.notFound(.productCode(code))), count: count)
            }
            return .product(attempt { _ in product }, count: count)
        case .customer(let email):
            guard let user = users.first(where: { $0.email == email.lowercased() }) else {
                return .customer(.failure(.notFound(.account(email))))
            }
            return .customer(attempt { _ in SaleCustomer(user) })
        case .figures(let lines): return .figures(lines, figures(lines))
        case .prepare(let draft):
            let code = draft.customerID == nil && draft.methodID == nil ? GiftCardCode(number: 77) : nil
            do throws(StoreError) {
                let coded = try LooseReturnDraft(
                    till: draft.till, lines: draft.lines, reason: draft.reason, name: draft.name,
                    customerID: draft.customerID, methodID: draft.methodID, code: code,
                    approvalCode: draft.approvalCode, agreed: draft.agreed)
                return .prepared(.take(coded, key: "loose-\(looseReturns.count)"))
            } catch { return .taken(.failure(error)) }
        case .take(let draft, _): return .taken(take(draft, principal))
        case .print: return .printed(attempt { _ in Done() })
        }
    }

    private func figures(_ lines: [LooseReturnDraft.Line]) -> Answer<LooseReturnFigures> {
        do throws(StoreError) {
            let offers = products.map { product in
                Offer(
                    productID: product.id, name: product.name, sku: product.sku, price: product.price,
                    taxClass: nil, stock: product.stock)
            }
            return .success(
                try LooseReturning.figures(
                    lines, offers: Dictionary(uniqueKeysWithValues: offers.map { ($0.productID, $0) }),
                    lowest: [:],
                    policy: policy, at: Self.now))
        } catch { return .failure(error) }
    }

    private mutating func take(_ draft: LooseReturnDraft, _ principal: Principal) -> Answer<LooseReturn> {
        if let failure { return .failure(failure) }
        if losesAnswers { return .failure(.outcomeUnknown) }
        guard case .success(let figures) = figures(draft.lines) else { return .failure(.emptyOrder) }
        let card = GiftCard(
            id: 900, holder: .bearer(lastFour: draft.code?.lastFour ?? "????"), name: draft.name,
            balance: figures.amount, expiresAt: nil, createdAt: Self.now)
        let taken = LooseReturn(
            id: Int64(looseReturns.count + 1),
            number: DocumentNumber(
                series: NumberSeries(.refund, till: draft.till), position: looseReturns.count + 1),
            lines: figures.lines, reason: draft.reason, name: draft.name, customerID: draft.customerID,
            tenders: [Refund.Tender(paymentID: nil, method: .giftCard, amount: figures.amount)],
            amount: figures.amount, rounding: .zero(figures.amount.currency), card: card, code: draft.code,
            operatorID: principal.userID ?? 1, till: draft.till, at: Self.now)
        looseReturns.append(taken)
        return .success(taken)
    }

    // MARK: - The ledger

    mutating func pay(_ payment: Payment) {
        guard let paid = payment.card else { return }
        for (code, card) in cards where card.id == paid.id { cards[code] = card.holding(paid.left) }
        if let credit, credit.id == paid.id { self.credit = credit.holding(paid.left) }
    }

    mutating func issue(_ sale: GiftCardSale, id: Int64) -> SoldGiftCard {
        let code = sale.code ?? GiftCardCode(number: 0)
        let amount = Money(minorUnits: sale.amountMinor)
        cards[code] = GiftCard(
            id: id, holder: .bearer(lastFour: code.lastFour), name: nil, balance: amount, expiresAt: nil,
            createdAt: Self.now)
        return SoldGiftCard(id: id, lastFour: code.lastFour, amount: amount, code: code)
    }
}

extension [GiftCardSale] {
    var total: Money { .sum(map { Money(minorUnits: $0.amountMinor) }, currency: .usd) }
}

extension GiftCard {
    fileprivate func holding(_ balance: Money) -> GiftCard {
        GiftCard(
            id: id, holder: holder, name: name, balance: balance, expiresAt: expiresAt, createdAt: createdAt)
    }
}

struct FixtureIDs: IDSource {
    let start: UInt64

    func idempotencyKey() -> IdempotencyKey { IdempotencyKey(random: 5, start) }
    func giftCardCode() -> GiftCardCode { GiftCardCode(number: start) }
}
