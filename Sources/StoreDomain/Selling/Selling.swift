/// The rules of selling, as pure functions: facts in, changes out. The same for every store.
public enum Selling {
    /// What placing an order looks at.
    public struct Facts: Sendable {
        public let policy: ShopPolicy
        /// What is known of the products of the draft that are on sale.
        public let offers: [Int64: Offer]
        public let discount: DiscountRequest
        public let now: Timestamp

        public init(
            policy: ShopPolicy, offers: [Int64: Offer], discount: DiscountRequest, now: Timestamp
        ) {
            self.policy = policy
            self.offers = offers
            self.discount = discount
            self.now = now
        }

        /// - Throws: `notFound`.
        func offer(_ productID: Int64) throws(StoreError) -> Offer {
            guard let offer = offers[productID] else { throw .notFound(.product(productID)) }
            return offer
        }
    }

    // MARK: - Orders that customers place

    /// What a draft says of one line. A label makes its own price, which is recorded as one that was set by hand.
    ///
    /// - Throws: `invalid` for a label that the shop's scales do not print.
    private static func saleLine(_ offer: Offer, _ line: OrderDraft.Line, _ policy: ShopPolicy)
        throws(StoreError) -> SaleLine
    {
        guard let label = try scaleLabel(line.label, policy) else {
            return SaleLine(offer, quantity: line.quantity)
        }
        return SaleLine(offer, quantity: line.quantity, label: label)
    }

    /// The label of a code; nil without one.
    ///
    /// - Throws: `invalid` for a label that the shop's scales do not print.
    static func scaleLabel(_ code: String?, _ policy: ShopPolicy) throws(StoreError) -> ScaleLabel? {
        guard let code else { return nil }
        guard let label = ScaleLabel(code, formats: policy.scaleLabels) else {
            throw .invalid([FieldProblem("label", "must be of a format in scale.labels")])
        }
        return label
    }

    /// An order as its customer placed it: priced, and its stock taken.
    ///
    /// - Throws: `notFound`, `insufficientStock` for the first line that exceeds the stock, `invalid` for a label
    ///   of no scale of the shop, `priceChanged` for figures other than the draft's agreement.
    public static func place(_ draft: OrderDraft, for userID: Int64, _ facts: Facts) throws(StoreError)
        -> Changes
    {
        var lines: [SaleLine] = []
        for line in draft.lines {
            let offer = try facts.offer(line.productID)
            lines.append(try saleLine(offer, line, facts.policy))
        }
        try checkStock(lines, facts)
        let sale = PricedSale(lines, discount: .code(facts.discount), policy: facts.policy, at: facts.now)
        if let agreement = draft.agreement, !agreement.isKept(by: sale.breakdown) {
            throw .priceChanged(sale.breakdown)
        }
        var changes = Changes()
        changes.newOrder = sale.newOrder(userID: userID, status: .pending)
        changes.movements = taking(lines, facts)
        if let code = sale.breakdown.discountCode { changes.discountUses[Discount.key(code)] = 1 }
        changes.journal = [sale.entry(.orderPlaced, customer: userID)]
        return changes
    }

    /// Throws `insufficientStock` for the first line that exceeds the stock. Lines of one product count
    /// together; what sells without counting has no limit.
    static func checkStock(_ lines: [SaleLine], _ facts: Facts) throws(StoreError) {
        let demand = demand(lines)
        for line in lines {
            let offer = try facts.offer(line.productID)
            guard offer.stock.covers(demand[line.productID] ?? 0) else {
                throw .insufficientStock(
                    productID: line.productID, name: offer.name, available: max(0, offer.stock.count ?? 0))
            }
        }
    }

