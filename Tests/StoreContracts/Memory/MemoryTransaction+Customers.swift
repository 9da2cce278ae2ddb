import StoreDomain
import StoreService

extension MemoryTransaction {
    func accounts(inRole role: String, before id: Int64?, limit: Int) -> [User] {
        let found = accounts().filter { $0.role.name == role && $0.id < id ?? .max }
        return Array(found.sorted { $0.id > $1.id }.prefix(limit))
    }

    func figures(ofCustomer id: Int64) -> CustomerFigures {
        let orders = store.orders.values.filter { $0.userID == id }
        let paid = orders.filter { [.paid, .partiallyRefunded, .refunded].contains($0.status) }
        return CustomerFigures(
            orders: orders.count, paid: paid.count,
            spent: .sum(paid.map { $0.total - $0.refunded }, currency: store.identity.currency),
            lastAt: orders.map(\.createdAt).max())
    }

    func giftCards(ofCustomer id: Int64, limit: Int) -> [GiftCard] {
        let orders = Set(store.orders.values.filter { $0.userID == id }.map(\.id))
        let cards = Set(
            store.cardMovements.filter { $0.movement.orderID.map(orders.contains) ?? false }.map(\.cardID))
        return Array(
            cards.compactMap { giftCard($0) }.filter { $0.lastFour != nil }.sorted { $0.id > $1.id }
                .prefix(limit))
    }

    func looseReturns(ofCustomer id: Int64) -> [LooseReturn] {
        store.looseReturns.values.filter { $0.customerID == id }.sorted { $0.id > $1.id }
            .compactMap { looseReturn($0.id) }
    }

    /// Nobody else writes while this transaction does.
    func hold(customers ids: [Int64]) {}

    func moveDocuments(ofCustomer id: Int64, to other: Int64) {
        let name = store.accounts[other]?.user.name
        for order in store.orders.values where order.userID == id {
            store.orders[order.id] = order.with(userID: other, userName: name, note: order.note)
        }
        for back in store.looseReturns.values where back.customerID == id {
            store.looseReturns[back.id] = back.with(customerID: other, name: back.name)
        }
    }

    func moveCredit(ofCustomer id: Int64, to other: Int64) {
        for (cardID, stored) in store.cards where stored.card.holder == .account(id) {
            let card = stored.card
            store.cards[cardID]?.card = GiftCard(
                id: card.id, holder: .account(other), name: card.name, balance: card.balance,
                expiresAt: card.expiresAt, createdAt: card.createdAt)
        }
    }

    func forgetNames(ofCustomer id: Int64, standIn: String) {
        for order in store.orders.values where order.userID == id {
            store.orders[order.id] = order.with(userID: id, userName: standIn, note: nil)
            for (key, kept) in store.keys where kept.orderID == order.id {
                store.keys[key]?.answer = nil
            }
        }
        for back in store.looseReturns.values where back.customerID == id {
            store.looseReturns[back.id] = back.with(customerID: id, name: standIn)
        }
    }
}

extension Order {
    fileprivate func with(userID: Int64, userName: String?, note: String?) -> Order {
        Order(
            id: id, userID: userID, userName: userName, operatorID: operatorID, till: till, number: number,
            status: status, items: items, subtotal: subtotal, discount: discount, tax: tax,
            taxMode: taxMode, exempted: exempted, total: total, rounding: rounding, refunded: refunded,
            discountCode: discountCode, exemption: exemption, note: note, payments: payments,
            giftCards: giftCards, goodsBack: goodsBack, journalMark: journalMark, invoice: invoice,
            createdAt: createdAt,
            updatedAt: updatedAt)
    }
}

extension LooseReturn {
    fileprivate func with(customerID: Int64, name: String) -> LooseReturn {
        LooseReturn(
            id: id, number: number, lines: lines, reason: reason, name: name, customerID: customerID,
            tenders: tenders, amount: amount, rounding: rounding, card: card, code: code,
            operatorID: operatorID, till: till, at: at)
    }
}
