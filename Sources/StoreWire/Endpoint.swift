import StoreDomain

/// Every route of the contract: the one table behind the server's routes, its OpenAPI document and the
/// client's requests.
public enum Endpoint: String, Hashable, Sendable, CaseIterable {
    // What every server of the contract has.
    case register, logIn, me
    case products, product, searchProducts, addProduct
    case orders, order, placeOrder
    case calculate, checkout
    // Added, each optional for a client: the shop.
    case logOut
    case categories, editProduct, removeProduct
    case exportProducts, checkImport, importProducts, exportOrders
    case cancelOrder, orderByKey, keepPaymentOpen
    case quote, paymentMethods, strandedPayments
    case policy, setPolicy, policyHistory, applyPreset
    case dailySales, report
    case events
    // The till.
    case priceSale, sell, tillCustomer, tillCustomers, addTillCustomer
    case refund, voidSale, refundsOfOrder
    case priceReturn, takeReturn, findReturn
    case giftCards, giftCard, giftCardBalance, storeCredit, issueGiftCard, expireGiftCards
    case tills, shifts, currentShift, suggestedFloat, openShift, moveCash, countShift, closeShift, shiftReport
    case issueClosing, issueReceipt, makeInvoice, noteHappening
    case parkedSales, park, resumeParked
    case switchCashier, setOwnPIN, readBadge
    case approvals, approval, grantApproval, refuseApproval, withdrawApproval
    // The back office.
    case adjustStock, stockMovements, stockToCount, bookStock, lowStock, stockExplanation, productCost
    case productRecord, archivedProducts, priceHistory, planPrices, setPrices, priceBatches, takePricesBack
    case discounts, addDiscount, changeDiscount
    case customers, customer, mergeCustomers, exportCustomer, eraseCustomer
    case accounts, addAccount, setPassword, setRole, signOutEverywhere, roles, saveRole
    case pins, setPIN, unlockPIN, setBadge
    case journalChains, journalRecords, verifyJournal
    // The server itself.
    case health, ready, metrics, openAPI, docs

    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Who may call it.
    public enum Access: Hashable, Sendable {
        case anyone, signedIn
        /// Signed in, with this permission. The service behind the route asks for it.
        case permitted(Permission)
    }

    public var method: Method { line.method }
    /// The path, with a name in braces where its one parameter stands.
    public var template: String { line.template }
    public var access: Access { line.access }

    /// The name of the path's parameter; nil for a path without one.
    public var parameter: String? {
        let part = template.split(separator: "/").first { $0.hasPrefix("{") }
        return part.map { String($0.dropFirst().dropLast()) }
    }

    /// Whether a repeated call with the same `Idempotency-Key` has its effect once.
    public var takesIdempotencyKey: Bool {
        let keyed: [Endpoint] = [
            .placeOrder, .checkout, .sell, .refund, .voidSale, .takeReturn, .park, .resumeParked,
        ]
        return keyed.contains(self)
    }

    /// Whether it is for anyone, and tells more to who is signed in.
    public var tellsMoreSignedIn: Bool { self == .events }

    /// Whether a call changes nothing and may be repeated without a key.
    public var isRead: Bool { method == .get }

    /// Whether other servers of the contract may be without it.
    public var isAdded: Bool {
        let base: [Endpoint] = [
            .register, .logIn, .me, .products, .product, .searchProducts, .addProduct, .orders, .order,
            .placeOrder, .calculate, .checkout,
        ]
        return !base.contains(self)
    }

    /// Whether it matters that a call arrived whose answer was lost.
    public var hasEffect: Bool {
        let isHarmless: [Endpoint] = [
            .logIn, .switchCashier, .readBadge, .logOut, .calculate, .quote, .priceSale, .keepPaymentOpen,
            .priceReturn, .giftCardBalance, .planPrices, .checkImport,
        ]
        return !isRead && !isHarmless.contains(self)
    }

    /// What stands in the request line: the path, with its parameter put in, and the query, percent-encoded.
    public func target(_ parameter: String? = nil, query: [(name: String, value: String)] = []) -> String {
        let path = template.split(separator: "/").map { part in
            part.hasPrefix("{") ? PercentCoding.encode(parameter ?? "") : String(part)
        }.joined(separator: "/")
        guard !query.isEmpty else { return "/\(path)" }
        let pairs = query.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        return "/\(path)?\(pairs.joined(separator: "&"))"
    }

