import StoreDomain
import StorefrontCore

/// Goods that come back, by the rules that a store has.
extension FixtureShop {
    mutating func reply(to ask: ReturnsRequest, _ principal: Principal) -> ReturnsAction {
        switch ask {
        case .find(let text, _, let page, let perPage):
            let all = sales(by: text)
            return .found(
                attempt { _ in
                    OrderPage(
                        orders: Array(all.dropFirst((page - 1) * perPage).prefix(perPage)), number: page,
                        perPage: perPage, total: all.count)
                })
        case .sale(let id, let till):
            return .sale(
                attempt { shop in
                    Returning.Sale(
                        order: shop.orders.first { $0.id == id } ?? shop.orders[0],
                        earlier: shop.refunds.filter { $0.orderID == id }, methods: shop.methods,
                        shift: shop.drawer.shifts.last { $0.isOpen && $0.till == till })
                })
        case .product(let code, let count):
            let product = products.first { $0.sku == code || $0.barcode == code }
            return .product(
                product.map { .success($0) } ?? .failure(.notFound(.productCode(code))), count: count)
        case .refund(let draft, let key, let till):
            return .given(
                give(draft.orderID, key, till, principal) { (order, facts) throws(StoreError) in
                    try Refunding.refund(draft, of: order, facts)
                })
        case .void(let draft, let key, let till):
            return .given(
                give(draft.orderID, key, till, principal) { (order, facts) throws(StoreError) in
                    try Refunding.void(draft, of: order, facts)
                })
        case .print: return .printed(attempt { _ in Done() })
        case .save(let returned, _): return .saved(attempt { _ in "receipt-\(returned.order.id).txt" })
        }
    }

    private func sales(by text: String?) -> [Order] {
        guard let text else { return orders.filter(\.status.isReturnable) }
        if let number = DocumentNumber(text) {
            let refunded = refunds.filter { $0.number == number }.map(\.orderID)
            return orders.filter { $0.number == number || refunded.contains($0.id) }
        }
        if let id = Int64(text), let order = orders.first(where: { $0.id == id }) { return [order] }
        if let product = products.first(where: { $0.sku == text || $0.barcode == text }) {
            return orders.filter { $0.items.contains { $0.productID == product.id } }
        }
        return orders.filter { $0.userName?.lowercased().contains(text.lowercased()) == true }
    }

    /// Twice under one key is once; where answers are lost, the money is given all the same.
    private mutating func give(
        _ orderID: Int64, _ key: String, _ till: String, _ principal: Principal,
        _ changes: (Order, Refunding.Facts) throws(StoreError) -> Changes
    ) -> Answer<ReturnsState.Returned> {
        if let failure { return .failure(failure) }
        guard let index = orders.firstIndex(where: { $0.id == orderID }) else {
            return .failure(.notFound(.order(orderID)))
        }
        if let known = refundKeys[key], let refund = refunds.first(where: { $0.id == known }) {
            return .success(ReturnsState.Returned(order: orders[index], refund: refund))
        }
        let facts = Refunding.Facts(
            basis: Refunding.Basis(
                earlier: refunds.filter { $0.orderID == orderID }, methods: methods,
                rounding: policy.cashRounding, principal: principal),
            operatorID: principal.userID ?? 0, till: till, shiftID: openShift, paidInShiftID: openShift,
            numbers: (NumberSeries(.refund, till: till), refunds.count), tracked: [], now: Self.now)
        do throws(StoreError) {
            let changes = try changes(orders[index], facts)
            guard let new = changes.newRefund?.refund else { return .failure(.emptyOrder) }
            let refund = new.with(id: Int64(refunds.count + 1))
            refunds.append(refund)
            refundKeys[key] = refund.id
            orders[index] = orders[index].with(
                changes, of: .standing(orderID), paymentIDs: [], at: Self.now)
            if losesAnswers { return .failure(.outcomeUnknown) }
            return .success(ReturnsState.Returned(order: orders[index], refund: refund))
        } catch { return .failure(error) }
    }

    mutating func makeInvoice(_ orderID: Int64, _ party: InvoiceParty, _ till: String) -> Answer<Order> {
        if let failure { return .failure(failure) }
        guard let index = orders.firstIndex(where: { $0.id == orderID }) else {
            return .failure(.notFound(.order(orderID)))
        }
        do throws(StoreError) {
            let invoice = try Invoice.make(
                of: orders[index], to: party, till: till, last: orders.count { $0.invoice != nil }, by: 2,
                at: Self.now)
            orders[index] = orders[index].with(invoice: invoice)
            return .success(orders[index])
        } catch { return .failure(error) }
    }
}
