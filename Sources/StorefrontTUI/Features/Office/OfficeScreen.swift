import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<OfficeState> {
    mutating func draw(in body: Rect) {
        guard let table = state.table(desk) else {
            if let error = state.error {
                return notice(
                    "This could not be loaded", [error.message, "\(keyName(.retry)) tries again"], in: body,
                    .error)
            }
            return notice("Loading\(glyphs.ellipsis)", [], in: body, .textMuted)
        }
        let (top, rest) = body.splitTop(1)
        write(headline, top.x + 2, top.y, .textMuted, width: top.width - 4)
        guard !table.rows.isEmpty else {
            return notice(state.sought == nil ? "Nothing here yet" : "No row has these words", [], in: rest)
        }
        let notes = notes(of: table, width: rest.width - 4, most: max(0, rest.height / 3))
        let height = rest.height - (notes.isEmpty ? 0 : notes.count + 1)
        draw(table, in: Rect(x: rest.x, y: rest.y, width: rest.width, height: height))
        for (offset, line) in notes.enumerated() {
            write(line, rest.x + 2, rest.y + height + 1 + offset, .textMuted, width: rest.width - 4)
        }
    }

    /// What shows, and how it is narrowed.
    private var headline: String {
        var parts: [String] = []
        switch state.content {
        case .rights(let roles):
            if roles.indices.contains(state.column) { parts.append("Role \(roles[state.column].name)") }
        case .journal(_, let chain, let chains):
            if !chains.isEmpty {
                parts.append("Chain \(chain), one of \(chains.count); the latest first")
            }
        case .settings(let versions):
            parts.append(
                state.showsHistory
                    ? "What the rules were" : "Version \(versions.first?.number ?? 0) of the rules")
        case .people, .discounts, nil: break
        }
        if let sought = state.sought { parts.append("found by \u{201C}\(sought)\u{201D}") }
        return parts.joined(separator: " \(glyphs.separator) ")
    }

    /// What else there is to say of the selected row.
    private func notes(of table: OfficeTable, width: Int, most: Int) -> [String] {
        guard let row = state.selected(desk), !row.note.isEmpty else { return [] }
        return Array(TextWidth.wrap(row.note, width: width).prefix(most))
    }

    /// Names stay near what belongs to them; texts take what room there is.
    private var widestCell: Int {
        switch state.content {
        case .people, .rights, .discounts: BodyGrid.widestName
        case .settings, .journal, nil: .max
        }
    }

    private mutating func draw(_ table: OfficeTable, in rect: Rect) {
        let widest = widestCell
        let columns = table.columns.map { column in
            TableColumn(
                column.title, minWidth: column.width,
                idealWidth: column.ideal ?? (column.grows ? 2 * column.width : nil),
                alignment: column.isRight ? .right : .left, priority: column.priority, grows: column.grows,
                maxWidth: widest)
        }
        let selection = state.selectedRow(desk) ?? 0
        let (context, zone) = (context, zone)
        self.table(columns, count: table.rows.count, selection: selection, in: rect) { row, column in
            let entry = table.rows[row]
            let text =
                switch entry.cells[column] {
                case .text(let text): text
                case .moment(let moment): moment.map { zone.minuteText($0) } ?? ""
                case .standing(let discount): discount.standing(in: zone)
                }
            let role: ThemeRole =
                entry.isOver
                ? .disabled : column == table.selectedColumn ?? 0 ? .textStrong : .text
            return [TextRun(text, context.style(role), cut: .middle)]
        }
    }
}
