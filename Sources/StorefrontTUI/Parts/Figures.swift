import StoreDomain
import StorefrontCore
import TerminalKit

/// What a cart comes to.
extension Painter {
    /// Rows that `figures` needs.
    var figureRows: Int { figureList(desk.basket.quote).count + 1 }

    private func figureList(_ quote: PriceBreakdown?) -> [PricingStep] {
        quote.map { $0.steps.filter { if case .line = $0 { false } else { true } } } ?? []
    }

    /// Subtotal, discount, tax and total, as pricing says them.
    mutating func figures(in rect: Rect) {
        guard let quote = desk.basket.quote else {
            write("Adding up\(glyphs.ellipsis)", rect.x, rect.y, .textMuted)
            return
        }
        figures(figureList(quote), in: rect)
    }

    private mutating func figures(_ steps: [PricingStep], in rect: Rect) {
        var y = rect.y
        for step in steps {
            switch step {
            case .line: continue
            case .subtotal(let amount, _): pair(step.title, amount.displayText, rect.x, y, width: rect.width)
            case .lineDiscount, .discount, .manualDiscount, .exempt:
                pair(
                    step.title, step.amount?.displayText ?? "", rect.x, y, width: rect.width,
                    figureRole: .discount)
            case .refusedDiscount(_, let problem):
                write("\(step.title): \(problem.words(in: zone))", rect.x, y, .warning, width: rect.width)
            case .tax(_, _, _, let amount), .includedTax(_, _, let amount), .told(_, let amount):
                pair(step.title, amount.displayText, rect.x, y, width: rect.width)
            case .total(_, _, _, let amount):
                frame.surface.horizontalLine(
                    at: Point(x: rect.x, y: y), length: rect.width, style: style(.border))
                y += 1
                pair(step.title, amount.displayText, rect.x, y, width: rect.width, .total)
            }
            y += 1
        }
    }
}
