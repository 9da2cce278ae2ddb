/// What one line costs.
public struct PricedLine: Hashable, Sendable, Codable {
    /// nil where the lines name no products.
    public let productID: Int64?
    public let name: String
    public let unitPrice: Money
    public let quantity: Int

    public init(productID: Int64? = nil, name: String, unitPrice: Money, quantity: Int) {
        self.productID = productID
        self.name = name
        self.unitPrice = unitPrice
        self.quantity = quantity
    }

    public var total: Money { unitPrice * quantity }
}

/// The discount code that was asked for and what is known of it.
public enum DiscountRequest: Hashable, Sendable, Codable {
    case none
    /// No discount goes by this code.
    case unknown(code: String)
    case known(Discount)
    /// Whether there is such a code cannot be said here.
    case unchecked(code: String)

    public var code: String? {
        switch self {
        case .none: nil
        case .unknown(let code), .unchecked(let code): code
        case .known(let discount): discount.code
        }
    }
}

/// Every figure of a sale and how each came about. Each figure that is shown is rounded once.
public struct PriceBreakdown: Hashable, Sendable, Codable {
    public let lines: [PricedLine]
    /// Σ lines less their own discounts.
    public let subtotal: Money
    /// 0…subtotal.
    public let discount: Money
    public let tax: Money
    public let total: Money
    /// The code that counted; nil when none did.
    public let discountCode: String?
    /// Why the code that was asked for did not count.
    public let discountProblem: DiscountProblem?
    /// How each figure came about, in the order in which they stand on a receipt.
    public let steps: [PricingStep]

    public var discountedSubtotal: Money { subtotal - discount }

    /// What the tax of a sale is.
    enum TaxOutcome {
        case taxed([TaxFigure])
        /// The tax in the prices that is not paid.
        case exempt(Money)
    }

    init(
        lines: [SaleLine], lineDiscounts: [Money], subtotal: Money, discount taken: TakenDiscount,
        tax outcome: TaxOutcome, policy: ShopPolicy
    ) {
        self.lines = lines.map {
            PricedLine(
                productID: $0.productID, name: $0.name, unitPrice: $0.unitPrice, quantity: $0.quantity)
        }
        self.subtotal = subtotal
        discount = taken.amount
        discountCode = taken.code
        discountProblem = taken.problem
        var steps: [PricingStep] = []
        for (line, off) in zip(self.lines, lineDiscounts) {
            steps.append(.line(line))
            if !off.isZero { steps.append(.lineDiscount(line, off)) }
        }
        steps.append(.subtotal(subtotal, lines: lines.count))
        if let step = taken.step { steps.append(step) }
        let zero = Money.zero(policy.currency)
        var onTop = zero
        var taken = zero
        switch outcome {
        case .taxed(let figures):
            tax = .sum(figures.map(\.tax), currency: policy.currency)
            switch policy.taxMode {
            case .added:
                onTop = tax
                steps += figures.map { .tax($0.rate, base: policy.taxBase, of: $0.net, $0.tax) }
            case .included: steps += figures.map { .includedTax($0.rate, of: $0.gross, $0.tax) }
            }
        case .exempt(let included):
            tax = zero
            taken = included
            steps.append(.exempt(included))
        }
        total = subtotal - discount - taken + onTop
        steps.append(
            .total(subtotal: subtotal, discount: discount + taken, tax: onTop, total))
        self.steps = steps
    }

    /// Of a subtotal alone, for callers who have no lines: all of it at the standard rate.
    public init(
        subtotal: Money, discount request: DiscountRequest = .none, policy: ShopPolicy, at now: Timestamp
    ) {
        let line = SaleLine(productID: 0, name: "", quantity: 1, unitPrice: subtotal)
        let sale = PricedSale([line], discount: .code(request), policy: policy, at: now).breakdown
        lines = []
        self.subtotal = sale.subtotal
        discount = sale.discount
        tax = sale.tax
        total = sale.total
        discountCode = sale.discountCode
        discountProblem = sale.discountProblem
        steps = sale.steps.compactMap { step in
            switch step {
            case .line, .lineDiscount: nil
            case .subtotal(let amount, _): .subtotal(amount, lines: 0)
            case .discount, .manualDiscount, .refusedDiscount, .tax, .includedTax, .exempt, .total, .told:
                step
            }
        }
    }

    /// Of figures and steps that another side worked out.
    public init(
        lines: [PricedLine], subtotal: Money, discount: Money, tax: Money, total: Money,
        discountCode: String?, discountProblem: DiscountProblem?, steps: [PricingStep]
    ) {
        self.lines = lines
        self.subtotal = subtotal
        self.discount = discount
        self.tax = tax
        self.total = total
        self.discountCode = discountCode
        self.discountProblem = discountProblem
        self.steps = steps
    }

    /// Of figures that a server worked out; they count, whatever this shop's settings would make of them.
    public init(
        lines: [PricedLine], subtotal: Money, discount: Money, tax: Money, total: Money,
        discountCode: String?, refused: (code: String, problem: DiscountProblem)?, policy: ShopPolicy,
        at now: Timestamp
    ) {
        self.lines = lines
        self.subtotal = subtotal
        self.discount = discount
        self.tax = tax
        self.total = total
        self.discountCode = discountCode
        discountProblem = refused?.problem
        var steps = lines.map { PricingStep.line($0) }
        steps.append(.subtotal(subtotal, lines: lines.count))
        if let refused { steps.append(.refusedDiscount(code: refused.code, refused.problem)) }
        if !discount.isZero {
            let title = discountCode.map { "Discount \($0)" } ?? "Discount"
            steps.append(.told(title, .zero(discount.currency) - discount))
        }
        steps.append(Self.step(of: tax, subtotal: subtotal, discount: discount, policy: policy, at: now))
        steps.append(.total(subtotal: subtotal, discount: discount, tax: tax, total))
        self.steps = steps
    }

