import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// At the lock somebody takes over who may not see what goods cost: nothing on the way tells it any more, whether the
/// store answers or not.
@Suite struct CostHandoverTests {
    /// The cashier of the small shop, who has no right to see costs.
    private static let pin = "1111"

    private func driver(_ body: (inout ModelDriver) -> Void) throws -> ModelDriver {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context)
        driver.signIn(.admin)
        body(&driver)
        return driver
    }

    /// The store answers whoever takes over, and nobody after that.
    private func handOver(_ driver: inout ModelDriver) { handOver(to: cashier(driver), &driver) }

    private func cashier(_ driver: ModelDriver) -> User {
        driver.shop.users.first { $0.email == "cashier@example.com" } ?? driver.shop.users[0]
    }

    private func handOver(to user: User, _ driver: inout ModelDriver) {
        driver.send(.lockDue)
        driver.type(Self.pin)
        driver.holdsAnswers = true
        driver.press(.submit)
        driver.reply(.staff(.switched(.success(Session(user: user))))) {
            if case .staff(.unlock) = $0 { true } else { false }
        }
    }

    /// Somebody of that role takes over, and the store goes on answering.
    private func handOver(to role: Role, _ driver: inout ModelDriver) throws {
        handOver(to: try #require(driver.shop.users.first { $0.role == role }), &driver)
        driver.holdsAnswers = false
        driver.answerAll()
    }

    @Test func theExplanationOfAStock() throws {
        var driver = try driver { driver in
            driver.press(.openStock)
            driver.send(.scanned("CS-102"))
        }
        #expect(explanation(driver)?.cost != nil, "\(driver)")
        handOver(&driver)
        #expect(driver.state.desk.principal.allows(.seeCost) == false, "\(driver)")
        #expect(explanation(driver)?.cost == nil, "\(driver)")
        #expect(explanation(driver)?.movements.allSatisfy { $0.unitCost == nil && $0.cost == nil } == true)
        driver.holdsAnswers = false
        driver.answerAll()
        try handOver(to: .admin, &driver)
        #expect(explanation(driver)?.cost != nil, "\(driver)")
    }

    private func explanation(_ driver: ModelDriver) -> StockExplanation? {
        guard case .explained(let explanation)? = driver.state.stock?.stage else { return nil }
        return explanation
    }

    /// A delivery with one product, whose cost was typed.
    private func delivery() throws -> ModelDriver {
        try driver { driver in
            driver.press(.openStock, .receiveStock)
            driver.send(.scanned("CS-102"))
            driver.press(.costStock)
            driver.type("4.37")
            driver.press(.submit)
        }
    }

    @Test func aDeliveryThatIsBeingScanned() throws {
        var driver = try delivery()
        #expect(driver.description.contains("4.37"), "\(driver)")
        handOver(&driver)
        #expect(!driver.description.contains("4.37"), "\(driver)")
        let delivery = try #require(sheet(driver))
        // It is booked all the same.
        #expect(delivery.cost == nil && delivery.lines.map(\.cost) == [Money(minorUnits: 437)])
        #expect(delivery.lines.allSatisfy { $0.shownCost == nil })
    }

    private func sheet(_ driver: ModelDriver) -> StockSheet? {
        guard case .sheet(let sheet)? = driver.state.stock?.stage else { return nil }
        return sheet
    }

    /// Who receives goods without seeing what they cost neither takes a cost away nor keeps it from who sees it.
    @Test func aHiddenCostStaysAsItIsAndComesBack() throws {
        var driver = try delivery()
        try handOver(to: .staff, &driver)
        driver.press(.costStock)
        #expect(driver.state.stock?.form?.text("cost") == "", "\(driver)")
        driver.press(.submit)
        #expect(sheet(driver)?.lines.map(\.cost) == [Money(minorUnits: 437)], "\(driver)")
        #expect(sheet(driver)?.lines.map(\.shownCost) == [nil])
        try handOver(to: .admin, &driver)
        #expect(sheet(driver)?.lines.map(\.shownCost) == [Money(minorUnits: 437)], "\(driver)")
        #expect(driver.description.contains("4.37"), "\(driver)")
        // Nor does the empty field that somebody else opened take it away.
        try handOver(to: .staff, &driver)
        driver.press(.costStock)
        try handOver(to: .admin, &driver)
        driver.press(.submit)
        #expect(sheet(driver)?.lines.map(\.shownCost) == [Money(minorUnits: 437)], "\(driver)")
        // What one types oneself counts, and is seen.
        try handOver(to: .staff, &driver)
        driver.press(.costStock)
        driver.type("4.50")
        driver.press(.submit)
        #expect(sheet(driver)?.lines.map(\.shownCost) == [Money(minorUnits: 450)], "\(driver)")
    }

    @Test func aCostThatIsBeingTyped() throws {
        var driver = try driver { driver in
            driver.press(.openStock, .receiveStock)
            driver.send(.scanned("CS-102"))
            driver.press(.costStock)
            driver.type("4.37")
        }
        handOver(&driver)
        #expect(driver.state.stock?.form == nil && !driver.description.contains("4.37"), "\(driver)")
    }

    @Test func aProductsPage() throws {
        var driver = try driver { driver in
            driver.press(.open)
        }
        #expect(driver.state.product?.cost != nil, "\(driver)")
        handOver(&driver)
        #expect(driver.state.product != nil && driver.state.product?.cost == nil, "\(driver)")
    }

    @Test func aProductsForm() throws {
        var driver = try driver { driver in
            driver.press(.openProducts, .open)
        }
        #expect(form(driver)?.cost != nil, "\(driver)")
        handOver(&driver)
        #expect(form(driver) != nil && form(driver)?.cost == nil, "\(driver)")
        // Nor does taking back what was typed bring it back.
        driver.press(.undo)
        #expect(form(driver)?.cost == nil, "\(driver)")
    }

    private func form(_ driver: ModelDriver) -> ProductForm? {
        guard case .editing(let form)? = driver.state.products?.stage else { return nil }
        return form
    }

    @Test(arguments: ReportKind.allCases.filter(\.tellsCost))
    func aReport(_ kind: ReportKind) throws {
        var driver = try driver { driver in
            driver.press(.openReports, .report(kind))
        }
        #expect(driver.state.reports?.report?.kind == kind, "\(driver)")
        driver.press(.explainFigures)
        handOver(&driver)
        #expect(driver.state.reports?.report == nil, "\(driver)")
        #expect(driver.state.overlays.isEmpty, "how a figure came about is gone as well: \(driver)")
    }

    @Test func howFarOneWentIntoReports() throws {
        var driver = try driver { driver in
            driver.press(.openReports, .report(.marginDays))
        }
        handOver(&driver)
        driver.press(.back)
        #expect(driver.state.reports?.query.kind.tellsCost != true || driver.state.reports?.report == nil)
    }
}
