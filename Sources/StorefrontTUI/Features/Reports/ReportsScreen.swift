import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ReportsState> {
    /// Beside each other from so many columns on.
    private static var wide: Int { 110 }

    mutating func draw(in body: Rect) {
        guard let report = state.report else {
            if let error = state.error {
                notice(
                    "The report could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: body, .error)
            } else {
                notice("Adding up\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        let (top, rest) = body.splitTop(3)
        head(of: report, in: top)
        guard !report.rows.isEmpty else {
            return notice(
                "Nothing in these days", ["\(keyName(.reportDays)) asks for others"], in: rest, .textMuted)
        }
        guard body.width < Self.wide else { return besideEachOther(report, in: rest) }
        if state.prefersChart { chart(of: report, in: rest) } else { table(of: report, in: rest) }
    }

    /// The days, and what they come to.
    private mutating func head(of report: Report, in rect: Rect) {
        write(
            "\(report.kind.title) \(glyphs.separator) \(report.spanText)", rect.x + 2, rect.y, .heading,
            width: rect.width - 4)
        let totals = report.totals.map { "\($0.title) \($0.text)" }
        let line = totals.joined(separator: "  ")
        write(line, rect.x + 2, rect.y + 1, .textStrong, width: rect.width - 4)
        let left = rect.x + 4 + TextWidth.width(of: line)
        if let sparkline = report.sparkline, rect.maxX - left > 8 {
            let room = min(sparkline.values.count, 40, rect.maxX - left - 2)
            frame.surface.drawSparkline(
                sparkline, in: Rect(x: left, y: rect.y + 1, width: room, height: 1), style: style(.chartBar))
        }
    }

    private mutating func besideEachOther(_ report: Report, in rect: Rect) {
        let (left, right) = rect.splitLeft(rect.width * 5 / 8)
        let viewport = table(of: report, in: left)
        let pane = Rect(x: right.x + 1, y: right.y, width: right.width - 3, height: right.height)
        let bars = report.bars
        frame.surface.drawLegend(bars, in: pane.splitTop(1).0, context: context.render)
        // Each bar stands beside its row.
        let rows = Rect(x: pane.x, y: pane.y + 1, width: pane.width, height: viewport.height)
        frame.surface.drawBars(
            bars, from: viewport.offset, in: rows, showsLabels: false, context: context.render)
        let used = min(report.rows.count, viewport.height) + 2
        guard let map = report.heatMap, pane.height - used >= map.rows.count + 1 else { return }
        frame.surface.drawHeatMap(
            map, in: Rect(x: pane.x, y: pane.y + used, width: pane.width, height: map.rows.count + 1),
            context: context.render)
    }

    private mutating func chart(of report: Report, in rect: Rect) {
        var area = Rect(x: rect.x + 2, y: rect.y, width: rect.width - 4, height: rect.height)
        if let map = report.heatMap, area.height >= map.rows.count + 5 {
            let (above, below) = area.splitTop(map.rows.count + 2)
            frame.surface.drawHeatMap(map, in: above, context: context.render)
            area = below
        }
        let bars = report.bars
        let (legend, rows) = area.splitTop(1)
        frame.surface.drawLegend(bars, in: legend, context: context.render)
        let viewport = ListViewport(
            count: report.rows.count, height: rows.height, selection: state.selectedRow(desk) ?? 0)
        frame.surface.drawBars(
            bars, from: viewport.offset, in: rows, showsLabels: true, context: context.render)
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rows.x, y: rows.y + offset, width: rows.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: rows.x, y: rows.y + (viewport.selection ?? 0) - viewport.offset)
        }
    }

    /// The rows, and their sum in the last line.
    @discardableResult
    private mutating func table(of report: Report, in rect: Rect) -> ListViewport {
        let (body, foot) = rect.splitTop(max(0, rect.height - 1))
        let figures = report.kind.columns
        let columns = Self.columns(of: report)
        let viewport = ListViewport(
            count: report.rows.count, height: Surface.tableRows(in: body),
            selection: state.selectedRow(desk) ?? 0)
        let layout = TableLayout(columns, width: Surface.tableWidth(in: body))
        let context = context
        func cell(
            _ column: Int, _ title: String, _ values: SalesFigures, _ before: SalesFigures?,
            _ role: ThemeRole
        ) -> [TextRun] {
            switch column {
            case 0: return [TextRun(title, context.style(role), cut: .middle)]
            case 1...figures.count:
                let figure = figures[column - 1]
                return [
                    TextRun(
                        report.text(figure, of: values),
                        context.style(figure == report.kind.measure ? .price : role))
                ]
            case figures.count + 1:
                return [
                    TextRun(
                        report.text(report.kind.measure, of: before ?? SalesFigures()),
                        context.style(.textMuted))
                ]
            default:
                return [
                    TextRun(
                        report.change(report.kind.measure, values, from: before) ?? "",
                        context.style(.textMuted))
                ]
            }
        }
        frame.surface.drawTable(
            columns, in: body, viewport: viewport, context: context.render, layout: layout,
            isFocused: isInFront
        ) { row, column in
            let row = report.rows[row]
            return cell(column, row.title, row.figures, row.before, .text)
        }
        for place in layout.placed {
            frame.surface.write(
                cell(place.index, "Sum", report.sum, report.sumBefore, .textStrong),
                at: Point(x: foot.x + 2 + place.x, y: foot.y), width: place.width,
                align: columns[place.index].alignment)
        }
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: body.x, y: body.y + 1 + offset, width: body.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(
                x: body.x + 2, y: body.y + 1 + (viewport.selection ?? 0) - viewport.offset)
        }
        return viewport
    }

    /// The figure that the chart shows stays longest; a title is cut only when it is longer than most.
    private static func columns(of report: Report) -> [TableColumn] {
        let figures = report.kind.columns
        let ideal = 26
        let widest = report.rows.prefix(200).map { TextWidth.width(of: $0.title) }.max() ?? 0
        var columns = [
            TableColumn(
                report.kind.rowTitle, minWidth: min(max(widest, 12), ideal), idealWidth: ideal, priority: 20,
                grows: true)
        ]
        for (index, figure) in figures.enumerated() {
            columns.append(
                TableColumn(
                    figure.title,
                    minWidth: max(figure.isMoney ? 11 : 7, TextWidth.width(of: figure.title)),
                    alignment: .right,
                    priority: index + 1 == figures.count ? 19 : figure.isMoney ? 5 + index : 4))
        }
        if report.compared != nil {
            columns.append(TableColumn("Before", minWidth: 11, alignment: .right, priority: 17))
            columns.append(TableColumn("Change", minWidth: 7, alignment: .right, priority: 16))
        }
        return columns
    }
}
