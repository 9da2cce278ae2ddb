import StoreDomain

public enum TillRequest: Hashable, Codable, Sendable {
    /// Ways to pay, and the till's open shift.
    case begin(till: String)
    /// Looks for a sale of which the store has not said what became of it.
    case findSale
    case sell(SaleDraft)
    /// Asks what became of a sale.
    case finish(PendingSale)
    case find(String)
    /// Customers whom words mean.
    case customers(String)
    case newCustomer(name: String, email: String)
    case park(Cart, label: String, till: String)
    case parked
    case resume(code: String)
    case openDrawer
    /// Opens the drawer without a sale, once that is on the journal.
    case noSale(reason: String, till: String)
    /// Prints what is to be paid, once that is on the journal.
    case slip(SaleSlip, ReceiptStyle, till: String)
    /// Keeps what happened beside sales.
    case note(TillHappening, till: String)
    /// What a gift card or a customer's credit holds: to pay so much with it, in minor units, nil for all that is
    /// left, or to be told.
    case value(ValueSource, part: Int64?, pays: Bool)

    /// Keeps words that were recorded in this terminal's file.
    case keepMacro(TillMacro)

    /// Where money of the shop's own ledger comes from.
    public enum ValueSource: Hashable, Codable, Sendable {
        case card(GiftCardCode)
        case credit(of: Int64)
    }

