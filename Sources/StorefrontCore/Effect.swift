import StoreDomain

/// Numbers a request, so that an answer that is no longer wanted is known as such.
public struct RequestID: Hashable, Sendable {
    public let number: Int
    init(_ number: Int) { self.number = number }
}

/// Something to be done outside the model: an order to the runtime, a value that can be recorded.
public enum Effect: Hashable, Sendable {
    case loadPage(ProductQuery, PagePosition, perPage: Int, RequestID)
    case loadCategories
    case loadProduct(Int64, RequestID)
    /// The product with exactly this code, as a scanner gives it.
    case findCode(String, count: Int)

    case signIn(email: String, password: Secret, RequestID)
    case register(Registration, RequestID)
    case signOut(Session)

    case loadCart(CartOwner)
    case changeCart(CartChange, CartOwner, RequestID)
    case undoCart(CartOwner, RequestID)
    case adoptGuestCart(userID: Int64)
    /// Prices the cart as it stands.
    case quote([PricedLine], code: String?, Principal, RequestID)
    /// Fetches the products of the cart, to be compared with it.
    case compareCart([Int64])

    case findCheckout(CartOwner)
    case beginCheckout(OrderDraft, CartOwner, Principal)
    case loadMethods(Principal)
    /// Places and pays, each step stored before it is tried.
    case completeCheckout(PendingCheckout, PaymentRequest?, CartOwner, Principal)
    case abandonCheckout(PendingCheckout, CartOwner, Principal)
    case payOrder(Int64, PaymentRequest, Principal)

    case loadOrders(OrderQuery, Principal, RequestID)
    case loadOrder(Int64, Principal, RequestID)
    case cancelOrder(Int64, Principal)
    /// What was sold on each of the last days.
    case loadSales(days: Int, Principal)

    case printReceipt(Order)
    case saveReceipt(Order)

    case loadDemoData
    /// Asks whether there is a shop to be had at this address, as it was typed.
    case connect(String, RequestID)
    /// Waits a while, longer after more attempts, and asks whether the server is there.
    case reconnect(attempt: Int)
    case previewTheme(String)
    case keepTheme(String)
    case redraw, suspend, beep
    case setMouseCapture(Bool)
    case quit

    /// Effects of one slot replace each other: only the latest answer is wanted.
    public var slot: String? {
        switch self {
        case .loadPage: "page"
        case .loadProduct: "product"
        case .quote: "quote"
        case .loadOrders: "orders"
        case .loadOrder: "order"
        case .loadSales: "sales"
        case .connect: "connect"
        default: nil
        }
    }

    /// Effects of one lane are carried out one after the other, in the order in which they were ordered.
    public var lane: EffectLane? {
        switch self {
        case .loadCart, .changeCart, .undoCart, .adoptGuestCart, .findCheckout, .beginCheckout,
            .completeCheckout,
            .abandonCheckout:
            .cart
        default: nil
        }
    }

    /// Whether a person waits for it: it shows as under way when it takes long.
    public var workTitle: String? {
        switch self {
        case .loadPage: "Loading products"
        case .loadProduct: "Loading the product"
        case .findCode: "Looking up the code"
        case .signIn: "Signing in"
        case .register: "Making the account"
        case .completeCheckout: "Placing the order"
        case .payOrder: "Taking the payment"
        case .beginCheckout: "Starting the checkout"
        case .abandonCheckout, .cancelOrder: "Cancelling the order"
        case .loadOrders: "Loading orders"
        case .loadOrder: "Loading the order"
        case .printReceipt: "Printing"
        case .loadDemoData: "Loading demo data"
        case .connect: "Connecting"
        default: nil
        }
    }
}

/// A queue of effects that must not overtake each other.
public enum EffectLane: Hashable, Sendable { case cart }