    /// A server's tax with its derivation, where ours comes to the same.
    private static func step(
        of tax: Money, subtotal: Money, discount: Money, policy: ShopPolicy, at now: Timestamp
    ) -> PricingStep {
        let rate = policy.taxes.standardRate(at: now)
        let taxed = policy.taxBase == .beforeDiscount ? subtotal : subtotal - discount
        let isOurs = policy.taxMode == .added && rate.share(of: taxed) == tax
        return isOurs ? .tax(rate, base: policy.taxBase, of: taxed, tax) : .told("Tax", tax)
    }
}

/// One figure of a price breakdown with what went into it.
public enum PricingStep: Hashable, Sendable, Codable {
    case line(PricedLine)
    /// What a line's own discount takes off.
    case lineDiscount(PricedLine, Money)
    case subtotal(Money, lines: Int)
    case discount(Discount, of: Money, Money)
    case manualDiscount(ManualDiscount, of: Money, Money)
    case refusedDiscount(code: String, DiscountProblem)
    case tax(Rate, base: TaxBase, of: Money, Money)
    /// Tax that is part of the prices.
    case includedTax(Rate, of: Money, Money)
    /// Tax in the prices that an exempt customer does not pay.
    case exempt(Money)
    case total(subtotal: Money, discount: Money, tax: Money, Money)
    /// A figure that a server worked out, under its title.
    case told(String, Money)

    /// What the figure is called: "Subtotal", "Tax 8.5 %".
    public var title: String {
        switch self {
        case .line(let line): line.name
        case .lineDiscount(let line, _): "Discount on \(line.name)"
        case .subtotal: "Subtotal"
        case .discount(let discount, _, _): "Discount \(discount.code)"
        case .manualDiscount: "Discount"
        case .refusedDiscount(let code, _): "Code \(code)"
        case .tax(let rate, _, _, _): TaxMode.added.title(of: rate)
        case .includedTax(let rate, _, _): TaxMode.included.title(of: rate)
        case .exempt: "Tax exempt"
        case .total: "Total"
        case .told(let title, _): title
        }
    }

    /// The figure itself; nil for a code that gave nothing.
    public var amount: Money? {
        switch self {
        case .line(let line): line.total
        case .subtotal(let amount, _), .tax(_, _, _, let amount), .total(_, _, _, let amount): amount
        case .discount(_, _, let amount), .manualDiscount(_, _, let amount), .lineDiscount(_, let amount),
            .exempt(let amount):
            .zero(amount.currency) - amount
        case .includedTax(_, _, let amount): amount
        case .told(_, let amount): amount
        case .refusedDiscount: nil
        }
    }

    /// How it came about: "3 × $9.99", "8.5 % of $59.97 = 5.09745, rounded to $5.10".
    public func derivation(in zone: ShopZone) -> String {
        switch self {
        case .line(let line): "\(line.quantity) × \(line.unitPrice.displayText)"
        case .subtotal(_, let lines): lines == 1 ? "the one line above" : "sum of the \(lines) lines above"
        case .discount(let discount, let subtotal, let amount):
            switch discount.kind {
            case .percent(let rate): rate.derivation(of: subtotal, giving: amount)
            case .fixed(let fixed) where fixed > amount:
                "\(fixed.displayText) off, but never more than the subtotal"
            case .fixed(let fixed): "\(fixed.displayText) off"
            }
        case .lineDiscount(let line, _): "off \(line.total.displayText)"
        case .manualDiscount(.percent(let rate), let subtotal, let amount):
            rate.derivation(of: subtotal, giving: amount)
        case .manualDiscount(.amount, _, let amount): "\(amount.displayText) off"
        case .includedTax(let rate, let gross, let tax):
            "\(rate.percentText) on \((gross - tax).displayText), in \(gross.displayText)"
        case .exempt(let amount): amount.isZero ? "no tax is added" : "the tax in the prices is taken off"
        case .told: "as the server worked it out"
        case .refusedDiscount(_, let problem): "no discount: \(problem.words(in: zone))"
        case .tax(let rate, let base, let taxed, let amount):
            rate.derivation(of: taxed, giving: amount)
                + (base == .beforeDiscount ? " (before discount)" : " (after discount)")
        case .total(let subtotal, let discount, let tax, _):
            discount.isZero
                ? "\(subtotal.displayText) + \(tax.displayText)"
                : "\(subtotal.displayText) − \(discount.displayText) + \(tax.displayText)"
        }
    }
}

extension Rate {
    /// "8.5 % of $59.97 = 5.09745, rounded to $5.10"; without the rounding where there was none.
    fileprivate func derivation(of amount: Money, giving result: Money) -> String {
        let exact = exactShareText(of: amount)
        let start = "\(percentText) of \(amount.displayText)"
        return exact == result.decimalText ? start : "\(start) = \(exact), rounded to \(result.displayText)"
    }
}
