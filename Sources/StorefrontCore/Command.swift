/// Everything a person can ask for, whatever key, click or palette entry asked. The registry: footer, help,
/// palette and remapping read their names, help lines and places from here; keys are bound to it beside the
/// views.
public enum Command: String, Hashable, Sendable, CaseIterable {
    // Everywhere
    case help, palette, back, quit, openShop, openCart, openOrders, account, nextField, previousField
    case theme, about, redraw, suspend, toggleMouse, retry
    // Lists
    case up, down, pageUp, pageDown, first, last, open
    // Shop
    case search, category, sort, addOne, takeOne, clearFilters
    // Cart
    case remove, undo, discountCode, explain, checkout, acceptChanges, setQuantity, findLine
    // Forms
    case submit, reveal, register, browseAsGuest
    // Checkout, orders and receipts
    case newSale, printReceipt, saveReceipt, filterStatus, findOrder, cancelOrder, showReceipt, takePayment
    // Lists searched in place
    case nextMatch, previousMatch
    // First start
    case makeAdmin, loadDemoData, connect

    /// Two or three words, as footer and palette show it.
    public var title: String { entry.title }
    /// One line for help and manual.
    public var helpLine: String { entry.help }
    /// Where it applies.
    public var scope: CommandScope { entry.scope }

    private var entry: (title: String, help: String, scope: CommandScope) {
        switch self {
        case .help: ("Help", "Keys and what they do here", .everywhere)
        case .palette: ("Commands", "Find anything that can be done by name", .everywhere)
        case .back: ("Back", "Close the topmost thing, then go back; never quits", .everywhere)
        case .quit: ("Quit", "Leave; asks first when something would be lost", .everywhere)
        case .openShop: ("Shop", "Go to the products", .everywhere)
        case .openCart: ("Cart", "Go to the cart", .everywhere)
        case .openOrders: ("Orders", "Go to the orders", .everywhere)
        case .account: ("Account", "Sign in, or sign out", .everywhere)
        case .nextField: ("Next", "Next pane or field", .everywhere)
        case .previousField: ("Previous", "Previous pane or field", .everywhere)
        case .theme: ("Theme", "Choose how it looks", .everywhere)
        case .about: ("About", "Version, store and where things are kept", .everywhere)
        case .redraw: ("Redraw", "Draw the whole screen anew", .everywhere)
        case .suspend: ("Suspend", "Stop the program; fg in the shell brings it back", .everywhere)
        case .toggleMouse: ("Mouse", "Turn the mouse off, so that text can be selected, or on", .everywhere)
        case .retry: ("Reload", "Load what is shown once more; tries again after an error", .everywhere)
        case .up: ("Up", "Row above", .lists)
        case .down: ("Down", "Row below", .lists)
        case .pageUp: ("Previous page", "Page before this one", .lists)
        case .pageDown: ("Next page", "Page after this one", .lists)
        case .first: ("First", "First row of the first page", .lists)
        case .last: ("Last", "Last row of the last page", .lists)
        case .open: ("Open", "Open the selected row", .lists)
        case .search: ("Search", "Find by words of name, description, SKU or barcode", .screens([.shop]))
        case .category: ("Category", "Show one category only", .screens([.shop]))
        case .sort: ("Sort", "Newest, name, or price", .screens([.shop]))
        case .addOne:
            (
                "Add", "Put one in the cart; type a number first for that many",
                .screens([.shop, .product, .cart])
            )
        case .takeOne:
            (
                "Take away", "Take one out of the cart; type a number first for that many",
                .screens([.shop, .product, .cart])
            )
        case .clearFilters: ("Clear filters", "Show all products again", .screens([.shop]))
        case .remove: ("Remove", "Take the line out of the cart", .screens([.cart]))
        case .undo: ("Undo", "Take back the last change of the cart", .screens([.cart, .shop, .product]))
        case .discountCode: ("Discount", "Enter a discount code", .screens([.cart]))
        case .explain: ("Explain", "How each figure came about", .screens([.cart, .checkout]))
        case .checkout: ("Check out", "Review, pay, done", .screens([.cart]))
        case .acceptChanges:
            ("Accept changes", "Take over the new prices and stock", .screens([.cart, .checkout]))
        case .setQuantity: ("Set quantity", "Type a number, then open the line: that many", .screens([.cart]))
        case .submit:
            (
                "Confirm", "Go on with what the screen shows",
                .screens([.signIn, .register, .checkout, .welcome])
            )
        case .reveal: ("Show password", "Show or hide the password", .screens([.signIn, .register]))
        case .register: ("Register", "Make a new account", .screens([.signIn]))
        case .browseAsGuest: ("Browse as guest", "Look around without an account", .screens([.signIn]))
        case .newSale: ("New sale", "Back to the shop for the next one", .screens([.receipt]))
        case .printReceipt: ("Print", "Send the receipt to the printer", .screens([.receipt]))
        case .saveReceipt: ("Save", "Write the receipt to a file", .screens([.receipt]))
        case .filterStatus: ("Filter", "Show orders of one status only", .screens([.orders]))
        case .findOrder:
            ("Find", "Open an order by its number, or go to the next with these words", .screens([.orders]))
        case .findLine: ("Find", "Go to the next line with these words", .screens([.cart]))
        case .nextMatch: ("Next match", "Next row with the words searched for", .screens([.cart, .orders]))
        case .previousMatch:
            ("Previous match", "Row before with the words searched for", .screens([.cart, .orders]))
        case .cancelOrder:
            (
                "Cancel order", "Cancel a pending order; its stock comes back",
                .screens([.orders, .order, .checkout])
            )
        case .showReceipt: ("Receipt", "Show the order as a receipt", .screens([.orders, .order]))
        case .takePayment: ("Take payment", "Pay a pending order", .screens([.orders, .order]))
        case .makeAdmin: ("Make admin", "Make the first account; it is the admin's", .screens([.welcome]))
        case .loadDemoData: ("Load demo data", "Fill the store with a demo shop", .screens([.welcome]))
        case .connect: ("Connect", "Open the shop of a server", .screens([.welcome]))
        }
    }
}

/// Where a command applies.
public enum CommandScope: Hashable, Sendable {
    case everywhere
    /// Wherever rows can be walked, overlays included.
    case lists
    case screens([ScreenKind])
}

/// Whether a command can be carried out just now.
public enum Availability: Hashable, Sendable {
    case enabled
    /// Why not, as a sentence for people.
    case disabled(String)
    /// It does not belong here at all.
    case absent

    public var isEnabled: Bool { self == .enabled }
}
