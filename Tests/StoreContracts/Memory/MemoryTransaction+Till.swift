import StoreDomain
import StoreService

extension MemoryTransaction {
    func openShift(of till: String) -> Shift? { store.shifts.values.first { $0.till == till && $0.isOpen } }
    func shift(_ id: Int64) -> Shift? { store.shifts[id] }

    func shifts(of till: String, before: Int64?, closedBy: Int64?, limit: Int) -> [Shift] {
        let found = store.shifts.values.filter { shift in
            shift.till == till && shift.id < before ?? .max
                && (closedBy == nil || shift.closing?.closedBy == closedBy)
        }
        return Array(found.sorted { $0.id > $1.id }.prefix(limit))
    }

    func insertShift(till: String, openedBy: Int64, float: Money, at now: Timestamp) -> Shift {
        let shift = Shift(
            id: store.newID(.shift), till: till, openedBy: openedBy, openedAt: now, float: float)
        store.shifts[shift.id] = shift
        return shift
    }

    func close(_ id: Int64, number: DocumentNumber, closing: Shift.Closing) {
        guard let open = store.shifts[id] else { return }
        store.shifts[id] = open.closed(closing, number: number)
    }

    func trainingSales(in chain: String, from start: Timestamp, until end: Timestamp)
        -> ShiftReport.TrainingSum
    {
        let records = (store.journal[chain] ?? []).filter {
            $0.kind == .trainingSale && $0.at >= start && $0.at < end
        }
        let totals = records.map { record in
            record.text.split(separator: "\"total\":").dropFirst().first.flatMap {
                Int64($0.prefix { $0.isNumber })
            } ?? 0
        }
        return ShiftReport.TrainingSum(sales: records.count, totalMinor: totals.reduce(0, +))
    }

    func tills() -> [String] {
        Set(store.shifts.values.map(\.till) + store.positions.keys.map(\.till)).sorted()
    }

    func setCounts(_ counts: [Shift.Count], of id: Int64) {
        guard let open = store.shifts[id] else { return }
        store.shifts[id] = Shift(
            id: id, till: open.till, openedBy: open.openedBy, openedAt: open.openedAt, float: open.float,
            counts: counts)
    }

    func note(_ issue: DocumentIssue) -> Int {
        defer { store.issues.append(issue) }
        return store.issues.count { $0.document == issue.document }
    }

    func insert(
        _ happening: TillHappening, till: String, shiftID: Int64?, by: Int64?, at now: Timestamp
    ) {
        store.happenings.append((happening, shiftID, by))
    }

    private func beside(_ shift: Shift, _ refunds: [Refund]) -> ShiftReport.Beside {
        let happenings = store.happenings.filter { $0.shiftID == shift.id }.map(\.happening)
        func count(_ kind: TillHappening.Kind) -> Int { happenings.count { $0.kind == kind } }
        let copies = store.issues.enumerated().count { index, issue in
            guard issue.shiftID == shift.id else { return false }
            switch issue.document {
            case .closing: return false
            case .sale, .refund, .invoice:
                return store.issues[..<index].contains { $0.document == issue.document }
            }
        }
        return ShiftReport.Beside(
            exchanges: refunds.count { $0.exchangeID != nil },
            voidNumbers: refunds.filter { $0.kind == .void }.compactMap(\.number),
            abandoned: count(.abandoned),
            abandonedTotal: .sum(
                happenings.filter { $0.kind == .abandoned }.compactMap(\.amount),
                currency: store.identity.currency), tendersTakenBack: count(.tenderTakenBack),
            slips: count(.slip), copies: copies,
            approvals: store.approvals.values.count { $0.shiftID == shift.id && $0.stage == .used })
    }

    func insert(_ movement: CashMovement, shiftID: Int64) {
        store.cash[shiftID, default: []].append(movement)
    }

