/// What figures are kept by.
public enum SalesDimension: Int, Hashable, Sendable, Codable, CaseIterable {
    /// Of the day: the sum of its hours is the day.
    case hour = 1
    case product = 2
    /// As `product`, by months: what makes a year of many products cheap.
    case productMonth = 3
    /// Who took the last payment, or gave the money back; for a void, who sold it.
    case cashier = 4
    case tender = 5
    case taxRate = 6
    case discount = 7
    /// Why money went back.
    case reason = 8
    /// What the products of a category came to, by its name, as products are sorted now; an empty key has those without
    /// one. No document adds to it: it is made of `product` when somebody asks, of days that are over.
    case category = 9
    /// As `category`, by months: it is made of `productMonth`.
    case categoryMonth = 10

    /// Those that documents add to.
    public static let ofDocuments: [SalesDimension] = [
        .hour, .product, .productMonth, .cashier, .tender, .taxRate, .discount, .reason,
    ]
}

/// Figures of one day, kept by one dimension.
public struct SalesSum: Hashable, Sendable {
    public struct Place: Hashable, Sendable, Comparable {
        public let dimension: SalesDimension
        /// The day, or the first day of the month.
        public let day: ShopDay
        /// What the dimension tells apart, such as a product's id.
        public let key: String

        public init(_ dimension: SalesDimension, _ day: ShopDay, _ key: String) {
            self.dimension = dimension
            self.day = day
            self.key = key
        }

        public static func < (left: Place, right: Place) -> Bool {
            (left.dimension.rawValue, left.day, left.key) < (right.dimension.rawValue, right.day, right.key)
        }
    }

    public let place: Place
    public let figures: SalesFigures

    public init(_ place: Place, _ figures: SalesFigures) {
        self.place = place
        self.figures = figures
    }
}

/// What documents add to the sums: the one place where it is said what counts, on which day and where.
///
/// A sale counts when it is paid, with what was paid for its lines. What comes back counts when it comes back. Gift
/// cards are no turnover: what is paid for one is counted apart, and one that pays is a tender like any other. Training
/// counts nowhere.
public struct SalesSums: Hashable, Sendable {
    public private(set) var figures: [SalesSum.Place: SalesFigures] = [:]

    public init() {}

    public var isEmpty: Bool { figures.isEmpty }

    /// In the order of their places; those without a figure are left out.
    public var rows: [SalesSum] {
        figures.filter { !$0.value.isZero }.map { SalesSum($0.key, $0.value) }.sorted { $0.place < $1.place }
    }
    public mutating func add(_ place: SalesSum.Place, _ figures: SalesFigures) {
        self.figures[place, default: SalesFigures()].add(figures)
    }

    private mutating func add(
        _ dimension: SalesDimension, _ day: ShopDay, _ key: String,
        _ change: (inout SalesFigures) -> Void
    ) {
        change(&figures[SalesSum.Place(dimension, day, key), default: SalesFigures()])
    }

    /// Adds to the day and to the month.
    private mutating func add(
        product id: Int64, _ day: ShopDay, _ change: (inout SalesFigures) -> Void
    ) {
        add(.product, day, String(id), change)
        add(.productMonth, day.startOfMonth, String(id), change)
    }

    /// Adds to the hour and to a person.
    private mutating func add(
        _ whole: SalesFigures, at moment: ShopMoment, person: Int64?
    ) {
        add(.hour, moment.day, moment.hour.padded(2)) { $0.add(whole) }
        add(.cashier, moment.day, person.map(String.init) ?? "") { $0.add(whole) }
    }

    // MARK: - Sales

