/// Accounts as everybody meets them: register, sign in, sign out.
public protocol AuthService: Sendable {
    /// Makes a customer's account, or the admin's when the store has none yet, and signs in.
    ///
    /// - Throws: `emailTaken`.
    func register(_ registration: Registration) async throws(StoreError) -> Session

    /// - Throws: `wrongCredentials` alike for an unknown e-mail and a wrong password, after the same time;
    ///   `signInMustWait`.
    func signIn(email: String, password: Secret) async throws(StoreError) -> Session

    /// The account of a session as it is now.
    ///
    /// - Throws: `signInRequired` when the session no longer counts.
    func currentUser(of session: Session) async throws(StoreError) -> User

    /// Ends a session for good.
    func signOut(_ session: Session) async throws(StoreError)

    /// Whether there is no account at all yet.
    func isEmpty() async throws(StoreError) -> Bool
}

/// Accounts as an admin manages them. Every method needs `manageAccounts`.
public protocol AccountService: Sendable {
    func accounts(as principal: Principal) async throws(StoreError) -> [User]
    func add(_ registration: Registration, role: Role, as principal: Principal) async throws(StoreError)
        -> User
    /// - Throws: `invalid` when the password breaks a rule, `notFound`.
    func setPassword(_ password: Secret, of email: String, as principal: Principal) async throws(StoreError)
    /// - Throws: `notFound`; `invalid` when it would leave the store without an admin.
    func setRole(_ role: Role, of email: String, as principal: Principal) async throws(StoreError) -> User
}

/// What the shop sells. Reading needs no account, writing needs `manageProducts`.
public protocol CatalogService: Sendable {
    /// One page; a number beyond the last gives an empty page. `perPage` is 1…500.
    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage

    /// - Throws: `notFound`, also for an archived one.
    func product(_ id: Int64) async throws(StoreError) -> Product

    /// The product with exactly this SKU (whatever its case) or barcode.
    ///
    /// - Throws: `notFound`.
    func product(code: String) async throws(StoreError) -> Product

    /// Those of the ids that are on sale, in any order.
    func products(_ ids: [Int64]) async throws(StoreError) -> [Product]

    /// Categories that have products, by name.
    func categories() async throws(StoreError) -> [CategoryCount]

    /// - Throws: `taken` for a SKU or barcode in use.
    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product
    func edit(_ id: Int64, _ patch: ProductPatch, as principal: Principal) async throws(StoreError) -> Product
}

/// Orders. Everything needs a session.
public protocol OrderService: Sendable {
    /// Prices and stores an order and takes its stock, all or nothing. The same key and content give the same
    /// order.
    ///
    /// - Throws: `notFound` (product), `insufficientStock`, `keyReused`, `keyBusy`.
    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order

    /// - Throws: `notAllowed` for everybody's orders without `seeAllOrders`.
    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage

    /// - Throws: `notFound`, also for another's order without `seeAllOrders`.
    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order

    /// Cancels a pending order and gives its stock back. Cancelling twice is cancelling once.
    ///
    /// - Throws: `notFound`, `wrongStatus`.
    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order

    /// What was sold on each of the last days of a zone, the oldest first, today last.
    ///
    /// - Parameter days: 1…366
    /// - Throws: `notAllowed` without `seeAllOrders`; `unsupported` where nobody counts it.
    func dailySales(days: Int, in zone: @escaping ZoneOffset, as principal: Principal)
        async throws(StoreError) -> [DaySales]
}

extension OrderService {
    public func dailySales(days: Int, in zone: @escaping ZoneOffset, as principal: Principal)
        async throws(StoreError) -> [DaySales]
    { throw .unsupported("sales by day") }
}

/// What things cost together, and taking money for them.
public protocol PaymentService: Sendable {
    /// Prices lines with a code as an order placed now would be; takes nothing.
    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown

    /// The ways to pay that this principal may use; none means that orders are paid later, at the counter.
    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod]

    /// Pays a pending order in full. The same key and content give the same answer.
    ///
    /// - Throws: `notFound`, `wrongStatus`, `paymentRefused`, `notAllowed`, `keyReused`, `keyBusy`.
    func pay(_ orderID: Int64, _ request: PaymentRequest, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
}

/// Discount codes as an admin manages them. Every method needs `manageDiscounts`.
public protocol DiscountService: Sendable {
    func discounts(as principal: Principal) async throws(StoreError) -> [Discount]
    /// - Throws: `taken` for a code in use.
    func add(_ discount: Discount, as principal: Principal) async throws(StoreError) -> Discount
}

/// The terminal's own state: carts, and checkouts under way. Each call is on disk when it returns.
public protocol CartService: Sendable {
    func cart(of owner: CartOwner) async throws(StoreError) -> Cart

    /// Makes one change in one transaction and returns the cart after it.
    func apply(_ change: CartChange, to owner: CartOwner) async throws(StoreError) -> (Cart, [CartNote])

    func undo(_ owner: CartOwner) async throws(StoreError) -> Cart

    /// The guest's cart becomes the user's; the guest's is empty afterwards.
    func adopt(guestCartFor userID: Int64) async throws(StoreError) -> (Cart, [CartNote])

    func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout?
    func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError)

    /// Ends a checkout: forgets it and, when its order stands, takes the lines of its draft out of the cart
    /// (what was added meanwhile stays).
    func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart
}

/// Everything a screen or command needs of a store, local or remote.
public struct StoreServices: Sendable {
    public let auth: any AuthService
    public let accounts: any AccountService
    public let catalog: any CatalogService
    public let orders: any OrderService
    public let payments: any PaymentService
    public let discounts: any DiscountService
    public let cart: any CartService

    public init(
        auth: any AuthService, accounts: any AccountService, catalog: any CatalogService,
        orders: any OrderService, payments: any PaymentService, discounts: any DiscountService,
        cart: any CartService
    ) {
        self.auth = auth
        self.accounts = accounts
        self.catalog = catalog
        self.orders = orders
        self.payments = payments
        self.discounts = discounts
        self.cart = cart
    }
}