    private var line: (method: Method, template: String, access: Access) {
        switch self {
        case .register: (.post, "/api/auth/register", .anyone)
        case .logIn: (.post, "/api/auth/login", .anyone)
        case .me: (.get, "/api/auth/me", .signedIn)
        case .logOut: (.post, "/api/auth/logout", .signedIn)

        case .products: (.get, "/api/products", .anyone)
        case .product: (.get, "/api/products/{id}", .anyone)
        case .searchProducts: (.get, "/api/products/search", .anyone)
        case .addProduct: (.post, "/api/products", .permitted(.manageProducts))
        case .editProduct: (.patch, "/api/products/{id}", .permitted(.manageProducts))
        case .removeProduct: (.delete, "/api/products/{id}", .permitted(.manageProducts))
        case .stockMovements: (.get, "/api/products/{id}/movements", .permitted(.adjustStock))
        case .adjustStock: (.post, "/api/stock", .permitted(.adjustStock))
        case .stockToCount: (.get, "/api/stock/to-count", .permitted(.adjustStock))
        case .bookStock: (.post, "/api/stock/bookings", .permitted(.adjustStock))
        case .lowStock: (.get, "/api/stock/low", .permitted(.adjustStock))
        case .stockExplanation: (.get, "/api/products/{id}/stock", .permitted(.adjustStock))
        case .productCost: (.get, "/api/products/{id}/cost", .permitted(.seeCost))
        case .productRecord: (.get, "/api/products/{id}/record", .permitted(.manageProducts))
        case .archivedProducts: (.get, "/api/products/archived", .permitted(.manageProducts))
        case .priceHistory: (.get, "/api/products/{id}/prices", .permitted(.manageProducts))
        case .planPrices: (.post, "/api/prices/plan", .permitted(.manageProducts))
        case .setPrices: (.post, "/api/prices", .permitted(.manageProducts))
        case .priceBatches: (.get, "/api/prices", .permitted(.manageProducts))
        case .takePricesBack: (.post, "/api/prices/{id}/take-back", .permitted(.manageProducts))
        case .exportProducts: (.get, "/api/products/export", .permitted(.manageProducts))
        case .checkImport: (.post, "/api/products/import/check", .permitted(.manageProducts))
        case .importProducts: (.post, "/api/products/import", .permitted(.manageProducts))
        case .categories: (.get, "/api/categories", .anyone)

        case .orders: (.get, "/api/orders", .signedIn)
        case .exportOrders: (.get, "/api/orders/export", .permitted(.seeAllOrders))
        case .order: (.get, "/api/orders/{id}", .signedIn)
        case .orderByKey: (.get, "/api/orders/by-key/{key}", .signedIn)
        case .placeOrder: (.post, "/api/orders", .permitted(.placeOrders))
        case .cancelOrder: (.post, "/api/orders/{id}/cancel", .signedIn)
        case .keepPaymentOpen: (.post, "/api/orders/{id}/payment-open", .signedIn)
        case .refundsOfOrder: (.get, "/api/orders/{id}/refunds", .signedIn)
        case .dailySales: (.get, "/api/reports/daily-sales", .permitted(.seeAllOrders))
        case .report: (.get, "/api/reports/{kind}", .permitted(.seeReports))
        case .events: (.get, "/api/events", .anyone)

        case .quote: (.post, "/api/quotes", .anyone)
        case .calculate: (.post, "/api/payments/calculate", .signedIn)
        case .checkout: (.post, "/api/payments/checkout", .permitted(.placeOrders))
        case .paymentMethods: (.get, "/api/payments/methods", .signedIn)
        case .strandedPayments: (.get, "/api/payments/stranded", .permitted(.takePayment))

        case .priceSale: (.post, "/api/till/price", .permitted(.sell))
        case .sell: (.post, "/api/till/sales", .permitted(.sell))
        case .tillCustomer: (.get, "/api/till/customer", .permitted(.sell))
        case .tillCustomers: (.get, "/api/till/customers", .permitted(.sell))
        case .addTillCustomer: (.post, "/api/till/customers", .permitted(.sell))
        case .refund: (.post, "/api/refunds", .permitted(.refund))
        case .voidSale: (.post, "/api/voids", .permitted(.voidSales))
        case .priceReturn: (.post, "/api/returns/price", .permitted(.refundWithoutReceipt))
        case .takeReturn: (.post, "/api/returns", .permitted(.refundWithoutReceipt))
        case .findReturn: (.get, "/api/returns/{number}", .permitted(.seeAllOrders))
        case .giftCards: (.get, "/api/gift-cards", .permitted(.seeAllOrders))
        case .giftCard: (.get, "/api/gift-cards/{id}", .permitted(.seeAllOrders))
        case .giftCardBalance: (.post, "/api/gift-cards/balance", .permitted(.sell))
        case .storeCredit: (.get, "/api/store-credit/{id}", .signedIn)
        case .issueGiftCard: (.post, "/api/gift-cards", .permitted(.manageDiscounts))
        case .expireGiftCards: (.post, "/api/gift-cards/expire", .permitted(.manageDiscounts))
        case .shifts: (.get, "/api/shifts", .permitted(.sell))
        case .tills: (.get, "/api/tills", .permitted(.sell))
        case .currentShift: (.get, "/api/shifts/current", .permitted(.sell))
        case .suggestedFloat: (.get, "/api/shifts/float", .permitted(.openShift))
        case .openShift: (.post, "/api/shifts", .permitted(.openShift))
        case .moveCash: (.post, "/api/shifts/cash", .permitted(.moveCash))
        case .countShift: (.post, "/api/shifts/count", .permitted(.closeShift))
        case .closeShift: (.post, "/api/shifts/close", .permitted(.closeShift))
        case .shiftReport: (.get, "/api/shifts/{id}/report", .signedIn)
        case .issueClosing: (.post, "/api/shifts/{id}/print", .signedIn)
        case .issueReceipt: (.post, "/api/orders/{id}/print", .signedIn)
        case .makeInvoice: (.post, "/api/orders/{id}/invoice", .permitted(.sell))
        case .noteHappening: (.post, "/api/tills/events", .permitted(.sell))
        case .parkedSales: (.get, "/api/parked-sales", .permitted(.park))
        case .park: (.post, "/api/parked-sales", .permitted(.park))
        case .resumeParked: (.post, "/api/parked-sales/{code}/resume", .permitted(.park))

        case .switchCashier: (.post, "/api/auth/pin", .signedIn)
        case .readBadge: (.post, "/api/auth/badge", .permitted(.sell))
        case .setOwnPIN: (.post, "/api/auth/own-pin", .signedIn)
        case .approvals: (.get, "/api/approvals", .signedIn)
        case .approval: (.get, "/api/approvals/{id}", .signedIn)
        case .grantApproval: (.post, "/api/approvals/{id}/grant", .signedIn)
        case .refuseApproval: (.post, "/api/approvals/{id}/refuse", .signedIn)
        case .withdrawApproval: (.post, "/api/approvals/{id}/withdraw", .signedIn)
        case .pins: (.get, "/api/accounts/pins", .permitted(.manageAccounts))
        case .setPIN: (.post, "/api/accounts/pin", .permitted(.manageAccounts))
        case .unlockPIN: (.post, "/api/accounts/pin/unlock", .permitted(.manageAccounts))
        case .setBadge: (.post, "/api/accounts/badge", .permitted(.manageAccounts))

        case .policy: (.get, "/api/policy", .anyone)
        case .setPolicy: (.patch, "/api/policy", .permitted(.changePolicy))
        case .policyHistory: (.get, "/api/policy/history", .permitted(.changePolicy))
        case .applyPreset: (.post, "/api/policy/preset", .permitted(.changePolicy))
        case .discounts: (.get, "/api/discounts", .permitted(.manageDiscounts))
        case .addDiscount: (.post, "/api/discounts", .permitted(.manageDiscounts))
        case .changeDiscount: (.patch, "/api/discounts/{code}", .permitted(.manageDiscounts))
        case .customers: (.get, "/api/customers", .permitted(.seeAllOrders))
        case .customer: (.get, "/api/customers/{id}", .permitted(.seeAllOrders))
        case .mergeCustomers: (.post, "/api/customers/{id}/merge", .permitted(.manageAccounts))
        case .exportCustomer: (.post, "/api/customers/{id}/export", .permitted(.manageAccounts))
        case .eraseCustomer: (.post, "/api/customers/{id}/erase", .permitted(.manageAccounts))
        case .accounts: (.get, "/api/accounts", .permitted(.manageAccounts))
        case .addAccount: (.post, "/api/accounts", .permitted(.manageAccounts))
        case .setPassword: (.post, "/api/accounts/password", .permitted(.manageAccounts))
        case .setRole: (.post, "/api/accounts/role", .permitted(.manageAccounts))
        case .signOutEverywhere: (.post, "/api/accounts/sign-out", .permitted(.manageAccounts))
        case .roles: (.get, "/api/roles", .permitted(.manageAccounts))
        case .saveRole: (.post, "/api/roles", .permitted(.manageRights))
        case .journalChains: (.get, "/api/journal", .permitted(.readJournal))
        case .journalRecords: (.get, "/api/journal/{chain}/records", .permitted(.readJournal))
        case .verifyJournal: (.get, "/api/journal/verify", .permitted(.readJournal))

        case .health: (.get, "/api/health", .anyone)
        case .ready: (.get, "/api/ready", .anyone)
        case .metrics: (.get, "/metrics", .anyone)
        case .openAPI: (.get, "/openapi.json", .anyone)
        case .docs: (.get, "/docs", .anyone)
        }
    }
}

/// The names of the header fields that the contract knows beyond HTTP's own.
public enum WireHeader {
    public static let idempotencyKey = "Idempotency-Key"
    /// `true` on an answer that was given before.
    public static let idempotencyReplayed = "Idempotency-Replayed"
    /// Names one request in the answer and in the server's log.
    public static let requestID = "X-Request-ID"
    /// The last event that a client of `/api/events` has had.
    public static let lastEventID = "Last-Event-ID"
    /// The state of a product that a change of it has seen.
    public static let ifMatch = "If-Match"
    /// The tag of an answer that the client has.
    public static let ifNoneMatch = "If-None-Match"
    /// The state of a product that an answer shows.
    public static let entityTag = "ETag"
}
