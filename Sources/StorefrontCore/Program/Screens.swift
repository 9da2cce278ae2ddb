import StoreDomain

/// A screen on the way with its state. This list is the way to every feature: a new case leads the compiler
/// through all places that have to know it.
public enum Screen: Hashable, Codable, Sendable {
    case welcome(WelcomeState)
    case signIn(SignInState)
    case register(RegisterState)
    case shop(ShopState)
    case product(ProductState)
    case cart(CartState)
    case checkout(CheckoutState)
    case receipt(ReceiptState)
    case orders(OrdersState)
    case order(OrderState)
    case importing(ImportState)
    case baskets(BasketsState)
    case till(TillState)
    case shift(ShiftState)
    case returns(ReturnsState)
    case looseReturns(LooseReturnsState)
    case giftCards(GiftCardsState)
    case customers(CustomersState)
    case counting(CountingState)
    case products(ProductsState)
    case stock(StockState)
    case visitor(VisitorState)
    case approvals(ApprovalsState)
    case office(OfficeState)
    case reports(ReportsState)
    case firstSteps(FirstStepsState)

    /// Lets `body` change the feature's state.
    mutating func change<Result>(_ body: (inout any Feature) -> Result) -> Result {
        switch self {
        case .welcome(let state): change(state, Screen.welcome, body)
        case .signIn(let state): change(state, Screen.signIn, body)
        case .register(let state): change(state, Screen.register, body)
        case .shop(let state): change(state, Screen.shop, body)
        case .product(let state): change(state, Screen.product, body)
        case .cart(let state): change(state, Screen.cart, body)
        case .checkout(let state): change(state, Screen.checkout, body)
        case .receipt(let state): change(state, Screen.receipt, body)
        case .orders(let state): change(state, Screen.orders, body)
        case .order(let state): change(state, Screen.order, body)
        case .importing(let state): change(state, Screen.importing, body)
        case .baskets(let state): change(state, Screen.baskets, body)
        case .till(let state): change(state, Screen.till, body)
        case .shift(let state): change(state, Screen.shift, body)
        case .returns(let state): change(state, Screen.returns, body)
        case .looseReturns(let state): change(state, Screen.looseReturns, body)
        case .giftCards(let state): change(state, Screen.giftCards, body)
        case .customers(let state): change(state, Screen.customers, body)
        case .counting(let state): change(state, Screen.counting, body)
        case .products(let state): change(state, Screen.products, body)
        case .stock(let state): change(state, Screen.stock, body)
        case .visitor(let state): change(state, Screen.visitor, body)
        case .approvals(let state): change(state, Screen.approvals, body)
        case .office(let state): change(state, Screen.office, body)
        case .reports(let state): change(state, Screen.reports, body)
        case .firstSteps(let state): change(state, Screen.firstSteps, body)
        }
    }

    private mutating func change<State: Feature, Result>(
        _ state: State, _ screen: (State) -> Screen, _ body: (inout any Feature) -> Result
    ) -> Result {
        var feature: any Feature = state
        defer { if let changed = feature as? State { self = screen(changed) } }
        return body(&feature)
    }

    /// The state as a feature.
    public var feature: any Feature {
        switch self {
        case .welcome(let state): state
        case .signIn(let state): state
        case .register(let state): state
        case .shop(let state): state
        case .product(let state): state
        case .cart(let state): state
        case .checkout(let state): state
        case .receipt(let state): state
        case .orders(let state): state
        case .order(let state): state
        case .importing(let state): state
        case .baskets(let state): state
        case .till(let state): state
        case .shift(let state): state
        case .returns(let state): state
        case .looseReturns(let state): state
        case .giftCards(let state): state
        case .customers(let state): state
        case .counting(let state): state
        case .products(let state): state
        case .stock(let state): state
        case .visitor(let state): state
        case .approvals(let state): state
        case .office(let state): state
        case .reports(let state): state
        case .firstSteps(let state): state
        }
    }

