import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<CountingState> {
    mutating func draw(in body: Rect) {
        let (top, rest) = body.splitTop(1)
        guard state.due != nil else {
            if let error = state.error {
                notice(
                    "What is to be counted could not be loaded",
                    [error.message, "\(keyName(.retry)) tries again"], in: rest, .error)
            } else {
                notice("Looking what is to be counted\(glyphs.ellipsis)", [], in: rest, .textMuted)
            }
            return
        }
        write(
            "Scan the goods, or type a number and Enter \(glyphs.separator) "
                + "\(keyName(.bookCounts)) shows and books what differs", top.x + 2, top.y, .textMuted,
            width: top.width - 4)
        let rows = state.rows
        guard !rows.isEmpty else {
            return notice(
                "Nothing is to be counted",
                ["Nothing was sold beyond the books. A scan counts any product."], in: rest)
        }
        table(rows, in: rest)
    }

    private mutating func table(_ rows: [CountingState.Row], in rect: Rect) {
        let columns = [
            TableColumn(
                "Product", minWidth: 12, idealWidth: BodyGrid.widestName, priority: 9, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("SKU", minWidth: 8, priority: 3),
            TableColumn("Flagged", minWidth: 16, priority: 2),
            TableColumn("Books", minWidth: 7, alignment: .right, priority: 6),
            TableColumn("Counted", minWidth: 7, alignment: .right, priority: 8),
            TableColumn("Differs", minWidth: 7, alignment: .right, priority: 7),
        ]
        let selection = state.selection
        let viewport = ListViewport(
            count: rows.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, zone) = (context, zone)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront
        ) { row, column in
            let row = rows[row]
            switch column {
            case 0: return [TextRun(row.product.name, context.style(.textStrong), cut: .middle)]
            case 1: return [TextRun(row.product.sku ?? "", context.style(.textMuted))]
            case 2:
                return [TextRun(row.since.map { zone.minuteText($0) } ?? "", context.style(.textMuted))]
            case 3:
                let books = row.count?.expected ?? row.product.stock.count ?? 0
                return [TextRun(books.grouped, context.style(books < 0 ? .warning : .text))]
            case 4: return [TextRun(row.count?.counted.grouped ?? "", context.style(.textStrong))]
            default:
                guard let count = row.count else { return [] }
                let sign = count.difference > 0 ? "+" : ""
                return [
                    TextRun(
                        "\(sign)\(count.difference.grouped)",
                        context.style(count.difference == 0 ? .success : .warning))
                ]
            }
        }
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }
}
