import StoreDomain

/// One sale of which something comes back: what was chosen so far. Nothing of it is booked.
public struct Returning: Hashable, Codable, Sendable {
    /// What a store knows of the sale.
    public struct Sale: Hashable, Codable, Sendable {
        public let order: Order
        /// The refunds that it had before.
        public let earlier: [Refund]
        /// The ways in which the shop can give money back.
        public let methods: [PaymentMethod]
        /// The shift that is open at the till where it comes back.
        public let shift: Shift?

        public init(order: Order, earlier: [Refund], methods: [PaymentMethod], shift: Shift? = nil) {
            self.order = order
            self.earlier = earlier
            self.methods = methods
            self.shift = shift
        }

        /// Why a void would be refused, before anybody asks the card terminal; the store decides it by the shift
        /// that is on record.
        func voidProblem(at till: String) -> String? {
            guard order.status == .paid else { return "Order \(order.id) is \(order.status.word)" }
            guard order.till == till else { return "It was not sold at this till: take it back as a return" }
            guard let shift else { return StoreError.noShift(till: till).screenText }
            guard let paidAt = order.paidAt, paidAt >= shift.openedAt else {
                return "It was sold in an earlier shift: take it back as a return"
            }
            return nil
        }
    }

    /// What is given back: chosen lines, the same in exchange for other goods, or the whole sale within its shift.
    public enum Way: Hashable, Codable, Sendable { case refund, exchange, void }

    public private(set) var sale: Sale
    public private(set) var way = Way.refund
    /// How many of an item come back, by its id; never 0.
    private var quantities: [Int64: Int] = [:]
    /// Items that cannot be sold again.
    private var losses: Set<Int64> = []
    /// Whether the gift cards of the sale come back, with what is left on them.
    public private(set) var takesCards = false
    /// The method that the money goes back by; nil for the tenders it came by.
    public private(set) var methodID: String?
    public var reason: String?
    /// What the card terminal printed; forgotten when another amount goes back.
    public var approvalCode: String?
    /// What the store was asked without an answer: it is asked for again as it was, under the same key, before
    /// anything else happens to the sale.
    public internal(set) var unanswered: ReturnsRequest?
    var list = List()

    public init(_ sale: Sale) { self.sale = sale }

    public var order: Order { sale.order }

    // MARK: - Lines

    public func quantity(of item: OrderItem) -> Int {
        switch way {
        case .refund, .exchange: quantities[item.id] ?? 0
        case .void: item.returnable
        }
    }

    public func isLoss(_ item: OrderItem) -> Bool { way != .void && losses.contains(item.id) }

    public var selection: Int { list.row(of: order.items.count) ?? 0 }
    public var selected: OrderItem? { list.row(of: order.items.count).map { order.items[$0] } }

    /// How many pieces come back.
    public var pieces: Int { order.items.reduce(0) { $0 + quantity(of: $1) } }
    /// Whether anything is left that could come back.
    public var isSpent: Bool {
        order.items.allSatisfy { $0.returnable == 0 } && order.refundableCards.isEmpty
    }
    /// Whether anything comes back.
    public var hasAny: Bool { pieces > 0 || !cards.isEmpty }
    /// The gift cards that come back.
    public var cards: [GiftCardBack] {
        switch way {
        case .refund: takesCards ? order.refundableCards : []
        case .exchange: []
        case .void: order.allCards
        }
    }
    /// Whether all that is left comes back.
    public var isWhole: Bool { order.items.allSatisfy { quantity(of: $0) == $0.returnable } }

    /// Makes it that many of an item, 0 up to what is left of it.
    mutating func set(_ quantity: Int, of item: OrderItem) {
        let count = max(0, min(quantity, item.returnable))
        quantities[item.id] = count == 0 ? nil : count
        if count == 0 { losses.remove(item.id) }
        amountChanged()
    }