    /// Adds a sale that was paid.
    ///
    /// - Parameters:
    ///   - cashier: who took its last payment.
    ///   - costs: what the goods cost, by product, where that is known.
    public mutating func add(
        sale order: Order, cashier: Int64?, costs: [Int64: Int64] = [:], at moment: ShopMoment
    ) {
        let paid = order.paidByLine
        var whole = SalesFigures()
        whole.sales = 1
        whole.pieces = Int64(order.pieces)
        whole.lineDiscounts = order.items.reduce(0) { $0 + $1.lineDiscount.minorUnits }
        whole.orderDiscounts = order.discount.minorUnits
        whole.tax = order.tax.minorUnits
        whole.net = order.total.minorUnits - whole.tax
        whole.rounding = order.rounding.minorUnits
        // Σ tenders = total + gift cards + rounding.
        let tendered = order.payments.reduce(0) { $0 + $1.amount.minorUnits }
        whole.giftCards = tendered - order.total.minorUnits - whole.rounding
        for (item, amount) in zip(order.items, paid) where costs[item.productID] != nil {
            whole.costed += amount.minorUnits - item.tax.minorUnits
        }
        whole.cost = Set(order.items.map(\.productID)).reduce(0) { $0 + (costs[$1] ?? 0) }
        add(whole, at: moment, person: cashier)
        var products: Set<Int64> = []
        for (item, amount) in zip(order.items, paid) {
            let isFirst = products.insert(item.productID).inserted
            add(product: item.productID, moment.day) {
                $0.sales += isFirst ? 1 : 0
                $0.pieces += Int64(item.quantity)
                $0.lineDiscounts += item.lineDiscount.minorUnits
                $0.orderDiscounts += item.orderDiscount.minorUnits
                $0.tax += item.tax.minorUnits
                $0.net += amount.minorUnits - item.tax.minorUnits
                guard let cost = costs[item.productID] else { return }
                $0.costed += amount.minorUnits - item.tax.minorUnits
                $0.cost += isFirst ? cost : 0
            }
            add(.taxRate, moment.day, Self.key(of: order, item)) {
                $0.tax += item.tax.minorUnits
                $0.net += amount.minorUnits - item.tax.minorUnits
            }
        }
        for payment in order.payments where payment.movedFrom == nil {
            add(.tender, moment.day, payment.method.id) {
                $0.sales += 1
                $0.net += payment.amount.minorUnits
            }
        }
        addDiscounts(of: order, whole, on: moment.day)
    }

    private mutating func addDiscounts(of order: Order, _ whole: SalesFigures, on day: ShopDay) {
        if whole.lineDiscounts != 0 {
            add(.discount, day, DiscountKey.lines.text) {
                $0.sales += 1
                $0.lineDiscounts += whole.lineDiscounts
            }
        }
        if whole.orderDiscounts != 0 {
            let key = order.discountCode.map { DiscountKey.code(Discount.key($0)) } ?? .byHand
            add(.discount, day, key.text) {
                $0.sales += 1
                $0.orderDiscounts += whole.orderDiscounts
            }
        }
    }

    // MARK: - What comes back

