import StoreDomain
import StorefrontCore
import TerminalKit

/// What came back, as a receipt: for the screen, a file and a printer alike.
public enum RefundText {
    /// - Parameters:
    ///   - time: when the money went back, as text in the shop's zone.
    ///   - room: columns at most, 24 or more; nil for the whole width of the style's paper.
    public static func lines(
        _ returned: ReturnsState.Returned, _ style: ReceiptStyle, time: String, room: Int? = nil
    ) -> [String] {
        let width = style.width.rawValue
        let paper = ReceiptPaper(width: room.map { max(24, min($0, width)) } ?? width)
        let (order, refund) = (returned.order, returned.refund)
        var lines = [paper.center(style.shopName)] + style.header.map(paper.center)
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        lines += ["", paper.pair(refund.title, time)]
        lines.append(paper.pair("Of order \(order.id)", order.number.map { "Receipt \($0.text)" } ?? ""))
        if let name = order.userName { lines.append(paper.fit(name)) }
        lines.append(paper.rule)
        for line in refund.lines {
            let name = order.items.first { $0.id == line.itemID }?.productName ?? ""
            lines += paper.wrap(name)
            lines.append(
                paper.pair(
                    "  \(line.quantity) back" + (line.restocks ? "" : ", not for sale again"),
                    line.amount.displayText))
        }
        lines.append(paper.rule)
        let tax = Money.sum(refund.lines.map(\.tax), currency: refund.amount.currency)
        if !tax.isZero { lines.append(paper.pair("Tax in it", tax.displayText)) }
        if !refund.giftCards.isZero {
            lines.append(paper.pair("Gift cards given back", refund.giftCards.displayText))
        }
        if !refund.rounding.isZero {
            lines.append(paper.pair("Sum", refund.amount.displayText))
            lines.append(paper.pair("Rounding", refund.rounding.displayText))
        }
        lines.append(paper.pair("GIVEN BACK", refund.given.displayText))
        lines.append("")
        for tender in refund.tenders {
            lines.append(paper.pair(tender.method.name, tender.amount.displayText))
            if let code = tender.approvalCode { lines.append(paper.pair("Approval code", code)) }
        }
        lines += paper.wrap("Reason: \(refund.reason)")
        return lines + [""] + style.footer.map(paper.center)
    }
}
