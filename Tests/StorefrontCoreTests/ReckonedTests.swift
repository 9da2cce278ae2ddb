import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// `e` says of the back office's figures how they came about.
@Suite struct ReckonedTests {
    private func driver(_ command: Command) throws -> ModelDriver {
        var driver = try ModelDriver(shop: FixtureShop())
        driver.signIn(.admin)
        driver.press(command)
        return driver
    }

    private func reckoning(_ driver: ModelDriver) -> Reckoning? {
        guard case .reckoning(let reckoning, _)? = driver.state.overlays.last else { return nil }
        return reckoning
    }

    @Test func everyReportIsExplainedByItsRow() throws {
        var driver = try driver(.openReports)
        for kind in ReportKind.allCases {
            driver.press(.report(kind), .explainFigures)
            let report = try #require(driver.state.reports?.report)
            let shown = try #require(reckoning(driver), "\(kind): \(driver)")
            let index = try #require(driver.state.reports?.selectedRow(driver.state.desk))
            let row = report.rows[index]
            #expect(shown.title == row.title)
            // What the chart measures is among them, as the table shows it.
            let figure = report.money(kind.measure.value(of: row.figures)).displayText
            #expect(shown.rows.contains { $0.figure == figure }, "\(kind): \(shown)")
            #expect(shown.rows.filter(\.isTotal).count == 1)
            driver.press(.back)
        }
    }

    @Test func aTurnoverIsGrossLessDiscountsAndRefunds() throws {
        var driver = try driver(.openReports)
        driver.press(.explainFigures)
        let report = try #require(driver.state.reports?.report)
        let index = try #require(driver.state.reports?.selectedRow(driver.state.desk))
        let figures = report.rows[index].figures
        let parts = [figures.gross, figures.discounts, figures.refunded].map {
            report.money($0).displayText
        }
        let rows = try #require(reckoning(driver)?.rows)
        let turnover = try #require(rows.first { $0.isTotal })
        #expect(turnover.figure == report.money(figures.turnover).displayText)
        #expect(turnover.how == parts.joined(separator: " \u{2212} "))
    }

    @Test func stockIsExplainedAsOrderAndAsSum() throws {
        var driver = try driver(.openStock)
        let low = try #require(driver.state.stock?.selected)
        driver.press(.explainFigures)
        let order = try #require(reckoning(driver)?.rows.last)
        #expect(order.figure == low.proposal(low: driver.state.desk.policy.lowStock).grouped && order.isTotal)
        driver.press(.back, .open, .explainFigures)
        guard case .explained(let explanation) = driver.state.stock?.stage else {
            Issue.record("\(driver)")
            return
        }
        let rows = try #require(reckoning(driver)?.rows)
        #expect(rows.first?.figure == explanation.start?.grouped)
        #expect(rows.last?.figure == explanation.product.stock.count?.grouped)
    }

    @Test func pricesCustomersCardsAndCodesAreExplained() throws {
        var products = try driver(.openProducts)
        products.press(.explainFigures)
        #expect(
            reckoning(products)?.rows.first?.figure == products.state.products?.selected?.price.displayText)
        products.press(.back, .changePrices)
        products.type("5%")
        products.press(.submit, .submit, .submit, .submit, .explainFigures)
        #expect(reckoning(products)?.rows.contains { $0.how.contains("5") && $0.isTotal } == true)

        var customers = try driver(.openCustomers)
        #expect(!customers.state.availability(of: .explainFigures).isEnabled, "a list of names has no figure")
        customers.press(.open, .explainFigures)
        #expect(
            reckoning(customers)?.rows.first(where: \.isTotal)?.figure
                == customers.state.customers?.record?.figures.spent.displayText)

        var codes = try driver(.openDiscounts)
        codes.press(.explainFigures)
        #expect(reckoning(codes)?.rows.first?.title == "Used")

        // In a field the letter is a letter.
        var form = try driver(.openProducts)
        form.press(.newProduct)
        #expect(!form.state.availability(of: .explainFigures).isEnabled)
    }
}
