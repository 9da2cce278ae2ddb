import StoreDomain
import StorefrontCore
import TerminalKit

/// Goods and what they come to where there is no room for a bill.
extension Painter {
    /// What was bought, a line each, and what it comes to: as much as there is room for.
    ///
    /// - Parameter showsLatest: when not all fit, the last ones are shown, else the first ones.
    mutating func summary(
        _ lines: [SummaryLine], sums: [Figure], in rect: Rect, showsLatest: Bool = false
    ) {
        let room = rect.height - sums.count
        guard room > 0 else { return }
        let count = lines.count > room ? max(0, room - 1) : lines.count
        var y = rect.y
        let hidden = lines.count - count
        if hidden > 0, showsLatest {
            write("\(hidden) more above", rect.x, y, .textMuted, width: rect.width)
            y += 1
        }
        for line in showsLatest ? lines.suffix(count) : lines.prefix(count) {
            pair(
                line.label, line.amount.displayText, rect.x, y, width: rect.width, figureRole: .price,
                cut: .middle)
            y += 1
        }
        if hidden > 0, !showsLatest {
            write("\(hidden) more", rect.x, y, .textMuted, width: rect.width)
            y += 1
        }
        figures(
            sums, in: Rect(x: rect.x, y: y, width: rect.width, height: rect.maxY - y), hasRule: false)
    }
}

/// One line of a summary.
struct SummaryLine {
    let label: String
    let amount: Money
}

extension Painter {
    /// The cart's lines at the prices they were added for.
    var cartSummary: [SummaryLine] { summary(of: cartBill) }

    func summary(of bill: Bill) -> [SummaryLine] {
        bill.lines.map {
            SummaryLine(label: "\($0.quantity) \(glyphs.times) \($0.name)", amount: $0.amount)
        }
    }
}
