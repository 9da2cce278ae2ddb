import StoreDomain
import StorefrontCore

/// What tests look at in a state: the features by name, wherever they are on the way.
extension AppState {
    public var screens: [ScreenKind] { way.map(\.kind) }
    public var status: StatusMessage? { desk.status }
    public var context: AppContext { desk.context }
    public var cart: Cart { desk.basket.cart }
    public var quote: PriceBreakdown? { desk.basket.quote }
    public var differences: [CartDifference] { desk.basket.differences }
    public var principal: Principal { desk.principal }
    public var owner: CartOwner { desk.owner }

    private func first<Value>(_ value: (Screen) -> Value?) -> Value? {
        way.reversed().lazy.compactMap(value).first
    }

    public var welcome: WelcomeState? { first { if case .welcome(let state) = $0 { state } else { nil } } }
    public var signIn: SignInState? { first { if case .signIn(let state) = $0 { state } else { nil } } }
    public var register: RegisterState? {
        first { if case .register(let state) = $0 { state } else { nil } }
    }
    public var shop: ShopState? { first { if case .shop(let state) = $0 { state } else { nil } } }
    public var product: ProductState? { first { if case .product(let state) = $0 { state } else { nil } } }
    public var cartScreen: CartState? { first { if case .cart(let state) = $0 { state } else { nil } } }
    public var checkout: CheckoutState? {
        first { if case .checkout(let state) = $0 { state } else { nil } }
    }
    public var receipt: ReceiptState? { first { if case .receipt(let state) = $0 { state } else { nil } } }
    public var orders: OrdersState? { first { if case .orders(let state) = $0 { state } else { nil } } }
    public var order: OrderState? { first { if case .order(let state) = $0 { state } else { nil } } }
    public var till: TillState? { first { if case .till(let state) = $0 { state } else { nil } } }
    public var looseReturns: LooseReturnsState? {
        first { if case .looseReturns(let state) = $0 { state } else { nil } }
    }
    public var giftCards: GiftCardsState? {
        first { if case .giftCards(let state) = $0 { state } else { nil } }
    }
    public var customers: CustomersState? {
        first { if case .customers(let state) = $0 { state } else { nil } }
    }
    public var office: OfficeState? { first { if case .office(let state) = $0 { state } else { nil } } }
    public var firstSteps: FirstStepsState? {
        first { if case .firstSteps(let state) = $0 { state } else { nil } }
    }
    public var counting: CountingState? {
        first { if case .counting(let state) = $0 { state } else { nil } }
    }
    public var products: ProductsState? {
        first { if case .products(let state) = $0 { state } else { nil } }
    }
    public var stock: StockState? { first { if case .stock(let state) = $0 { state } else { nil } } }
    public var returns: ReturnsState? { first { if case .returns(let state) = $0 { state } else { nil } } }
    public var baskets: BasketsState? { first { if case .baskets(let state) = $0 { state } else { nil } } }
    public var reports: ReportsState? {
        first { if case .reports(let state) = $0 { state } else { nil } }
    }
    public var shift: ShiftState? { first { if case .shift(let state) = $0 { state } else { nil } } }

    public var visitor: VisitorState? { first { if case .visitor(let state) = $0 { state } else { nil } } }

    public var cartSelection: Int { cartScreen?.selection(desk.basket) ?? 0 }
    public var cartLine: CartLine? { cartScreen?.selected(desk.basket) }

    public var picker: Picker? { if case .picker(let picker)? = overlays.last { picker } else { nil } }
    public var prompt: Prompt? { if case .prompt(let prompt)? = overlays.last { prompt } else { nil } }
    public var question: Question? {
        if case .confirm(let confirm)? = overlays.last { confirm.question } else { nil }
    }
}