    /// Everything that is left; nothing where that was chosen already.
    mutating func toggleAll() {
        let all = isWhole ? [] : order.items.filter { $0.returnable > 0 }
        quantities = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.returnable) })
        losses.formIntersection(quantities.keys)
        amountChanged()
    }

    /// Shelf or loss. An item of which nothing comes back yet comes back with one.
    mutating func toggleLoss(of item: OrderItem) {
        if quantity(of: item) == 0 { set(1, of: item) }
        if losses.remove(item.id) == nil { losses.insert(item.id) }
    }

    mutating func toggleCards() {
        takesCards.toggle()
        amountChanged()
    }

    mutating func pay(back methodID: String?) {
        self.methodID = methodID
        amountChanged()
    }

    mutating func go(_ way: Way) {
        guard way != self.way else { return }
        self.way = way
        reason = nil
        amountChanged()
    }

    private mutating func amountChanged() { approvalCode = nil }

    /// Takes over what the store knows now; of what was chosen, as much stays as is left.
    mutating func refresh(_ sale: Sale) {
        // What was asked is about the sale as it was.
        guard unanswered == nil else { return }
        let before = given
        self.sale = sale
        for item in sale.order.items where quantities[item.id] != nil {
            quantities[item.id] = min(quantities[item.id] ?? 0, item.returnable)
            if quantities[item.id] == 0 { quantities[item.id] = nil }
        }
        losses.formIntersection(quantities.keys)
        if given != before { amountChanged() }
    }

    /// What decides the amount.
    private var given: [Int64] {
        order.items.flatMap { [$0.id, Int64(quantity(of: $0)), Int64($0.returned)] }
    }

    // MARK: - What it comes to

    /// The figures, or why nothing can be given back.
    public func figures(_ desk: Desk) -> Answer<RefundFigures> {
        do throws(StoreError) { return .success(try checkedFigures(desk)) } catch { return .failure(error) }
    }

    /// - Throws: why nothing can be given back.
    func checkedFigures(_ desk: Desk) throws(StoreError) -> RefundFigures {
        switch way {
        case .void: try Refunding.voidFigures(of: order, as: desk.principal.assumingApproval)
        case .refund, .exchange:
            try Refunding.figures(
                // What the goods are worth is moved as it was paid; only what is handed out goes another way.
                back, cards: way == .exchange ? [] : cards, by: way == .exchange ? nil : methodID, of: order,
                Refunding.Basis(
                    earlier: sale.earlier, methods: sale.methods, rounding: desk.policy.cashRounding,
                    principal: desk.principal.assumingApproval))
        }
    }

    private var back: [RefundDraft.Line] {
        order.items.filter { quantity(of: $0) > 0 }.map {
            RefundDraft.Line(itemID: $0.id, quantity: quantity(of: $0), restocks: !isLoss($0))
        }
    }

    /// What is asked of the store once it has a reason.
    ///
    /// The key follows from the sale and the refunds that it had before, so that two tries at the same units have
    /// the same one, whatever lies between them.
    func request(_ figures: RefundFigures, reason: String, till: String) throws(StoreError) -> ReturnsRequest
    {
        switch way {
        case .refund, .exchange:
            .refund(
                try RefundDraft(
                    orderID: order.id, lines: back, reason: reason, methodID: methodID,
                    approvalCode: approvalCode, agreed: figures.given, cards: cards),
                key: Returning.key(of: order, after: sale.earlier), till: till)
        case .void:
            .void(
                try VoidDraft(orderID: order.id, reason: reason, approvalCode: approvalCode),
                key: "void|\(order.id)", till: till)
        }
    }

    /// What comes back with the sale at the till.
    func saleReturn(_ figures: RefundFigures, reason: String) throws(StoreError) -> SaleReturn {
        SaleReturn(
            try RefundDraft(orderID: order.id, lines: back, reason: reason, methodID: methodID), of: order,
            figures)
    }

    /// The key of the next refund of an order.
    public static func key(of order: Order, after earlier: [Refund]) -> String {
        "refund|\(order.id)|\(earlier.count)"
    }

    // MARK: - How it came about

    /// How each figure came about.
    func reckoning(_ figures: RefundFigures) -> Reckoning {
        let paid = order.paidByLine
        var rows = figures.lines.compactMap { line -> Reckoning.Row? in
            guard let index = order.items.firstIndex(where: { $0.id == line.itemID }) else { return nil }
            let item = order.items[index]
            return Reckoning.Row(
                "\(line.quantity) × \(item.productName)", line.amount,
                how: Returning.how(line, item, paid: paid[index], order))
        }
        rows += cards.map { back in
            let card = order.giftCards.first { $0.id == back.cardID }
            return Reckoning.Row(
                GiftCard.title(card?.lastFour ?? ""), back.amount,
                how:
                    "\((card?.balance ?? back.amount).displayText) is on it, \((card?.amount ?? back.amount).displayText) was paid for it"
            )
        }
        rows.append(
            Reckoning.Row(
                "Sum", figures.amount + figures.giftCards,
                how: figures.isWhole
                    ? "all that is left of \(order.total.displayText) paid for the sale"
                    : "of \((order.total - order.refunded).displayText) left of the sale"))
        if !figures.rounding.isZero {
            rows.append(
                Reckoning.Row("Rounding", figures.rounding, how: "cash goes back in the coins there are"))
        }
        rows += figures.tenders.map { tender in
            Reckoning.Row("\(tender.method.name)", tender.amount, how: how(tender), isTotal: true)
        }
        return Reckoning(title: "How each figure came about", rows: rows)
    }

    /// "26.70 − 2.67 discount + 2.27 tax = 26.30 for 3; of that 2 of 3, 17.53, less 1 of 3, 8.77"
    private static func how(_ line: Refund.Line, _ item: OrderItem, paid: Money, _ order: Order) -> String {
        let zero = Money.zero(paid.currency)
        let discount = item.lineDiscount + item.orderDiscount
        var sum = item.total.displayText
        if !discount.isZero { sum += " - \(discount.displayText) discount" }
        switch order.taxMode {
        case .added where !item.tax.isZero: sum += " + \(item.tax.displayText) tax"
        case .added, .included: break
        }
        if paid != item.total { sum += " = \(paid.displayText)" }
        guard item.quantity > 1 else { return "\(sum) paid for it" }
        let upTo = item.returned + line.quantity
        let share = AmountSplit.share(of: paid, units: upTo, among: item.quantity)
        let before = AmountSplit.share(of: paid, units: item.returned, among: item.quantity)
        let part = "\(sum) for \(item.quantity); \(upTo) of them \(share.displayText)"
        return before == zero ? part : "\(part), less \(item.returned) before, \(before.displayText)"
    }

    private func how(_ tender: Refund.Tender) -> String {
        guard let payment = order.payments.first(where: { $0.id == tender.paymentID }) else {
            return "not the way in which it was paid"
        }
        let before = sale.earlier.flatMap(\.tenders).filter { $0.paymentID == payment.id }.map(\.amount)
        let back = Money.sum(before, currency: payment.amount.currency)
        let paid = "\(payment.amount.displayText) of the sale was paid this way"
        return back.isZero ? paid : "\(paid), \(back.displayText) of it went back before"
    }
}
