import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Finding products: pages, search, filters, what stays selected, what is dropped.
@Suite struct ShopTests {
    static let rows = 5
    static let viewport = Viewport(width: 80, height: 24, shopRows: rows, orderRows: rows, hasSideBar: false)

    /// 23 products on pages of five.
    private func driver(more: Int = 15) throws -> ModelDriver {
        try ModelDriver(viewport: Self.viewport, shop: FixtureShop(more: more))
    }

    private func selectedID(_ driver: ModelDriver) -> Int64? { driver.state.shop?.selected?.id }

    // MARK: - Pages

    @Test func startLoadsCartCategoriesAndTheFirstPage() throws {
        let driver = try driver()
        let query = ProductQuery()
        #expect(
            driver.effects == [
                .ask(.basket(.open(version: 0))), .ask(.checkout(.find)),
                .ask(.shop(.page(query, .number(1), perPage: Self.rows, landing: .sameProduct))),
                .ask(.shop(.categories)),
            ])
        #expect(driver.state.shop?.page?.products.map(\.id) == [1, 2, 3, 4, 5])
        #expect(driver.state.shop?.selection == 0 && driver.state.shop?.isLoading == false)
    }

    @Test func downAndUpCrossTheBorderOfPages() throws {
        var driver = try driver()
        driver.press(.down, times: 4)
        #expect(driver.state.shop?.selection == 4)
        driver.press(.down)
        #expect(driver.state.shop?.page?.number == 2 && driver.state.shop?.selection == 0, "\(driver)")
        driver.press(.up)
        #expect(driver.state.shop?.page?.number == 1 && driver.state.shop?.selection == 4, "\(driver)")
        driver.press(.up, times: 9)
        #expect(driver.state.shop?.page?.number == 1 && driver.state.shop?.selection == 0)
    }

    @Test func pagesTurnAndStopAtTheEnds() throws {
        var driver = try driver()
        driver.press(.down, .pageDown)
        #expect(driver.state.shop?.page?.number == 2 && driver.state.shop?.selection == 0)
        driver.press(.pageDown, times: 9)
        #expect(driver.state.shop?.page?.number == 5, "\(driver)")
        #expect(driver.state.shop?.selection == 2, "at the end the last row is taken")
        driver.press(.down)
        #expect(driver.state.shop?.page?.number == 5 && driver.state.shop?.selection == 2)
        driver.press(.pageUp)
        #expect(driver.state.shop?.page?.number == 4 && driver.state.shop?.selection == 0)
        driver.press(.pageUp, times: 9)
        #expect(driver.state.shop?.page?.number == 1 && driver.state.shop?.selection == 0)
    }

    @Test func firstAndLastReachTheEndsOfAllPages() throws {
        var driver = try driver()
        driver.press(.last)
        #expect(driver.state.shop?.page?.number == 5 && selectedID(driver) == 23, "\(driver)")
        driver.press(.first)
        #expect(driver.state.shop?.page?.number == 1 && selectedID(driver) == 1, "\(driver)")
    }

    @Test func aNumberMovesThatManyRows() throws {
        var driver = try driver()
        driver.number("3")
        driver.press(.down)
        #expect(driver.state.shop?.selection == 3 && driver.state.desk.number == nil)
        driver.number("99")
        driver.press(.down)
        #expect(driver.state.shop?.selection == 4 && driver.state.shop?.page?.number == 1)
    }

    @Test func keysWhileAPageIsUnderWayAskForNoOther() throws {
        var driver = try driver()
        driver.holdsAnswers = true
        let asked = driver.effects { $0.press(.pageDown, times: 5) }
        #expect(asked.count == 1, "\(asked)")
        driver.answerAll()
        #expect(driver.state.shop?.page?.number == 2)
    }

    @Test func aPageThatHasVanishedGivesTheLastOne() throws {
        var driver = try driver()
        driver.press(.last)
        driver.shop.products.removeLast(5)
        driver.press(.openCart, .openShop)
        #expect(driver.state.shop?.page?.number == 4, "\(driver)")
        #expect(selectedID(driver) == 18)
    }

    // MARK: - Search

    @Test func eachKeystrokeIsOneLoadAndOldAnswersAreDropped() throws {
        var driver = try driver()
        driver.holdsAnswers = true
        driver.press(.search)
        let asked = driver.effects { $0.type("le") }
        #expect(asked.count == 2, "\(asked)")
        // The answer to "le" comes first, that to "l" last.
        driver.answer(heldAt: 1)
        let found = driver.state.shop?.page
        #expect(found?.products.map(\.id) == [2, 4, 5, 7], "\(driver)")
        driver.answer(heldAt: 0)
        #expect(driver.state.shop?.page == found, "an answer to an older question is not shown")
        #expect(driver.state.shop?.isLoading == false)
    }

    @Test func blanksAskNothingNew() throws {
        var driver = try driver()
        driver.press(.search)
        driver.type("lamp")
        let asked = driver.effects { $0.type("  ,") }
        #expect(asked.isEmpty, "\(asked)")
    }

    @Test func escapeClearsTheSearchAndKeepsTheProduct() throws {
        var driver = try driver()
        driver.press(.search)
        driver.type("saddle")
        #expect(selectedID(driver) == 5)
        driver.press(.back)
        #expect(driver.state.shop?.search.text == "" && driver.state.shop?.pane == .table)
        #expect(driver.state.shop?.page?.total.value == 23 && selectedID(driver) == 5, "\(driver)")
        let nothing = driver.effects { $0.press(.back) }
        #expect(nothing.isEmpty, "nothing is left to go back from")
    }

    @Test func enterGoesToTheListAndKeepsTheSearch() throws {
        var driver = try driver()
        driver.press(.search)
        driver.type("tea")
        driver.press(.open)
        #expect(driver.state.shop?.pane == .table && driver.state.shop?.search.text == "tea")
        driver.press(.open)
        #expect(driver.state.kind == .product && driver.state.product?.product.id == 3, "\(driver)")
    }

    @Test func aFailingSearchSaysSoAndCanBeTriedAgain() throws {
        var driver = try driver()
        driver.press(.pageDown, .search)
        driver.shop.failure = .unreachable("The shop cannot be reached")
        driver.type("item")
        #expect(driver.state.shop?.error != nil && driver.state.status?.kind == .failure, "\(driver)")
        driver.press(.open)
        #expect(driver.state.availability(of: .retry) == .enabled)
        driver.shop.failure = nil
        driver.press(.retry)
        #expect(driver.state.shop?.error == nil && driver.state.shop?.page?.number == 1, "\(driver)")
        #expect(driver.state.shop?.page?.total.value == 15)
        #expect(driver.state.shop?.hasError(driver.state.desk) == false)
    }

    // MARK: - Filters

    @Test func categorySortSearchAndPageTogether() throws {
        var driver = try driver()
        driver.press(.category)
        driver.type("items")
        driver.press(.open)
        #expect(driver.state.shop?.category == "Items" && driver.state.shop?.page?.total.value == 15)
        driver.press(.sort, .down, .down, .down, .open)
        #expect(driver.state.shop?.sort == .priceDown, "\(driver)")
        driver.press(.search)
        driver.type("item")
        driver.press(.open, .pageDown)
        let page = try #require(driver.state.shop?.page)
        #expect(page.number == 2 && page.products.map(\.id) == [18, 17, 16, 15, 14], "\(driver)")
        driver.press(.clearFilters)
        #expect(driver.state.shop?.query == ProductQuery() && driver.state.shop?.page?.number == 1)
        #expect(driver.state.availability(of: .clearFilters) == .disabled("There are no filters"))
    }

    @Test func escapeInTheListClearsAllFilters() throws {
        var driver = try driver()
        driver.press(.category)
        driver.type("home")
        driver.press(.open)
        #expect(driver.state.shop?.hasFilters == true)
        driver.press(.back)
        #expect(driver.state.shop?.hasFilters == false && driver.state.shop?.page?.total.value == 23)
    }

    @Test func anotherQueryStartsAtTheTopUnlessTheProductIsThere() throws {
        var driver = try driver()
        driver.press(.down, .down, .down)
        driver.press(.category)
        driver.type("home")
        driver.press(.open)
        #expect(driver.state.shop?.selection == 0 && selectedID(driver) == 6, "\(driver)")
        driver.press(.clearFilters)
        #expect(driver.state.shop?.selection == 0, "product 6 is not on the first page")
    }

    @Test func theSideBarChoosesWhileMoving() throws {
        var wide = Self.viewport
        wide.hasSideBar = true
        var driver = try ModelDriver(viewport: wide, shop: FixtureShop(more: 15))
        driver.press(.category)
        #expect(driver.state.shop?.pane == .categories && driver.state.overlays.isEmpty)
        driver.press(.down)
        #expect(driver.state.shop?.category == "Bicycles" && driver.state.shop?.categorySelection == 1)
        driver.press(.down, times: 20)
        #expect(driver.state.shop?.category == "Paper", "\(driver)")
        driver.send(.categoryClicked(0))
        #expect(driver.state.shop?.category == nil)
        driver.send(.categoryClicked(77))
        #expect(driver.state.shop?.category == "Paper")
        // Another category list, and a narrow window: the filter and its row stay together.
        driver.shop.products.removeAll { $0.category == "Bicycles" }
        driver.press(.openCart, .openShop)
        #expect(driver.state.shop?.categorySelection == driver.state.shop?.categories.count, "\(driver)")
        driver.send(.resized(Self.viewport))
        #expect(driver.state.shop?.pane == .table)
    }

    // MARK: - What stays

    @Test func reloadKeepsTheProductNotTheRow() throws {
        var driver = try driver()
        driver.press(.down, .down)
        driver.shop.products.removeFirst()
        driver.press(.openCart, .openShop)
        #expect(selectedID(driver) == 3 && driver.state.shop?.selection == 1, "\(driver)")
        driver.shop.products.removeAll { $0.id == 3 }
        driver.press(.openCart, .openShop)
        #expect(driver.state.shop?.selection == 1, "what is gone leaves its row to the next")
    }

    @Test(arguments: [1, 3, 4, 7, 23, 50]) func anotherHeightKeepsTheProduct(rows: Int) throws {
        var driver = try driver()
        driver.press(.pageDown, .down, .down)
        let id = selectedID(driver)
        var viewport = Self.viewport
        viewport.shopRows = rows
        driver.send(.resized(viewport))
        #expect(selectedID(driver) == id, "\(driver)")
        #expect(driver.state.shop?.page?.perPage == rows)
        driver.send(.resized(Self.viewport))
        #expect(selectedID(driver) == id, "\(driver)")
    }

    @Test func anotherHeightWhileAnotherQueryIsUnderWayShowsItsFirstPage() throws {
        var driver = try driver()
        driver.press(.last)
        driver.holdsAnswers = true
        driver.press(.search)
        driver.type("item")
        var viewport = Self.viewport
        viewport.shopRows = 4
        driver.send(.resized(viewport))
        driver.answerAll()
        driver.answerAll()
        #expect(driver.state.shop?.page?.number == 1 && driver.state.shop?.selection == 0, "\(driver)")
    }

    @Test func sameSizeAsksNothing() throws {
        var driver = try driver()
        #expect(driver.effects { $0.send(.resized(Self.viewport)) }.isEmpty)
    }

    // MARK: - Mouse and panes

    @Test func clicksSelectAndOpen() throws {
        var driver = try driver()
        driver.press(.search)
        driver.send(.rowClicked(3, opens: false))
        #expect(driver.state.shop?.pane == .table && driver.state.shop?.selection == 3)
        driver.send(.rowClicked(99, opens: true))
        #expect(driver.state.kind == .shop && driver.state.shop?.selection == 3)
        driver.send(.rowClicked(3, opens: true))
        #expect(driver.state.product?.product.id == 4)
        driver.press(.back)
        #expect(driver.state.kind == .shop && driver.state.shop?.selection == 3)
    }

    @Test func tabWalksThePanes() throws {
        var driver = try driver()
        #expect(driver.state.shop?.pane == .table)
        driver.press(.nextField)
        #expect(driver.state.shop?.pane == .search && driver.state.focusedField != nil)
        driver.press(.nextField)
        #expect(driver.state.shop?.pane == .table && driver.state.focusedField == nil)
        driver.press(.previousField)
        #expect(driver.state.shop?.pane == .search)
    }

    @Test func anEmptyShopCanBeWalked() throws {
        var driver = try driver()
        driver.shop.products = []
        driver.press(.openCart, .openShop)
        for command in [Command.down, .up, .pageDown, .pageUp, .first, .last, .open, .addOne, .takeOne] {
            driver.press(command)
        }
        #expect(driver.state.kind == .shop && driver.state.shop?.selection == 0)
        #expect(driver.state.availability(of: .addOne) == .disabled("Nothing is selected"))
    }
}
