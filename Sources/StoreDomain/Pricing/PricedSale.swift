/// One line to be priced: what is sold, for how much, and what is taken off by hand.
public struct SaleLine: Hashable, Sendable, Codable {
    public let productID: Int64
    public let name: String
    public let sku: String?
    public let quantity: Int
    /// What one unit is sold for.
    public let unitPrice: Money
    /// What one unit is listed for, or costs by its label.
    public let listPrice: Money
    public let taxClass: String?
    public let discount: ManualDiscount?
    public let overrideReason: String?

    public init(
        productID: Int64, name: String, sku: String? = nil, quantity: Int, unitPrice: Money,
        listPrice: Money? = nil, taxClass: String? = nil, discount: ManualDiscount? = nil,
        overrideReason: String? = nil
    ) {
        self.productID = productID
        self.name = name
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.listPrice = listPrice ?? unitPrice
        self.taxClass = taxClass
        self.discount = discount
        self.overrideReason = overrideReason
    }

    public init(
        _ offer: Offer, quantity: Int, override: PriceOverride? = nil, discount: ManualDiscount? = nil
    ) {
        self.init(
            productID: offer.productID, name: offer.name, sku: offer.sku, quantity: quantity,
            unitPrice: override?.price ?? offer.price, listPrice: offer.price, taxClass: offer.taxClass,
            discount: discount, overrideReason: override?.reason)
    }

    /// What carries a scale's label: one piece costs what the label says, or what whoever sells has set.
    public init(
        _ offer: Offer, quantity: Int, label: ScaleLabel, override: PriceOverride? = nil,
        discount: ManualDiscount? = nil
    ) {
        self.init(
            productID: offer.productID, name: label.name(of: offer.name), sku: offer.sku, quantity: quantity,
            unitPrice: override?.price ?? label.amount(at: offer.price),
            listPrice: label.amount(at: offer.price), taxClass: offer.taxClass, discount: discount,
            overrideReason: override?.reason ?? "Label \(label.code)")
    }

    /// Unit price × quantity.
    public var gross: Money { unitPrice * quantity }
}

/// What is taken off a sale as a whole.
public enum SaleDiscount: Hashable, Sendable, Codable {
    /// By a code, or not at all.
    case code(DiscountRequest)
    case byHand(ManualDiscount)
}

/// What a rate of tax comes to in a document.
public struct TaxFigure: Hashable, Sendable, Codable {
    public let rate: Rate
    /// The amount without tax.
    public let net: Money
    public let tax: Money

    public init(rate: Rate, net: Money, tax: Money) {
        self.rate = rate
        self.net = net
        self.tax = tax
    }

    public var gross: Money { net + tax }
}

/// A sale with every figure, for the document and for each of its lines.
///
/// The order of the rules: a line's gross is its unit price × quantity; the line's own discount is rounded
/// once; the discount of the whole sale is taken of what remains and split over the lines; tax is worked out
/// once a rate, over the document, and split over the lines of that rate. Cash is rounded later, when it is
/// tendered.
public struct PricedSale: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public let line: SaleLine
        /// 0…gross.
        public let lineDiscount: Money
        /// The line's share of the sale's discount.
        public let orderDiscount: Money
        public let taxRate: Rate
        /// The line's share of the tax of its rate.
        public let tax: Money

        public init(
            line: SaleLine, lineDiscount: Money, orderDiscount: Money, taxRate: Rate, tax: Money
        ) {
            self.line = line
            self.lineDiscount = lineDiscount
            self.orderDiscount = orderDiscount
            self.taxRate = taxRate
            self.tax = tax
        }
    }

    public let lines: [Line]
    public let taxes: [TaxFigure]
    /// Tax in the prices that an exempt customer does not pay; 0 otherwise.
    public let exempted: Money
    public let exemption: TaxExemption?
    public let taxMode: TaxMode
    /// The figures with how each came about.
    public let breakdown: PriceBreakdown

    public var total: Money { breakdown.total }

    /// Of figures that another side worked out.
    public init(
        lines: [Line], taxes: [TaxFigure], exempted: Money, exemption: TaxExemption?, taxMode: TaxMode,
        breakdown: PriceBreakdown
    ) {
        self.lines = lines
        self.taxes = taxes
        self.exempted = exempted
        self.exemption = exemption
        self.taxMode = taxMode
        self.breakdown = breakdown
    }

    public init(
        _ lines: [SaleLine], discount: SaleDiscount, exemption: TaxExemption? = nil, policy: ShopPolicy,
        at now: Timestamp
    ) {
        let currency = policy.currency
        let lineDiscounts = lines.map { line in
            line.discount.map { $0.amount(off: line.gross) } ?? .zero(currency)
        }
        let amounts = zip(lines, lineDiscounts).map { $0.gross - $1 }
        let subtotal = Money.sum(amounts, currency: currency)
        let taken = TakenDiscount(discount, of: subtotal, at: now)
        let orderDiscounts = AmountSplit.parts(of: taken.amount, over: amounts)

        let afterDiscount = zip(amounts, orderDiscounts).map { $0 - $1 }
        let isBefore = policy.taxMode == .added && policy.taxBase == .beforeDiscount
        let taxed = TaxedLines(
            bases: isBefore ? amounts : afterDiscount,
            rates: lines.map { policy.taxes.taxClass($0.taxClass).rate(at: now) }, mode: policy.taxMode,
            currency: currency)
        let isExempt = exemption != nil
        exempted = isExempt && policy.taxMode == .included ? taxed.total : .zero(currency)
        taxes = isExempt ? [] : taxed.figures
        self.exemption = exemption
        taxMode = policy.taxMode
        self.lines = lines.indices.map { index in
            Line(
                line: lines[index], lineDiscount: lineDiscounts[index], orderDiscount: orderDiscounts[index],
                taxRate: taxed.rates[index], tax: isExempt ? .zero(currency) : taxed.taxes[index])
        }
        breakdown = PriceBreakdown(
            lines: lines, lineDiscounts: lineDiscounts, subtotal: subtotal, discount: taken,
            tax: isExempt ? .exempt(exempted) : .taxed(taxed.figures), policy: policy)
    }
}