    public var kind: ScreenKind {
        switch self {
        case .welcome: WelcomeState.kind
        case .signIn: SignInState.kind
        case .register: RegisterState.kind
        case .shop: ShopState.kind
        case .product: ProductState.kind
        case .cart: CartState.kind
        case .checkout: CheckoutState.kind
        case .receipt: ReceiptState.kind
        case .orders: OrdersState.kind
        case .order: OrderState.kind
        case .importing: ImportState.kind
        case .baskets: BasketsState.kind
        case .till: TillState.kind
        case .shift: ShiftState.kind
        case .returns: ReturnsState.kind
        case .looseReturns: LooseReturnsState.kind
        case .giftCards: GiftCardsState.kind
        case .customers: CustomersState.kind
        case .counting: CountingState.kind
        case .products: ProductsState.kind
        case .stock: StockState.kind
        case .visitor: VisitorState.kind
        case .approvals: ApprovalsState.kind
        case .office: OfficeState.kind
        case .reports: ReportsState.kind
        case .firstSteps: FirstStepsState.kind
        }
    }
}

/// Which screen it is, without what is on it.
public struct ScreenKind: Hashable, Codable, Sendable, CustomStringConvertible {
    let name: String
    /// As help names it.
    public let title: String

    public init(_ name: String, title: String) {
        self.name = name
        self.title = title
    }

    public var description: String { name }

    public static let welcome = ScreenKind("welcome", title: "Welcome")
    public static let signIn = ScreenKind("signIn", title: "Sign in")
    public static let register = ScreenKind("register", title: "Register")
    public static let shop = ScreenKind("shop", title: "Shop")
    public static let product = ScreenKind("product", title: "Product")
    public static let cart = ScreenKind("cart", title: "Cart")
    public static let checkout = ScreenKind("checkout", title: "Checkout")
    public static let receipt = ScreenKind("receipt", title: "Receipt")
    public static let orders = ScreenKind("orders", title: "Orders")
    public static let order = ScreenKind("order", title: "Order")
    public static let importing = ScreenKind("importing", title: "Import")
    public static let baskets = ScreenKind("baskets", title: "Baskets left behind")
    public static let till = ScreenKind("till", title: "Till")
    public static let shift = ScreenKind("shift", title: "Shift")
    public static let returns = ScreenKind("returns", title: "Returns")
    public static let looseReturns = ScreenKind("looseReturns", title: "Return without a receipt")
    public static let giftCards = ScreenKind("giftCards", title: "Gift cards")
    public static let customers = ScreenKind("customers", title: "Customers")
    public static let counting = ScreenKind("counting", title: "To be counted")
    public static let products = ScreenKind("products", title: "Products")
    public static let stock = ScreenKind("stock", title: "Stock")
    public static let visitor = ScreenKind("visitor", title: "Your account")
    public static let approvals = ScreenKind("approvals", title: "Approvals")
    public static let office = ScreenKind("office", title: "Back office")
    public static let reports = ScreenKind("reports", title: "Reports")
    public static let firstSteps = ScreenKind("firstSteps", title: "First steps")

    /// In the order in which help lists them.
    public static let allCases: [ScreenKind] = [
        .welcome, .signIn, .register, .till, .shop, .product, .cart, .checkout, .receipt, .orders, .order,
        .importing,
        .baskets, .shift, .returns, .visitor, .approvals, .looseReturns, .giftCards, .customers, .office,
        .counting, .reports, .products, .stock, .firstSteps,
    ]
}

extension CommandSpec {
    /// Every command, in the order in which help and palette list them.
    public static let all: [CommandSpec] = groups.flatMap { $0 }

    /// Apart from their sum, which takes the compiler minutes.
    private static let groups: [[CommandSpec]] = [
        ProgramCommands.everywhere, ProgramCommands.lists, TillState.commands,
        TillState.macroCommands, ShopState.commands,
        CartState.commands, MarkCommands.all, ProgramCommands.forms, SignInState.commands,
        KeySignIn.commands, ReceiptState.commands, OrdersState.commands, ReturnsState.commands,
        LooseReturnsState.commands, GiftCardsState.commands, CustomersState.commands, CountingState.commands,
        ProductsState.commands,
        StockState.commands,
        DemoAccount.commands, CashCommands.all,
        WelcomeState.commands, BasketsState.commands, [ShiftState.command], ShiftState.commands,
        ReportsState.commands, ReckonedCommands.all, StaffCommands.all, ApprovalsState.commands,
        OfficeState.commands, FirstStepsState.commands,
        [ImportState.command], ImportState.commands,
        [Copying.command], QACommands.all,
    ]
}

extension Command: CaseIterable {
    public static let allCases = CommandSpec.all.map(\.command)
}
