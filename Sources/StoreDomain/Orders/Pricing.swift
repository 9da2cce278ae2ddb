/// What one line costs.
public struct PricedLine: Hashable, Sendable, Codable {
    public let name: String
    public let unitPrice: Money
    public let quantity: Int

    public init(name: String, unitPrice: Money, quantity: Int) {
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

/// Every figure of a sale and how each came about. The one place that adds up money.
///
/// total = subtotal − discount + tax; the tax is of the subtotal before the discount unless the shop's
/// setting says otherwise (domain.md, from the seed's service). Each figure that is shown is rounded once.
public struct PriceBreakdown: Hashable, Sendable, Codable {
    public let lines: [PricedLine]
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

    public init(
        lines: [PricedLine], discount request: DiscountRequest = .none, policy: ShopPolicy, at now: Timestamp
    ) {
        let subtotal = Money.sum(lines.map(\.total), currency: policy.currency)
        self.init(lines: lines, subtotal: subtotal, discount: request, policy: policy, at: now)
    }

    /// Of a subtotal alone, for callers who have no lines.
    public init(
        subtotal: Money, discount request: DiscountRequest = .none, policy: ShopPolicy, at now: Timestamp
    ) {
        self.init(lines: [], subtotal: subtotal, discount: request, policy: policy, at: now)
    }

    private init(
        lines: [PricedLine], subtotal: Money, discount request: DiscountRequest, policy: ShopPolicy,
        at now: Timestamp
    ) {
        self.lines = lines
        self.subtotal = subtotal
        var steps = lines.map { PricingStep.line($0) }
        steps.append(.subtotal(subtotal, lines: lines.count))

        switch request {
        case .none:
            (discount, discountCode, discountProblem) = (.zero(policy.currency), nil, nil)
        case .unknown(let code):
            (discount, discountCode, discountProblem) = (.zero(policy.currency), nil, .unknown)
            steps.append(.refusedDiscount(code: code, .unknown))
        case .unchecked(let code):
            (discount, discountCode, discountProblem) = (.zero(policy.currency), nil, .unchecked)
            steps.append(.refusedDiscount(code: code, .unchecked))
        case .known(let known):
            if let problem = known.problem(subtotal: subtotal, at: now) {
                (discount, discountCode, discountProblem) = (.zero(policy.currency), nil, problem)
                steps.append(.refusedDiscount(code: known.code, problem))
            } else {
                (discount, discountCode, discountProblem) = (known.amount(off: subtotal), known.code, nil)
                steps.append(.discount(known, of: subtotal, discount))
            }
        }

        let taxed = policy.taxBase == .beforeDiscount ? subtotal : subtotal - discount
        tax = policy.taxRate.share(of: taxed)
        total = subtotal - discount + tax
        steps.append(.tax(policy.taxRate, base: policy.taxBase, of: taxed, tax))
        steps.append(.total(subtotal: subtotal, discount: discount, tax: tax, total))
        self.steps = steps
    }

    /// Of figures that a server worked out; they count, whatever this shop's settings would make of them.
    public init(
        lines: [PricedLine], subtotal: Money, discount: Money, tax: Money, total: Money,
        discountCode: String?, refused: (code: String, problem: DiscountProblem)?, policy: ShopPolicy
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
        let taxed = policy.taxBase == .beforeDiscount ? subtotal : subtotal - discount
        let isOurs = policy.taxRate.share(of: taxed) == tax
        steps.append(
            isOurs ? .tax(policy.taxRate, base: policy.taxBase, of: taxed, tax) : .told("Tax", tax))
        steps.append(.total(subtotal: subtotal, discount: discount, tax: tax, total))
        self.steps = steps
    }
}

/// One figure of a price breakdown with what went into it.
public enum PricingStep: Hashable, Sendable, Codable {
    case line(PricedLine)
    case subtotal(Money, lines: Int)
    case discount(Discount, of: Money, Money)
    case refusedDiscount(code: String, DiscountProblem)
    case tax(Rate, base: TaxBase, of: Money, Money)
    case total(subtotal: Money, discount: Money, tax: Money, Money)
    /// A figure that a server worked out, under its title.
    case told(String, Money)

    /// What the figure is called: "Subtotal", "Tax 8.5 %".
    public var title: String {
        switch self {
        case .line(let line): line.name
        case .subtotal: "Subtotal"
        case .discount(let discount, _, _): "Discount \(discount.code)"
        case .refusedDiscount(let code, _): "Code \(code)"
        case .tax(let rate, _, _, _): "Tax \(rate.percentText)"
        case .total: "Total"
        case .told(let title, _): title
        }
    }

    /// The figure itself; nil for a code that gave nothing.
    public var amount: Money? {
        switch self {
        case .line(let line): line.total
        case .subtotal(let amount, _), .tax(_, _, _, let amount), .total(_, _, _, let amount): amount
        case .discount(_, _, let amount): .zero(amount.currency) - amount
        case .told(_, let amount): amount
        case .refusedDiscount: nil
        }
    }

    /// How it came about: "3 × $9.99", "8.5 % of $59.97 = 5.09745, rounded to $5.10".
    public var derivation: String {
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
        case .told: "as the server worked it out"
        case .refusedDiscount(_, let problem): "no discount: \(problem.words)"
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
