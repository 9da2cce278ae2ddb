import StoreWire

extension Endpoint {
    /// Completes "This server does not offer …".
    var offer: String {
        switch self {
        case .register: "making accounts"
        case .logIn, .me: "signing in"
        case .logOut: "signing out"
        case .products, .product: "products"
        case .searchProducts: "searching"
        case .addProduct, .editProduct: "changing products"
        case .removeProduct: "taking products out of the shop"
        case .categories: "categories"
        case .orders, .order, .placeOrder: "orders"
        case .cancelOrder: "cancelling orders"
        case .orderByKey: "looking orders up by their key"
        case .calculate, .quote: "prices of a cart"
        case .checkout, .keepPaymentOpen, .paymentMethods: "paying"
        case .exportProducts, .checkImport, .importProducts: "bringing products in and out"
        case .exportOrders: "writing orders to a file"
        case .strandedPayments: "payments without an order"
        case .policy, .setPolicy, .policyHistory, .applyPreset: "the shop's policy"
        case .dailySales: "what was sold"
        case .report: "reports"
        case .events: "telling what changes"
        case .priceSale, .sell, .tillCustomer, .tillCustomers, .addTillCustomer: "selling at a till"
        case .refund, .voidSale, .refundsOfOrder: "refunds"
        case .priceReturn, .takeReturn, .findReturn: "returns without a receipt"
        case .giftCards, .giftCard, .giftCardBalance, .storeCredit, .issueGiftCard, .expireGiftCards:
            "gift cards"
        case .tills, .shifts, .currentShift, .suggestedFloat, .openShift, .moveCash, .countShift, .closeShift,
            .shiftReport, .issueClosing:
            "shifts"
        case .issueReceipt: "counting copies"
        case .makeInvoice: "invoices"
        case .noteHappening: "keeping what happens at a till"
        case .parkedSales, .park, .resumeParked: "parking sales"
        case .switchCashier, .setOwnPIN, .pins, .setPIN, .unlockPIN: "PINs"
        case .setBadge, .readBadge: "badges"
        case .approvals, .approval, .grantApproval, .refuseApproval, .withdrawApproval: "approvals"
        case .adjustStock, .stockMovements, .stockToCount, .bookStock, .lowStock, .stockExplanation:
            "booking stock"
        case .productCost: "what goods cost"
        case .productRecord, .archivedProducts: "what is no longer sold"
        case .priceHistory, .planPrices, .setPrices, .priceBatches, .takePricesBack:
            "changing prices together"
        case .discounts, .addDiscount, .changeDiscount: "managing discount codes"
        case .customers, .customer, .mergeCustomers, .exportCustomer, .eraseCustomer: "keeping customers"
        case .accounts, .addAccount, .setPassword, .setRole, .signOutEverywhere, .roles, .saveRole:
            "managing accounts"
        case .journalChains, .journalRecords, .verifyJournal: "the journal"
        case .health, .ready, .metrics, .openAPI, .docs: "telling how it is"
        }
    }
}
