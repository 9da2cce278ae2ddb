import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<Picker> {
    mutating func draw(in body: Rect) {
        let picker = state
        let hasFilter = picker.hasFilter
        let items = picker.matches
        // A low window has no blank row below the filter.
        let filterRows = hasFilter ? body.height < 16 ? 1 : 2 : 0
        let edges = 2 + filterRows
        let width = min(picker.purpose.width, body.width - 2)
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: max(items.count, 1) + edges), title: picker.title, in: body,
            anchor: Size(width: width, height: max(picker.items.count, 1) + edges),
            context: context.render)
        var list = inside
        if hasFilter {
            field(
                picker.filter, in: Rect(x: inside.x, y: inside.y, width: inside.width, height: 1),
                isFocused: true,
                placeholder: "type to narrow down")
            list = inside.splitTop(filterRows).rest
        }
        guard !items.isEmpty else {
            write("Nothing matches", list.x, list.y, .textMuted)
            return
        }
        let labelWidth = items.map { TextWidth.width(of: $0.label) }.max() ?? 0
        let viewport = ListViewport(count: items.count, height: list.height, selection: picker.selection)
        for (offset, index) in viewport.visible.enumerated() {
            let item = items[index]
            let row = Rect(x: list.x, y: list.y + offset, width: list.width, height: 1)
            let isSelected = index == picker.selection
            if isSelected {
                ground(row)
                if !hasFilter { frame.surface.cursor = Point(x: row.x + 2, y: row.y) }
            }
            let role: ThemeRole = item.disabledReason == nil ? (isSelected ? .textStrong : .text) : .disabled
            write(item.label, row.x + 2, row.y, role, width: row.width - 3)
            if !item.detail.isEmpty {
                let x = row.x + 2 + min(labelWidth, row.width / 2) + 2
                let keyText = key(of: item)
                write(keyText, row.x, row.y, .keyOnPage, width: row.width - 1, align: .right)
                let room = row.maxX - 2 - x - TextWidth.width(of: keyText)
                let isCount = item.detail.allSatisfy(\.isNumber)
                // A few cells of a sentence say nothing.
                if isCount || room >= min(16, TextWidth.width(of: item.detail)) {
                    write(item.detail, x, row.y, .textMuted, width: room, align: isCount ? .right : .left)
                }
            }
            if isSelected { mark(row) }
            target(row, .row(index))
        }
        frame.surface.drawScrollBar(
            in: Rect(x: list.maxX, y: list.y, width: 1, height: list.height), count: items.count,
            offset: viewport.offset, visible: list.height, context: context.render)
    }

    private func key(of item: Picker.Item) -> String {
        guard case .command(let command) = item.choice else { return "" }
        return anyKeyName(command)
    }
}

extension Picker.Purpose {
    fileprivate var width: Int {
        switch self {
        case .commands, .qa, .faults: 76
        case .categories: 44
        case .sorts, .statuses: 30
        case .themes, .refundMethods: 36
        case .products, .parkedSales, .customers: 60
        case .macros: 72
        case .countries, .office: 36
        case .tenders: 40
        case .reasons: 46
        }
    }
}