    func report(of shift: Shift) -> ShiftReport {
        let currency = store.identity.currency
        func sum(_ amounts: [Money]) -> Money { .sum(amounts, currency: currency) }
        let sales = store.orders.values.filter { order in
            order.payments.contains { store.shiftOfPayment[$0.id] == shift.id }
        }
        let payments = sales.flatMap(\.payments).filter { store.shiftOfPayment[$0.id] == shift.id }
        let refunds = store.refunds.filter { store.shiftOfRefund[$0.id] == shift.id }
        let loose = store.looseReturns.values.filter { store.shiftOfRefund[$0.id] == shift.id }
        let back = refunds.flatMap(\.tenders).filter { !$0.isMoved } + loose.flatMap(\.tenders)
        let tendered = payments.filter { $0.movedFrom == nil }
        let methods = Set(tendered.map(\.method) + back.map(\.method))
        let tenders = methods.sorted { $0.id < $1.id }.map { method in
            let taken = tendered.filter { $0.method == method }
            return ShiftReport.TenderSum(
                methodID: method.id, name: method.name, kind: method.kind, count: taken.count,
                taken: sum(taken.map(\.amount)), change: sum(taken.compactMap(\.change)),
                refunded: sum(back.filter { $0.method == method }.map(\.amount)))
        }
        let seller = Dictionary(
            uniqueKeysWithValues: sales.map { order in
                let last = order.payments.last { store.shiftOfPayment[$0.id] == shift.id }
                return (order.id, last.flatMap { store.takerOfPayment[$0.id] })
            })
        let openings = store.happenings.filter { $0.shiftID == shift.id && $0.happening.kind == .noSale }
        let ids = Set(
            seller.values.compactMap(\.self) + refunds.map(\.bookedOn) + openings.compactMap(\.by)
                + loose.map(\.operatorID))
        let people = ids.sorted().map { id in
            let sold = sales.filter { seller[$0.id] == id }
            let given = refunds.filter { $0.bookedOn == id }
            let voided = given.filter { $0.kind == .void }
            let taken = loose.filter { $0.operatorID == id }
            let lines = sold.flatMap(\.items)
            let taxBack = sum(given.flatMap(\.lines).map(\.tax)) + sum(taken.flatMap(\.lines).map(\.tax))
            return ShiftReport.PersonSum(
                id: id, sales: sold.count, salesTotal: sum(sold.map(\.total)),
                lineDiscounts: sum(lines.map(\.lineDiscount)), orderDiscounts: sum(sold.map(\.discount)),
                overrides: lines.count { $0.listPrice != nil }, refunds: given.count + taken.count,
                refundsTotal: sum(given.map(\.amount)) + sum(taken.map(\.amount)),
                rounding: sum(sold.map(\.rounding)) - sum(given.map(\.rounding)) - sum(taken.map(\.rounding)),
                tax: sum(sold.map(\.tax)) - taxBack, voids: voided.count,
                voidsTotal: sum(voided.map(\.amount)), noSales: openings.count { $0.by == id })
        }
        let positions = sales.compactMap { $0.number?.position }
        let movements = store.cash[shift.id] ?? []
        let involved = ShiftReport.personIDs(shift, people: people, movements: movements)
        return ShiftReport(
            shift: shift,
            receipts: .init(till: shift.till, from: positions.min(), to: positions.max()), people: people,
            rates: rates(Array(sales), refunds, loose), tenders: tenders, movements: movements,
            names: store.accounts.filter { involved.contains($0.key) }.mapValues(\.user.name),
            giftCards: giftCards(shift), beside: beside(shift, refunds))
    }

    /// Sold less taken back.
    private func giftCards(_ shift: Shift) -> Money {
        let own = store.cardMovements.filter { $0.shiftID == shift.id }.map(\.movement)
        let sold = own.filter(\.isOfSoldCard)
        return .sum(sold.map(\.amount), currency: store.identity.currency)
    }

    private func rates(_ sales: [Order], _ refunds: [Refund], _ loose: [LooseReturn])
        -> [ShiftReport.RateSum]
    {
        let currency = store.identity.currency
        func sum(_ amounts: [Money]) -> Money { .sum(amounts, currency: currency) }
        let sold = sales.flatMap { order in
            order.items.map { (rate: order.exemption == nil ? $0.taxRate : nil, item: $0, order: order) }
        }
        let back = refunds.flatMap { refund in
            refund.lines.compactMap { line -> (rate: Rate?, line: Refund.Line)? in
                guard let order = store.orders[refund.orderID],
                    let item = order.items.first(where: { $0.id == line.itemID })
                else { return nil }
                return (order.exemption == nil ? item.taxRate : nil, line)
            }
        }
        let without = loose.flatMap(\.lines)
        let rates = Set(sold.map(\.rate) + back.map(\.rate) + without.map(\.taxRate))
        return rates.sorted { left, right in
            guard let left else { return false }
            guard let right else { return true }
            return left > right
        }.map { rate in
            let items = sold.filter { $0.rate == rate }
            let lines = back.filter { $0.rate == rate }.map(\.line)
            let others = without.filter { $0.taxRate == rate }
            let tax = sum(items.map(\.item.tax))
            let net = items.map { sale in
                let paid = sale.item.total - sale.item.lineDiscount - sale.item.orderDiscount
                return sale.order.taxMode == .included ? paid - sale.item.tax : paid
            }
            let exempted = rate == nil ? sum(sales.map(\.exempted)) : .zero(currency)
            return ShiftReport.RateSum(
                rate: rate, salesNet: sum(net) - exempted, salesTax: tax,
                refundsNet: sum(lines.map { $0.amount - $0.tax }) + sum(others.map { $0.amount - $0.tax }),
                refundsTax: sum(lines.map(\.tax)) + sum(others.map(\.tax)))
        }
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

    func keptParking(_ key: IdempotencyKey, userID: Int64, content: String) -> KeptParking? {
        store.parkingKeys["\(userID)|\(key.text)"].map {
            KeptParking(isSameContent: $0.content == content, sale: $0.sale)
        }
    }

    func keep(
        _ sale: ParkedSale, under key: IdempotencyKey, userID: Int64, content: String, at now: Timestamp
    ) {
        store.parkingKeys["\(userID)|\(key.text)"] = (content, sale)
    }
}
