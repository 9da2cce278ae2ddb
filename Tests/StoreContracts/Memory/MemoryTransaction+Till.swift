import StoreDomain
import StoreService

extension MemoryTransaction {
    func openShift(of till: String) -> Shift? { store.shifts.values.first { $0.till == till && $0.isOpen } }
    func shift(_ id: Int64) -> Shift? { store.shifts[id] }

    func shifts(of till: String, limit: Int) -> [Shift] {
        Array(store.shifts.values.filter { $0.till == till }.sorted { $0.id > $1.id }.prefix(limit))
    }

    func insertShift(till: String, openedBy: Int64, float: Money, at now: Timestamp) -> Shift {
        let shift = Shift(
            id: store.newID(.shift), till: till, openedBy: openedBy, openedAt: now, float: float)
        store.shifts[shift.id] = shift
        return shift
    }

    func close(_ id: Int64, number: DocumentNumber, closing: Shift.Closing) {
        guard let open = store.shifts[id] else { return }
        store.shifts[id] = Shift(
            id: id, till: open.till, number: number, openedBy: open.openedBy, openedAt: open.openedAt,
            float: open.float, closing: closing)
    }

    func insert(_ movement: CashMovement, shiftID: Int64) {
        store.cash[shiftID, default: []].append(movement)
    }

    func report(of shift: Shift) -> ShiftReport {
        let currency = store.identity.currency
        let sales = store.orders.values.filter { order in
            order.payments.contains { store.shiftOfPayment[$0.id] == shift.id }
        }
        let payments = sales.flatMap(\.payments).filter { store.shiftOfPayment[$0.id] == shift.id }
        let refunds = store.refunds.filter { store.shiftOfRefund[$0.id] == shift.id }
        let back = refunds.flatMap(\.tenders)
        let methods = Set(payments.map(\.method) + back.map(\.method))
        func sum(_ amounts: [Money]) -> Money { .sum(amounts, currency: currency) }
        let tenders = methods.sorted { $0.id < $1.id }.map { method in
            let taken = payments.filter { $0.method == method }
            return ShiftReport.TenderSum(
                methodID: method.id, kind: method.kind, count: taken.count, taken: sum(taken.map(\.amount)),
                refunded: sum(back.filter { $0.method == method }.map(\.amount)))
        }
        return ShiftReport(
            shift: shift, sales: sales.count, salesTotal: sum(sales.map(\.total)), refunds: refunds.count,
            refundsTotal: sum(refunds.map(\.amount)),
            rounding: sum(sales.map(\.rounding)) - sum(refunds.map(\.rounding)),
            tax: sum(sales.map(\.tax)) - sum(refunds.flatMap(\.lines).map(\.tax)), tenders: tenders,
            movements: store.cash[shift.id] ?? [])
    }

    func lastPositions(_ series: Set<NumberSeries>) -> [NumberSeries: Int] {
        store.positions.filter { series.contains($0.key) }
    }

    func setLastPosition(_ position: Int, of series: NumberSeries) { store.positions[series] = position }

    func parkedSales() -> [ParkedSale] { store.parked.values.sorted { $0.id < $1.id } }

    func insertParked(code: String, label: String, basket: Cart, till: String, by: Int64, at now: Timestamp)
        -> ParkedSale
    {
        let parked = ParkedSale(
            id: store.newID(.parked), code: code, label: label, basket: basket, till: till, parkedBy: by,
            at: now)
        store.parked[parked.id] = parked
        return parked
    }

    func deleteParked(_ id: Int64) -> Bool { store.parked.removeValue(forKey: id) != nil }
}
