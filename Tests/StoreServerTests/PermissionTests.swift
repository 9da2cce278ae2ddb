import StoreDomain
import StoreWire
import Testing

/// The table says of each route who may call it; the services behind it agree.
@Suite struct PermissionTests {
    /// What a route asks for, as far as its service looks before it asks who calls.
    private struct Call {
        var parameter: String?
        var body: JSON?
    }

    private static let lines: JSON = [["product_id": 1]]

    private static func call(_ endpoint: Endpoint) -> Call {
        switch endpoint {
        case .register:
            Call(body: ["email": "x@example.com", "password": "long enough", "name": "X"])
        case .logIn: Call(body: ["email": "x@example.com", "password": "long enough"])
        case .me, .logOut, .products, .searchProducts, .categories, .orders, .paymentMethods,
            .strandedPayments, .policy, .policyHistory, .dailySales, .tills, .shifts, .currentShift,
            .suggestedFloat, .parkedSales, .tillCustomer, .tillCustomers, .stockToCount, .giftCards,
            .lowStock, .archivedProducts, .priceBatches, .customers,
            .discounts, .accounts, .roles, .journalChains, .verifyJournal, .health, .ready, .metrics,
            .openAPI, .docs, .events, .pins, .approvals:
            Call()
        case .product, .removeProduct, .stockMovements, .stockExplanation, .productCost, .productRecord,
            .priceHistory,
            .takePricesBack, .order, .cancelOrder, .keepPaymentOpen,
            .refundsOfOrder, .shiftReport, .issueClosing, .approval, .grantApproval,
            .refuseApproval, .withdrawApproval, .issueReceipt, .giftCard, .storeCredit, .customer,
            .exportCustomer, .eraseCustomer:
            Call(parameter: "1")
        case .mergeCustomers: Call(parameter: "1", body: ["into": 2])
        case .priceReturn: Call(body: ["lines": lines])
        case .takeReturn: Call(body: ["till": "1", "lines": lines, "reason": "no", "name": "Ann"])
        case .findReturn: Call(parameter: "F1-1")
        case .giftCardBalance: Call(body: ["code": .string(GiftCardCode(number: 1).text)])
        case .issueGiftCard:
            Call(body: ["amount": 1, "code": .string(GiftCardCode(number: 1).text), "reason": "no"])
        case .expireGiftCards: Call(body: ["reason": "no"])
        case .orderByKey, .resumeParked, .journalRecords: Call(parameter: "10")
        case .report: Call(parameter: "sales")
        case .addProduct: Call(body: ["name": "Pen", "price": 1])
        case .editProduct: Call(parameter: "1", body: ["price": 1])
        case .placeOrder: Call(body: ["items": lines])
        case .calculate: Call(body: ["subtotal": 1])
        case .checkout: Call(body: ["order_id": 1])
        case .quote: Call(body: ["lines": [["name": "", "unit_price": 1]]])
        case .priceSale, .sell: Call(body: ["till": "1", "lines": lines])
        case .refund: Call(body: ["order_id": 1, "till": "1", "lines": [["item_id": 1]], "reason": "no"])
        case .voidSale: Call(body: ["order_id": 1, "till": "1", "reason": "no"])
        case .openShift: Call(body: ["till": "1", "float": 0])
        case .moveCash: Call(body: ["till": "1", "kind": "drop", "amount": 1, "reason": "bank"])
        case .noteHappening: Call(body: ["till": "1", "kind": "slip", "amount": 1])
        case .countShift: Call(body: ["till": "1", "counted": 0])
        case .closeShift: Call(body: ["till": "1", "counted": 0])
        case .park: Call(body: ["till": "1", "basket": ["lines": []]])
        case .adjustStock:
            Call(body: ["product_id": 1, "kind": "receiving", "quantity": 1, "reason": "new"])
        case .bookStock:
            Call(
                body: [
                    "adjustments": [
                        ["product_id": 1, "kind": "receiving", "quantity": 1, "reason": "new"]
                    ]
                ])
        case .planPrices: Call(body: ["raise": 5])
        case .setPrices: Call(body: ["raise": 5, "agreement": "0"])
        case .setPolicy: Call(body: ["name": "tax.rate", "value": "1"])
        case .applyPreset: Call(body: ["country": "US"])
        case .addTillCustomer: Call(body: ["name": "X", "email": "x@example.com"])
        case .changeDiscount: Call(parameter: "SAVE10", body: ["is_active": false])
        case .addDiscount: Call(body: ["code": "X", "takes": ["percent": 1]])
        case .addAccount:
            Call(body: ["email": "x@example.com", "password": "long enough", "name": "X", "role": "staff"])
        case .setPassword: Call(body: ["email": "x@example.com", "password": "long enough"])
        case .setRole: Call(body: ["email": "x@example.com", "role": "staff"])
        case .switchCashier: Call(body: ["pin": "1234", "till": "1"])
        case .setOwnPIN: Call(body: ["pin": "1234", "password": "long enough"])
        case .setPIN: Call(body: ["email": "x@example.com", "pin": "1234"])
        case .unlockPIN, .setBadge: Call(body: ["email": "x@example.com"])
        case .readBadge: Call(body: ["badge": "BADGE-0001"])
        case .makeInvoice: Call(parameter: "1", body: ["till": "1", "name": "Corner Ltd"])
        case .saveRole: Call(body: ["name": "helper", "permissions": ["sell": true]])
        }
    }

    @Test func eachRouteAsksForWhatTheTableSays() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug")
            try await server.services.accounts.save(
                Role(name: "powerless", grants: [:]), as: .operatorOfStore)
            let powerless = try await anyone.registered("bob@example.com")
            _ = try await server.services.accounts.setRole(
                "powerless", of: "bob@example.com", as: .operatorOfStore)
            for endpoint in Endpoint.allCases {
                let call = Self.call(endpoint)
                // What answers for ever is asked for its head alone.
                let stranger =
                    endpoint == .events
                    ? try await anyone.send(.head, endpoint.target())
                    : try await anyone.call(endpoint, [], call.body, at: call.parameter)
                let (signedOut, told) = (stranger.status == 401, stranger["code"])
                switch endpoint.access {
                // Signing in is refused with the same status, for another reason.
                case .anyone: #expect(!signedOut || endpoint == .logIn, "\(endpoint)")
                case .signedIn: #expect(signedOut && told == "sign_in_required", "\(endpoint)")
                case .permitted(let permission):
                    #expect(signedOut && told == "sign_in_required", "\(endpoint)")
                    let refused = try await powerless.call(endpoint, [], call.body, at: call.parameter)
                    #expect(refused.status == 403 && refused["code"] == "not_allowed", "\(endpoint)")
                    #expect(refused["params.permission"] == permission.rawValue, "\(endpoint)")
                }
            }
        }
    }

    @Test func aShopWithoutACounterSaysSo() async throws {
        try await TestServer(hasCounter: false).run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            for endpoint in [Endpoint.sell, .shifts, .parkedSales, .stockMovements, .journalChains] {
                let call = Self.call(endpoint)
                let refused = try await admin.call(endpoint, [], call.body, at: call.parameter)
                #expect(refused.status == 501 && refused["code"] == "unsupported", "\(endpoint)")
            }
        }
    }
}
