import StoreDomain
import StorefrontCore
import TerminalKit

/// A paid order as a receipt: for the screen, a file and a printer alike.
public enum ReceiptText {
    /// - Parameters:
    ///   - time: when it was sold, as text in the shop's zone.
    ///   - room: columns at most, 24 or more; nil for the whole width of the style's paper.
    public static func lines(
        _ order: Order, _ style: ReceiptStyle, time: String, room: Int? = nil
    ) -> [String] {
        let width = style.width.rawValue
        return ReceiptWriter(width: room.map { max(24, min($0, width)) } ?? width)
            .lines(order, style, time: time)
    }
}

private struct ReceiptWriter {
    let paper: ReceiptPaper

    init(width: Int) { paper = ReceiptPaper(width: width) }

    func lines(_ order: Order, _ style: ReceiptStyle, time: String) -> [String] {
        var lines = [paper.center(style.shopName)] + style.header.map(paper.center)
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        lines.append("")
        lines.append(paper.pair("Order \(order.id)", time))
        if let number = order.number { lines.append(paper.pair("Receipt", number.text)) }
        if let name = order.userName { lines.append(paper.fit(name)) }
        lines.append(paper.rule)
        for item in order.items {
            lines += TextWidth.wrap(Sanitizer.harmless(item.productName), width: paper.width)
            lines.append(
                paper.pair("  \(item.quantity) x \(item.unitPrice.displayText)", item.total.displayText))
            if !item.lineDiscount.isZero { lines.append(paper.pair("  Discount", minus(item.lineDiscount))) }
        }
        lines.append(paper.rule)
        let below: [OrderFigure.Kind] = [.tax, .total, .giftCard, .due]
        for figure in order.figures where !below.contains(figure.kind) {
            lines.append(paper.pair(figure.title, figure.amount.displayText))
        }
        lines += tax(order)
        lines.append(paper.pair("TOTAL", order.total.displayText))
        lines += giftCards(order)
        if !order.rounding.isZero { lines.append(paper.pair("Rounding", order.rounding.displayText)) }
        lines.append("")
        lines += payment(order)
        lines.append("")
        lines.append(
            paper.center(order.status == .paid ? "Thank you!" : "*** \(order.status.word.uppercased()) ***"))
        return lines + style.footer.map(paper.center)
    }

    /// A line a rate; where there are several, or tax is in the prices, with what it is on or in.
    private func tax(_ order: Order) -> [String] {
        let figures = order.taxByRate
        return figures.map { figure in
            guard let figure else { return paper.pair(order.taxMode.title(of: nil), order.tax.displayText) }
            let title =
                switch order.taxMode {
                case .added where figures.count == 1: order.taxMode.title(of: figure.rate)
                case .added: "\(order.taxMode.title(of: figure.rate)) on \(figure.net.displayText)"
                case .included: "\(order.taxMode.title(of: figure.rate)) in \(figure.gross.displayText)"
                }
            return paper.pair(title, figure.tax.displayText)
        }
    }

    /// What was paid for gift cards, with their codes where they are known: on the first receipt alone.
    private func giftCards(_ order: Order) -> [String] {
        guard !order.giftCards.isEmpty else { return [] }
        let cards = order.giftCards.flatMap { card in
            [paper.pair(GiftCard.title(card.lastFour), card.amount.displayText)]
                + (card.code.map { [paper.center($0.printed)] } ?? [])
        }
        return cards + [paper.pair("TO PAY", order.due.displayText)]
    }

    private func minus(_ amount: Money) -> String { (.zero(amount.currency) - amount).displayText }

    private func payment(_ order: Order) -> [String] {
        guard !order.payments.isEmpty else {
            return order.status == .pending ? [paper.pair("Not paid yet", order.due.displayText)] : []
        }
        return order.payments.flatMap { payment in
            var lines = [paper.pair(payment.method.name, (payment.tendered ?? payment.amount).displayText)]
            if let change = payment.change { lines.append(paper.pair("Change", change.displayText)) }
            if let code = payment.approvalCode { lines.append(paper.pair("Approval code", code)) }
            if let card = payment.card {
                lines.append(
                    paper.pair(
                        card.lastFour.map { "  left on \u{2026}\($0)" } ?? "  left of it",
                        card.left.displayText))
            }
            return lines
        }
    }
}
