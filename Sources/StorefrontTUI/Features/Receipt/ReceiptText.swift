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
        if let number = style.taxNumber { lines.append(paper.center(number)) }
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        if order.status == .pending { lines.append(paper.center(ReceiptPaper.noReceipt)) }
        if let heading = issue.heading { lines.append(paper.center(heading)) }
        if order.isTraining { lines.append(paper.center("*** TRAINING - nothing is sold ***")) }
        lines.append("")
        lines.append(paper.pair(order.isTraining ? "TRAINING" : "Order \(order.id)", time))
        if let invoice = order.invoice {
            lines.append(paper.pair("INVOICE", invoice.number.text))
        }
        if let number = order.number { lines.append(paper.pair("Receipt", number.text)) }
        if let party = order.invoice?.party {
            lines.append("")
            lines += ([party.name] + party.address).flatMap(paper.wrap)
            if let number = party.taxNumber { lines.append(paper.pair("Customer's tax number", number)) }
        } else if let name = order.userName {
            lines.append(paper.fit(name))
        }
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
        let below: [OrderFigure.Kind] = [.tax, .total, .giftCard, .due]
        for figure in order.figures where !below.contains(figure.kind) {
            lines.append(paper.pair(figure.title, figure.amount.displayText))
        }
        if order.taxMode == .added { lines.append(paper.pair(style.taxName, order.tax.displayText)) }
        lines.append(paper.pair("TOTAL", order.total.displayText))
        lines += giftCards(order)
        lines += back(order)
        if !order.rounding.isZero { lines.append(paper.pair("Rounding", order.rounding.displayText)) }
        lines.append("")
        lines += payment(order)
        lines.append("")
        lines += paper.taxTable(
            order.taxFigures, back: order.goodsBack?.taxFigures ?? [], name: style.taxName
        ) { style.marksRates ? mark(of: $0, in: order) : "" }
        lines += exemption(order)
        if let mark = order.journalMark { lines.append(paper.pair("Journal", mark)) }
        let end = order.isTraining ? "*** TRAINING ***" : "Thank you!"
        lines.append(
            paper.center(order.status == .paid ? end : "*** \(order.status.word.uppercased()) ***"))
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
            + (order.invoice?.party.taxNumber == exemption.taxNumber
                ? [] : [paper.pair("Customer's tax number", exemption.taxNumber)])
    }

    /// " A" for the first of several rates, " B" for the next; nothing where there is one alone.
    private func mark(of rate: Rate?, in order: Order) -> String {
        let rates = order.taxByRate.map { $0?.rate }
        guard rates.count > 1, let place = rates.firstIndex(of: rate),
            let letter = Unicode.Scalar(UInt32(0x41 + place))
        else { return "" }
        return " \(Character(letter))"
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
