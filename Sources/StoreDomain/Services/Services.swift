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
    /// - Throws: `emailTaken`; `invalid` for a role that the store does not have.
    func add(_ registration: Registration, role: String, as principal: Principal) async throws(StoreError)
        -> User
    /// - Throws: `invalid` when the password breaks a rule, `notFound`.
    func setPassword(_ password: Secret, of email: String, as principal: Principal) async throws(StoreError)
    /// - Throws: `notFound`; `invalid` for a role that the store does not have, or when it would leave the
    ///   store without an admin.
    func setRole(_ role: String, of email: String, as principal: Principal) async throws(StoreError) -> User
    /// The store's roles, by name.
    func roles(as principal: Principal) async throws(StoreError) -> [Role]
    /// Adds a role, or changes what one of this name may do. Needs `manageRights`.
    ///
    /// - Throws: `invalid` for a change of `admin`, who may do everything.
    func save(_ role: Role, as principal: Principal) async throws(StoreError)
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
    /// - Throws: `priceChanged` when the draft carries an agreement and the store arrives at other figures;
    ///   `notFound` (product), `insufficientStock`, `keyReused`, `keyBusy`; `perhapsPlaced` where the other
    ///   side knows no keys and an earlier try with this one may have placed an order.
    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order

    /// The order that `place` made under a key, whatever became of it; nil when there is none. Places nothing.
    ///
    /// - Throws: `perhapsPlaced` where the other side knows no keys and has an order that may be this one.
    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order?

    /// - Throws: `notAllowed` for everybody's orders without `seeAllOrders`.
    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage

    /// - Throws: `notFound`, also for another's order without `seeAllOrders`.
    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order

    /// Cancels a pending order and gives its stock back. Cancelling twice is cancelling once.
    ///
    /// - Throws: `notFound`, `wrongStatus`.
    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order

    /// What was paid less what was refunded on each of the last days of a zone, by the day on which the money
    /// moved, the oldest first, today last.
    ///
    /// - Parameter days: 1…366
    /// - Throws: `notAllowed` without `seeAllOrders`; `unsupported` where the other side does not count it.
    func dailySales(days: Int, in zone: @escaping ZoneOffset, as principal: Principal)
        async throws(StoreError) -> [DaySales]
}

/// What things cost together, and taking money for them.
public protocol PaymentService: Sendable {
    /// Prices lines with a code as an order placed now would be; takes nothing.
    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown

    /// The ways to pay that this principal may use; none means that orders are paid later, at the counter.
    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod]

    /// Tells that somebody is about to pay a pending order: it does not expire within the policy's grace from
    /// now. A payment screen tells it again while it is open.
    ///
    /// - Throws: `notFound`, `wrongStatus`.
    func keepOpen(_ orderID: Int64, as principal: Principal) async throws(StoreError)

    /// Pays a pending order in full. The same key and content give the same answer. An order that expired
    /// meanwhile stands again when its stock allows.
    ///
    /// - Throws: `notFound`, `wrongStatus`, `paymentRefused`, `notAllowed`, `keyReused`, `keyBusy`;
    ///   `paymentStranded` when the order had been cancelled and cannot stand again: the payment is on record.
    func pay(_ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order

    /// Money that was taken for orders that could not stand any more, the latest first. Needs `takePayment`.
    func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment]
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

/// The rules of the shop that its owner sets. They belong to the store: every program on it uses the same.
public protocol PolicyService: Sendable {
    /// The policy in force.
    func current() async throws(StoreError) -> PolicyVersion

    /// Every version, the latest first. Needs `changePolicy`.
    func history(as principal: Principal) async throws(StoreError) -> [PolicyVersion]

    /// Changes one value and keeps the policy before as a version of its own. Needs `changePolicy`.
    ///
    /// - Throws: `notFound` for a name that no `PolicyField` has, `invalid` for a value that it does not take.
    func set(_ name: String, to value: String, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
}

/// Selling at a till: placed and settled at once, so that nothing waits to expire. Needs `sell`.
public protocol TillService: Sendable {
    /// What the sale costs as it stands.
    ///
    /// - Throws: as `sell`, but for what concerns tenders.
    func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale

