import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// What was sold, by keys and by lines, on a real store.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ReportsJourneys {
    @Test func anOwnerSeesWhatWasSold() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let reports = try #require(store.services.counter?.reports)
        func text(_ query: ReportQuery) async throws -> String {
            let report = try await reports.report(query, as: .operatorOfStore)
            return report.money(report.total.turnover).displayText
        }
        let journey = await Journey(store)
        await journey.signIn(.admin)
        await journey.press(":")
        await journey.type("reports")
        await journey.press(.enter)
        journey.expect("Reports: Sales", try await text(ReportQuery(.sales, .month)))
        await journey.press("n")
        journey.expect("Reports: Hours", "Hour")
        await journey.press("y")
        journey.expect(try await text(ReportQuery(.hours, .year)))
        await journey.press("N")
        await journey.press("N")
        journey.expect("Reports: Stock value")
        await journey.press("n")
        await journey.press("d")
        await journey.type("2026-10")
        await journey.press(.enter)
        let october = try #require(
            ShopDay("2026-10-01").flatMap { ReportSpan(from: $0, to: $0.advanced(by: 30)) })
        journey.expect("2026-10-01 to 2026-10-31", try await text(ReportQuery(.sales, .span(october))))
        // The chart takes the table's place and gives it back; a day has its hours.
        await journey.press("b")
        journey.expectNot("Sum")
        await journey.press("b")
        journey.expect("Sum")
        await journey.press(.enter)
        journey.expect("Reports: Hours", "2026-10-01")
        await journey.press(.escape)
        journey.expect("Reports: Sales", "2026-10-31")
        journey.abandon()
        try store.close()
    }

    @Test func inLinesAReportIsSentences() async throws {
        let files = try await JourneyStore(products: 12)
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.staff)
        await journey.type("reports")
        journey.expect("Reports: Sales", "turnover", "The highest is")
        await journey.type("report products", "year")
        journey.expect("Reports: Products")
        await journey.type("days 2026-11-01 2026-11-10", "save ledger")
        journey.expect("2026-11-01 to 2026-11-10")
        #expect(
            journey.ports.reports.values.contains {
                $0.contains("assets:cash") && $0.contains("income:sales")
            })
        await journey.type("days tomorrow")
        journey.expect("Type one or two dates")
        journey.abandon()
        try store.close()
    }

    @Test func whoMayNotSeeReportsHasNone() async throws {
        let files = try await JourneyStore(products: 12)
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.customer)
        await journey.type("reports")
        #expect(!journey.transcript().contains("turnover"))
        journey.abandon()
        try store.close()
    }
}
