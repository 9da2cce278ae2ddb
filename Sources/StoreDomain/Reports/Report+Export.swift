// A report as files for other programs.

extension Report {
    /// One line a row and one with the sum, with exact amounts; comma-separated, quoted where needed.
    public var csv: String {
        let columns = kind.columns
        var header = ["key", kind.rowTitle.lowercased()] + columns.map(\.rawValue)
        if compared != nil { header.append("\(kind.measure.rawValue)_before") }
        var lines = [header]
        for row in rows { lines.append(fields(row.key, row.title, row.figures, row.before)) }
        lines.append(fields("", "Sum", sum, sumBefore))
        return lines.map { $0.map(Report.quoted).joined(separator: ",") + "\n" }.joined()
    }

    private func fields(
        _ key: String, _ title: String, _ figures: SalesFigures, _ before: SalesFigures?
    ) -> [String] {
        var fields = [key, title] + kind.columns.map { machineText($0, of: figures) }
        if compared != nil {
            fields.append(machineText(kind.measure, of: before ?? SalesFigures()))
        }
        return fields
    }

    /// A figure as another program reads it: without sign of the currency or grouping; empty where it is not known.
    public func machineText(_ column: ReportColumn, of figures: SalesFigures) -> String {
        guard let value = column.knownValue(of: figures) else { return "" }
        return switch column.unit {
        case .money: money(value).decimalText
        case .count: String(value)
        case .percent: Self.tenths(value)
        }
    }

    /// What a spreadsheet would take for a formula is made a text.
    private static func quoted(_ field: String) -> String {
        var field = field
        if let first = field.first,
            "=+@\t".contains(first) || (first == "-" && Decimal(machine: field) == nil)
        {
            field = "'" + field
        }
        guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
    }
}
