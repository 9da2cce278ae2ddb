import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<StockState> {
    mutating func draw(in body: Rect) {
        switch state.stage {
        case .low: low(in: body)
        case .sheet(let sheet): draw(sheet, in: body, isReviewed: false)
        case .costing(let sheet, let form): withForm(sheet, form, in: body, isReviewed: false)
        case .review(let sheet, let form): withForm(sheet, form, in: body, isReviewed: true)
        case .explained(let explanation): draw(explanation, in: body)
        case .adjusting(let explanation, let kind, let form): adjusting(explanation, kind, form, in: body)
        }
    }

    // MARK: - What runs low

    private mutating func low(in body: Rect) {
        guard let low = state.low else {
            if let error = state.error {
                notice(
                    "The stock could not be loaded", [error.screenText, "\(keyName(.retry)) tries again"],
                    in: body, .error)
            } else {
                notice("Loading the stock\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        let (top, rest) = body.splitTop(1)
        write(StockWords.low(low, desk.policy), top.x + 2, top.y, .textMuted, width: top.width - 4)
        guard !low.isEmpty else {
            return notice(
                "There is enough of everything", ["\(keyName(.receiveStock)) books a delivery."], in: rest)
        }
        let columns = [
            TableColumn("SKU", minWidth: 10, idealWidth: 16, priority: 4),
            TableColumn(
                "Name", minWidth: 12, idealWidth: 44, priority: 9, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Left", minWidth: 6, alignment: .right, priority: 8),
            TableColumn("Sold", minWidth: 6, alignment: .right, priority: 6),
            TableColumn("Order", minWidth: 6, alignment: .right, priority: 7),
        ]
        let (context, mark) = (context, desk.policy.lowStock)
        table(columns, count: low.count, selection: state.selection, in: rest) { row, column in
            let line = low[row]
            switch column {
            case 0: return [TextRun(line.product.sku ?? "", context.style(.textMuted))]
            case 1: return [TextRun(line.product.name, context.style(.textStrong))]
            case 2: return [TextRun(line.product.stock.count?.grouped ?? "", context.style(.warning))]
            case 3: return [TextRun(line.sold.grouped, context.style(.text))]
            default: return [TextRun(line.proposal(low: mark).grouped, context.style(.text))]
            }
        }
    }

    // MARK: - A delivery, a count

    private mutating func draw(_ sheet: StockSheet, in body: Rect, isReviewed: Bool) {
        let (top, rest) = body.splitTop(1)
        write(StockWords.sheet(sheet), top.x + 2, top.y, .textStrong, width: top.width - 4)
        guard !sheet.lines.isEmpty else {
            return notice(
                "Scan the first product", ["A number before a scan is how many.", "Enter sets a line."],
                in: rest)
        }
        let shows = isReviewed || sheet.kind != .count(isBlind: true)
        let columns =
            [
                TableColumn("SKU", minWidth: 10, idealWidth: 16, priority: 4),
                TableColumn(
                    "Name", minWidth: 12, idealWidth: 44, priority: 8, grows: true,
                    maxWidth: BodyGrid.widestName),
                TableColumn("Books", minWidth: 7, alignment: .right, priority: 6),
                TableColumn("Scanned", minWidth: 7, alignment: .right, priority: 9),
                TableColumn("Booked", minWidth: 7, alignment: .right, priority: 7),
            ]
            + (sheet.kind == .receiving
                ? [TableColumn("Cost of one", minWidth: 11, alignment: .right, priority: 5)] : [])
        let context = context
        table(
            columns, count: sheet.lines.count, selection: sheet.list.row(of: sheet.lines.count) ?? 0, in: rest
        ) {
            row, column in
            let line = sheet.lines[row]
            let difference = sheet.difference(of: line)
            switch column {
            case 0: return [TextRun(line.product.sku ?? "", context.style(.textMuted))]
            case 1: return [TextRun(line.product.name, context.style(.textStrong))]
            case 2: return [TextRun(shows ? line.expected.grouped : "", context.style(.textMuted))]
            case 3: return [TextRun(line.quantity.grouped, context.style(.text))]
            case 5: return [TextRun(line.cost?.displayText ?? "", context.style(.price))]
            default:
                return [
                    TextRun(
                        shows ? StockWords.signed(difference) : "",
                        context.style(difference < 0 ? .warning : .text))
                ]
            }
        }
    }

    private mutating func withForm(_ sheet: StockSheet, _ form: Form, in body: Rect, isReviewed: Bool) {
        let foot = min(3, body.height)
        draw(
            sheet, in: Rect(x: body.x, y: body.y, width: body.width, height: body.height - foot),
            isReviewed: isReviewed)
        let y = body.maxY - foot
        self.form(form, in: Rect(x: body.x + 2, y: y + 1, width: min(76, body.width - 4), height: 2))
    }

    private mutating func form(_ form: Form, in rect: Rect) {
        var y = rect.y
        for (index, field) in form.fields.enumerated() where y < rect.maxY {
            target(Rect(x: rect.x, y: y, width: rect.width, height: 1), .row(index))
            y = formRow(
                field, rect, y, label: form.labelWidth, isFocused: index == form.focus, isRevealed: true)
        }
    }

    // MARK: - One product

    private mutating func draw(_ explanation: StockExplanation, in body: Rect) {
        let inside = Rect(x: body.x + 2, y: body.y, width: min(body.width - 4, 100), height: body.height)
        write(explanation.product.name, inside.x, inside.y, .heading, width: inside.width, cut: .middle)
        write(StockWords.stock(explanation), inside.x, inside.y + 1, .total, width: inside.width)
        let area = Rect(
            x: inside.x, y: inside.y + 3, width: inside.width, height: max(0, inside.height - 3))
        let lines = StockWords.lines(explanation, zone)
        let bar = Rect(x: body.maxX - 1, y: area.y, width: 1, height: area.height)
        let skip = scrolled(state.scroll ?? 0, lines: lines.count, visible: area.height, bar: bar)
        for (offset, line) in lines.dropFirst(skip).prefix(area.height).enumerated() {
            write(line, area.x, area.y + offset, .text, width: area.width)
        }
        frame.surface.cursor = area.origin
    }

    private mutating func adjusting(
        _ explanation: StockExplanation, _ kind: StockMovementKind, _ form: Form, in body: Rect
    ) {
        let width = min(64, body.width - 4)
        let page = body.centered(Size(width: width, height: min(body.height, 7)))
        write(
            "\(kind == .loss ? "Loss" : "Correction") of \(explanation.product.name)", page.x, page.y,
            .textStrong, width: width, cut: .middle)
        write(StockWords.stock(explanation), page.x, page.y + 1, .textMuted, width: width)
        self.form(form, in: Rect(x: page.x, y: page.y + 3, width: width, height: 4))
    }
}
