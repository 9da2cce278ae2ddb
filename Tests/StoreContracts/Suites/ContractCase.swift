import StoreDomain
import Testing

/// One thing that the services promise, whoever implements them. An implementation's tests run every case
/// of every contract on stores of its own making.
public struct ContractCase: Sendable, CustomTestStringConvertible {
    public let testDescription: String
    private let options: ContractOptions
    private let body: @Sendable (Shop) async throws -> Void

    init(
        _ promise: String, _ options: ContractOptions = ContractOptions(),
        body: @escaping @Sendable (Shop) async throws -> Void
    ) {
        testDescription = promise
        self.options = options
        self.body = body
    }

    /// - Parameter make: gives an empty store, of its own for each call.
    public func run(on make: StoreMaker) async throws {
        let clock = TestClock()
        let made = try await make(options, clock)
        try await body(Shop(services: made.services, clock: clock))
        withExtendedLifetime(made.held) {}
    }
}

/// What a case needs of its store.
public struct ContractOptions: Sendable {
    public var isDemo = true
    public var policy = ShopPolicy()

    public init(isDemo: Bool = true, policy: ShopPolicy = ShopPolicy()) {
        self.isDemo = isDemo
        self.policy = policy
    }
}

/// Makes the services of a new store without accounts or products, which has the built-in discount codes and
/// tells the time by the clock.
public typealias StoreMaker = @Sendable (ContractOptions, TestClock) async throws -> MadeStore

/// A store's services, and what must live as long as they are used, such as a directory or a server.
public struct MadeStore: Sendable {
    public let services: StoreServices
    public let held: any Sendable

    public init(services: StoreServices, held: any Sendable) {
        self.services = services
        self.held = held
    }
}

/// A store under test and the people in it.
public struct Shop: Sendable {
    public let services: StoreServices
    public let clock: TestClock

    static let password = Secret("storefront-demo")

    /// The first to register: the admin.
    func admin() async throws -> Principal { .user(try await register("admin@example.com")) }

    func register(_ email: String) async throws -> Session {
        try await services.auth.register(
            Registration(email: email, name: "Name of \(email)", password: Shop.password))
    }

    /// An admin, a member of staff and two customers.
    func people() async throws -> People {
        let admin = try await admin()
        let staff = try await services.accounts.add(
            Registration(email: "staff@example.com", name: "Staff", password: Shop.password), role: "staff",
            as: admin)
        return People(
            admin: admin,
            staff: .user(
                try await services.auth.signIn(email: staff.email, password: Shop.password)),
            customer: .user(try await register("customer@example.com")),
            stranger: .user(try await register("stranger@example.com")))
    }

    struct People {
        let admin: Principal
        let staff: Principal
        let customer: Principal
        let stranger: Principal
    }

    /// A new product; `price` as text, such as `29.99`.
    func product(_ name: String, price: String, stock: Stock, as admin: Principal) async throws -> Product {
        try await services.catalog.add(
            ProductDraft(name: name, price: try amount(price), stock: stock), as: admin)
    }

    func stock(_ product: Product) async throws -> Stock {
        try await services.catalog.product(product.id).stock
    }

    func amount(_ text: String) throws -> Money { try Money(typed: text) }

    func key(_ text: String) throws -> IdempotencyKey { try #require(IdempotencyKey(text)) }

    func draft(_ lines: [(Product, Int)], code: String? = nil) throws -> OrderDraft {
        try OrderDraft(
            lines: lines.map { try OrderDraft.Line(productID: $0.0.id, quantity: $0.1) }, discountCode: code)
    }
}
