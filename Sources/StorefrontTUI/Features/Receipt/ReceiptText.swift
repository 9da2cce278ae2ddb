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
        if let number = style.taxNumber { lines.append(paper.center(number)) }
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        if order.isTraining { lines.append(paper.center("*** TRAINING - nothing is sold ***")) }
        lines.append("")
        lines.append(paper.pair(order.isTraining ? "TRAINING" : "Order \(order.id)", time))
        if let number = order.number { lines.append(paper.pair("Receipt", number.text)) }
        if let name = order.userName { lines.append(paper.fit(name)) }
        lines.append(paper.rule)
        for item in order.items {
            lines += TextWidth.wrap(Sanitizer.harmless(item.productName), width: paper.width)
            let mark = style.marksRates ? mark(of: item.taxRate, in: order) : ""
            lines.append(
                paper.pair(
                    "  \(item.quantity) x \(item.unitPrice.displayText)", item.total.displayText + mark))
            if !item.lineDiscount.isZero { lines.append(paper.pair("  Discount", minus(item.lineDiscount))) }
        }
        lines.append(paper.rule)
        for figure in order.figures where figure.kind != .tax && figure.kind != .total {
            lines.append(paper.pair(figure.title, figure.amount.displayText))
        }
        lines += tax(order, style)
        lines.append(paper.pair("TOTAL", order.total.displayText))
        if !order.rounding.isZero { lines.append(paper.pair("Rounding", order.rounding.displayText)) }
        lines.append("")
        lines += payment(order)
        lines.append("")
        let end = order.isTraining ? "*** TRAINING ***" : "Thank you!"
        lines.append(
            paper.center(order.status == .paid ? end : "*** \(order.status.word.uppercased()) ***"))
        return lines + style.footer.map(paper.center)
    }

    /// A line a rate; where there are several, or tax is in the prices, with what it is on or in.
    private func tax(_ order: Order, _ style: ReceiptStyle) -> [String] {
        let figures = order.taxByRate
        return figures.map { figure in
            let name = order.taxMode.title(of: figure?.rate, name: style.taxName)
            guard let figure else { return paper.pair(name, order.tax.displayText) }
            let title =
                switch order.taxMode {
                case .added where figures.count == 1: name
                case .added: "\(name) on \(figure.net.displayText)"
                case .included: "\(name) in \(figure.gross.displayText)"
                }
            let mark = style.marksRates ? mark(of: figure.rate, in: order) : ""
            return paper.pair(title, figure.tax.displayText + mark)
        }
    }

    /// " A" for the first of several rates, " B" for the next; nothing where there is one alone.
    private func mark(of rate: Rate?, in order: Order) -> String {
        let rates = order.taxByRate.map { $0?.rate }
        guard rates.count > 1, let place = rates.firstIndex(of: rate),
            let letter = Unicode.Scalar(UInt32(0x41 + place))
        else { return "" }
        return " \(Character(letter))"
    }

    private func minus(_ amount: Money) -> String { (.zero(amount.currency) - amount).displayText }

    private func payment(_ order: Order) -> [String] {
        guard !order.payments.isEmpty else {
            return order.status == .pending ? [paper.pair("Not paid yet", order.total.displayText)] : []
        }
        return order.payments.flatMap { payment in
            var lines = [paper.pair(payment.method.name, (payment.tendered ?? payment.amount).displayText)]
            if let change = payment.change { lines.append(paper.pair("Change", change.displayText)) }
            if let code = payment.approvalCode { lines.append(paper.pair("Approval code", code)) }
            return lines
        }
    }
}