    /// What a till sells although the books do not have it, by product, with what the books say afterwards.
    ///
    /// - Parameter meant: the products of which who sells says that there are more than the books have.
    /// - Throws: `insufficientStock` where the shop refuses that, or asks and nobody said so; `notAllowed` for who
    ///   may not.
    static func belowZero(
        _ lines: [SaleLine], meant: Set<Int64>, _ facts: Facts, as principal: Principal
    ) throws(StoreError) -> [Int64: Int] {
        let demand = demand(lines)
        var below: [Int64: Int] = [:]
        for line in lines where below[line.productID] == nil {
            let offer = try facts.offer(line.productID)
            let wanted = demand[line.productID] ?? 0
            guard let count = offer.stock.count, !offer.stock.covers(wanted) else { continue }
            let isSold =
                switch facts.policy.belowZero {
                case .refuse: false
                case .ask: meant.contains(line.productID)
                case .allow: true
                }
            guard isSold, count - wanted >= -Product.maximumStock else {
                throw .insufficientStock(
                    productID: line.productID, name: offer.name, available: max(0, count))
            }
            if facts.policy.belowZero == .ask { try principal.require(.sellBelowZero) }
            below[line.productID] = count - wanted
        }
        return below
    }

    /// The movements that take the lines' stock, one a product, in the order of the lines.
    static func taking(_ lines: [SaleLine], _ facts: Facts) -> [NewMovement] {
        let demand = demand(lines)
        var seen: Set<Int64> = []
        return lines.compactMap { line in
            guard facts.offers[line.productID]?.stock.isTracked == true, seen.insert(line.productID).inserted
            else {
                return nil
            }
            return NewMovement(
                productID: line.productID, kind: .sale, quantity: -(demand[line.productID] ?? 0), order: .new)
        }
    }

    private static func demand(_ lines: [SaleLine]) -> [Int64: Int] {
        lines.reduce(into: [:]) { $0[$1.productID, default: 0] += $1.quantity }
    }

    // MARK: - Cancelling

