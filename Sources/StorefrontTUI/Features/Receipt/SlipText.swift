import StoreDomain
import StorefrontCore
import TerminalKit

/// What is to be paid for a sale that is not paid yet, for a printer. It is no receipt, and says so at both ends.
public enum SlipText {
    /// - Parameter room: columns at most, 24 or more; nil for the whole width of the style's paper.
    public static func lines(_ slip: SaleSlip, _ style: ReceiptStyle, room: Int? = nil) -> [String] {
        let width = style.width.rawValue
        let paper = ReceiptPaper(width: room.map { max(24, min($0, width)) } ?? width)
        var lines = [paper.center(style.shopName)] + style.header.map(paper.center)
        if style.isDemo { lines.append(paper.center("DEMO - not a real sale")) }
        lines += [paper.center(ReceiptPaper.noReceipt), "", paper.fit("Till \(slip.till)"), paper.rule]
        for line in slip.lines {
            lines += paper.wrap(line.name)
            lines.append(paper.pair("  \(line.quantity) x \(line.each.displayText)", line.amount.displayText))
        }
        for line in slip.back {
            lines += paper.wrap(line.name)
            lines.append(
                paper.pair(
                    "  \(line.quantity) back", (Money.zero(line.amount.currency) - line.amount).displayText))
        }
        lines.append(paper.rule)
        let price = slip.price
        if !price.discount.isZero {
            lines.append(
                paper.pair("Discount", (Money.zero(price.discount.currency) - price.discount).displayText))
        }
        if !price.tax.isZero { lines.append(paper.pair("Tax", price.tax.displayText)) }
        if slip.due.isNegative {
            lines.append(
                paper.pair("TO GIVE BACK", (Money.zero(slip.due.currency) - slip.due).displayText))
        } else {
            lines.append(paper.pair("TO PAY", slip.due.displayText))
            if slip.inCash != slip.due { lines.append(paper.pair("in cash", slip.inCash.displayText)) }
        }
        return lines + ["", paper.center(ReceiptPaper.noReceipt)]
    }
}
