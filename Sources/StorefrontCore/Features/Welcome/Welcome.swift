import StoreDomain

/// The first start on a store without accounts: how shall it begin?
public struct WelcomeState: Feature {
    public enum Choice: Int, Hashable, Codable, Sendable, CaseIterable {
        case makeAdmin, loadDemoData, chooseCountry, connect, lookAround
    }

    public static let kind = ScreenKind.welcome

    private var list = List()
    /// Products made so far and in all, while demo data is loading.
    public private(set) var progress: Progress?
    public private(set) var error: StoreError?

    public struct Progress: Hashable, Codable, Sendable {
        public let done: Int
        public let total: Int
    }

    public init() {}

    /// Demo data needs an empty store, and a country one whose file this program may make its own.
    public static func choices(_ desk: Desk) -> [Choice] {
        Choice.allCases.filter { choice in
            switch choice {
            case .loadDemoData: !desk.context.hasProducts
            case .chooseCountry: !desk.context.hasProducts && !desk.context.isRemote
            case .makeAdmin, .connect, .lookAround: true
            }
        }
    }

    public func selection(_ desk: Desk) -> Choice {
        let choices = Self.choices(desk)
        return choices.indices.contains(list.selection) ? choices[list.selection] : .makeAdmin
    }

    /// What the screen begins with.
    public static func opening(_ desk: Desk) -> String {
        desk.context.hasProducts
            ? "This store has products, but nobody has an account yet. What comes first?"
            : "This store is new and empty. What shall it start with?"
    }

    /// Refuses what would leave demo data half loaded.
    var idleness: Availability { progress == nil ? .enabled : .disabled("Demo data is loading") }

    public func selectedRow(_ desk: Desk) -> Int? { list.selection }

    public func hints(_ desk: Desk) -> [Hint] {
        let demo = desk.context.hasProducts ? [] : [Hint(.loadDemoData, "demo data")]
        return [Hint(.submit, "choose"), Hint(.makeAdmin, "first admin")] + demo + [Hint(.connect)]
    }

    // MARK: - Choosing

