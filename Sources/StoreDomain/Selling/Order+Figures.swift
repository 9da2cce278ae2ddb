/// A figure below the lines of an order, under the title that screens, receipts, lines and commands share.
public struct OrderFigure: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case subtotal, discount
        /// Tax in the prices that an exempt customer does not pay.
        case exempted
        case tax, total
        /// A gift card that was sold, and what is to be paid with it.
        case giftCard, due
    }

    public let kind: Kind
    public let title: String
    /// Below zero for what is taken off.
    public let amount: Money
}

extension Order {
    /// Subtotal, what is taken off, tax and total, in the order of a receipt. Each rate has a figure of its own
    /// where there are several.
    public var figures: [OrderFigure] {
        let zero = Money.zero(total.currency)
        var figures = [OrderFigure(kind: .subtotal, title: "Subtotal", amount: subtotal)]
        if !discount.isZero {
            let title = discountCode.map { "Discount \($0)" } ?? "Discount"
            figures.append(OrderFigure(kind: .discount, title: title, amount: zero - discount))
        }
        if !exempted.isZero {
            figures.append(OrderFigure(kind: .exempted, title: "Tax exempt", amount: zero - exempted))
        }
        figures += taxByRate.map {
            OrderFigure(kind: .tax, title: taxMode.title(of: $0?.rate), amount: $0?.tax ?? tax)
        }
        figures.append(OrderFigure(kind: .total, title: "Total", amount: total))
        guard !giftCards.isEmpty else { return figures }
        figures += giftCards.map {
            OrderFigure(kind: .giftCard, title: GiftCard.title($0.lastFour), amount: $0.amount)
        }
        return figures + [OrderFigure(kind: .due, title: "To pay", amount: due)]
    }

    /// Whether nothing was sold: somebody learned. No store has such an order.
    public var isTraining: Bool { number?.series.kind == .training }

    /// The tax of each rate; one without a rate, for all of it, where the lines do not tell their rates.
    public var taxByRate: [TaxFigure?] {
        let known = taxFigures
        let isWhole = !known.isEmpty && items.allSatisfy { $0.taxRate != nil }
        return isWhole ? known : [nil]
    }
}

extension TaxMode {
    /// What tax at a rate is called: "Tax 8.5 %", "Tax 8.5 % included"; "Tax" where the rate is not known.
    ///
    /// - Parameter name: what the country calls it.
    public func title(of rate: Rate?, name: String = "Tax") -> String {
        guard let rate else { return name }
        return switch self {
        case .added: "\(name) \(rate.percentText)"
        case .included: "\(name) \(rate.percentText) included"
        }
    }
}
