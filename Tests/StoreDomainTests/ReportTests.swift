import StoreDomain
import Testing

/// Days, periods and the figures of a report, as they are worked out by hand.
@Suite struct ReportTests {
    @Test func daysAreOfTheCalendar() throws {
        let day = try #require(ShopDay("2026-11-30"))
        #expect(day.text == "2026-11-30" && day.weekday == .monday && day.monthText == "2026-11")
        #expect(day.startOfMonth.text == "2026-11-01" && day.startOfNextMonth.text == "2026-12-01")
        #expect(
            day.advanced(by: 1).text == "2026-12-01" && day.advanced(by: -1).startOfWeek.text == "2026-11-23")
        #expect(
            ShopDay("1969-12-31")?.weekday == .wednesday
                && ShopDay("2028-02-29")?.yearBefore.text == "2027-02-28")
        for text in ["2026-13-01", "2026-02-29", "2026-1-1", "tomorrow", ""] { #expect(ShopDay(text) == nil) }
    }

    @Test func periodsEndToday() throws {
        let today = try #require(ShopDay("2026-11-29"))
        func text(_ period: ReportPeriod) -> String { period.span(today: today).text }
        #expect(text(.today) == "2026-11-29" && text(.week) == "2026-11-23 to 2026-11-29")
        #expect(text(.month) == "2026-11-01 to 2026-11-29" && text(.year) == "2026-01-01 to 2026-11-29")
        let month = ReportPeriod.month.span(today: today)
        #expect(month.days == 29 && month.before.text == "2026-10-03 to 2026-10-31")
        #expect(month.lastYear.text == "2025-11-01 to 2025-11-29")
        #expect(month.after.text == "2026-11-30 to 2026-12-28")
    }

    /// Whole months come from the sums of months, the days around them from the days.
    @Test(arguments: [
        ("2026-01-01", "2026-12-31", 1), ("2026-01-15", "2026-03-15", 3), ("2026-01-15", "2026-01-31", 1),
        ("2026-02-01", "2026-03-15", 2), ("2026-01-15", "2026-02-28", 2), ("2026-01-02", "2026-02-27", 1),
    ])
    func aPeriodIsPutTogetherOfMonthsAndDays(from: String, to: String, parts: Int) throws {
        let span = try #require(
            ShopDay(from).flatMap { from in ShopDay(to).flatMap { ReportSpan(from: from, to: $0) } })
        let found = SalesQuery.productParts(span)
        #expect(found.count == parts)
        // Together they are each day once.
        var days = Set<Int>()
        for part in found {
            for day in part.from.number...part.to.number { #expect(days.insert(day).inserted) }
            if part.dimension == .productMonth { #expect(part.from == part.from.startOfMonth) }
        }
        #expect(days == Set(span.from.number...span.to.number))
    }

    /// gross 1,240.00 − 30.00 − 24.80 − refunds 96.40 = 1,088.80; + gift cards 50.00, which are no turnover, + rounding
    /// 0.05 = 1,138.85, what all tenders come to.
    @Test func theFiguresAreThoseOfAZReport() {
        var figures = SalesFigures()
        figures.net = 109_000
        figures.tax = 9_520
        figures.lineDiscounts = 3_000
        figures.orderDiscounts = 2_480
        figures.netBack = 8_885
        figures.taxBack = 755
        figures.giftCards = 5_000
        figures.rounding = 5
        #expect(figures.gross == 124_000 && figures.refunded == 9_640 && figures.turnover == 108_880)
        #expect(figures.tendered == 113_885)
        #expect(figures.turnoverNet + figures.taxDue == figures.turnover)
        #expect((figures + figures.negated).isZero)
        #expect(SalesFigures(values: figures.values) == figures)
    }

    private func report(_ rows: [Report.Row]) throws -> Report {
        let day = try #require(ShopDay("2026-11-29"))
        return Report(
            kind: .discounts, span: ReportSpan(day), compared: ReportSpan(day).before, currency: .usd,
            rows: rows,
            total: SalesFigures(), totalBefore: SalesFigures())
    }

    @Test func aTableForASpreadsheetHoldsNoFormulas() throws {
        var figures = SalesFigures()
        figures.sales = 2
        figures.orderDiscounts = 1_234
        let csv = try report([
            Report.Row(key: "=1+1", title: "A \"code\", quoted", figures: figures, before: SalesFigures())
        ]).csv
        #expect(
            csv.split(separator: "\n").map(String.init)[1] == "'=1+1,\"A \"\"code\"\", quoted\",2,12.34,0.00")
        #expect(csv.hasSuffix(",Sum,2,12.34,0.00\n"))
    }

    /// What nobody knows the cost of is not worth 0; nothing on the books is.
    @Test func theValueOfAStockIsUnknownWhereNoCostIsKnown() throws {
        let day = try #require(ShopDay("2026-11-29"))
        func report(_ figures: SalesFigures) -> Report {
            Report(
                kind: .stock, span: ReportSpan(day), compared: nil, currency: .usd,
                rows: [Report.Row(key: "1", title: "Lamp", figures: figures, before: nil)], total: figures,
                totalBefore: nil)
        }
        func table(_ figures: SalesFigures) -> [String] {
            report(figures).csv.split(separator: "\n").dropFirst().map(String.init)
        }
        var unknown = SalesFigures()
        unknown.stock = 3
        unknown.stockUncosted = 3
        for column in [ReportColumn.averageCost, .stockValue] {
            #expect(report(unknown).text(column, of: unknown) == "unknown")
        }
        #expect(table(unknown) == ["1,Lamp,3,3,,", ",Sum,3,3,,"])
        var partly = unknown
        partly.stock = 7
        partly.stockCosted = 4
        partly.stockValue = 1_600
        #expect(table(partly) == ["1,Lamp,7,3,4.00,16.00", ",Sum,7,3,4.00,16.00"])
        #expect(table(SalesFigures()) == ["1,Lamp,0,0,,0.00", ",Sum,0,0,,0.00"])
    }

    @Test func growthIsRoundedAndIsNoneOutOfNothing() throws {
        let report = try report([])
        func change(_ now: Int64, _ then: Int64) -> String? {
            var (figures, before) = (SalesFigures(), SalesFigures())
            figures.orderDiscounts = now
            before.orderDiscounts = then
            return report.change(.given, figures, from: before)
        }
        #expect(change(150, 100) == "+50 %" && change(50, 100) == "-50 %" && change(2, 3) == "-33 %")
        #expect(change(1, 0) == nil && change(0, 0) == "0 %")
    }

    /// Both sides of an entry come to the same.
    @Test func aDaysEntryForABookkeeperIsBalanced() throws {
        let day = try #require(ShopDay("2026-11-29"))
        var figures = SalesFigures()
        figures.net = 10_000
        figures.tax = 850
        figures.giftCards = 5_000
        figures.rounding = -5
        func row(_ key: String, _ title: String, _ net: Int64, tax: Int64 = 0) -> Report.Row {
            var figures = SalesFigures()
            figures.net = net
            figures.tax = tax
            return Report.Row(key: key, title: title, figures: figures, before: nil)
        }
        let entry = LedgerDay(
            day: day, figures: figures,
            tenders: [row("cash", "Cash", 10_845), row("gift-card", "Gift card", 5_000)],
            rates: [row("17/200", "8.5 %", 10_000, tax: 850)], currency: .usd)
        let lines = entry.text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "2026-11-29 Sales")
        let amounts = lines.dropFirst().compactMap { line in
            line.split(separator: " ").dropLast().last.flatMap {
                Money(rounding: $0, currency: .usd)?.minorUnits
            }
        }
        #expect(amounts.count == 6 && amounts.reduce(0, +) == 0)
        #expect(lines.contains { $0.hasPrefix("    liabilities:tax:8.5 %  ") })
    }
}
