import StoreDomain

/// Where somebody wants to pay, and with it what is on offer.
public enum PaymentOffer: Hashable, Sendable {
    /// At the shop's own screens: receipts have the till's numbers.
    case till(String)
    /// Over the REST API, where orders can be paid online too.
    case server
    /// Over the REST API of a shop that takes no payments there from customers.
    case serverWithoutPayments

    /// Whether a method is on offer here.
    func offers(_ method: PaymentMethod, isDemo: Bool) -> Bool {
        switch method.kind {
        case .cash, .externalCard, .giftCard, .storeCredit: true
        // The demo shop's card is none.
        case .simulatedCard: isDemo
        case .online: self == .server
        }
    }
}

/// Prices, and taking money for orders that stand.
public struct Payments: PaymentService {
    private let core: StoreCore
    private let offer: PaymentOffer

    public init(core: StoreCore, offer: PaymentOffer) {
        self.core = core
        self.offer = offer
    }

    /// - Throws: `invalid` for lines that no order could have.
    public func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal)
        async throws(StoreError) -> PriceBreakdown
    {
        try await core.engine.read { tx in
            let policy = try tx.policy().policy
            try check(lines, policy)
            let ids = lines.compactMap(\.productID)
            let offers = try tx.offers(ids, includingArchived: true)
            let sale = lines.map { line in
                SaleLine(
                    productID: line.productID ?? 0, name: line.name, quantity: line.quantity,
                    unitPrice: line.unitPrice,
                    taxClass: line.productID.flatMap { offers[$0]?.taxClass })
            }
            let work = Work(tx: tx, core: core, principal: principal, now: core.clock.now())
            return PricedSale(
                sale, discount: .code(try work.discountRequest(discountCode)), policy: policy, at: work.now
            ).breakdown
        }
    }

    public func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod] {
        try await core.read(as: principal) { work in
            guard case .user = work.principal else { return [] }
            return try work.methods(offer).filter { work.principal.allows($0.permission) }
        }
    }

    public func keepOpen(_ orderID: Int64, as principal: Principal) async throws(StoreError) {
        try await core.write(as: principal) { work in
            let order = try work.visibleOrder(orderID)
            guard order.status == .pending else {
                throw StoreError.wrongStatus(orderID: orderID, status: order.status)
            }
            var changes = Changes()
            changes.orders = [OrderChange(.standing(orderID), paymentOpenedAt: work.now)]
            try work.apply(changes)
        }
    }

    /// - Throws: also `signInRequired` for the store's operator, who stands at no till.
    public func pay(
        _ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal
    ) async throws(StoreError) -> Order {
        let paid = try await core.write(as: principal, needing: .placeOrders) { work in
            try work.pay(orderID, tenders, key: key, at: offer)
        }
        switch paid {
        case .paid(let order): return order
        case .stranded(let refusal): throw refusal
        }
    }

    public func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment] {
        try await core.read(as: principal, needing: .takePayment) { work in try work.tx.strandedPayments() }
    }

    /// Sums of lines within an order's bounds fit their type.
    private func check(_ lines: [PricedLine], _ policy: ShopPolicy) throws(StoreError) {
        guard lines.count <= Order.maximumLines else {
            throw .invalid([FieldProblem("items", "must be at most \(Order.maximumLines)")])
        }
        for line in lines {
            try Quantity.check(line.quantity)
            guard (0...Product.maximumPriceMinor).contains(line.unitPrice.minorUnits),
                line.unitPrice.currency == policy.currency
            else { throw .invalid([FieldProblem("price", "must be 0.00 to 99999999.99")]) }
        }
    }
}

/// What became of a payment: what is committed with a stranded one must be on disk before it is refused.
enum PaymentOutcome: Sendable {
    case paid(Order)
    case stranded(StoreError)
}

extension Work {
    /// The ways to pay on offer, in the store's order.
    func methods(_ offer: PaymentOffer) throws -> [PaymentMethod] {
        let isDemo = try tx.shop().isDemo
        return try tx.paymentMethods().filter { offer.offers($0, isDemo: isDemo) }
    }

    func pay(
        _ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, at offer: PaymentOffer
    ) throws -> PaymentOutcome {
        let user = try user()
        let content = tenders.map { $0.fingerprintText(orderID: orderID) }.joined(separator: "+")
        if let kept = try tx.kept(.payment, key, userID: user.id, content: content) {
            guard kept.isSameContent else { throw StoreError.keyReused }
            return .paid(try order(kept.orderID))
        }
        let order = try visibleOrder(orderID)
        let facts = try paymentFacts(offer, user, tenders, customerID: order.userID)
        var changes: Changes
        var refusal: StoreError?
        if order.status == .cancelled, try mayStandAgain(order, tenders) {
            let ids = order.items.map(\.productID)
            (changes, refusal) = try Selling.payCancelled(
                order, tenders, offers: tx.offers(ids, includingArchived: true), facts)
        } else {
            changes = try Selling.pay(order, tenders, facts)
        }
        if let refusal {
            try apply(changes)
            return .stranded(refusal)
        }
        changes.key = NewKey(
            .payment, key: key, userID: user.id, content: content, order: .standing(orderID))
        let applied = try apply(changes, of: order)
        return .paid(
            order.with(changes, of: .standing(orderID), paymentIDs: applied.paymentIDs, at: now)
                .with(journalMark: applied.journalMark))
    }

    /// Whether money for a cancelled order may be on its way: it was cancelled for being late, within the
    /// grace; or a card terminal has approved the payment already.
    private func mayStandAgain(_ order: Order, _ tenders: [PaymentRequest]) throws -> Bool {
        if tenders.contains(where: { $0.approvalCode?.trimmedText.isEmpty == false }) { return true }
        let policy = try tx.policy().policy
        let due = order.createdAt.advanced(bySeconds: 60 * Int64(policy.pendingMinutes))
        let end = order.updatedAt.advanced(bySeconds: 60 * Int64(policy.graceMinutes))
        return policy.pendingMinutes > 0 && order.updatedAt > due && now <= end
    }

    /// - Parameter customerID: whose credit pays.
    func paymentFacts(
        _ offer: PaymentOffer, _ user: User, _ tenders: [PaymentRequest], customerID: Int64?
    ) throws -> Selling.PaymentFacts {
        var shift: Shift?
        var receipts: (series: NumberSeries, last: Int)?
        switch offer {
        case .till(let till):
            shift = try sellingShift(of: till)
            let series = NumberSeries(.receipt, till: till)
            receipts = (series, try tx.lastPositions([series])[series] ?? 0)
        case .server, .serverWithoutPayments: break
        }
        let methods = try methods(offer)
        return Selling.PaymentFacts(
            policy: try tx.policy().policy, methods: methods, principal: principal,
            userID: user.id, shiftID: shift?.id, receipts: receipts,
            value: try storedValue(of: tenders, methods, customerID: customerID), now: now)
    }
}
