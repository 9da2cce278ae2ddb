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
    let width: Int

    func lines(_ order: Order, _ style: ReceiptStyle, time: String) -> [String] {
        var lines = [center(style.shopName)] + style.header.map(center)
        if style.isDemo { lines.append(center("DEMO - not a real sale")) }
        lines.append("")
        lines.append(pair("Order \(order.id)", time))
        if let number = order.number { lines.append(pair("Receipt", number.text)) }
        if let name = order.userName { lines.append(fit(name)) }
        lines.append(rule)
        for item in order.items {
            lines += TextWidth.wrap(Sanitizer.harmless(item.productName), width: width)
            lines.append(pair("  \(item.quantity) x \(item.unitPrice.displayText)", item.total.displayText))
            if !item.lineDiscount.isZero { lines.append(pair("  Discount", minus(item.lineDiscount))) }
        }
        lines.append(rule)
        for figure in order.figures where figure.kind != .tax && figure.kind != .total {
            lines.append(pair(figure.title, figure.amount.displayText))
        }
        lines += tax(order)
        lines.append(pair("TOTAL", order.total.displayText))
        if !order.rounding.isZero { lines.append(pair("Rounding", order.rounding.displayText)) }
        lines.append("")
        lines += payment(order)
        lines.append("")
        lines.append(
            center(order.status == .paid ? "Thank you!" : "*** \(order.status.word.uppercased()) ***"))
        return lines + style.footer.map(center)
    }

    /// A line a rate; where there are several, or tax is in the prices, with what it is on or in.
    private func tax(_ order: Order) -> [String] {
        let figures = order.taxByRate
        return figures.map { figure in
            guard let figure else { return pair(order.taxMode.title(of: nil), order.tax.displayText) }
            let title =
                switch order.taxMode {
                case .added where figures.count == 1: order.taxMode.title(of: figure.rate)
                case .added: "\(order.taxMode.title(of: figure.rate)) on \(figure.net.displayText)"
                case .included: "\(order.taxMode.title(of: figure.rate)) in \(figure.gross.displayText)"
                }
            return pair(title, figure.tax.displayText)
        }
    }

    private func minus(_ amount: Money) -> String { (.zero(amount.currency) - amount).displayText }

    private func payment(_ order: Order) -> [String] {
        guard !order.payments.isEmpty else {
            return order.status == .pending ? [pair("Not paid yet", order.total.displayText)] : []
        }
        return order.payments.flatMap { payment in
            var lines = [pair(payment.method.name, (payment.tendered ?? payment.amount).displayText)]
            if let change = payment.change { lines.append(pair("Change", change.displayText)) }
            if let code = payment.approvalCode { lines.append(pair("Approval code", code)) }
            return lines
        }
    }

    private var rule: String { String(repeating: "-", count: width) }

    private func fit(_ text: String) -> String {
        TextWidth.truncate(Sanitizer.harmless(text), to: width, ellipsis: "~")
    }

    private func center(_ text: String) -> String {
        let text = fit(text)
        return String(repeating: " ", count: (width - TextWidth.width(of: text)) / 2) + text
    }

    private func pair(_ left: String, _ right: String) -> String {
        let right = fit(right)
        let room = max(0, width - TextWidth.width(of: right) - 1)
        let left = TextWidth.truncate(Sanitizer.harmless(left), to: room, ellipsis: "~")
        let gap = max(1, width - TextWidth.width(of: left) - TextWidth.width(of: right))
        return left + String(repeating: " ", count: gap) + right
    }
}
