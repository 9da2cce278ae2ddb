import StoreDomain
import StorefrontCore

/// The cart in sentences.
extension Teller {
    var changes: [PlainLine] {
        let count = desk.basket.differences.count
        guard count > 0 else { return [] }
        let what =
            count == 1
            ? "One thing has changed since you added it" : "\(count) things have changed since you added them"
        return [PlainLine("\(what). Type accept to accept.")]
    }

    var cartRows: [PlainLine] {
        desk.basket.cart.lines.enumerated().map { offset, line in
            let price = line.unitPrice(desk.currency)
            let amount = PricedLine(name: line.name, unitPrice: price, quantity: line.quantity).total
            let change = desk.basket.difference(of: line.id).map {
                ", changed: \($0.words(currency: desk.currency))"
            }
            return PlainLine(
                "\(line.name), \(line.quantity) at \(price.displayText), \(amount.displayText)\(change ?? "")",
                number: offset + 1)
        }
    }

    var figures: [PlainLine] {
        guard let quote = desk.basket.quote else { return [PlainLine("The total is not known yet.")] }
        return quote.steps.compactMap { step in
            switch step {
            case .line: nil
            case .refusedDiscount(let code, let problem):
                PlainLine(problem.sentence(of: code, in: zone).asSentence)
            case .subtotal, .lineDiscount, .discount, .manualDiscount, .tax, .includedTax, .exempt, .told,
                .total:
                PlainLine("\(step.title) \(step.amount?.displayText ?? "").")
            }
        }
    }
}
