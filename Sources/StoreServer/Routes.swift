import Hummingbird
import HTTPTypes
import StoreDomain
import StoreWire

/// The contract's table with what answers each line.
struct Routes: Sendable {
    let auth: AuthController
    let products: ProductController
    let orders: OrderController
    let payments: PaymentController
    let till: TillController
    let cards: CardController
    let customers: CustomerController
    let shifts: ShiftController
    let staff: StaffController
    let stock: StockController
    let shop: ShopController
    let accounts: AccountController
    let journal: JournalController
    let reports: ReportController
    let transfer: TransferController
    let events: EventController
    let system: SystemController
    let gatekeeper: Gatekeeper
    let bodies: RequestBodyReading

    typealias Action = @Sendable (APIRequest) async throws -> Response

    private func action(_ endpoint: Endpoint) -> Action {
        switch endpoint {
        case .register: auth.register
        case .logIn: auth.logIn
        case .me: auth.me
        case .logOut: auth.logOut

        case .products: products.list
        case .product: products.product
        case .searchProducts: products.search
        case .addProduct: products.add
        case .editProduct: products.edit
        case .removeProduct: products.remove
        case .categories: products.categories
        case .productRecord: products.record
        case .archivedProducts: products.archived
        case .priceHistory: products.prices
        case .planPrices: products.planPrices
        case .setPrices: products.setPrices
        case .priceBatches: products.priceBatches
        case .takePricesBack: products.takePricesBack

        case .exportProducts: transfer.exportProducts
        case .checkImport: transfer.checkImport
        case .importProducts: transfer.importProducts
        case .exportOrders: transfer.exportOrders

        case .orders: orders.list
        case .order: orders.order
        case .placeOrder: orders.place
        case .cancelOrder: orders.cancel
        case .orderByKey: orders.orderByKey
        case .dailySales: orders.dailySales
        case .report: reports.report
        case .events: events.stream

        case .calculate: payments.calculate
        case .checkout: payments.checkout
        case .quote: payments.quote
        case .paymentMethods: payments.methods
        case .keepPaymentOpen: payments.keepOpen
        case .strandedPayments: payments.stranded

        case .priceSale: till.price
        case .tillCustomer: till.customer
        case .tillCustomers: till.customers
        case .addTillCustomer: till.addCustomer
        case .sell: till.sell
        case .refund: till.refund
        case .voidSale: till.void
        case .refundsOfOrder: till.refunds
        case .priceReturn: cards.priceReturn
        case .takeReturn: cards.takeReturn
        case .findReturn: cards.findReturn
        case .giftCards: cards.list
        case .giftCard: cards.history
        case .giftCardBalance: cards.balance
        case .storeCredit: cards.credit
        case .issueGiftCard: cards.issue
        case .expireGiftCards: cards.expire
        case .parkedSales: till.parked
        case .park: till.park
        case .resumeParked: till.resume

        case .shifts: shifts.list
        case .currentShift: shifts.current
        case .openShift: shifts.open
        case .moveCash: shifts.moveCash
        case .tills: shifts.tills
        case .suggestedFloat: shifts.suggestedFloat
        case .countShift: shifts.count
        case .closeShift: shifts.close
        case .issueClosing: shifts.issue
        case .issueReceipt: shifts.issueReceipt
        case .makeInvoice: till.makeInvoice
        case .noteHappening: shifts.note
        case .shiftReport: shifts.report

        case .switchCashier: staff.switchCashier
        case .setOwnPIN: staff.setOwnPIN
        case .pins: staff.list
        case .setPIN: staff.setPIN
        case .unlockPIN: staff.unlockPIN
        case .setBadge: staff.setBadge
        case .readBadge: staff.readBadge
        case .approvals: staff.approvals
        case .approval: staff.approval
        case .grantApproval: staff.grant
        case .refuseApproval: staff.refuse
        case .withdrawApproval: staff.withdraw

        case .adjustStock: stock.adjust
        case .stockMovements: stock.movements
        case .stockToCount: stock.toCount
        case .bookStock: stock.book
        case .lowStock: stock.low
        case .stockExplanation: stock.explanation
        case .productCost: stock.cost

        case .policy: shop.policy
        case .setPolicy: shop.setPolicy
        case .policyHistory: shop.policyHistory
        case .applyPreset: shop.applyPreset
        case .discounts: shop.discounts
        case .addDiscount: shop.addDiscount
        case .changeDiscount: shop.changeDiscount

        case .customers: customers.list
        case .customer: customers.customer
        case .mergeCustomers: customers.merge
        case .exportCustomer: customers.export
        case .eraseCustomer: customers.erase

        case .accounts: accounts.list
        case .addAccount: accounts.add
        case .setPassword: accounts.setPassword
        case .setRole: accounts.setRole
        case .signOutEverywhere: accounts.signOutEverywhere
        case .roles: accounts.roles
        case .saveRole: accounts.saveRole

        case .journalChains: journal.chains
        case .journalRecords: journal.records
        case .verifyJournal: journal.verify

        case .health: system.health
        case .ready: system.ready
        case .metrics: system.metrics
        case .openAPI: system.openAPI
        case .docs: system.docs
        }
    }

    func add(to router: Router<APIContext>) {
        for endpoint in Endpoint.allCases {
            let action = action(endpoint)
            let parameter = endpoint.parameter
            router.on(RouterPath(endpoint.template), method: endpoint.httpMethod) { request, context in
                let query = try Query(request.uri.query ?? "")
                // Finds out who calls before it reads the body.
                let session = try await gatekeeper.session(of: request, for: endpoint)
                if endpoint.takesCatalogue { try await transfer.mayImport(session?.principal ?? .guest) }
                return try await action(
                    APIRequest(
                        endpoint: endpoint,
                        parameter: parameter.flatMap { context.parameters.get($0) }
                            .flatMap(PercentCoding.decode),
                        query: query, session: session,
                        body: bodies.read(request, isCatalogue: endpoint.takesCatalogue),
                        headers: request.headers, hangUp: context.hangUp))
            }
        }
    }
}

extension Endpoint {
    /// Whether its body may be as long as a whole catalogue.
    fileprivate var takesCatalogue: Bool { self == .importProducts || self == .checkImport }

    fileprivate var httpMethod: HTTPRequest.Method {
        switch method {
        case .get: .get
        case .post: .post
        case .patch: .patch
        case .delete: .delete
        }
    }
}
