import StoreDomain
import StorefrontCore
import TerminalKit

/// Goods with what they come to, in the same columns on every screen that shows them: cart, review, payment, order.
struct Bill {
    struct Line {
        let quantity: Int
        let name: String
        var sku: String?
        let each: Money
        let amount: Money
        /// What was set by hand, behind the name.
        var note: String?
        /// Something has changed since it was added; a banner says what.
        var isMarked = false
    }

    let lines: [Line]
    private let eachWidth: Int
    private let amountWidth: Int
    private let skuWidth: Int

    init(_ lines: [Line]) {
        self.lines = lines
        func widest(_ texts: some Sequence<String>) -> Int {
            texts.reduce(0) { max($0, TextWidth.width(of: $1)) }
        }
        eachWidth = max(8, widest(lines.lazy.map(\.each.displayText)))
        amountWidth = max(9, widest(lines.lazy.map(\.amount.displayText)))
        skuWidth = widest(lines.lazy.compactMap(\.sku))
    }

    enum Column { case quantity, name, sku, each, amount }

    /// Columns without anything in them leave their room to the names.
    var columns: [(id: Column, column: TableColumn)] {
        [
            (.quantity, TableColumn("Qty", minWidth: 4, alignment: .right, priority: 8)),
            (
                .name,
                TableColumn(
                    "Product", minWidth: 12, idealWidth: BodyGrid.idealName, priority: 9, grows: true,
                    maxWidth: BodyGrid.widestName)
            ),
            (
                .sku,
                TableColumn(
                    "SKU", minWidth: min(10, max(6, skuWidth)), idealWidth: min(16, max(6, skuWidth)),
                    priority: 1,
                    room: .leaving(36))
            ),
            (
                .each,
                TableColumn(
                    "Each", minWidth: eachWidth, alignment: .right, priority: 5,
                    room: .leaving(24))
            ),
            (
                .amount,
                TableColumn(
                    "Amount", minWidth: amountWidth, alignment: .right,
                    priority: 7)
            ),
        ].filter { $0.id != .sku || skuWidth > 0 }
    }
}

extension Painter {
    /// Draws the lines in sight, their amounts before the grid's edge.
    ///
    /// - Parameters:
    ///   - rect: rows of the grid's main part, the titles included.
    ///   - viewport: which lines; the selected one has its mark.
    ///   - isMarked: whether a person has marked a line.
    mutating func bill(
        _ bill: Bill, in rect: Rect, _ grid: BodyGrid, viewport: ListViewport, showsHeader: Bool = true,
        isMarked: (_ line: Int) -> Bool = { _ in false }
    ) {
        let area = grid.rows(of: rect)
        let columns = bill.columns
        let layout = TableLayout(
            columns.map(\.column), width: Surface.tableWidth(in: area), measure: grid.measure - 4)
        let context = context
        frame.surface.drawTable(
            columns.map(\.column), in: area, viewport: viewport, context: context.render, layout: layout,
            isFocused: isInFront, showsHeader: showsHeader, isMarked: isMarked
        ) { row, column in
            let line = bill.lines[row]
            switch columns[column].id {
            case .quantity: return [TextRun(String(line.quantity), context.style(.textStrong))]
            case .name:
                let style = context.style(row == viewport.selection ? .textStrong : .text)
                let mark =
                    line.isMarked ? [TextRun("\(context.glyphs.warning) ", context.style(.warning))] : []
                let note = line.note.map { [TextRun("  \($0)", context.style(.textMuted))] } ?? []
                return mark + [TextRun(line.name, style, cut: .middle)] + note
            case .sku: return [TextRun(line.sku ?? "", context.style(.textMuted))]
            case .each: return [TextRun(line.each.displayText, context.style(.textMuted))]
            case .amount: return [TextRun(line.amount.displayText, context.style(.price))]
            }
        }
    }
}

extension Painter {
    /// Draws a bill of which no line is selected, with titles where there are rows for them.
    ///
    /// - Parameter scroll: the first line to show, counted from 0.
    mutating func bill(_ bill: Bill, scrolledTo scroll: Int?, in rect: Rect, _ grid: BodyGrid) {
        let showsHeader = rect.height >= 4
        let visible = Surface.tableRows(in: rect, showsHeader: showsHeader)
        let bar = Rect(x: grid.main.maxX - 1, y: rect.maxY - visible, width: 1, height: visible)
        let first = scrolled(scroll ?? 0, lines: bill.lines.count, visible: visible, bar: bar)
        self.bill(
            bill, in: rect, grid,
            viewport: ListViewport(count: bill.lines.count, height: visible, offset: first),
            showsHeader: showsHeader)
    }
}

extension Painter {
    /// The cart's lines at the prices they were added for; those that have changed since are marked.
    var cartBill: Bill {
        Bill(
            desk.basket.cart.lines.map { line in
                Bill.Line(
                    quantity: line.quantity, name: line.name, sku: line.sku, each: line.unitPrice(currency),
                    amount: line.unitPrice(currency) * line.quantity,
                    isMarked: desk.basket.difference(of: line.id) != nil)
            })
    }

    func bill(of order: Order) -> Bill {
        Bill(
            order.items.map {
                Bill.Line(
                    quantity: $0.quantity, name: $0.productName, sku: $0.sku, each: $0.unitPrice,
                    amount: $0.total)
            })
    }

    /// What was agreed to, with the SKUs that the cart still knows.
    func bill(of price: PriceBreakdown) -> Bill {
        Bill(
            price.lines.map { line in
                Bill.Line(
                    quantity: line.quantity, name: line.name,
                    sku: desk.basket.cart.lines.first { $0.productID == line.productID }?.sku,
                    each: line.unitPrice, amount: line.total)
            })
    }
}