    public var hasPanes: Bool { true }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool { walk == .up || walk == .down }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch walk {
        case .up, .down: if progress == nil { list.walk(walk, of: Self.choices(desk).count) }
        case .halfPageUp, .halfPageDown, .pageUp, .pageDown, .first, .last: break
        }
        return []
    }

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        walk(forward ? .down : .up, count: nil, &desk)
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard progress == nil else { return [] }
        switch selection(desk) {
        case .makeAdmin: return makeAdmin()
        case .loadDemoData: return loadDemo()
        case .chooseCountry: return askForCountry(desk)
        case .connect: return askForServer()
        case .lookAround: return [.toShop]
        }
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        let choices = Self.choices(desk)
        guard choices.indices.contains(row) else { return false }
        list.select(row, of: choices.count)
        return true
    }

    public func opens(row: Int) -> Bool { list.selection == row }

    /// There is nothing before the first screen.
    public mutating func back(_ desk: inout Desk) -> [Step] { [] }

    private func makeAdmin() -> [Step] { [.push(.register(RegisterState(makesAdmin: true)))] }

    private mutating func loadDemo() -> [Step] {
        progress = Progress(done: 0, total: 240)
        error = nil
        return [.ask(.welcome(.loadDemoData))]
    }

    private func askForCountry(_ desk: Desk) -> [Step] {
        guard writability(desk).isEnabled else {
            return []
        }
        let items = Country.allCases.map { country in
            Picker.Item(
                .country(country), label: country.name, detail: CountryPreset(country).currency.code)
        }
        return [.open(.picker(Picker(.countries, title: "The shop\u{2019}s country", items: items)))]
    }

    public mutating func choose(_ choice: StorefrontCore.Choice, _ desk: inout Desk) -> [Step] {
        guard case .country(let country) = choice, progress == nil else { return [] }
        error = nil
        return [.ask(.welcome(.setUp(country)))]
    }

    private func askForServer() -> [Step] { [.open(.prompt(Prompt(.server, limit: 2000)))] }

    // MARK: - Answers

    public mutating func progressed(done: Int, of total: Int) {
        guard let progress, done >= progress.done else { return }
        self.progress = Progress(done: done, total: total)
    }

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .welcome(let action) = reply else { return [] }
        switch action {
        case .demoDataLoaded(let answer): return loaded(answer, &desk)
        case .wasSetUp(let country, .success(let policy)):
            desk.context.policy = policy
            let advice = CountryPreset(country).open(in: policy).first.map { ". \($0)" } ?? ""
            desk.say(.success, "Set up for \(country.name), in \(policy.currency.code)\(advice)")
        case .wasSetUp(_, .failure(let error)): self.error = error
        }
        return []
    }

    private mutating func loaded(_ answer: Answer<Done>, _ desk: inout Desk) -> [Step] {
        progress = nil
        switch answer {
        case .success:
            desk.context.isDemo = true
            desk.isFresh = false
            desk.say(
                .success, "The demo shop is ready. Sign in with one of its accounts, or look around.")
            return [.start(.signIn(SignInState(desk, isStart: true)))]
        case .failure(let error):
            self.error = error
            return []
        }
    }

    // MARK: - Commands

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .makeAdmin, "Make admin", "Make the first account; it is the admin's", on: WelcomeState.self,
            keys: ["m"], available: { $0.writability($1) }
        ) { welcome, _, _ in welcome.makeAdmin() },
        CommandSpec(
            .loadDemoData, "Load demo data", "Fill the store with a demo shop", on: WelcomeState.self,
            keys: ["d"], available: { $0.demoAvailability($1) }
        ) { welcome, _, _ in welcome.loadDemo() },
        CommandSpec(
            .chooseCountry, "Choose country",
            "Take over a country\u{2019}s currency, taxes and rounding of cash",
            on: WelcomeState.self, keys: ["n"], available: { $0.countryAvailability($1) }
        ) { welcome, desk, _ in welcome.askForCountry(desk) },
        CommandSpec(
            .connect, "Connect", "Open the shop of a server", on: WelcomeState.self, keys: ["c"],
            spoken: Spoken(argument: .text, help: "Open the shop of a server; or give it at once"),
            available: { welcome, _ in welcome.idleness }
        ) { welcome, _, _ in welcome.askForServer() },
    ]

    private func demoAvailability(_ desk: Desk) -> Availability {
        desk.context.hasProducts ? .disabled("Demo data needs an empty store") : writability(desk)
    }

    private func countryAvailability(_ desk: Desk) -> Availability {
        Self.choices(desk).contains(.chooseCountry)
            ? writability(desk) : .disabled("The country is chosen for an empty store of one\u{2019}s own")
    }

    private func writability(_ desk: Desk) -> Availability {
        desk.context.isReadOnly ? Desk.readOnly : idleness
    }
}

extension Command {
    public static let makeAdmin = Command("makeAdmin")
    public static let loadDemoData = Command("loadDemoData")
    public static let chooseCountry = Command("chooseCountry")
    public static let connect = Command("connect")
}

public enum WelcomeRequest: Hashable, Codable, Sendable {
    case loadDemoData
    case setUp(Country)

    var terms: Terms {
        switch self {
        case .loadDemoData:
            Terms(
                slot: "demo", title: "Loading demo data", isPublic: true, screen: .welcome, keepsBack: .all)
        case .setUp:
            Terms(
                slot: "setUp", title: "Setting the shop up", mustFinish: true, isPublic: true,
                screen: .welcome, keepsBack: .all)
        }
    }

    func answered(
        by outside: Outside, progress: @escaping @Sendable (Int, Int) -> Void
    ) async -> WelcomeAction {
        switch self {
        case .loadDemoData:
            .demoDataLoaded(
                await .of { () throws(StoreError) in
                    try await outside.ports.loadDemoData(progress: progress)
                    return Done()
                })
        case .setUp(let country):
            .wasSetUp(
                country,
                await .of { () throws(StoreError) in try await outside.ports.setUp(country) })
        }
    }
}

public enum WelcomeAction: Hashable, Codable, Sendable {
    case demoDataLoaded(Answer<Done>)
    case wasSetUp(Country, Answer<ShopPolicy>)

    var failure: StoreError? {
        switch self {
        case .demoDataLoaded(let answer): answer.failure
        case .wasSetUp(_, let answer): answer.failure
        }
    }
}