/// The discount of a whole sale as it counts.
struct TakenDiscount {
    let amount: Money
    /// The code that counted.
    let code: String?
    let problem: DiscountProblem?
    let step: PricingStep?

    init(_ discount: SaleDiscount, of subtotal: Money, at now: Timestamp) {
        let zero = Money.zero(subtotal.currency)
        switch discount {
        case .byHand(let manual):
            amount = manual.amount(off: subtotal)
            (code, problem) = (nil, nil)
            step = .manualDiscount(manual, of: subtotal, amount)
        case .code(.none): (amount, code, problem, step) = (zero, nil, nil, nil)
        case .code(.unknown(let code)):
            (amount, self.code, problem) = (zero, nil, .unknown)
            step = .refusedDiscount(code: code, .unknown)
        case .code(.unchecked(let code)):
            (amount, self.code, problem) = (zero, nil, .unchecked)
            step = .refusedDiscount(code: code, .unchecked)
        case .code(.known(let known)):
            if let problem = known.problem(subtotal: subtotal, at: now) {
                (amount, code, self.problem) = (zero, nil, problem)
                step = .refusedDiscount(code: known.code, problem)
            } else {
                (amount, code, problem) = (known.amount(off: subtotal), known.code, nil)
                step = .discount(known, of: subtotal, amount)
            }
        }
    }
}

/// Tax, once a rate over the document, split over the lines of that rate.
private struct TaxedLines {
    let rates: [Rate]
    let taxes: [Money]
    let figures: [TaxFigure]
    let total: Money

    init(bases: [Money], rates: [Rate], mode: TaxMode, currency: Currency) {
        self.rates = rates
        var taxes = bases.map { _ in Money.zero(currency) }
        var figures: [TaxFigure] = []
        var seen: [Rate] = []
        for rate in rates where !seen.contains(rate) {
            seen.append(rate)
            let indices = rates.indices.filter { rates[$0] == rate }
            let base = Money.sum(indices.map { bases[$0] }, currency: currency)
            let tax =
                switch mode {
                case .added: rate.share(of: base)
                case .included: rate.partIncluded(in: base)
                }
            let net = mode == .included ? base - tax : base
            figures.append(TaxFigure(rate: rate, net: net, tax: tax))
            for (index, part) in zip(indices, AmountSplit.parts(of: tax, over: indices.map { bases[$0] })) {
                taxes[index] = part
            }
        }
        self.taxes = taxes
        self.figures = figures
        total = .sum(figures.map(\.tax), currency: currency)
    }
}

extension Rate {
    /// The tax in an amount that includes it: amount × r / (1 + r), rounded half away from zero.
    func partIncluded(in amount: Money) -> Money {
        guard let part = Rate(numerator: numerator, denominator: denominator + numerator) else {
            return .zero(amount.currency)
        }
        return part.share(of: amount)
    }
}

// MARK: - The document

extension PricedSale {
    /// The sale as an order to be inserted.
    func newOrder(
        userID: Int64?, operatorID: Int64? = nil, till: String? = nil, status: OrderStatus,
        note: String? = nil
    ) -> NewOrder {
        NewOrder(
            userID: userID, operatorID: operatorID, till: till, status: status,
            lines: lines.map(\.newLine), subtotal: breakdown.subtotal, discount: breakdown.discount,
            tax: breakdown.tax, taxMode: taxMode, exempted: exempted, total: total,
            discountCode: breakdown.discountCode, exemption: exemption, note: note)
    }

    func entry(_ kind: JournalKind, customer: Int64?) -> JournalEntry {
        var data: [String: CanonicalJSON] = [
            "order": .null, "customer": .optional(customer), "subtotal": .minor(breakdown.subtotal),
            "discount": .minor(breakdown.discount), "tax": .minor(breakdown.tax), "total": .minor(total),
            "lines": .array(
                lines.map { line in
                    .array([
                        .integer(line.line.productID), .integer(Int64(line.line.quantity)),
                        .minor(line.line.unitPrice),
                    ])
                }),
        ]
        let byHand = lines.filter { $0.isSetByHand }
        if !byHand.isEmpty { data["by_hand"] = .array(byHand.map(\.byHand)) }
        if let exemption {
            data["exempt"] = .object([
                "reason": .text(exemption.reason), "tax_number": .text(exemption.taxNumber),
                "amount": .minor(exempted),
            ])
        }
        return JournalEntry(kind, data)
    }
}

extension PricedSale.Line {
    /// Whoever sold it gave it another price or a discount.
    fileprivate var isSetByHand: Bool { line.listPrice != line.unitPrice || !lineDiscount.isZero }

    fileprivate var byHand: CanonicalJSON {
        .object([
            "product": .integer(line.productID), "list_price": .minor(line.listPrice),
            "price": .minor(line.unitPrice), "discount": .minor(lineDiscount),
            "reason": .optional(line.overrideReason),
        ])
    }

    fileprivate var newLine: NewOrder.Line {
        NewOrder.Line(
            productID: line.productID, name: line.name, sku: line.sku, quantity: line.quantity,
            unitPrice: line.unitPrice, listPrice: line.listPrice == line.unitPrice ? nil : line.listPrice,
            total: line.gross, lineDiscount: lineDiscount, orderDiscount: orderDiscount, tax: tax,
            taxRate: taxRate, taxClass: line.taxClass, overrideReason: line.overrideReason)
    }
}
