import StoreDomain
import StoreSQLite

/// One session of several of one person on a state file. It puts things into its basket that nobody else has, takes
/// up what others left behind and lets go of what it has, and says what was acknowledged, a line each:
///
///     put TOKEN · took COUNT · let COUNT · wrong WHAT
///
/// A token is a product's number that is used once. `wrong` says that the basket is not what this session made of it.
struct BasketStorm {
    private let state: StateDatabase
    private let carts: SQLiteCartService
    private let owner = CartOwner.user(1)
    private let firstToken: Int64
    private var random: StormRandom
    /// What the basket of this session holds, as far as this session knows.
    private var mine: Set<Int64> = []

    static func main(_ arguments: [String]) async throws {
        guard let number = Int64(arguments[2]), let seed = UInt64(arguments[3]), let tries = Int(arguments[4])
        else { throw StoreError.unsupported("these arguments") }
        var storm = try BasketStorm(path: arguments[1], number: number, seed: seed)
        StormMain.say("ready")
        _ = readLine()
        try await storm.open()
        for step in 0..<tries { try await storm.run(step) }
        try storm.state.close()
    }

    private init(path: String, number: Int64, seed: UInt64) throws {
        state = try StateDatabase.open(at: path)
        carts = SQLiteCartService(state: state, store: "storm", clock: StandingClock())
        firstToken = number * 1_000_000
        random = StormRandom(seed)
    }

    private mutating func open() async throws {
        let opened = try await carts.open(for: owner)
        mine = Self.tokens(opened.cart)
        StormMain.say("took \(mine.count)")
    }

    private mutating func run(_ step: Int) async throws {
        let now = Self.tokens(try await carts.cart(of: owner))
        if now != mine { StormMain.say("wrong \(now) instead of \(mine)") }
        switch random.next(10) {
        case 0:
            try await carts.letGo(owner)
            StormMain.say("let \(mine.count)")
            mine = []
        case 1, 2:
            let left = try await carts.leftBehind(by: owner)
            guard !left.isEmpty else { return }
            // Another may be faster: then this one keeps what it has.
            let wanted = left[random.next(UInt64(left.count))].id
            guard let cart = try await carts.takeUp(wanted, for: owner) else { return }
            mine = Self.tokens(cart)
            StormMain.say("took \(mine.count)")
        default:
            let token = firstToken + Int64(step)
            let line = CartLine(
                productID: token, name: "Token", unitPriceMinor: 1, knownStock: .untracked, quantity: 0)
            let (cart, notes) = try await carts.apply(.add(line, by: 1), to: owner)
            // A full basket takes no more.
            guard notes.isEmpty else {
                try await carts.letGo(owner)
                mine = []
                return
            }
            mine.insert(token)
            if Self.tokens(cart) != mine { StormMain.say("wrong \(Self.tokens(cart)) instead of \(mine)") }
            StormMain.say("put \(token)")
        }
    }

    private static func tokens(_ cart: Cart) -> Set<Int64> { Set(cart.lines.map(\.productID)) }
}
