import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ShiftState> {
    mutating func draw(in body: Rect) {
        switch state.stage {
        case .looking: notice("Looking at the shift\(glyphs.ellipsis)", [], in: body, .textMuted)
        case .failed(let error):
            notice(
                "The shift could not be loaded", [error.screenText, "\(keyName(.retry)) tries again"],
                in: body, .error)
        case .opening(let form):
            page(
                "No shift is open at till \(desk.context.till)",
                ["Count what is in the drawer and open one with it."], form, in: body)
        case .open(let shift, let report): overview(shift, report, in: body)
        case .moving(_, let kind, let form): page(kind.title, [], form, in: body)
        case .counting(let shift, let form): count(shift, form, in: body)
        case .closing(let shift, let outcome, let form):
            page("Close the shift of till \(shift.till)", closingLines(shift, outcome), form, in: body)
        case .report(let report, let isExplained, _):
            if isExplained { explanation(report, in: body) } else { paper(report, in: body) }
        case .earlier(let shifts): earlier(shifts, in: body)
        }
    }

    // MARK: - Forms

    private mutating func page(_ title: String, _ lines: [String], _ form: Form, in body: Rect) {
        let width = min(64, body.width - 4)
        let page = body.centered(
            Size(
                width: width,
                height: min(body.height, 2 + lines.count + 1 + 2 * form.fields.count)))
        write(title, page.x, page.y, .textStrong, width: width)
        var y = page.y + (body.height >= 12 ? 2 : 1)
        for line in lines {
            write(line, page.x, y, .text, width: width)
            y += 1
        }
        if !lines.isEmpty, body.height >= 12 { y += 1 }
        for (index, field) in form.fields.enumerated() where y < body.maxY {
            target(Rect(x: page.x, y: y, width: width, height: 1), .row(index))
            y = formRow(
                field, page, y, label: form.labelWidth, isFocused: index == form.focus, isRevealed: true)
        }
    }

    private func closingLines(_ shift: Shift, _ outcome: CountOutcome?) -> [String] {
        ShiftWords.closing(shift, outcome)
    }

    // MARK: - The open shift

    private mutating func overview(_ shift: Shift, _ report: ShiftReport?, in body: Rect) {
        let grid = BodyGrid(body)
        let column = grid.column(64)
        var y = grid.top.y
        write("Till \(shift.till)", column.x, y, .textStrong, width: column.width)
        y = column.y
        for (label, figure) in ShiftWords.facts(of: shift, report, zone) where y < body.maxY {
            pair(label, figure, column.x, y, width: column.width, .text, figureRole: .price)
            y += 1
        }
        frame.surface.cursor = Point(x: column.x, y: grid.top.y)
    }

    // MARK: - The count

    /// A row for each coin and note; as many as there is room for, the one that has the keys among them.
    private mutating func count(_ shift: Shift, _ form: Form, in body: Rect) {
        let width = min(52, body.width - 4)
        let rows = max(1, min(form.fields.count, body.height - 3))
        let page = body.centered(Size(width: width, height: rows + 3))
        let title = shift.counts.isEmpty ? "What is in the drawer?" : "Counted again: what is in the drawer?"
        write(title, page.x, page.y, .textStrong, width: width)
        let viewport = ListViewport(count: form.fields.count, height: rows, selection: form.focus)
        for (offset, index) in viewport.visible.enumerated() {
            let field = form.fields[index]
            let y = page.y + 1 + offset
            let isFocused = index == form.focus
            target(Rect(x: page.x, y: y, width: width, height: 1), .row(index))
            write(
                field.label, page.x, y, isFocused ? .textStrong : .text, width: 12, align: .right)
            write(glyphs.times, page.x + 13, y, .textMuted)
            self.field(
                field.input, in: Rect(x: page.x + 15, y: y, width: 8, height: 1),
                isFocused: isFocused && isInFront, isWrong: field.problem != nil)
            let sum = value(of: field)
            write(
                field.problem ?? sum?.displayText ?? "", page.x + 25, y,
                field.problem == nil ? .price : .error, width: width - 25, align: .right)
        }
        pair(
            "Counted", form.countedSoFar(currency).displayText, page.x, page.y + rows + 2, width: width,
            .total, figureRole: .total)
    }

    /// nil where nothing is counted.
    private func value(of field: Form.Field) -> Money? {
        guard let denomination = Int64(field.name), let count = Int(field.input.text), count > 0,
            count <= DrawerCount.maximumPieces
        else { return nil }
        return Money(minorUnits: denomination, currency: currency) * count
    }

    // MARK: - Reports

    private mutating func paper(_ report: ShiftReport, in body: Rect) {
        let lines = ShiftText.lines(report, ReceiptStyle(desk), zone: zone, room: body.width - 4)
        let paper = body.centered(
            Size(
                width: min(desk.context.receiptWidth.rawValue, body.width - 4) + 4,
                height: min(body.height, lines.count + 2)))
        frame.surface.fill(paper, style: style(.dialog))
        frame.surface.box(paper, style: style(.dialogBorder))
        let inside = paper.inset(dx: 2, dy: 1)
        let bar = Rect(x: paper.maxX - 1, y: inside.y, width: 1, height: inside.height)
        let skip = scrolled(state.scroll ?? 0, lines: lines.count, visible: inside.height, bar: bar)
        for (offset, line) in lines.dropFirst(skip).prefix(inside.height).enumerated() {
            let isTotal = ShiftWords.totals.contains { line.hasPrefix($0) }
            write(line, inside.x, inside.y + offset, isTotal ? .total : .dialog, width: inside.width)
        }
        frame.surface.cursor = inside.origin
    }

    private mutating func explanation(_ report: ShiftReport, in body: Rect) {
        let figures = report.explained
        let page = body.inset(dx: 2, dy: 0)
        let width = min(78, page.width - 2)
        let lines = figures.flatMap { figure -> [(String, Money?)] in
            [(figure.title, figure.amount)]
                + TextWidth.wrap(figure.derivation, width: width - 2).map { ("  \($0)", nil) }
        }
        let bar = Rect(x: page.x + width + 1, y: page.y, width: 1, height: page.height)
        let skip = scrolled(state.scroll ?? 0, lines: lines.count, visible: page.height, bar: bar)
        for (offset, line) in lines.dropFirst(skip).prefix(page.height).enumerated() {
            if let amount = line.1 {
                pair(
                    line.0, amount.displayText, page.x, page.y + offset, width: width, .textStrong,
                    figureRole: .price)
            } else {
                write(line.0, page.x, page.y + offset, .textMuted, width: width)
            }
        }
        frame.surface.cursor = page.origin
    }

    private mutating func earlier(_ earlier: EarlierShifts, in body: Rect) {
        let shifts = earlier.shifts
        guard !shifts.isEmpty else {
            notice("No shift of this till is closed yet", ["A Z report comes with the closing."], in: body)
            return
        }
        let grid = BodyGrid(body)
        let rect = Rect(
            x: grid.main.x, y: grid.top.y, width: grid.main.width, height: body.maxY - grid.top.y)
        let columns = [
            TableColumn("Number", minWidth: 10, priority: 9),
            TableColumn("Opened", minWidth: 16, priority: 4),
            TableColumn("Closed", minWidth: 16, priority: 8),
            TableColumn("Counted", minWidth: 11, alignment: .right, priority: 6),
            TableColumn("Variance", minWidth: 9, alignment: .right, priority: 7),
        ]
        let selection = earlier.row ?? 0
        let viewport = ListViewport(
            count: shifts.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, zone) = (context, zone)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront
        ) { row, column in
            let shift = shifts[row]
            guard let closing = shift.closing else { return [] }
            switch column {
            case 0: return [TextRun(shift.number?.text ?? "", context.style(.textStrong))]
            case 1: return [TextRun(zone.minuteText(shift.openedAt), context.style(.textMuted))]
            case 2: return [TextRun(zone.minuteText(closing.closedAt), context.style(.text))]
            case 3: return [TextRun(closing.counted.displayText, context.style(.price))]
            default:
                let isRight = closing.variance.isZero
                return [
                    TextRun(closing.variance.displayText, context.style(isRight ? .textMuted : .warning))
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
