import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Which right each command of the program needs. Whoever adds a command says so here; one that is not here fails.
///
/// What needs nothing by itself is for everybody, stands on a screen that takes a right to open, or is refused by its
/// service: routes and commands of the shell have tables of their own.
@Suite struct CommandRightsTests {
    private enum Right {
        case nothing
        case needs(Permission)
    }

    private static let table: [(right: Right, commands: String)] = [
        (
            .needs(.seeAllOrders),
            """
            openCustomers
            """
        ),
        (
            .needs(.takePayment),
            """
            takePayment
            """
        ),
        (
            .needs(.sell),
            """
            openGiftCards openShift tillCash tillCard tillOther tillGiftCard tillSellGiftCard
            tillBalance tillQuantity tillDiscount tillPrice tillMore tillTakeOut tillTakeBack tillPark
            tillCustomer tillTraining tillReturn tillDrawer tillSlip tillFind tillWords tillMacros
            tillRecord earlierShifts
            """
        ),
        (
            .needs(.refund),
            """
            openReturns returnOrder
            """
        ),
        (
            .needs(.refundWithoutReceipt),
            """
            openLooseReturn
            """
        ),
        (
            .needs(.voidSales),
            """
            voidSale
            """
        ),
        (
            .needs(.moveCash),
            """
            paidIn paidOut cashDrop
            """
        ),
        (
            .needs(.closeShift),
            """
            countDrawer recount
            """
        ),
        (
            .needs(.xReport),
            """
            xReport
            """
        ),
        (
            .needs(.seeReports),
            """
            openReports
            """
        ),
        (
            .needs(.manageProducts),
            """
            openProducts importProducts newProduct duplicateProduct archiveProduct showArchived
            priceHistory changePrices priceBatches saveProduct
            """
        ),
        (
            .needs(.adjustStock),
            """
            openCounts openStock receiveStock countStock countBlind costStock bookStock correctStock
            loseStock holdAgainstList
            """
        ),
        (
            .needs(.seeCost),
            """
            reportMargin reportMarginCategories reportMarginDays reportStock
            """
        ),
        (
            .needs(.manageDiscounts),
            """
            openDiscounts
            """
        ),
        (
            .needs(.manageAccounts),
            """
            setPINOf setBadgeOf openPeople mergeCustomers exportCustomer eraseCustomer
            """
        ),
        (
            .needs(.manageRights),
            """
            openRights
            """
        ),
        (
            .needs(.changePolicy),
            """
            openSettings openFirstSteps
            """
        ),
        (
            .needs(.readJournal),
            """
            openJournal
            """
        ),
        (
            .nothing,
            """
            help palette back quit openShop openTill openCart openOrders account nextField previousField
            theme about saveScreen saveScreenText saveScreenAnsi redraw suspend toggleMouse retry
            openBaskets openApprovals switchCashier lockScreen setOwnPIN signOut qaMark qaCheck qaPoint
            qaFault qaClock qaState qaBack qaBackToMark qaStage qaReport up down halfPageUp halfPageDown
            pageUp pageDown first last open submit makeAdmin loadDemoData chooseCountry connect qa
            reveal register browseAsGuest useKey enterCode demoCustomer demoStaff demoAdmin demoCashier
            demoSenior tillReceipt undo redo explain acceptChanges mailReceipt search category sort
            sortNext addOne takeOne clearFilters discountCode checkout copy remove findLine mark markAll
            unmark nextMatch previousMatch newSale cancelOrder showReceipt roundAmount1 roundAmount2
            roundAmount3 printReceipt saveReceipt makeInvoice filterStatus findOrder printOrders
            exportOrders importUnpublished importStock moreShifts explainReport printReport saveReport
            findSale returnAll returnMore returnLess returnLoss returnCards returnTender explainReturn
            giveBack exchangeGoods printReturn saveReturn grantApproval refuseApproval looseProduct
            looseMore looseLess looseLoss looseCustomer looseTender giveLoose printLoose findGiftCard
            explainFigures findCustomers moreCustomers officeFind officeAdd officePassword officePIN
            officeUnlock officeSignOut officeHistory officeCountry endDiscount verifyJournal saveJournal
            countMore countLess forgetCount bookCounts nextReport previousReport reportToday reportWeek
            reportMonth reportYear reportDays earlierReport laterReport compareReport reportChart
            saveReportTable saveReportText saveReportLedger reportSales reportHours reportWeekdays
            reportProducts reportCategories reportCashiers reportTenders reportTax reportDiscounts
            reportRefunds findProducts printLabels redoEdit takeOutStock setQuantity returnQuantity
            countRow
            """
        ),
    ]

    private static let rights: [String: Permission?] = table.reduce(into: [:]) { rights, line in
        for name in line.commands.split(whereSeparator: \.isWhitespace) {
            switch line.right {
            case .nothing: rights[String(name)] = .some(nil)
            case .needs(let permission): rights[String(name)] = permission
            }
        }
    }

    @Test func eachCommandSaysWhichRightItNeeds() {
        let names = CommandSpec.all.map(\.command.rawValue)
        #expect(Set(names).subtracting(Self.rights.keys) == [], "these are not in the table")
        #expect(Set(Self.rights.keys).subtracting(names) == [], "these are no commands")
        for spec in CommandSpec.all {
            guard let right = Self.rights[spec.command.rawValue] else { continue }
            #expect(spec.permission == right, "\(spec.command.rawValue)")
        }
    }

    /// Whoever has not the right is not offered the command, and a key that is bound to it does nothing.
    @Test(arguments: [nil, Role.customer]) func nobodyIsOfferedWhatTakesARight(_ role: Role?) throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context)
        if let role { driver.signIn(role) }
        for spec in CommandSpec.all {
            guard let permission = spec.permission, role?.allows(permission) != true else { continue }
            #expect(driver.state.availability(of: spec.command) == .absent, "\(spec.command.rawValue)")
            let (kind, asked) = (driver.state.kind, Self.asked(driver))
            driver.press(spec.command)
            #expect(driver.state.kind == kind && Self.asked(driver) == asked, "\(spec.command.rawValue)")
        }
    }

    /// How many requests were ordered so far.
    private static func asked(_ driver: ModelDriver) -> Int {
        driver.effects.count {
            if case .ask = $0 { true } else { false }
        }
    }
}
