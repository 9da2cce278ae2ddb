import StoreDomain
import StorefrontCore
import TerminalKit

/// What came back without a receipt, as a receipt: for the screen and a printer alike.
public enum LooseReturnText {
    /// - Parameters:
    ///   - time: when it came back, as text in the shop's zone.
    ///   - room: columns at most, 24 or more; nil for the whole width of the style's paper.
    public static func lines(_ taken: LooseReturn, _ style: ReceiptStyle, time: String, room: Int? = nil)
        -> [String]
    {
        let width = style.width.rawValue
        let paper = ReceiptPaper(width: room.map { max(24, min($0, width)) } ?? width)
        var lines = [paper.center(style.shopName)] + style.header.map(paper.center)
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        lines += ["", paper.pair("Return \(taken.number.text)", time), paper.fit("Without a receipt")]
        lines += paper.wrap(taken.name)
        lines.append(paper.rule)
        for line in taken.lines {
            lines += paper.wrap(line.name)
            lines.append(
                paper.pair(
                    "  \(line.quantity) back" + (line.restocks ? "" : ", not for sale again"),
                    line.amount.displayText))
        }
        lines.append(paper.rule)
        let tax = Money.sum(taken.lines.map(\.tax), currency: taken.amount.currency)
        if !tax.isZero { lines.append(paper.pair("Tax in it", tax.displayText)) }
        if !taken.rounding.isZero {
            lines.append(paper.pair("Sum", taken.amount.displayText))
            lines.append(paper.pair("Rounding", taken.rounding.displayText))
        }
        lines.append(paper.pair("GIVEN FOR IT", taken.given.displayText))
        lines.append("")
        for tender in taken.tenders {
            lines.append(paper.pair(tender.method.name, tender.amount.displayText))
            if let code = tender.approvalCode { lines.append(paper.pair("Approval code", code)) }
        }
        if let card = taken.card {
            lines.append(
                paper.pair(
                    "  now on \(card.lastFour.map { "\u{2026}\($0)" } ?? "it")", card.balance.displayText))
        }
        if let code = taken.code { lines.append(paper.center(code.printed)) }
        lines += paper.wrap("Reason: \(taken.reason)")
        return lines + [""] + style.footer.map(paper.center)
    }
}
