import GRDB
import StoreDomain

/// The demo shop's shifts: till 1 has a Z report for each of a few days, and yesterday's shift is still open; till 2
/// has one without sales.
struct DemoShifts {
    private struct Drawer {
        let opened: Timestamp
        let closed: Timestamp
        var cash: Money
        var sales: Money
        var refunds: Money
    }

    /// Closed ones, before the open one.
    private static let days = 4
    private static let firstTill = Till.standard
    private static let secondTill = "2"

    private let currency: Currency
    private let float: Money
    private let movements: [CashMovement]
    private var drawers: [Drawer]

    init(_ currency: Currency, now: Timestamp) throws(StoreError) {
        self.currency = currency
        float = Money(minorUnits: 20_000, currency: currency)
        let midnight = now.milliseconds / 86_400_000 * 86_400
        let none = Money.zero(currency)
        var drawers: [Drawer] = []
        for day in stride(from: Int64(Self.days) + 1, through: 1, by: -1) {
            let start = midnight - day * 86_400
            drawers.append(
                Drawer(
                    opened: Timestamp(seconds: start + 31_500), closed: Timestamp(seconds: start + 77_400),
                    cash: none, sales: none, refunds: none))
        }
        self.drawers = drawers
        let noon = Timestamp(seconds: midnight - 86_400 + 43_200)
        movements = [
            try CashMovement(
                kind: .paidIn, amount: Money(minorUnits: 4_000, currency: currency), reason: "Coins",
                by: DemoData.cashierID, at: noon),
            try CashMovement(
                kind: .paidOut, amount: Money(minorUnits: 1_850, currency: currency), reason: "Milk",
                by: DemoData.seniorID, at: noon),
        ]
    }

    /// The shift that was open then, by its id.
    func shift(at time: Timestamp) -> Int64? {
        drawers.firstIndex { $0.opened <= time && time <= $0.closed }.map { Int64($0) + 1 }
    }

    mutating func note(sale total: Money, _ payments: [Payment], in shift: Int64) {
        drawers[Int(shift) - 1].sales = drawers[Int(shift) - 1].sales + total
        for payment in payments where payment.method.kind == .cash {
            drawers[Int(shift) - 1].cash = drawers[Int(shift) - 1].cash + payment.amount
        }
    }

    mutating func note(_ refund: Refund, in shift: Int64) {
        drawers[Int(shift) - 1].refunds = drawers[Int(shift) - 1].refunds + refund.amount
        for tender in refund.tenders where tender.method.kind == .cash {
            drawers[Int(shift) - 1].cash = drawers[Int(shift) - 1].cash - tender.amount
        }
    }

    // MARK: - Rows

    func write(to db: Database) throws {
        var rows = RowBatch(
            "shift",
            [
                "id", "till", "opened_by", "opened_at", "float_minor", "closed_by", "closed_at",
                "expected_minor", "counted_minor", "reason", "counts", "next_float_minor",
                "perpetual_sales_minor", "perpetual_refunds_minor", "number_kind", "number_till",
                "number_position",
            ])
        var perpetual = PerpetualTotals(sales: .zero(currency), refunds: .zero(currency))
        for (index, drawer) in drawers.enumerated() {
            guard index < Self.days else {
                rows.append(open(Int64(index) + 1, Self.firstTill, by: DemoData.cashierID, drawer.opened))
                continue
            }
            perpetual = PerpetualTotals(
                sales: perpetual.sales + drawer.sales, refunds: perpetual.refunds + drawer.refunds)
            rows.append(try closed(index, drawer, perpetual))
        }
        rows.append(
            open(
                Int64(drawers.count) + 1, Self.secondTill, by: DemoData.seniorID, drawers[Self.days].opened))
        try rows.write(to: db)
        try NumberRecord.setLast([NumberSeries(.closing, till: Self.firstTill): Self.days], in: db)
        var cash = RowBatch(
            "cash_movement", ["shift_id", "kind", "amount_minor", "reason", "moved_by", "created_at"])
        for movement in movements {
            cash.append([
                drawers.count, movement.kind.rawValue, movement.amount.minorUnits, movement.reason,
                movement.by, movement.at.milliseconds,
            ])
        }
        try cash.write(to: db)
    }

    private func open(_ id: Int64, _ till: String, by person: Int64, _ at: Timestamp)
        -> [(any DatabaseValueConvertible)?]
    {
        [
            id, till, person, at.milliseconds, float.minorUnits, nil, nil, nil, nil, nil, "[]", nil, nil,
            nil, nil, nil, nil,
        ]
    }

    /// The second of them is off by one.
    private func closed(_ index: Int, _ drawer: Drawer, _ perpetual: PerpetualTotals) throws
        -> [(any DatabaseValueConvertible)?]
    {
        let expected = float + drawer.cash
        let isOff = index == 1
        let counted = isOff ? expected - Money(minorUnits: 100, currency: currency) : expected
        let count = Shift.Count(
            try DrawerCount(pieces(of: counted), currency: currency), by: DemoData.cashierID,
            at: drawer.closed)
        return [
            Int64(index) + 1, Self.firstTill, DemoData.cashierID, drawer.opened.milliseconds,
            float.minorUnits, isOff ? DemoData.seniorID : DemoData.cashierID, drawer.closed.milliseconds,
            expected.minorUnits, counted.minorUnits, isOff ? "Too much change given" : nil,
            try JSONText.of([count]), min(float, counted).minorUnits, perpetual.sales.minorUnits,
            perpetual.refunds.minorUnits, DocumentKind.closing.rawValue, Self.firstTill, index + 1,
        ]
    }

    /// As few coins and notes as there can be.
    private func pieces(of amount: Money) -> [DrawerCount.Pieces] {
        var rest = amount.minorUnits
        return currency.denominations.compactMap { denomination in
            let count = rest / denomination
            rest -= count * denomination
            return count > 0 ? DrawerCount.Pieces(denomination: denomination, count: Int(count)) : nil
        }
    }
}
