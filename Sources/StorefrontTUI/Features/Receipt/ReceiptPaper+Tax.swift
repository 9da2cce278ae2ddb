import StoreDomain
import TerminalKit

extension ReceiptPaper {
    /// What is printed before it is paid says so.
    static let noReceipt = "TO PAY, NOT A RECEIPT"

    /// Rate, net, tax and gross, a line a rate; where paper is narrow, in two lines a rate.
    ///
    /// - Parameters:
    ///   - back: the same of goods that came back, below zero.
    ///   - name: what the tax is called.
    ///   - mark: what lines of a rate have behind their amounts.
    func taxTable(
        _ figures: [TaxFigure], back: [TaxFigure] = [], name: String, mark: (Rate) -> String = { _ in "" }
    ) -> [String] {
        guard !figures.isEmpty || !back.isEmpty else { return [] }
        let isNarrow = width < 38
        let head =
            isNarrow
            ? [fit(name), columns(["Net", name, "Gross"])] : [columns([name, "Net", name, "Gross"])]
        return head + figures.flatMap { row($0, sign: 1, isNarrow, mark($0.rate)) }
            + back.flatMap { row($0, sign: -1, isNarrow, mark($0.rate)) }
    }

    private func row(_ figure: TaxFigure, sign: Int, _ isNarrow: Bool, _ mark: String) -> [String] {
        let amounts = [figure.net, figure.tax, figure.gross].map { ($0 * sign).displayText }
        let name = (sign < 0 ? "Back " : "") + figure.rate.percentText + mark
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
