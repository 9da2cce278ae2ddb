import StoreDomain
import StorefrontCore

/// The shifts of a till in memory. What was sold is said, not reckoned.
public struct FixtureDrawer {
    /// The latest last.
    public var shifts: [Shift] = []
    public var movements: [CashMovement] = []
    /// How often the report of a shift was printed.
    public var issues: [Int64: Int] = [:]

    public var people: [ShiftReport.PersonSum] = []
    public var rates: [ShiftReport.RateSum] = []
    public var tenders: [ShiftReport.TenderSum] = []

    public init() {}

    /// A day's sales: 64 of them, three refunds, cash and cards, two people.
    public mutating func fill() {
        func usd(_ minor: Int64) -> Money { Money(minorUnits: minor) }
        people = [
            .init(
                id: 2, sales: 60, salesTotal: usd(108_520), lineDiscounts: usd(3_000),
                orderDiscounts: usd(2_480), overrides: 2, refunds: 0, refundsTotal: .zero(),
                rounding: usd(5), tax: usd(8_500)),
            .init(
                id: 3, sales: 4, salesTotal: usd(10_000), lineDiscounts: .zero(), orderDiscounts: .zero(),
                overrides: 0, refunds: 3, refundsTotal: usd(9_640), rounding: .zero(), tax: usd(28)),
        ]
        rates = [
            .init(
                rate: .seedTax, salesNet: usd(109_210), salesTax: usd(9_310), refundsNet: usd(8_885),
                refundsTax: usd(755))
        ]
        tenders = [
            .init(
                methodID: "cash", name: "Cash", kind: .cash, count: 50, taken: usd(71_260),
                change: usd(28_740), refunded: usd(6_140)),
            .init(
                methodID: "card", name: "Card terminal", kind: .externalCard, count: 14, taken: usd(47_265),
                change: .zero(), refunded: usd(3_500)),
        ]
    }

    private var open: Shift? { shifts.last { $0.isOpen } }

    private func report(_ shift: Shift, _ principal: Principal) -> ShiftReport {
        let report = ShiftReport(
            shift: shift, receipts: people.isEmpty ? nil : .init(till: shift.till, from: 101, to: 164),
            people: people, rates: rates, tenders: tenders,
            movements: shift.id == shifts.last?.id ? movements : [],
            names: [2: "Demo staff", 3: "Demo admin"])
        return shift.isOpen && !principal.allows(.seeExpected) ? report.withoutExpected : report
    }

    mutating func answer(to ask: ShiftRequest, as principal: Principal) -> ShiftAction {
        let by = principal.userID ?? 0
        switch ask {
        case .look:
            let report = open.flatMap { principal.allows(.xReport) ? self.report($0, principal) : nil }
            let last = shifts.last.map { $0.closing?.nextFloat ?? $0.float }
            return .looked(
                .success(ShiftLook(shift: open, suggested: open == nil ? last : nil, report: report)))
        case .open(let till, let float):
            let shift = Shift(
                id: Int64(shifts.count + 1), till: till, openedBy: by, openedAt: FixtureShop.now, float: float
            )
            shifts.append(shift)
            movements = []
            return .opened(.success(shift))
        case .move(let kind, let amount, let reason, _):
            return .moved(
                Self.answer { () throws(StoreError) in
                    let movement = try CashMovement(
                        kind: kind, amount: amount, reason: reason, by: by, at: FixtureShop.now)
                    movements.append(movement)
                    return movement
                })
        case .count(let drawer, _):
            guard let shift = open else { return .counted(.failure(.noShift(till: Till.standard))) }
            let counted = shift.counted(Shift.Count(drawer, by: by, at: FixtureShop.now))
            shifts[shifts.count - 1] = counted
            let expected = expected(counted)
            let isTold = principal.allows(.seeExpected) || !counted.mayBeCounted
            return .counted(
                .success(
                    CountOutcome(
                        shift: counted, isOff: drawer.total != expected, expected: isTold ? expected : nil)))
        case .close(_, let nextFloat, let reason): return .closed(close(nextFloat, reason, by))
        case .report(let id):
            guard let shift = shifts.first(where: { $0.id == id }) else {
                return .reported(.failure(.notFound(.shift(id))))
            }
            return .reported(.success(report(shift, principal)))
        case .list(_, let before):
            let found = shifts.reversed().filter { $0.id < before ?? .max }
            return .listed(before: before, .success(ShiftPage(Array(found.prefix(ShiftPage.size)))))
        case .print(let report, _):
            defer { issues[report.shift.id, default: 0] += 1 }
            return .printed(
                .success(PaperIssue(report.shift.isOpen ? 0 : issues[report.shift.id, default: 0])))
        case .save: return .saved(.success("report.txt"))
        }
    }

    private func expected(_ shift: Shift) -> Money {
        report(shift, .operatorOfStore).expected ?? shift.float
    }

    private mutating func close(_ nextFloat: Money, _ reason: String?, _ by: Int64) -> Answer<ShiftReport> {
        guard let shift = open, let counted = shift.counts.last?.drawer.total else {
            return .failure(.noShift(till: Till.standard))
        }
        let expected = expected(shift)
        guard counted == expected || reason != nil else {
            return .failure(.countIsOff(variance: shift.mayBeCounted ? nil : counted - expected))
        }
        let closed = shift.closed(
            Shift.Closing(
                closedBy: by, closedAt: FixtureShop.now, expected: expected, counted: counted,
                reason: reason, nextFloat: nextFloat),
            number: DocumentNumber(
                series: NumberSeries(.closing, till: shift.till), position: shifts.count))
        shifts[shifts.count - 1] = closed
        return .success(report(closed, .operatorOfStore))
    }

    private static func answer<Value>(_ body: () throws(StoreError) -> Value) -> Answer<Value> {
        do { return .success(try body()) } catch { return .failure(error) }
    }
}

extension ShiftRequest {
    /// The answer where a service fails.
    func failed(with error: StoreError) -> ShiftAction {
        switch self {
        case .look: .looked(.failure(error))
        case .open: .opened(.failure(error))
        case .move: .moved(.failure(error))
        case .count: .counted(.failure(error))
        case .close: .closed(.failure(error))
        case .report: .reported(.failure(error))
        case .list(_, let before): .listed(before: before, .failure(error))
        case .print: .printed(.failure(error))
        case .save: .saved(.failure(error))
        }
    }
}
