import StoreDomain

/// What the program knows of where it runs; it changes when a demo is loaded or a theme is kept.
public struct AppContext: Hashable, Codable, Sendable {
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
    public var receiptWidth: ReceiptWidth
    /// What the scanner types before each code; empty for nothing.
    public var scannerPrefix: String
    /// Whether the terminal lets programs put text on its clipboard.
    public var hasClipboard: Bool
    /// What is copied is given to tmux, where it can be asked.
    public var copiesThroughTmux = false
    /// How visitors are treated where anybody may come; nil for a program of one's own.
    public var kiosk: KioskRules?
    /// Who has come to a kiosk, as far as his key says; nil where keys mean nothing.
    public var visitor: VisitorStanding?
    public var version: String
    /// The commit that the program was built from, with its date, and the compiler, as sentences name them.
    public var commit: String
    public var toolchain: String
    /// What keeps the data: "SQLite, schema 4", "server"; empty where that is not known.
    public var storeKind: String
    public var themes: [String]
    /// The theme that was chosen.
    public var theme: String
    /// The store had products when the program was started, whether anybody has an account or not.
    public var hasProducts = false
    /// Minutes without a key after which a signed-in user is signed out; 0 for never.
    public var idleMinutes: Int
    /// The e-mail of whoever signed in last at this store; nil where that is not known or not kept.
    public var lastEmail: String?
    /// The till that this program is: its receipts, shifts and journal go by this name.
    public var till = Till.standard
    /// Whether the shop's side has a till: a server of an earlier build may have none.
    public var hasTill = false
    /// Minutes without a key after which the screen of who sells is locked; 0 for never.
    public var lockMinutes = 0
    /// Whether every sale at the till prints its receipt.
    public var printsSales = false
    /// Whether the till opens a drawer.
    public var hasDrawer = false
    /// What a tester can repeat the session by; nil where nobody tests.
    public var qa: QARules?
    /// The ways to pay, by their ids, that open it as cash does.
    public var drawerMethods: Set<String> = []
    /// Whether receipts can be mailed.
    public var hasMail = false
    /// Words that are played at the till; nil where none are kept.
    public var macros: MacroShelf?

    public init(
        policy: ShopPolicy = ShopPolicy(), isDemo: Bool = false, isThrowAway: Bool = false,
        storeLabel: String = "local", isRemote: Bool = false, storePath: String = "",
        isReadOnly: Bool = false, hasPrinter: Bool = false, receiptWidth: ReceiptWidth = .standard,
        scannerPrefix: String = "", hasClipboard: Bool = false, version: String = "",
        commit: String = "unknown commit", toolchain: String = "", storeKind: String = "",
        themes: [String] = ["default"], theme: String = "default", idleMinutes: Int = 0,
        lastEmail: String? = nil
    ) {
        self.policy = policy
        self.isDemo = isDemo
        self.isThrowAway = isThrowAway
        self.storeLabel = storeLabel
        self.isRemote = isRemote
        self.storePath = storePath
        self.isReadOnly = isReadOnly
        self.hasPrinter = hasPrinter
        self.receiptWidth = receiptWidth
        self.scannerPrefix = scannerPrefix
        self.hasClipboard = hasClipboard
        self.version = version
        self.commit = commit
        self.toolchain = toolchain
        self.storeKind = storeKind
        self.themes = themes
        self.theme = theme
        self.idleMinutes = idleMinutes
        self.lastEmail = lastEmail
    }

    /// The accounts of every demo store, and their one password.
    public static let demoAccounts = DemoAccount.allCases.map(\.email)
    public static let demoPassword = "storefront-demo"
}

/// How much room there is, in rows and columns, as the views divide it.
public struct Viewport: Hashable, Codable, Sendable {
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