    /// Cancels orders that are pending: their stock and their codes' uses come back.
    ///
    /// What an order took of a product that is no longer counted comes back and is booked off again: the order
    /// holds nothing, and the product has no books.
    ///
    /// - Parameters:
    ///   - taken: the stock that each order holds, by order and product.
    ///   - untracked: those of the products that nobody counts now.
    public static func cancel(
        _ orders: [Order], taken: [Int64: [Int64: Int]], untracked: Set<Int64>, why: String
    ) -> Changes {
        var changes = Changes()
        for order in orders where order.status.canBecome(.cancelled) {
            changes.orders.append(OrderChange(.standing(order.id), status: .cancelled))
            for (productID, quantity) in (taken[order.id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                changes.movements.append(
                    NewMovement(
                        productID: productID, kind: .return, quantity: quantity, order: .standing(order.id)))
                guard untracked.contains(productID) else { continue }
                changes.movements.append(
                    NewMovement(productID: productID, kind: .correction, quantity: -quantity))
            }
            if let code = order.discountCode { changes.discountUses[Discount.key(code), default: 0] -= 1 }
            changes.journal.append(
                JournalEntry(
                    .orderCancelled,
                    ["order": .integer(order.id), "total": .minor(order.total), "why": .text(why)]))
        }
        return changes
    }

    // MARK: - Paying an order that stands

    /// What paying looks at beside the order.
    public struct PaymentFacts: Sendable {
        public let policy: ShopPolicy
        /// The methods that are on offer where the payment is made.
        public let methods: [PaymentMethod]
        public let principal: Principal
        public let userID: Int64
        /// The open shift of the till; nil where none is.
        public let shiftID: Int64?
        /// The till's series of receipts and its last position; nil where receipts have no numbers.
        public let receipts: (series: NumberSeries, last: Int)?
        /// What the cards and the credit that the tenders name hold.
        public let value: StoredValue
        public let now: Timestamp

        public init(
            policy: ShopPolicy, methods: [PaymentMethod], principal: Principal, userID: Int64,
            shiftID: Int64?,
            receipts: (series: NumberSeries, last: Int)?, value: StoredValue = StoredValue(), now: Timestamp
        ) {
            self.policy = policy
            self.methods = methods
            self.principal = principal
            self.userID = userID
            self.shiftID = shiftID
            self.receipts = receipts
            self.value = value
            self.now = now
        }
    }

    /// Pays a pending order in full.
    ///
    /// - Throws: `wrongStatus`, `paymentRefused`, `notAllowed`.
    public static func pay(_ order: Order, _ tenders: [PaymentRequest], _ facts: PaymentFacts)
        throws(StoreError) -> Changes
    {
        guard order.status.canBecome(.paid) else {
            throw .wrongStatus(orderID: order.id, status: order.status)
        }
        return try settled(order, tenders, facts)
    }

    /// Pays an order that was cancelled before its payment arrived: it stands again when its stock allows.
    /// Otherwise the payment is put on record as stranded.
    ///
    /// - Parameter offers: what is known of the order's products, on sale or not.
    /// - Throws: `paymentRefused`, `notAllowed`.
    public static func payCancelled(
        _ order: Order, _ tenders: [PaymentRequest], offers: [Int64: Offer], _ facts: PaymentFacts
    ) throws(StoreError) -> (changes: Changes, refusal: StoreError?) {
        var changes = try settled(order, tenders, facts)
        let demand = order.items.reduce(into: [Int64: Int]()) { $0[$1.productID, default: 0] += $1.quantity }
        let short = order.items.first { item in
            guard let offer = offers[item.productID] else { return true }
            return !offer.stock.covers(demand[item.productID] ?? 0)
        }
        if let short { return strand(changes, of: order, soldOut: short.productName) }
        changes.movements = demand.sorted { $0.key < $1.key }.compactMap { productID, quantity in
            guard offers[productID]?.stock.isTracked == true else { return nil }
            return NewMovement(
                productID: productID, kind: .sale, quantity: -quantity, order: .standing(order.id))
        }
        if let code = order.discountCode { changes.discountUses[Discount.key(code)] = 1 }
        changes.journal.insert(
            JournalEntry(.orderReopened, ["order": .integer(order.id), "total": .minor(order.total)]), at: 0)
        return (changes, nil)
    }

    /// Puts the payments on record without an order for them.
    private static func strand(_ settled: Changes, of order: Order, soldOut name: String)
        -> (changes: Changes, refusal: StoreError?)
    {
        var changes = Changes()
        changes.stranded = settled.payments.map { new in
            StrandedPayment(
                orderID: order.id, methodID: new.payment.method.id, amount: new.payment.amount,
                approvalCode: new.payment.approvalCode)
        }
        changes.journal = changes.stranded.map(\.entry)
        return (changes, changes.stranded.first.map { .paymentStranded($0, soldOut: name) })
    }

    private static func settled(_ order: Order, _ tenders: [PaymentRequest], _ facts: PaymentFacts)
        throws(StoreError) -> Changes
    {
        let settlement = try Settlement(
            of: order.total, by: tenders, methods: facts.methods, rounding: facts.policy.cashRounding,
            principal: facts.principal, value: facts.value, at: facts.now)
        var changes = Changes()
        changes.cardMovements = GiftCards.redeem(
            settlement.payments, of: .standing(order.id), shiftID: facts.shiftID)
        var change = OrderChange(
            .standing(order.id), status: .paid,
            rounding: settlement.rounding.isZero ? nil : settlement.rounding)
        if let receipts = facts.receipts {
            change.number = DocumentNumber(series: receipts.series, position: receipts.last + 1)
            changes.numbers[receipts.series] = receipts.last + 1
        }
        changes.orders = [change]
        changes.payments = settlement.payments.map {
            NewPayment(.standing(order.id), payment: $0, takenBy: facts.userID, shiftID: facts.shiftID)
        }
        changes.journal = [
            settlement.entry(order: .integer(order.id), total: order.total, number: change.number)
        ]
        return changes
    }
}

extension StrandedPayment {
    fileprivate var entry: JournalEntry {
        JournalEntry(
            .paymentStranded,
            [
                "order": .integer(orderID), "method": .text(methodID), "amount": .minor(amount),
                "approval": .optional(approvalCode),
            ])
    }
}
