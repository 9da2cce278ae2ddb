import StoreDomain

/// What does not change while the program runs.
public struct AppContext: Hashable, Sendable {
    public var policy: ShopPolicy
    /// A throw-away or demo store: its accounts are shown on the sign-in screen.
    public var isDemo: Bool
    /// Nothing outlives the program: leaving with a full cart asks first.
    public var isThrowAway: Bool
    /// Where the data is, for the header: `local`, `demo`.
    public var storeLabel: String
    /// The data is on a server, whose health the header shows.
    public var isRemote: Bool
    /// The store's file, for the about box.
    public var storePath: String
    public var isReadOnly: Bool
    public var hasPrinter: Bool
    public var version: String
    public var themes: [String]
    public var theme: String
    /// Minutes without a key after which a signed-in user is signed out; 0 for never.
    public var idleMinutes: Int

    public init(
        policy: ShopPolicy = ShopPolicy(), isDemo: Bool = false, isThrowAway: Bool = false,
        storeLabel: String = "local", isRemote: Bool = false, storePath: String = "",
        isReadOnly: Bool = false,
        hasPrinter: Bool = false,
        version: String = "", themes: [String] = ["default"], theme: String = "default", idleMinutes: Int = 0
    ) {
        self.policy = policy
        self.isDemo = isDemo
        self.isThrowAway = isThrowAway
        self.storeLabel = storeLabel
        self.isRemote = isRemote
        self.storePath = storePath
        self.isReadOnly = isReadOnly
        self.hasPrinter = hasPrinter
        self.version = version
        self.themes = themes
        self.theme = theme
        self.idleMinutes = idleMinutes
    }

    /// The accounts of every demo store, and their one password.
    public static let demoAccounts = ["customer@example.com", "staff@example.com", "admin@example.com"]
    public static let demoPassword = "storefront-demo"
}

/// What just happened, for the status line.
public struct StatusMessage: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case info, success, warning, failure }

    public let kind: Kind
    public let text: String

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// Everything the program knows at one moment. Changed by `AppModel.update` alone; the screen is a function
/// of it.
public struct AppState: Sendable {
    public internal(set) var context: AppContext
    public internal(set) var principal: Principal = .guest
    /// The way that led here; the last one is on the screen. Never empty.
    public internal(set) var screens: [ScreenKind]
    /// What lies over the screen, the topmost last.
    public internal(set) var overlays: [Overlay] = []
    public internal(set) var status: StatusMessage?
    public internal(set) var viewport = Viewport(
        width: 80, height: 24, shopRows: 16, orderRows: 16, hasSideBar: false)
    /// A number typed before a command; nil when none is.
    public internal(set) var prefix: String?
    public internal(set) var hasMouse = true
    public internal(set) var isEnding = false
    /// The address of the server whose shop is to be opened after the end; nil where it is the end of all.
    public internal(set) var destination: String?
    /// The store is new: nobody has an account yet.
    public internal(set) var isFresh: Bool
    /// What a person waits for, with the milliseconds it has taken so far, once that is long enough to show.
    public internal(set) var slowWork: SlowWork?
    /// Of the server; a local store is always connected.
    public internal(set) var connection = ConnectionState.connected

    public internal(set) var signIn = SignInState()
    public internal(set) var register = RegisterState()
    public internal(set) var welcome = WelcomeState()
    public internal(set) var shop = ShopState()
    public internal(set) var product = ProductState()
    public internal(set) var cart = CartState()
    public internal(set) var checkout: CheckoutState?
    public internal(set) var receipt: Order?
    /// Lines of the receipt above the window.
    public internal(set) var receiptScroll = 0
    public internal(set) var orders = OrdersState()
    public internal(set) var order = OrderState()

    /// The most that `scroll` can be; the views know, as they wrap the text.
    var scrollLimit = 10_000
    private var lastRequest = 0

    /// - Parameter session: kept from an earlier run; whether it is still good shows with the first request.
    public init(context: AppContext, start: ScreenKind, session: Session? = nil) {
        self.context = context
        if let session { principal = .user(session) }
        screens = [start]
        isFresh = start == .welcome
        if start == .signIn { signIn = SignInState(isStart: true) }
    }

    public var screen: ScreenKind { screens[screens.count - 1] }

    public var user: User? {
        if case .user(let session) = principal { session.user } else { nil }
    }

    /// "8.5 % before discount", as the policy has it.
    public var taxText: String {
        let policy = context.policy
        let rate = policy.taxes.standardRate(at: Timestamp(milliseconds: .max)).percentText
        return switch policy.taxMode {
        case .included: "\(rate) included"
        case .added: "\(rate) \(policy.taxBase == .beforeDiscount ? "before" : "after") discount"
        }
    }

    public var owner: CartOwner { user.map { .user($0.id) } ?? .guest }

    mutating func newRequest() -> RequestID {
        lastRequest += 1
        return RequestID(lastRequest)
    }

    mutating func say(_ kind: StatusMessage.Kind, _ text: String) { status = StatusMessage(kind, text) }

    mutating func say(_ error: StoreError) { status = StatusMessage(.failure, error.screenText) }

    /// Goes one screen further, or back to where the way has led through already.
    mutating func push(_ screen: ScreenKind) {
        if let index = screens.firstIndex(of: screen) {
            screens.removeSubrange((index + 1)...)
        } else {
            screens.append(screen)
        }
    }

    /// Goes one screen back; to the shop from where there is none.
    mutating func pop() {
        screens.removeLast()
        if screens.isEmpty { screens = [.shop] }
    }

    /// Goes to one of the main screens: the way back leads to the shop.
    mutating func go(to screen: ScreenKind) {
        screens = screen == .shop ? [.shop] : [.shop, screen]
        overlays = []
    }
}

/// Something a person has been waiting for.
public struct SlowWork: Hashable, Sendable {
    public let title: String
    public let milliseconds: Int

    public init(title: String, milliseconds: Int) {
        self.title = title
        self.milliseconds = milliseconds
    }
}
