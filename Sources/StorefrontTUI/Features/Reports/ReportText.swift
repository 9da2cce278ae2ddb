import StoreDomain
import TerminalKit

/// A report as text, for a file and for the shell.
public enum ReportText {
    /// Title, table and sum; the columns stand below each other.
    public static func lines(_ report: Report) -> [String] {
        let columns = report.kind.columns
        var table = [[report.kind.rowTitle] + columns.map(\.title)]
        if report.compared != nil { table[0] += ["\(report.kind.measure.title) before", "Change"] }
        for row in report.rows {
            table.append(cells(row.title, row.figures, row.before, report))
        }
        table.append(cells("Sum", report.sum, report.sumBefore, report))
        let widths = table[0].indices.map { column in
            table.map { TextWidth.width(of: $0[column]) }.max() ?? 0
        }
        let lines = table.map { line($0, widths) }
        let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * (widths.count - 1))
        return ["\(report.kind.title), \(report.spanText)", "", lines[0], rule]
            + lines.dropFirst().dropLast() + [rule] + lines.suffix(1)
    }

    private static func cells(
        _ title: String, _ figures: SalesFigures, _ before: SalesFigures?, _ report: Report
    ) -> [String] {
        let measure = report.kind.measure
        var cells =
            [Sanitizer.harmless(title)] + report.kind.columns.map { report.text($0, of: figures) }
        if report.compared != nil {
            cells.append(report.text(measure, of: before ?? SalesFigures()))
            cells.append(report.change(measure, figures, from: before) ?? "")
        }
        return cells
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = TextWidth.pad(cells[0], to: widths[0], align: .left)
        for (cell, width) in zip(cells, widths).dropFirst() {
            line += "  " + TextWidth.pad(cell, to: width, align: .right)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