    /// Sells: takes the stock, settles the tenders and gives the receipt its number, all or nothing. The same
    /// key and content give the same sale.
    ///
    /// - Throws: `priceChanged`, `insufficientStock`, `paymentRefused`, `notAllowed` for a discount, a price or
    ///   an exemption that the seller may not give, `notFound`, `keyReused`.
    func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
}

/// Goods that come back, and the money for them. Needs `refund`.
public protocol RefundService: Sendable {
    /// Books goods as returned and gives their money back, the newest tender first. The same key and content
    /// give the same refund.
    ///
    /// - Throws: `notFound`, `notReturnable`, `wrongStatus` for an order that is not paid, `notAllowed` beyond
    ///   the limit of the role or for another tender, `paymentRefused`, `keyReused`.
    func refund(_ draft: RefundDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund

    /// The refunds of an order, in their order.
    func refunds(of orderID: Int64, as principal: Principal) async throws(StoreError) -> [Refund]
}

/// Shifts of a till and the cash in its drawer.
public protocol ShiftService: Sendable {
    /// Opens a shift with a float. Needs `openShift`.
    ///
    /// - Throws: `shiftOpen` while one is.
    func open(till: String, float: Money, as principal: Principal) async throws(StoreError) -> Shift

    /// The open shift of a till. Needs `sell`.
    func current(till: String, as principal: Principal) async throws(StoreError) -> Shift?

    /// The shifts of a till, the latest first, at most 500. Needs `seeReports`.
    func shifts(till: String, limit: Int, as principal: Principal) async throws(StoreError) -> [Shift]

    /// Puts cash into the drawer or takes it out, with a reason. Needs `moveCash`, up to its limit.
    ///
    /// - Throws: `noShift`.
    func move(
        _ kind: CashMovementKind, _ amount: Money, reason: String, till: String, as principal: Principal
    ) async throws(StoreError) -> CashMovement

    /// What the documents of a shift come to, open or closed. Needs `seeReports`.
    func report(_ shiftID: Int64, as principal: Principal) async throws(StoreError) -> ShiftReport

    /// Closes the open shift with what was counted. Needs `closeShift`; a count that is off by more than the
    /// policy tolerates also a reason and `closeOverTolerance`.
    ///
    /// - Throws: `noShift`, `countIsOff` without a reason.
    func close(till: String, counted: Money, reason: String?, as principal: Principal)
        async throws(StoreError) -> ShiftReport
}

/// Sales put aside, for any till on the store. Needs `park`.
public protocol ParkingService: Sendable {
    /// - Throws: `emptyOrder`, `invalid` for a label beyond 60 characters.
    func park(_ basket: Cart, label: String, till: String, as principal: Principal)
        async throws(StoreError) -> ParkedSale
    /// The oldest first.
    func parked(as principal: Principal) async throws(StoreError) -> [ParkedSale]
    /// Takes a parked sale up: it is parked no longer.
    ///
    /// - Throws: `notFound`, also when another till was faster.
    func resume(_ code: String, as principal: Principal) async throws(StoreError) -> ParkedSale
}

/// Stock that is booked by hand. Needs `adjustStock`.
public protocol StockService: Sendable {
    /// - Throws: `notFound`; `insufficientStock` when more would go than is there; `invalid` for a product
    ///   that sells without counting.
    func adjust(_ adjustment: StockAdjustment, as principal: Principal) async throws(StoreError) -> Product
    /// A product's movements, the latest first, at most 1,000.
    func movements(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [StockMovement]
}

/// The journal of all that changed money, goods, prices, people or settings. Needs `readJournal`.
public protocol JournalService: Sendable {
    /// The chains that have records, by name.
    func chains(as principal: Principal) async throws(StoreError) -> [String]
    /// Records of a chain from a number on, at most 1,000.
    func records(of chain: String, from number: Int, limit: Int, as principal: Principal)
        async throws(StoreError) -> [JournalRecord]
    /// Checks every chain; where each that is broken breaks first.
    func firstBreaks(as principal: Principal) async throws(StoreError) -> [JournalBreak]
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
    public let policy: any PolicyService
    /// What a till and a back office need; nil where the other side has none of it.
    public let counter: CounterServices?

    public init(
        auth: any AuthService, accounts: any AccountService, catalog: any CatalogService,
        orders: any OrderService, payments: any PaymentService, discounts: any DiscountService,
        cart: any CartService, policy: any PolicyService, counter: CounterServices?
    ) {
        self.auth = auth
        self.accounts = accounts
        self.catalog = catalog
        self.orders = orders
        self.payments = payments
        self.discounts = discounts
        self.cart = cart
        self.policy = policy
        self.counter = counter
    }
}

/// What a till and a back office need beyond selling to customers.
public struct CounterServices: Sendable {
    public let till: any TillService
    public let refunds: any RefundService
    public let shifts: any ShiftService
    public let parking: any ParkingService
    public let stock: any StockService
    public let journal: any JournalService

    public init(
        till: any TillService, refunds: any RefundService, shifts: any ShiftService,
        parking: any ParkingService, stock: any StockService, journal: any JournalService
    ) {
        self.till = till
        self.refunds = refunds
        self.shifts = shifts
        self.parking = parking
        self.stock = stock
        self.journal = journal
    }
}
