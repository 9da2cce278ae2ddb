import StoreDomain
import StorefrontCore
import TerminalKit

/// One of the figures below a bill.
struct Figure {
    enum Kind: Hashable { case subtotal, discount, tax, total }

    enum Value: Hashable {
        case amount(Money)
        /// Why there is none, as a sentence.
        case problem(String)
    }

    let title: String
    let value: Value
    let kind: Kind
}

extension [Figure] {
    /// What makes the total another than the sum of the lines, and the total.
    var sums: [Figure] {
        filter { figure in
            guard case .amount = figure.value else { return false }
            return figure.kind != .subtotal
        }
    }
}

/// What goods come to.
extension Painter {
    /// Rows for the cart's figures with the rule above the total.
    var figureRows: Int { cartFigures.count + 1 }

    /// Subtotal, discount, tax and total of the cart; nothing before its price is known.
    var cartFigures: [Figure] { desk.basket.quote.map { figures(of: $0) } ?? [] }

    func figures(of price: PriceBreakdown) -> [Figure] {
        price.steps.compactMap { step in
            switch step {
            case .line: nil
            case .refusedDiscount(let code, let problem):
                Figure(
                    title: step.title, value: .problem(problem.sentence(of: code, in: zone)), kind: .discount)
            case .lineDiscount, .discount, .manualDiscount, .exempt: figure(step, .discount)
            case .subtotal: figure(step, .subtotal)
            case .tax, .includedTax, .told: figure(step, .tax)
            case .total: figure(step, .total)
            }
        }
    }

    private func figure(_ step: PricingStep, _ kind: Figure.Kind) -> Figure? {
        step.amount.map { Figure(title: step.title, value: .amount($0), kind: kind) }
    }

    func figures(of order: Order) -> [Figure] {
        order.figures.map { figure in
            let kind: Figure.Kind =
                switch figure.kind {
                case .subtotal, .giftCard: .subtotal
                case .discount, .exempted: .discount
                case .tax: .tax
                case .total, .due: .total
                }
            return Figure(title: figure.title, value: .amount(figure.amount), kind: kind)
        }
    }

    mutating func cartFigures(in rect: Rect) {
        guard desk.basket.quote != nil else {
            write("Adding up\(glyphs.ellipsis)", rect.x, rect.y, .textMuted)
            return
        }
        figures(cartFigures, in: rect)
    }

    /// Each figure in a row of its own, a rule above the total.
    mutating func figures(_ figures: some Sequence<Figure>, in rect: Rect, hasRule: Bool = true) {
        var y = rect.y
        for figure in figures {
            if figure.kind == .total, hasRule {
                frame.surface.horizontalLine(
                    at: Point(x: rect.x, y: y), length: rect.width, style: style(.border))
                y += 1
            }
            switch figure.value {
            case .amount(let amount):
                let role: ThemeRole = figure.kind == .total ? .total : .text
                pair(
                    figure.title, amount.displayText, rect.x, y, width: rect.width, role,
                    figureRole: figure.kind == .discount ? .discount : role)
            case .problem(let problem):
                write(problem, rect.x, y, .warning, width: rect.width)
            }
            y += 1
        }
    }
}
