import StoreDomain

/// A new shop's way to its first sale: what is done, what is next, and the way to each. It is read off the shop, so that it
/// can be left and gone on with on any day.
public struct FirstStepsState: Feature {
    public static let kind = ScreenKind.firstSteps

    /// nil until it is loaded.
    public private(set) var standing: FirstStepsStanding?
    public private(set) var error: StoreError?
    private var list = List()
    /// Somebody has walked: what is next is not chosen for him any more.
    private var isChosen = false

    public init() {}

    public static let steps = FirstStep.allCases

    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }
    public var isLoadedOnReturn: Bool { true }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var selection: Int { list.row(of: Self.steps.count) ?? 0 }
    public func selectedRow(_ desk: Desk) -> Int? { selection }
    public var selected: FirstStep { Self.steps[selection] }

    public func hints(_ desk: Desk) -> [Hint] { [Hint(.open, "go there"), Hint(.retry), Hint(.back)] }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] { [.ask(.firstSteps(.load))] }
    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        isChosen = true
        list.walk(walk, of: Self.steps.count)
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard Self.steps.indices.contains(row) else { return false }
        isChosen = true
        list.select(row, of: Self.steps.count)
        return true
    }

    public func opens(row: Int) -> Bool { list.selection == row }

    public func openAvailability(_ desk: Desk) -> Availability {
        if let permission = selected.permission, desk.user?.role.allows(permission) != true {
            return .disabled("That is done by somebody who may \(permission.verb)")
        }
        switch selected {
        case .sale where !desk.context.hasTill: return .disabled("There is no till here")
        case .paper where !desk.context.hasPrinter: return desk.keepingFiles
        case .rules, .products, .people, .pins, .paper, .sale: return .enabled
        }
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        // Whoever comes back is at what is next.
        isChosen = selected == .paper
        switch selected {
        case .rules: return [.push(.office(OfficeState(.settings)))]
        case .products: return [.push(.products(ProductsState()))]
        case .people, .pins: return [.push(.office(OfficeState(.people)))]
        case .sale: return [.push(.till(TillState()))]
        case .paper:
            return [
                .ask(.firstSteps(.tryPaper(ReceiptStyle(desk), prints: desk.context.hasPrinter)))
            ]
        }
    }

    public mutating func back(_ desk: inout Desk) -> [Step] { [.pop] }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .firstSteps(let action) = reply else { return [] }
        switch action {
        case .loaded(.success(let standing)):
            error = nil
            self.standing = standing
            if !isChosen, let next = Self.steps.firstIndex(where: { !standing.isDone($0) }) {
                list.select(next, of: Self.steps.count)
            }
        case .loaded(.failure(let error)):
            self.error = error
            desk.say(error)
        case .tried(.success(let path?)): desk.say("Saved as", file: path)
        case .tried(.success(nil)): desk.say(.success, "A test receipt was printed")
        case .tried(.failure(let error)): desk.say(error)
        }
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed, .changedElsewhere: enter(&desk)
        case .stockChanged, .orderChanged, .resized: []
        }
    }

    // MARK: - Commands

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openFirstSteps, "First steps", "What a new shop needs before its first sale, one by one",
            spoken: Spoken(["first steps"]), permission: .changePolicy, traits: [.goesAhead],
            available: { feature, _ in feature is FirstStepsState ? .absent : .enabled }
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.firstSteps(FirstStepsState()))] }
        }
    ]
}

extension Command {
    public static let openFirstSteps = Command("openFirstSteps")
}

public enum FirstStepsRequest: Hashable, Codable, Sendable {
    case load
    /// Prints a page that shows how receipts look; to a new file where there is no printer.
    case tryPaper(ReceiptStyle, prints: Bool)

    var terms: Terms {
        switch self {
        case .load: Terms(slot: "firstSteps", title: "Loading", screen: .firstSteps, keepsBack: .onScreen)
        case .tryPaper: Terms(title: "Making a test receipt", mustFinish: true, screen: .firstSteps)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> FirstStepsAction {
        switch self {
        case .load:
            .loaded(
                await .of { () throws(StoreError) in
                    try await Self.standing(outside.services, as: principal)
                })
        case .tryPaper(let style, let prints):
            .tried(
                await .of { () throws(StoreError) in
                    let page = outside.testPage(style)
                    guard prints else {
                        return try await outside.ports.saveReport(
                            page.text, named: "test-receipt", ending: "txt")
                    }
                    try await outside.ports.printReceipt(page)
                    return nil
                })
        }
    }

    private static func standing(_ services: StoreServices, as principal: Principal)
        async throws(StoreError) -> FirstStepsStanding
    {
        let versions = try await services.policy.history(as: principal)
        let products = try await services.catalog.page(ProductQuery(), at: .first, perPage: 1)
        let accounts = try await services.accounts.accounts(as: principal)
        let pins = try await services.counter?.pins?.pins(as: principal) ?? []
        let orders = try await services.orders.orders(
            OrderQuery(everybody: true, perPage: 1), as: principal)
        return FirstStepsStanding(
            hasOwnRules: versions.count > 1
                || versions.first.map { $0.policy.shopName != ShopPolicy().shopName } ?? false,
            products: products.total,
            sellers: accounts.count { $0.user.role != .admin && $0.user.role.allows(.sell) },
            pins: pins.count(where: \.hasPIN), hasSold: !orders.orders.isEmpty)
    }
}

public enum FirstStepsAction: Hashable, Codable, Sendable {
    case loaded(Answer<FirstStepsStanding>)
    /// The path of the file; nil where it was printed.
    case tried(Answer<String?>)

    var failure: StoreError? {
        switch self {
        case .loaded(let answer): answer.failure
        case .tried(let answer): answer.failure
        }
    }
}
