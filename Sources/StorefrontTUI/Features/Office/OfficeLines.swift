import StoreDomain
import StorefrontCore

extension Teller<OfficeState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        let title = state.page.title
        guard let table = state.table(desk) else {
            guard let error = state.error else { return PlainSheet(title: "\(title). Loading.") }
            return PlainSheet(
                title: "\(title). It could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let what = state.sought.map { ", found by \u{201C}\($0)\u{201D}" } ?? ""
        return PlainSheet(
            title: "\(title)\(what)\(part): \(table.rows.count.grouped).",
            lines: table.rows.enumerated().map { PlainLine(line($0.element, table), number: $0.offset + 1) },
            hint: hint)
    }

    /// Which chain, which role, which versions.
    private var part: String {
        switch state.content {
        case .rights(let roles):
            roles.indices.contains(state.column) ? ", role \(roles[state.column].name)" : ""
        case .journal(_, let chain, _): ", chain \(chain)"
        case .settings: state.showsHistory ? ", the versions" : ""
        case .people, .discounts, nil: ""
        }
    }

    private func line(_ row: OfficeTable.Row, _ table: OfficeTable) -> String {
        // Of the rights, those of the role that is chosen.
        let places = table.selectedColumn.map { [0, $0] } ?? Array(table.columns.indices)
        return places.compactMap { place in
            let text =
                switch row.cells[place] {
                case .text(let text): text
                case .moment(let moment): moment.map(timeText) ?? ""
                case .standing(let discount): discount.standing(in: zone)
                }
            guard !text.isEmpty else { return nil }
            return place == 0 ? text : "\(table.columns[place].title) \(text)"
        }.joined(separator: ", ")
    }

    private var hint: String {
        switch state.page {
        case .people: "Type a number for that person\u{2019}s role; new and an e-mail adds somebody."
        case .rights: "Type a number to change that right; next goes to another role."
        case .settings:
            "Type a number to change that rule; history tells what was; country sets a country\u{2019}s."
        case .discounts:
            "Type a number for that code\u{2019}s days, end and a number to end it; new and a code adds one, such as new SPRING10 10% min 50 until 2026-12-31."
        case .journal: "Type verify to check it; next goes to another chain; find and words narrow it."
        }
    }
}
