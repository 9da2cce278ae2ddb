import StoreDomain
import TerminalKit

extension ReceiptPaper {
    /// What is printed before it is paid says so.
    static let noReceipt = "TO PAY, NOT A RECEIPT"

    /// Rate, net, tax and gross, a line a rate; where paper is narrow, in two lines a rate.
    ///
    /// - Parameter back: the same of goods that came back, below zero.
    func taxTable(_ figures: [TaxFigure], back: [TaxFigure] = []) -> [String] {
        guard !figures.isEmpty || !back.isEmpty else { return [] }
        let isNarrow = width < 38
        let head =
            isNarrow
            ? [fit("Tax"), columns(["Net", "Tax", "Gross"])] : [columns(["Tax", "Net", "Tax", "Gross"])]
        return head + figures.flatMap { row($0, sign: 1, isNarrow) }
            + back.flatMap { row($0, sign: -1, isNarrow) }
    }

    private func row(_ figure: TaxFigure, sign: Int, _ isNarrow: Bool) -> [String] {
        let amounts = [figure.net, figure.tax, figure.gross].map { ($0 * sign).displayText }
        let name = (sign < 0 ? "Back " : "") + figure.rate.percentText
        return isNarrow ? [fit(name), columns(amounts)] : [columns([name] + amounts)]
    }

    /// The first at the left, the others at the right of columns of one width.
    private func columns(_ texts: [String]) -> String {
        guard let last = texts.indices.last else { return "" }
        let each = width / texts.count
        return texts.enumerated().map { index, text in
            let room = index == last ? width - each * last : each
            let text = TextWidth.truncate(text, to: room - (index == 0 ? 0 : 1), ellipsis: "~")
            let gap = String(repeating: " ", count: max(0, room - TextWidth.width(of: text)))
            return index == 0 && texts.count > 3 ? text + gap : gap + text
        }.joined()
    }
}
