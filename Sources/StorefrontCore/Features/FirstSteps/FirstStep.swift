import StoreDomain

/// What a new shop needs before its first day, in the order in which it is done.
public enum FirstStep: String, Hashable, Codable, Sendable, CaseIterable {
    case rules, products, people, pins, paper, sale

    public var title: String {
        switch self {
        case .rules: "The shop\u{2019}s rules"
        case .products: "First products"
        case .people: "Somebody who sells"
        case .pins: "A PIN for the till"
        case .paper: "A test receipt"
        case .sale: "The first sale"
        }
    }

    /// What is done there, and where.
    public var note: String {
        switch self {
        case .rules:
            "Name, address and tax number as they stand on receipts, currency, taxes, rounding of cash. On the page of settings, c takes over a country\u{2019}s rules."
        case .products:
            "Typed one by one on the page of products, or imported from a file, which shows first what it would do."
        case .people:
            "On the page of people, n adds an account; its role says what it may do, and up to how much."
        case .pins: "On the page of people, p sets a PIN. With it somebody takes over the till in six keys."
        case .paper:
            "Prints a page with the shop\u{2019}s name and its signs, or writes it to a file where there is no printer."
        case .sale: "Opens the till. A sale in training counts nowhere and may be tried first."
        }
    }

    /// What whoever does it must be permitted.
    var permission: Permission? {
        switch self {
        case .rules: .changePolicy
        case .products: .manageProducts
        case .people, .pins: .manageAccounts
        case .paper, .sale: nil
        }
    }
}

/// How far a shop is.
public struct FirstStepsStanding: Hashable, Codable, Sendable {
    /// Its rules are not those that every new shop has.
    public var hasOwnRules: Bool
    public var products: Count
    /// Accounts of those who sell, beside admins.
    public var sellers: Int
    public var pins: Int
    public var hasSold: Bool

    public init(hasOwnRules: Bool, products: Count, sellers: Int, pins: Int, hasSold: Bool) {
        self.hasOwnRules = hasOwnRules
        self.products = products
        self.sellers = sellers
        self.pins = pins
        self.hasSold = hasSold
    }

    /// Who can sell has a till's receipts, whatever has come of a test page.
    public func isDone(_ step: FirstStep) -> Bool {
        switch step {
        case .rules: hasOwnRules
        case .products: products.value > 0
        case .people: sellers > 0
        case .pins: pins > 0
        case .paper, .sale: hasSold
        }
    }

    /// Beside the step's title.
    public func words(_ step: FirstStep) -> String {
        switch step {
        case .rules: hasOwnRules ? "set" : "as every new shop has them"
        case .products:
            products.value == 0
                ? "none yet" : "\(products.value.grouped)\(products.isExact ? "" : " or more") on sale"
        case .people: sellers == 0 ? "nobody yet" : sellers.counted("account")
        case .pins: pins == 0 ? "none yet" : pins.counted("PIN")
        case .paper: hasSold ? "receipts are there" : "whenever you like"
        case .sale: hasSold ? "done" : "none yet"
        }
    }
}
