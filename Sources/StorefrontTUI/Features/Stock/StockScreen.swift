import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<StockState> {
    mutating func draw(in body: Rect) {
        switch state.stage {
        case .low: low(in: body)
        case .sheet(let sheet): draw(sheet, in: body, isReviewed: false)
        case .costing(let sheet, let form), .naming(let sheet, let form):
            withForm(sheet, form, in: body, isReviewed: false)
        case .refused(_, let file, let problems): refused(file, problems, in: body)
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
        let (top, rest) = body.splitTop(min(body.height, sheet.listName == nil ? 1 : 3))
        write(StockWords.sheet(sheet), top.x + 2, top.y, .textStrong, width: top.width - 4)
        if let list = StockWords.list(sheet) {
            paragraph(
                list,
                in: Rect(x: top.x + 2, y: top.y + 1, width: top.width - 4, height: max(0, top.height - 1)),
                sheet.differences == nil ? .success : .warning)
        }
        guard !sheet.lines.isEmpty else {
            return notice(
                "Scan the first product", ["A number before a scan is how many.", "Enter sets a line."],
                in: rest)
        }
        let shows = isReviewed || sheet.kind != .count(isBlind: true)
        let figures = SheetFigure.all(of: sheet)
        let columns =
            [
                TableColumn("SKU", minWidth: 10, idealWidth: 16, priority: 4),
                TableColumn(
                    "Name", minWidth: 12, idealWidth: 44, priority: 8, grows: true,
                    maxWidth: BodyGrid.widestName),
            ] + figures.map(\.column)
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
            default: break
            }
            switch figures[column - 2] {
            case .books: return [TextRun(shows ? line.expected.grouped : "", context.style(.textMuted))]
            case .listed:
                return [TextRun(line.announced?.grouped ?? "", context.style(.textMuted))]
            case .scanned: return [TextRun(line.quantity.grouped, context.style(.text))]
            case .differs:
                let pieces = sheet.delivery(of: line)?.pieces ?? 0
                return [
                    TextRun(
                        pieces == 0 ? "" : StockWords.signed(pieces),
                        context.style(pieces == 0 ? .text : .warning))
                ]
            case .booked:
                return [
                    TextRun(
                        shows ? StockWords.signed(difference) : "",
                        context.style(difference < 0 ? .warning : .text))
                ]
            case .cost: return [TextRun(line.shownCost?.displayText ?? "", context.style(.price))]
            }
        }
    }

    /// What of the list cannot be taken, line by line.
    private mutating func refused(_ file: String, _ problems: [String], in body: Rect) {
        let (top, rest) = body.splitTop(min(3, body.height))
        write(file, top.x + 2, top.y, .heading, width: top.width - 4, cut: .middle)
        write(
            "It cannot be taken; the delivery is as it was", top.x + 2, top.y + 1, .error,
            width: top.width - 4)
        let bar = Rect(x: body.maxX - 1, y: rest.y, width: 1, height: rest.height)
        let width = max(1, rest.width - 4)
        let lines = problems.flatMap { problem in
            TextWidth.wrap(problem, width: max(1, width - 2)).enumerated().map {
                $0.offset == 0 ? $0.element : "  \($0.element)"
            }
        }
        let skip = scrolled(state.scroll ?? 0, lines: lines.count, visible: rest.height, bar: bar)
        for (offset, line) in lines.dropFirst(skip).prefix(rest.height).enumerated() {
            write(line, rest.x + 2, rest.y + offset, .text, width: width)
        }
        frame.surface.cursor = Point(x: rest.x + 2, y: rest.y)
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

/// A figure of a line of a sheet.
private enum SheetFigure {
    case books, listed, scanned, differs, booked, cost

    /// Those that a sheet has, in their order.
    static func all(of sheet: StockSheet) -> [SheetFigure] {
        switch sheet.kind {
        case .count: [.books, .scanned, .booked]
        case .receiving where sheet.listName == nil: [.books, .scanned, .booked, .cost]
        // What is booked of a delivery is what was scanned.
        case .receiving: [.listed, .scanned, .differs, .books, .cost]
        }
    }

    var column: TableColumn {
        switch self {
        case .books: TableColumn("Books", minWidth: 7, alignment: .right, priority: 6)
        case .listed: TableColumn("List", minWidth: 7, alignment: .right, priority: 7)
        case .scanned: TableColumn("Scanned", minWidth: 7, alignment: .right, priority: 9)
        case .differs: TableColumn("Differs", minWidth: 7, alignment: .right, priority: 10)
        case .booked: TableColumn("Booked", minWidth: 7, alignment: .right, priority: 7)
        case .cost: TableColumn("Cost of one", minWidth: 11, alignment: .right, priority: 5)
        }
    }
}
