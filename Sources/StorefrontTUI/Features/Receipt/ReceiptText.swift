import StoreDomain
import StorefrontCore
import TerminalKit

/// A paid order as a receipt: for the screen, a file and a printer alike.
public enum ReceiptText {
    /// - Parameters:
    ///   - time: when it was sold, as text in the shop's zone.
    ///   - issue: which print of it that is.
    ///   - room: columns at most, 24 or more; nil for the whole width of the style's paper.
    public static func lines(
        _ order: Order, _ style: ReceiptStyle, time: String, issue: PaperIssue = .original, room: Int? = nil
    ) -> [String] {
        let width = style.width.rawValue
        return ReceiptWriter(width: room.map { max(24, min($0, width)) } ?? width)
            .lines(order, style, time: time, issue: issue)
    }
}

private struct ReceiptWriter {
    let paper: ReceiptPaper

    init(width: Int) { paper = ReceiptPaper(width: width) }

    func lines(_ order: Order, _ style: ReceiptStyle, time: String, issue: PaperIssue) -> [String] {
        var lines = [paper.center(style.shopName)] + style.header.map(paper.center)
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        if order.status == .pending { lines.append(paper.center(ReceiptPaper.noReceipt)) }
        if let heading = issue.heading { lines.append(paper.center(heading)) }
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
        for figure in order.figures where figure.kind != .tax && figure.kind != .total {
            lines.append(paper.pair(figure.title, figure.amount.displayText))
        }
        if order.taxMode == .added { lines.append(paper.pair("Tax", order.tax.displayText)) }
        lines.append(paper.pair("TOTAL", order.total.displayText))
        lines += back(order)
        if !order.rounding.isZero { lines.append(paper.pair("Rounding", order.rounding.displayText)) }
        lines.append("")
        lines += payment(order)
        lines.append("")
        lines += paper.taxTable(order.taxFigures, back: order.goodsBack?.taxFigures ?? [])
        lines += exemption(order)
        if let mark = order.journalMark { lines.append(paper.pair("Journal", mark)) }
        lines.append(
            paper.center(order.status == .paid ? "Thank you!" : "*** \(order.status.word.uppercased()) ***"))
        return lines + style.footer.map(paper.center)
    }

    /// Goods of an earlier sale, what they are worth, and the one amount of the document.
    private func back(_ order: Order) -> [String] {
        guard let back = order.goodsBack else { return [] }
        let of = back.number.map { "receipt \($0.text)" } ?? "order \(back.orderID)"
        var lines = ["", paper.fit("Back, of \(of)")]
        for line in back.lines {
            lines += paper.wrap(line.name)
            let place = line.restocks ? "" : ", not for sale again"
            lines.append(paper.pair("  \(line.quantity) back\(place)", minus(line.amount)))
        }
        lines.append(paper.rule)
        lines.append(paper.pair("Back in all", minus(back.given)))
        let due = order.total - back.given
        lines.append(
            due.isNegative ? paper.pair("GIVEN BACK", minus(due)) : paper.pair("TO PAY", due.displayText))
        return lines
    }

    private func exemption(_ order: Order) -> [String] {
        guard let exemption = order.exemption else { return [] }
        return paper.wrap("No tax: \(exemption.reason)")
            + [paper.pair("Customer's tax number", exemption.taxNumber)]
    }

    private func minus(_ amount: Money) -> String { (.zero(amount.currency) - amount).displayText }

    private func payment(_ order: Order) -> [String] {
        guard !order.payments.isEmpty else {
            return order.status == .pending ? [paper.pair("Not paid yet", order.total.displayText)] : []
        }
        let handedOut = order.goodsBack?.handedOut.flatMap { tender in
            [paper.pair("Back by \(tender.method.name)", tender.amount.displayText)]
                + (tender.approvalCode.map { [paper.pair("Approval code", $0)] } ?? [])
        }
        return (handedOut ?? [])
            + order.tendered.flatMap { payment in
                var lines = [
                    paper.pair(payment.method.name, (payment.tendered ?? payment.amount).displayText)
                ]
                if let change = payment.change { lines.append(paper.pair("Change", change.displayText)) }
                if let code = payment.approvalCode { lines.append(paper.pair("Approval code", code)) }
                return lines
            }
    }
}
