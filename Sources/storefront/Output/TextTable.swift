import TerminalKit

/// Lines up cells by the columns they take on a terminal. Rows come in batches; a column that had to grow
/// stays that wide.
struct TextTable {
    struct Column {
        let title: String
        let alignment: TextAlignment

        init(_ title: String, _ alignment: TextAlignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    private let columns: [Column]
    private var widths: [Int]
    private var isHeaderDue = true

    init(_ columns: [Column]) {
        self.columns = columns
        widths = columns.map { TextWidth.width(of: $0.title) }
    }

    /// The lines of the next rows, the header before the first of them.
    mutating func lines(_ rows: [[String]]) -> String {
        let rows = rows.map { $0.map { Sanitizer.harmless($0) } }
        for row in rows {
            for (index, cell) in row.enumerated() {
                widths[index] = max(widths[index], TextWidth.width(of: cell))
            }
        }
        var text = isHeaderDue ? line(columns.map(\.title)) : ""
        isHeaderDue = false
        for row in rows { text += line(row) }
        return text
    }

    private func line(_ cells: [String]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            line += TextWidth.pad(cell, to: widths[index], align: columns[index].alignment)
            if index < cells.count - 1 { line += "  " }
        }
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }
}
