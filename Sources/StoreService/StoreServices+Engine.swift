import StoreDomain

/// Every service over one engine.
public struct EngineServices: Sendable {
    public let services: StoreServices
    public let transfer: any CatalogTransferService
    /// What a server needs beside the services.
    public let tokens: any TokenService
    public let answering: any AnsweringService
    /// What is due by the clock.
    public let due: DueWork
    /// Every change, whoever made it.
    public let changes: any ChangeFeed
    /// For a kiosk on the store.
    public let visitors: VisitorDesk

    /// - Parameters:
    ///   - cart: the terminal's own state, which lies elsewhere.
    ///   - firstAccountIsAdmin: whether registering in an empty store makes its admin.
    ///   - visitor: whose wrong passwords are counted apart; nil where all count together.
    public init(
        core: StoreCore, hasher: any PasswordHashing, cart: any CartService, offer: PaymentOffer,
        firstAccountIsAdmin: Bool, visitor: String? = nil
    ) {
        let orders = Orders(core: core)
        let products = ProductDesk(core: core)
        due = DueWork(orders: orders, products: products)
        changes = core.changes
        visitors = VisitorDesk(core: core, hasher: hasher)
        transfer = CatalogTransfer(core: core)
        let pins = Pins(core: core, hasher: hasher)
        tokens = Tokens(core: core)
        answering = Answering(core: core, offer: offer)
        services = StoreServices(
            auth: SigningIn(
                core: core, hasher: hasher, firstAccountIsAdmin: firstAccountIsAdmin, visitor: visitor),
            accounts: AccountCare(core: core, hasher: hasher), catalog: Catalog(core: core), orders: orders,
            payments: Payments(core: core, offer: offer), discounts: Discounts(core: core), cart: cart,
            policy: PolicyCare(core: core),
            counter: CounterServices(
                till: TillSales(core: core), refunds: Refunds(core: core),
                looseReturns: LooseReturns(core: core), cards: CardDesk(core: core),
                customers: CustomerDesk(core: core),
                shifts: Shifts(core: core), parking: Parking(core: core), stock: StockRoom(core: core),
                products: products,
                journal: JournalDesk(core: core), transfer: transfer, pins: pins,
                approvals: Approvals(core: core, pins: pins),
                reports: Reports(core: core)),
            changes: core.changes)
    }
}
