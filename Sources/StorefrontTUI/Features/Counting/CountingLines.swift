import StoreDomain
import StorefrontCore

extension Teller<CountingState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        guard state.due != nil else {
            guard let error = state.error else { return PlainSheet(title: "To be counted. Loading.") }
            return PlainSheet(
                title: "To be counted. It could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let rows = state.rows
        return PlainSheet(
            title: rows.isEmpty
                ? "To be counted. Nothing was sold beyond the books; a code counts any product."
                : "To be counted: \(rows.count.grouped).",
            lines: rows.enumerated().map { PlainLine(sentence($0.element), number: $0.offset + 1) },
            hint:
                "Type a code to count one, count 1 4 for four of number 1, forget 1 to begin anew, book to book it."
        )
    }

    private func sentence(_ row: CountingState.Row) -> String {
        let books = row.count?.expected ?? row.product.stock.count ?? 0
        return [
            row.product.name, row.product.sku ?? "", row.since.map { "flagged \(timeText($0))" } ?? "",
            "\(books) on the books",
            row.count.map { "\($0.counted) counted, \($0.words)" } ?? "not counted yet",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
