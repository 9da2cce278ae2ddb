import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Which report shows, and what keys make of it.
@Suite struct ReportsTests {
    private func open() throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(.admin)
        driver.press(.openReports)
        return driver
    }

    @Test func itBeginsWithThisMonthBesideTheDaysBefore() throws {
        let driver = try open()
        let state = try #require(driver.state.reports)
        let report = try #require(state.report)
        #expect(report.kind == .sales && report.span.from.dayOfMonth == 1)
        #expect(report.span.to == ShopZone.utc.moment(FixtureShop.now).day)
        #expect(report.compared == report.span.before)
    }

    @Test func keysGoThroughKindsPeriodsAndComparisons() throws {
        var driver = try open()
        for kind in ReportKind.allCases.dropFirst() {
            driver.press(.nextReport)
            #expect(driver.state.reports?.report?.kind == kind)
        }
        driver.press(.nextReport, .previousReport)
        #expect(driver.state.reports?.report?.kind == ReportKind.allCases.last)
        driver.press(.report(.tax), .reportToday)
        #expect(driver.state.reports?.report?.kind == .tax)
        #expect(driver.state.reports?.report?.span.days == 1)
        driver.press(.compareReport)
        #expect(driver.state.reports?.report?.compared == driver.state.reports?.report?.span.lastYear)
        driver.press(.compareReport)
        #expect(driver.state.reports?.report?.compared == nil)
        let day = try #require(driver.state.reports?.report?.span)
        driver.press(.earlierReport)
        #expect(driver.state.reports?.report?.span == day.before)
        driver.press(.laterReport)
        #expect(driver.state.reports?.report?.span == day)
    }

    @Test(arguments: [
        ("2026-11-01 2026-11-05", "2026-11-01 to 2026-11-05"), ("2026-11-01 to 2026-11-01", "2026-11-01"),
        ("2026-02", "2026-02-01 to 2026-02-28"), ("2025", "2025-01-01 to 2025-12-31"),
        ("2026-01 - 2026-03", "2026-01-01 to 2026-03-31"),
    ])
    func daysAreTyped(text: String, expected: String) throws {
        var driver = try open()
        driver.press(.reportDays)
        driver.send(.edit(.insert(text)))
        driver.press(.open)
        #expect(driver.state.reports?.report?.span.text == expected)
    }

    @Test(arguments: ["tomorrow", "2026-11-05 2026-11-01", "2026-13", "1 2 3"])
    func whatAreNoDaysChangesNothing(text: String) throws {
        var driver = try open()
        let before = driver.state.reports?.report
        driver.press(.reportDays)
        driver.send(.edit(.insert(text)))
        driver.press(.open)
        #expect(driver.state.reports?.report == before)
        #expect(driver.state.prompt?.problem != nil && driver.state.prompt?.input.text == text, "\(driver)")
    }

    @Test func aDayHasItsHoursAndEscapeGoesBack() throws {
        var driver = try open()
        let month = try #require(driver.state.reports?.report)
        driver.press(.open)
        let hours = try #require(driver.state.reports?.report)
        #expect(hours.kind == .hours && hours.span == ReportSpan(month.span.from))
        driver.press(.back)
        #expect(driver.state.reports?.report == month)
        driver.press(.back)
        #expect(driver.state.reports == nil)
    }

    @Test func whoMayNotSeeReportsFindsNone() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        #expect(!driver.state.availability(of: .openReports).isEnabled)
    }
}
