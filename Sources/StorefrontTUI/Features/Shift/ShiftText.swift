import StoreDomain
import StorefrontCore
import TerminalKit

/// An X or Z report as text: for the screen, a file and a printer alike.
public enum ShiftText {
    /// - Parameters:
    ///   - zone: the shop's.
    ///   - issue: which print of it that is.
    ///   - room: columns at most, 24 or more; nil for the whole width of the style's paper.
    public static func lines(
        _ report: ShiftReport, _ style: ReceiptStyle, zone: ShopZone, issue: PaperIssue = .original,
        room: Int? = nil
    ) -> [String] {
        let width = room.map { max(24, min($0, style.width.rawValue)) } ?? style.width.rawValue
        return ReportRows(report: report, zone: zone, issue: issue)
            .rows(shopName: style.shopName, header: style.header, isDemo: style.isDemo)
            .flatMap { line($0, width) }
    }

    private static func line(_ row: ReportRow, _ width: Int) -> [String] {
        switch row {
        case .heading(let text):
            let text = fit(text, width)
            return [String(repeating: " ", count: (width - TextWidth.width(of: text)) / 2) + text]
        case .pair(let label, let figure), .total(let label, let figure): return [pair(label, figure, width)]
        case .note(let text):
            return TextWidth.wrap(Sanitizer.harmless(text), width: width - 2).map { "  \($0)" }
        case .rule: return [String(repeating: "-", count: width)]
        }
    }

    private static func fit(_ text: String, _ width: Int) -> String {
        TextWidth.truncate(Sanitizer.harmless(text), to: width, ellipsis: "~")
    }

    private static func pair(_ left: String, _ right: String, _ width: Int) -> String {
        let right = fit(right, width)
        let room = max(0, width - TextWidth.width(of: right) - 1)
        let left = fit(left, room)
        let gap = max(1, width - TextWidth.width(of: left) - TextWidth.width(of: right))
        return left + String(repeating: " ", count: gap) + right
    }
}
