import StoreContracts
import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// A shop in the hands of somebody who presses anything.
struct RandomSession {
    var driver: ModelDriver
    /// The latest actions, for the message of a failure.
    private(set) var history: [String] = []
    private var random: SplitMix64
    /// Before anything happened.
    let start: AppState

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        var context = AppContext(
            policy: ShopPolicy(shopName: "Corner Shop"), hasPrinter: true, themes: ["default", "mono"],
            idleMinutes: 10)
        context.isThrowAway = seed.isMultiple(of: 2)
        let start: StartScreen = [.shop, .signIn, .welcome][Int(seed % 3)]
        self.start = AppState(context: context, start: start)
        driver = try ModelDriver(start: start, context: context, shop: FixtureShop(more: 40))
        driver.holdsAnswers = true
    }

    mutating func act() {
        driver.shop.failure = chance(12) ? randomError() : nil
        driver.shop.losesAnswers = chance(5)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<40: command(Command.allCases.randomElement(using: &random))
        case 40..<48: send("digit", .digit(Int.random(in: 0...9, using: &random)))
        case 48..<58: edit()
        case 58..<64: click()
        case 64..<68: resize()
        case 68..<70: shopChanges()
        case 70..<72: signIn()
        case 72..<74: buy()
        case 74: send("idle", .idledTooLong)
        case 75: send("answered", .answered(Bool.random(using: &random)))
        default: answer()
        }
    }

    /// Answers everything, until nothing more is asked.
    mutating func settle() {
        driver.shop.failure = nil
        driver.shop.losesAnswers = false
        while !driver.held.isEmpty { driver.answerAll() }
    }

    /// What is wrong with the state; empty when nothing is.
    func problems() -> [String] {
        let state = driver.state
        var problems: [String] = []
        func check(_ isRight: Bool, _ text: String) { if !isRight { problems.append(text) } }
        check(!state.screens.isEmpty, "no screen")
        check(Set(state.screens).count == state.screens.count, "a screen twice: \(state.screens)")
        check(isInside(state.shop?.selection ?? 0, state.shop?.page?.products.count), "shop selection")
        check(isInside(state.orders?.selection ?? 0, state.orders?.page?.orders.count), "orders selection")
        check(isInside(state.cartSelection, state.cart.lines.count), "cart selection")
        check(
            isInside(state.shop?.categorySelection ?? 0, (state.shop?.categories.count ?? 0) + 1),
            "category selection")
        check(state.overlays.count < 12, "overlays pile up: \(state.overlays.count)")
        check(state.user != nil || !state.screens.contains(.orders), "a guest sees orders")
        check(state.user != nil || state.checkout == nil, "a guest checks out")
        check((state.desk.number?.count ?? 0) <= 20, "a number without end")
        let quantities = state.cart.lines.map(\.quantity)
        check(quantities.allSatisfy { Quantity.range.contains($0) }, "a quantity out of range")
        let products = Set(state.cart.lines.map(\.productID))
        check(products.count == quantities.count, "a product on two lines")
        if let picker = state.picker {
            check(isInside(picker.selection, picker.matches.count), "palette selection")
        }
        for command in Command.allCases {
            if case .disabled(let reason) = state.availability(of: command) {
                check(!reason.isEmpty, "\(command) is refused without a reason")
            }
        }
        return problems
    }

    private func isInside(_ selection: Int, _ count: Int?) -> Bool {
        selection == 0 || (1..<max(1, count ?? 0)).contains(selection)
    }

    // MARK: - What may happen

    private mutating func command(_ command: Command?) {
        // Quitting ends a session; the question before it is asked all the same.
        guard let command, command != .quit || driver.state.overlays.isEmpty else { return }
        guard command != .quit || driver.state.kind == .register else { return }
        send("\(command)", .command(command))
    }

    private mutating func edit() {
        let edits: [TextEdit] = [
            .insert("a"), .insert("le"), .insert("save10"), .insert("60"), .insert("緑"), .deleteBackward,
            .deleteForward, .deleteWordBackward, .killToStart, .killToEnd, .yank, .left, .right, .wordLeft,
            .start, .end, .undo,
        ]
        if chance(10) {
            send("paste", .pasted("Émile\n\u{1F600}"))
        } else if let edit = edits.randomElement(using: &random) {
            send("\(edit)", .edit(edit))
        }
    }

    private mutating func click() {
        if chance(20) {
            send("category", .categoryClicked(Int.random(in: 0...9, using: &random)))
        } else {
            let row = Int.random(in: 0...30, using: &random)
            // A click on "Quit" would end the session.
            if driver.state.question == .quit { return }
            send("row \(row)", .rowClicked(row, opens: Bool.random(using: &random)))
        }
    }

    private mutating func resize() {
        let size = Size(
            width: Int.random(in: 1...220, using: &random), height: Int.random(in: 1...70, using: &random))
        send("resize \(size)", .resized(AppView.viewport(size)))
    }

    /// Another terminal sells, prices and adds.
    private mutating func shopChanges() {
        let index = Int.random(in: 0..<driver.shop.products.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            driver.shop.products[index].stock =
                chance(20) ? .untracked : .counted(.random(in: 0...9, using: &random))
        case 1: driver.shop.products[index].price = Money(minorUnits: .random(in: 1...9_999, using: &random))
        case 2: if driver.shop.products.count > 10 { driver.shop.products.remove(at: index) }
        default: driver.shop.products[index].category = chance(50) ? "Kitchen" : "New things"
        }
        history.append("shop changes")
    }

    private mutating func signIn() {
        guard driver.state.user == nil,
            let role = [Role.customer, .staff, .admin].randomElement(using: &random)
        else { return }
        driver.signIn(role)
        history.append("sign in as \(role)")
    }

    /// The whole way to the payment, whether or not it is open just now.
    private mutating func buy() {
        driver.press(.openShop, .addOne, .openCart, .acceptChanges, .checkout)
        while chance(80), !driver.held.isEmpty { driver.answer(heldAt: 0) }
        driver.press(.submit)
        while chance(80), !driver.held.isEmpty { driver.answer(heldAt: 0) }
        driver.type("99999")
        driver.press(.submit)
        history.append("buy")
    }

    /// Answers come in the order of their lane, those of no lane in any; some never come.
    private mutating func answer() {
        guard !driver.held.isEmpty else { return }
        let index = Int.random(in: 0..<driver.held.count, using: &random)
        let lane = driver.held[index].terms.lane
        let first = lane == nil ? index : driver.held.firstIndex { $0.terms.lane == lane } ?? index
        history.append("answer \(driver.held[first].ask)".prefix(60).description)
        driver.answer(heldAt: first)
    }

    private mutating func send(_ name: String, _ action: AppAction) {
        history.append(name)
        driver.send(action)
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    private mutating func randomError() -> StoreError {
        let errors: [StoreError] = [
            .unreachable("The shop cannot be reached"), .outcomeUnknown, .keyBusy, .signInRequired,
            .insufficientStock(productID: 1, name: "Board", available: 0), .notFound(.order(1)),
            .wrongStatus(orderID: 1, status: .cancelled), .paymentRefused(.told("No")),
            .storage(StorageFault(.full, path: "store.db", sentence: "The disk is full")),
        ]
        return errors.randomElement(using: &random) ?? .outcomeUnknown
    }
}
