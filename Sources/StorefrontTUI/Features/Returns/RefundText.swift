import StoreDomain
import StorefrontCore
import TerminalKit

/// What came back, as a receipt: for the screen, a file and a printer alike.
public enum RefundText {
    /// - Parameters:
    ///   - time: when the money went back, as text in the shop's zone.
    ///   - issue: which print of it that is.
    ///   - room: columns at most, 24 or more; nil for the whole width of the style's paper.
    public static func lines(
        _ returned: ReturnsState.Returned, _ style: ReceiptStyle, time: String,
        issue: PaperIssue = .original, room: Int? = nil
    ) -> [String] {
        let width = style.width.rawValue
        let paper = ReceiptPaper(width: room.map { max(24, min($0, width)) } ?? width)
        let (order, refund) = (returned.order, returned.refund)
        var lines = [paper.center(style.shopName)] + style.header.map(paper.center)
        if let number = style.taxNumber { lines.append(paper.center(number)) }
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        if let heading = issue.heading { lines.append(paper.center(heading)) }
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
        lines.append("")
        lines += paper.taxTable(GoodsBack(refund, of: order).taxFigures, name: style.taxName)
        if let exemption = order.exemption {
            lines += paper.wrap("No tax: \(exemption.reason)")
            lines.append(paper.pair("Customer's tax number", exemption.taxNumber))
        }
        if let mark = refund.journalMark { lines.append(paper.pair("Journal", mark)) }
        return lines + [""] + style.footer.map(paper.center)
    }
}