    /// Adds a refund, a void or the goods back of an exchange.
    ///
    /// - Parameters:
    ///   - order: the sale that it is of.
    ///   - costs: what came back cost, by product, where that is known.
    public mutating func add(
        _ refund: Refund, of order: Order, isExchange: Bool, costs: [Int64: Int64] = [:],
        at moment: ShopMoment
    ) {
        let items = Dictionary(order.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var whole = SalesFigures()
        whole.refunds = 1
        whole.piecesBack = refund.lines.reduce(0) { $0 + Int64($1.quantity) }
        whole.taxBack = refund.lines.reduce(0) { $0 + $1.tax.minorUnits }
        whole.netBack = refund.amount.minorUnits - whole.taxBack
        whole.rounding = -refund.rounding.minorUnits
        whole.giftCards = -refund.giftCards.minorUnits
        if refund.kind == .void {
            whole.voids = 1
            whole.voided = refund.amount.minorUnits
        }
        let back = refund.lines.compactMap { line in
            items[line.itemID].map { item in
                Back(
                    productID: item.productID, rate: Self.key(of: order, item), quantity: line.quantity,
                    net: line.amount.minorUnits - line.tax.minorUnits, tax: line.tax.minorUnits)
            }
        }
        addCost(of: back, costs, to: &whole)
        add(whole, at: moment, person: refund.bookedOn)
        addBack(back, costs, moment.day)
        // Money that went back without goods, as before refunds had lines.
        let listed = refund.lines.reduce(0) { $0 + $1.amount.minorUnits }
        if refund.amount.minorUnits != listed {
            add(.taxRate, moment.day, "") { $0.netBack += refund.amount.minorUnits - listed }
        }
        addTenders(refund.tenders, on: moment.day)
        let kind: RefundReason.Kind = isExchange ? .exchange : refund.kind == .void ? .void : .refund
        add(.reason, moment.day, RefundReason(kind, refund.reason).text) { $0.addBack(whole) }
    }

    /// Adds goods that came back without a receipt.
    ///
    /// - Parameter costs: what they cost, by product, where that is known.
    public mutating func add(_ back: LooseReturn, costs: [Int64: Int64] = [:], at moment: ShopMoment) {
        var whole = SalesFigures()
        whole.refunds = 1
        whole.piecesBack = back.lines.reduce(0) { $0 + Int64($1.quantity) }
        whole.taxBack = back.lines.reduce(0) { $0 + $1.tax.minorUnits }
        whole.netBack = back.amount.minorUnits - whole.taxBack
        whole.rounding = -back.rounding.minorUnits
        let lines = back.lines.map { line in
            Back(
                productID: line.productID, rate: Self.key(of: line.taxRate), quantity: line.quantity,
                net: line.amount.minorUnits - line.tax.minorUnits, tax: line.tax.minorUnits)
        }
        addCost(of: lines, costs, to: &whole)
        add(whole, at: moment, person: back.operatorID)
        addBack(lines, costs, moment.day)
        addTenders(back.tenders, on: moment.day)
        add(.reason, moment.day, RefundReason(.withoutReceipt, back.reason).text) { $0.addBack(whole) }
    }

    /// A line of what came back.
    private struct Back {
        let productID: Int64
        let rate: String
        let quantity: Int
        let net: Int64
        let tax: Int64
    }

    private func addCost(of back: [Back], _ costs: [Int64: Int64], to whole: inout SalesFigures) {
        whole.costedBack = back.reduce(0) { $0 + (costs[$1.productID] == nil ? 0 : $1.net) }
        whole.costBack = Set(back.map(\.productID)).reduce(0) { $0 + (costs[$1] ?? 0) }
    }

    private mutating func addBack(_ back: [Back], _ costs: [Int64: Int64], _ day: ShopDay) {
        var products: Set<Int64> = []
        for line in back {
            let isFirst = products.insert(line.productID).inserted
            add(product: line.productID, day) {
                $0.refunds += 1
                $0.piecesBack += Int64(line.quantity)
                $0.taxBack += line.tax
                $0.netBack += line.net
                guard let cost = costs[line.productID] else { return }
                $0.costedBack += line.net
                $0.costBack += isFirst ? cost : 0
            }
            add(.taxRate, day, line.rate) {
                $0.taxBack += line.tax
                $0.netBack += line.net
            }
        }
    }

    private mutating func addTenders(_ tenders: [Refund.Tender], on day: ShopDay) {
        for tender in tenders where !tender.isMoved {
            add(.tender, day, tender.method.id) {
                $0.refunds += 1
                $0.netBack += tender.amount.minorUnits
            }
        }
    }

    // MARK: - Keys

    /// What an exempt customer paid is of no rate.
    private static func key(of order: Order, _ item: OrderItem) -> String {
        order.exemption == nil ? item.taxRate.map { key(of: $0) } ?? "" : ""
    }

    static func key(of rate: Rate) -> String { "\(rate.numerator)/\(rate.denominator)" }

    /// The rate of a key; nil for what is of none.
    static func rate(of key: String) -> Rate? {
        let parts = key.split(separator: "/").compactMap { Int64($0) }
        return parts.count == 2 ? Rate(numerator: parts[0], denominator: parts[1]) : nil
    }
}

extension SalesFigures {
    /// What a reason counts: rounding and gift cards are no part of it.
    fileprivate mutating func addBack(_ whole: SalesFigures) {
        refunds += whole.refunds
        piecesBack += whole.piecesBack
        netBack += whole.netBack
        taxBack += whole.taxBack
        voids += whole.voids
        voided += whole.voided
    }
}

/// Which discount took something off.
public enum DiscountKey: Hashable, Sendable {
    case lines, byHand
    case code(String)

    var text: String {
        switch self {
        case .lines: "lines"
        case .byHand: "hand"
        case .code(let code): "code:\(code)"
        }
    }

    init(_ text: String) {
        switch text {
        case "lines": self = .lines
        case "hand": self = .byHand
        default: self = .code(String(text.hasPrefix("code:") ? text.dropFirst(5) : text[...]))
        }
    }

    public var title: String {
        switch self {
        case .lines: "Discounts of lines"
        case .byHand: "By hand, of whole sales"
        case .code(let code): "Code \(code)"
        }
    }
}

/// How and why money went back.
public struct RefundReason: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case refund, exchange, void
        case withoutReceipt = "return"

        var word: String {
            switch self {
            case .refund: "Refund"
            case .exchange: "Exchange"
            case .void: "Void"
            case .withoutReceipt: "Without a receipt"
            }
        }
    }

    public let kind: Kind
    public let reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    init(_ text: String) {
        let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        kind = Kind(rawValue: String(parts[0])) ?? .refund
        reason = parts.count > 1 ? String(parts[1]) : ""
    }

    var text: String { "\(kind.rawValue)|\(reason)" }
    public var title: String { "\(kind.word): \(reason)" }
}

extension ReportKind {
    /// What a key of the sums says to people, where it says anything by itself.
    public func title(of key: String) -> String {
        switch self {
        case .tax: SalesSums.rate(of: key)?.percentText ?? "No tax"
        case .discounts: DiscountKey(key).title
        case .refunds: RefundReason(key).title
        case .sales, .hours, .weekdays, .products, .categories, .cashiers, .tenders, .margin,
            .marginCategories, .marginDays, .stock:
            key
        }
    }
}
