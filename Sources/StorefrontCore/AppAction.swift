import StoreDomain

/// Something that happened: a key's meaning, typing, an answer, time. The only way in which state changes.
public enum AppAction: Sendable {
    case started
    case command(Command)
    /// A digit typed where no field has focus: a number before a command.
    case digit(Int)
    /// A code that a scanner typed where `takesScans` is true.
    case scanned(String)
    case edit(TextEdit)
    case pasted(String)
    /// A row of the list under the mouse, counted from the first visible one of the list; `opens` when
    /// clicked twice.
    case rowClicked(Int, opens: Bool)
    case categoryClicked(Int)
    case resized(Viewport)
    /// Yes or no to the question in front.
    case answered(Bool)
    /// How many lines of the text in front are above the window when its end shows.
    case scrollable(upTo: Int)
    /// A key that means nothing here.
    case unknownKey
    case idledTooLong
    /// Something about the surroundings that the user should know.
    case noticed(String)
    /// How the server is to be reached has changed.
    case connectionChanged(ConnectionState)
    case reconnectTried(attempt: Int, succeeded: Bool)
    /// Time passed while something is under way; milliseconds since it began.
    case waited([Effect: Int])

    case pageLoaded(RequestID, Result<ProductPage, StoreError>)
    case categoriesLoaded(Result<[CategoryCount], StoreError>)
    case productLoaded(RequestID, Result<Product, StoreError>)
    case codeFound(String, count: Int, Result<Product, StoreError>)

    case signedIn(RequestID, Result<Session, StoreError>)
    case signedOut(Result<Void, StoreError>)
    /// So many seconds are left of the wait that this try to sign in was told.
    case signInWaited(RequestID, left: Int)

    case cartLoaded(CartOwner, Result<Cart, StoreError>)
    case cartChanged(RequestID, CartOwner, Result<CartOutcome, StoreError>)
    case cartAdopted(userID: Int64, Result<CartOutcome, StoreError>)
    case quoted(RequestID, Result<PriceBreakdown, StoreError>)
    /// Of the products asked for, those that are on sale.
    case cartCompared([Int64], Result<[Product], StoreError>)

    case checkoutFound(CartOwner, Result<PendingCheckout?, StoreError>)
    case checkoutBegan(Result<PendingCheckout, StoreError>)
    case methodsLoaded(Result<[PaymentMethod], StoreError>)
    case checkoutEnded(CheckoutOutcome)
    case checkoutAbandoned(Result<Void, StoreError>)
    case orderPaid(Result<Order, StoreError>)

    case ordersLoaded(RequestID, Result<OrderPage, StoreError>)
    case orderLoaded(RequestID, Result<Order, StoreError>)
    case salesLoaded(Result<[DaySales], StoreError>)
    case orderCancelled(Result<Order, StoreError>)

    case receiptPrinted(Result<Void, StoreError>)
    case receiptSaved(Result<String, StoreError>)
    case demoDataProgress(done: Int, of: Int)
    case demoDataLoaded(Result<Void, StoreError>)
    /// The address of the shop that was asked for, in its one spelling.
    case connected(RequestID, Result<String, StoreError>)
    case themeFailed(String)
}

extension AppAction {
    /// Whether it tells that the session is no longer good.
    var saysSignedOut: Bool {
        switch self {
        case .pageLoaded(_, .failure(.signInRequired)), .productLoaded(_, .failure(.signInRequired)),
            .quoted(_, .failure(.signInRequired)), .checkoutBegan(.failure(.signInRequired)),
            .methodsLoaded(.failure(.signInRequired)), .checkoutAbandoned(.failure(.signInRequired)),
            .checkoutEnded(.failed(.signInRequired, pending: _, order: _)),
            .orderPaid(.failure(.signInRequired)),
            .ordersLoaded(_, .failure(.signInRequired)), .orderLoaded(_, .failure(.signInRequired)),
            .orderCancelled(.failure(.signInRequired)):
            true
        default: false
        }
    }
}

/// A cart after a change, and what came of it.
public struct CartOutcome: Hashable, Sendable {
    public let cart: Cart
    public let notes: [CartNote]

    public init(cart: Cart, notes: [CartNote] = []) {
        self.cart = cart
        self.notes = notes
    }
}

/// How an attempt to place and pay ended.
public enum CheckoutOutcome: Hashable, Sendable {
    /// The order stands, paid or to be paid later.
    case done(Order, Cart)
    /// Refused or failed; what is stored is as in `pending`, and the order as far as it is known.
    case failed(StoreError, pending: PendingCheckout, order: Order?)
}

/// How much room there is, in rows and columns, as the views divide it.
public struct Viewport: Hashable, Sendable {
    public var width: Int
    public var height: Int
    /// Rows of the product table.
    public var shopRows: Int
    /// Rows of the orders table.
    public var orderRows: Int
    /// Whether the shop has room for a category side bar.
    public var hasSideBar: Bool

    public init(width: Int, height: Int, shopRows: Int, orderRows: Int, hasSideBar: Bool) {
        self.width = width
        self.height = height
        self.shopRows = shopRows
        self.orderRows = orderRows
        self.hasSideBar = hasSideBar
    }
}
