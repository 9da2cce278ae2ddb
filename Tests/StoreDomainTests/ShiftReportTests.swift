import StoreDomain
import Testing

/// The figures of a shift, as they are worked out by hand.
@Suite struct ShiftReportTests {
    private func usd(_ minor: Int64) -> Money { Money(minorUnits: minor) }

    /// gross 1,240.00 − 30.00 − 24.80 − refunds 96.40 = 1,088.80; + gift cards 50.00, which are no turnover, + rounding
    /// 0.05 = 1,138.85 = cash 701.20 (762.60 in, 61.40 back) + card 412.65 + gift card 25.00.
    private func worked(_ shift: Shift? = nil, counts: [Money] = []) throws -> ShiftReport {
        let opened = Timestamp(seconds: 1_795_000_000)
        let shift =
            shift
            ?? Shift(
                id: 1, till: "1", openedBy: 7, openedAt: opened, float: usd(20000),
                counts: counts.map { Shift.Count(DrawerCount(total: $0), by: 7, at: opened) })
        func movement(_ kind: CashMovementKind, _ minor: Int64) throws -> CashMovement {
            try CashMovement(kind: kind, amount: usd(minor), reason: "x", by: 7, at: opened)
        }
        return ShiftReport(
            shift: shift, receipts: .init(till: "1", from: 101, to: 164),
            people: [
                .init(
                    id: 7, sales: 60, salesTotal: usd(108520), lineDiscounts: usd(3000),
                    orderDiscounts: usd(2480), overrides: 2, refunds: 0, refundsTotal: .zero(),
                    rounding: usd(5), tax: usd(8500)),
                .init(
                    id: 8, sales: 4, salesTotal: usd(10000), lineDiscounts: .zero(),
                    orderDiscounts: .zero(), overrides: 0, refunds: 3, refundsTotal: usd(9640),
                    rounding: .zero(), tax: .zero()),
            ],
            rates: [],
            tenders: [
                .init(
                    methodID: "cash", name: "Cash", kind: .cash, count: 50, taken: usd(76260),
                    change: usd(23740), refunded: usd(6140)),
                .init(
                    methodID: "card", name: "Card terminal", kind: .externalCard, count: 14,
                    taken: usd(44765), change: .zero(), refunded: usd(3500)),
                .init(
                    methodID: "gift-card", name: "Gift card", kind: .giftCard, count: 1, taken: usd(2500),
                    change: .zero(), refunded: .zero()),
            ],
            movements: [
                try movement(.paidIn, 4000), try movement(.paidOut, 1850),
                try movement(.drop, 50000),
            ], names: [7: "Ada"], giftCards: usd(5000))
    }

    @Test func theSumsAreThoseOfTheParts() throws {
        let report = try worked()
        #expect(report.sales == 64 && report.refunds == 3 && report.overrides == 2)
        #expect(report.gross == usd(124000))
        #expect(report.net == usd(108880) && report.due == usd(113885))
        #expect(report.tendered == usd(113885) && report.isBalanced)
        #expect(report.tenders.map(\.net) == [usd(70120), usd(41265), usd(2500)])
        #expect(report.cashSales == usd(76260) && report.cashRefunds == usd(6140))
        #expect(report.moved(.drop) == usd(50000))
        // 200.00 + 762.60 − 61.40 + 40.00 − 18.50 − 500.00
        #expect(report.expected == usd(42270))
        #expect(report.receipts?.first.text == "R1-000101" && report.receipts?.last.text == "R1-000164")
        #expect(report.name(of: 7) == "Ada" && report.name(of: 9) == "account 9")
        #expect(report.withoutExpected.expected == nil)
        #expect(report.withoutExpected.tendered == report.tendered)
    }

    @Test func aCountThatIsOffByOne() throws {
        let report = try worked(counts: [usd(42070), usd(42170)])
        let shift = report.shift
        #expect(shift.stage == .counting && !shift.mayBeCounted)
        let outcome = CountOutcome(shift: shift, isOff: true, expected: report.expected)
        #expect(outcome.variance == usd(-100))
        let closing = Shift.Closing(
            closedBy: 8, closedAt: shift.openedAt, expected: usd(42270), counted: usd(42170),
            reason: "miscounted", nextFloat: usd(20000))
        #expect(closing.variance == usd(-100) && closing.banked == usd(22170))
        let number = try #require(DocumentNumber("Z1-000001"))
        #expect(shift.closed(closing, number: number).stage == .closed)
        #expect(shift.closed(closing, number: number).counts == shift.counts)
    }

    @Test func coinsAndNotesAddUp() throws {
        let drawer = try DrawerCount(
            [
                .init(denomination: 25, count: 14), .init(denomination: 10_000, count: 2),
                .init(denomination: 1, count: 0),
            ], currency: .usd)
        #expect(drawer.total == usd(20350))
        #expect(drawer.pieces.map(\.denomination) == [10_000, 25])
        for wrong in [
            [DrawerCount.Pieces(denomination: 3, count: 1)],
            [.init(denomination: 25, count: -1)],
            [.init(denomination: 25, count: 1), .init(denomination: 25, count: 1)],
        ] {
            #expect(throws: StoreError.self) { try DrawerCount(wrong, currency: .usd) }
        }
        for currency in Currency.all {
            #expect(currency.denominations == currency.denominations.sorted(by: >))
            #expect(Set(currency.denominations).count == currency.denominations.count)
        }
    }

    /// Who sees reports sees X reports, and only a manager sees what should be in a drawer.
    @Test func whoSeesWhat() {
        for (role, x, expected, reprint) in [
            (Role.customer, false, false, false), (.cashier, false, false, true),
            (.senior, true, false, true), (.staff, true, false, true), (.manager, true, true, true),
            (.admin, true, true, true),
        ] {
            #expect(role.allows(.xReport) == x, "\(role.name)")
            #expect(role.allows(.seeExpected) == expected, "\(role.name)")
            #expect(role.allows(.reprint) == reprint, "\(role.name)")
        }
    }
}