    var terms: Terms {
        switch self {
        // How a sale can be paid decides what the keys of payment mean.
        case .begin: Terms(slot: "till", screen: .till, keepsBack: .onPrice)
        case .findSale: Terms(lane: .cart)
        case .sell, .finish: Terms(lane: .cart, title: "Selling", mustFinish: true, keepsBack: .all)
        case .find: Terms(slot: "tillFind", title: "Looking for it", screen: .till, keepsBack: .all)
        case .customers:
            Terms(slot: "tillCustomers", title: "Looking for the customer", screen: .till, keepsBack: .all)
        case .newCustomer:
            Terms(title: "Making the account", mustFinish: true, screen: .till, keepsBack: .all)
        case .park: Terms(lane: .cart, title: "Parking the sale", mustFinish: true, keepsBack: .all)
        case .parked: Terms(title: "Looking for parked sales", screen: .till, keepsBack: .all)
        case .openDrawer, .note: Terms(mustFinish: true)
        case .noSale: Terms(title: "Opening the drawer", mustFinish: true, keepsBack: .all)
        case .slip: Terms(title: "Printing", mustFinish: true)
        case .keepMacro: Terms(title: "Keeping the macro", mustFinish: true, screen: .till, keepsBack: .all)
        case .value: Terms(slot: "tillValue", title: "Asking what is on it", screen: .till, keepsBack: .all)
        case .resume: Terms(lane: .cart, title: "Taking the sale up", mustFinish: true, keepsBack: .all)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> TillAction {
        guard let counter = outside.services.counter else {
            return .missing(.unsupported("a till"))
        }
        let flow = SaleFlow(carts: outside.services.cart, till: counter.till, ids: outside.ids)
        let parking = ParkingFlow(carts: outside.services.cart, parking: counter.parking, ids: outside.ids)
        let owner = principal.owner
        switch self {
        case .begin(let till):
            return .began(
                await .of { () throws(StoreError) in
                    let methods = try await outside.services.payments.methods(as: principal)
                    let parked =
                        principal.allows(.park) ? try await counter.parking.parked(as: principal).count : 0
                    return Beginning(
                        methods: methods, shift: try await counter.shifts.current(till: till, as: principal),
                        parked: parked)
                })
        case .findSale:
            return .foundSale(
                await .of { () throws(StoreError) in
                    let parked = try await parking.settle(owner: owner, principal: principal)
                    return FoundSale(pending: try await flow.pending(of: owner), parked: parked)
                })
        case .sell(let draft):
            // What may be parked already is not sold beside.
            do throws(StoreError) {
                if let parked = try await parking.settle(owner: owner, principal: principal) {
                    return .parked(.success(parked))
                }
            } catch { return .ended(.refused(error)) }
            return .ended(await flow.sell(draft, owner: owner, principal: principal))
        case .finish(let pending):
            return .ended(await flow.finish(pending, owner: owner, principal: principal))
        case .find(let words):
            return .found(
                words,
                await .of { () throws(StoreError) in
                    try await outside.services.catalog.page(
                        ProductQuery(text: words), at: .first, perPage: Self.mostFound
                    ).products
                })
        case .customers(let words):
            return .customers(
                words,
                await .of { () throws(StoreError) in
                    try await counter.till.customers(finding: words, as: principal)
                })
        case .newCustomer(let name, let email):
            return .newCustomer(
                await .of { () throws(StoreError) in
                    try await counter.till.addCustomer(name: name, email: email, as: principal)
                })
        case .park(let basket, let label, let till):
            let deed = PendingParking.Deed.park(basket, label: label, till: till)
            return .parked(
                await .of { () throws(StoreError) in
                    try await parking.carryOut(deed, owner: owner, principal: principal)
                })
        case .parked:
            return .parkedSales(
                await .of { () throws(StoreError) in try await counter.parking.parked(as: principal) })
        case .openDrawer:
            return .drawerOpened(
                await .of { () throws(StoreError) in
                    try await outside.ports.openDrawer()
                    return Done()
                })
        case .noSale(let reason, let till):
            return .openedDrawer(
                await .of { () throws(StoreError) in
                    try await counter.shifts.note(.noSale(reason: reason), till: till, as: principal)
                    try await outside.ports.openDrawer()
                    return Done()
                })
        case .slip(let slip, let style, let till):
            return .printedSlip(
                await .of { () throws(StoreError) in
                    try await counter.shifts.note(.slip(amount: slip.noted), till: till, as: principal)
                    try await outside.ports.printReceipt(
                        PrintedPage(text: outside.slipText(slip, style)))
                    return Done()
                })
        case .note(let happening, let till):
            return .noted(
                await .of { () throws(StoreError) in
                    try await counter.shifts.note(happening, till: till, as: principal)
                    return Done()
                })
        case .keepMacro(let macro):
            return .keptMacro(
                macro, await .of { () throws(StoreError) in try await outside.ports.keepMacro(macro) })
        case .value(let source, let part, let pays):
            return .value(
                source, part: part, pays: pays,
                await .of { () throws(StoreError) in
                    switch source {
                    case .card(let code): return try await counter.cards.card(code: code, as: principal)
                    case .credit(let customerID):
                        guard let credit = try await counter.cards.credit(of: customerID, as: principal)
                        else {
                            throw .paymentRefused(.noCredit)
                        }
                        return credit
                    }
                })
        case .resume(let code):
            return .parked(
                await .of { () throws(StoreError) in
                    try await parking.carryOut(
                        .takeUp(code: code.cleanText), owner: owner, principal: principal)
                })
        }
    }

    static let mostFound = 12

    /// What a till begins with.
    public struct Beginning: Hashable, Codable, Sendable {
        public let methods: [PaymentMethod]
        public let shift: Shift?
        /// How many sales are put aside.
        public let parked: Int

        public init(methods: [PaymentMethod], shift: Shift?, parked: Int = 0) {
            self.methods = methods
            self.shift = shift
            self.parked = parked
        }
    }

    public struct FoundSale: Hashable, Codable, Sendable {
        public let pending: PendingSale?
        /// What was being parked or taken up, and is now.
        public let parked: ParkingFlow.Done?

        public init(pending: PendingSale? = nil, parked: ParkingFlow.Done? = nil) {
            self.pending = pending
            self.parked = parked
        }
    }
}

extension Ask {
    /// It ends a sale at a till, or finds out what became of one.
    var sells: Bool {
        switch self {
        case .till(.sell), .till(.finish): true
        case .till, .program, .welcome, .account, .shop, .product, .basket, .checkout, .receipt, .orders,
            .importing, .baskets, .shift, .returns, .visitor, .staff, .giftCards, .customers, .looseReturns,
            .office, .counting, .reports, .products, .stock, .firstSteps:
            false
        }
    }
}

public enum TillAction: Hashable, Codable, Sendable {
    case began(Answer<TillRequest.Beginning>)
    case foundSale(Answer<TillRequest.FoundSale>)
    case ended(SaleFlow.Outcome)
    case found(String, Answer<[Product]>)
    /// With the words that were looked for.
    case customers(String, Answer<[SaleCustomer]>)
    case newCustomer(Answer<SaleCustomer>)
    /// Put aside, or taken up.
    case parked(Answer<ParkingFlow.Done>)
    case parkedSales(Answer<[ParkedSale]>)
    case drawerOpened(Answer<Done>)
    /// Without a sale.
    case openedDrawer(Answer<Done>)
    case printedSlip(Answer<Done>)
    case noted(Answer<Done>)
    case value(TillRequest.ValueSource, part: Int64?, pays: Bool, Answer<GiftCard>)
    case keptMacro(TillMacro, Answer<MacroShelf>)
    /// The shop's side has no till.
    case missing(StoreError)

    var failure: StoreError? {
        switch self {
        case .began(let answer): answer.failure
        case .foundSale(let answer): answer.failure
        case .ended(.sold): nil
        case .ended(.refused(let error)), .ended(.unknown(_, let error)), .missing(let error): error
        case .found(_, let answer): answer.failure
        case .customers(_, let answer): answer.failure
        case .newCustomer(let answer): answer.failure
        case .parked(let answer): answer.failure
        case .parkedSales(let answer): answer.failure
        case .drawerOpened(let answer), .openedDrawer(let answer), .printedSlip(let answer),
            .noted(let answer):
            answer.failure
        case .value(_, _, _, let answer): answer.failure
        case .keptMacro(_, let answer): answer.failure
        }
    }
}
