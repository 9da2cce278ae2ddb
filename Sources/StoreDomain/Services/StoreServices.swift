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
    /// What others change; nil where nobody else can.
    public let changes: (any ChangeService)?
    /// Who a kiosk's visitor is by his key; nil elsewhere, and where keys mean nothing.
    public let visitor: (any VisitorService)?

    public init(
        auth: any AuthService, accounts: any AccountService, catalog: any CatalogService,
        orders: any OrderService, payments: any PaymentService, discounts: any DiscountService,
        cart: any CartService, policy: any PolicyService, counter: CounterServices?,
        changes: (any ChangeService)? = nil, visitor: (any VisitorService)? = nil
    ) {
        self.visitor = visitor
        self.auth = auth
        self.accounts = accounts
        self.catalog = catalog
        self.orders = orders
        self.payments = payments
        self.discounts = discounts
        self.cart = cart
        self.policy = policy
        self.counter = counter
        self.changes = changes
    }
}

/// What a till and a back office need beyond selling to customers.
public struct CounterServices: Sendable {
    public let till: any TillService
    public let refunds: any RefundService
    public let looseReturns: any LooseReturnService
    public let cards: any GiftCardService
    public let customers: any CustomerService
    public let shifts: any ShiftService
    public let parking: any ParkingService
    public let stock: any StockService
    public let products: any ProductService
    public let journal: any JournalService
    /// nil where PINs mean nothing.
    public let pins: (any PINService)?
    public let approvals: (any ApprovalService)?
    /// nil where the other side has none.
    public let reports: (any ReportService)?
    public let transfer: any CatalogTransferService

    public init(
        till: any TillService, refunds: any RefundService, looseReturns: any LooseReturnService,
        cards: any GiftCardService, customers: any CustomerService, shifts: any ShiftService,
        parking: any ParkingService, stock: any StockService, products: any ProductService,
        journal: any JournalService, transfer: any CatalogTransferService,
        pins: (any PINService)? = nil, approvals: (any ApprovalService)? = nil,
        reports: (any ReportService)? = nil
    ) {
        self.transfer = transfer
        self.reports = reports
        self.pins = pins
        self.approvals = approvals
        self.till = till
        self.refunds = refunds
        self.looseReturns = looseReturns
        self.cards = cards
        self.customers = customers
        self.shifts = shifts
        self.parking = parking
        self.stock = stock
        self.products = products
        self.journal = journal
    }

    /// The same where PINs mean nothing, as in a kiosk.
    public var withoutPINs: CounterServices {
        CounterServices(
            till: till, refunds: refunds, looseReturns: looseReturns, cards: cards,
            customers: customers, shifts: shifts, parking: parking, stock: stock, products: products,
            journal: journal, transfer: transfer, approvals: approvals, reports: reports)
    }
}
