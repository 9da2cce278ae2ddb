import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ProductsState> {
    mutating func draw(in body: Rect) {
        switch state.stage {
        case .list: list(in: body)
        case .editing(let form): page(form, in: body)
        case .conflict(let conflict): draw(conflict, in: body)
        case .history(let product, let changes): history(product, changes, in: body)
        case .pricing(let pricing): draw(pricing, in: body)
        }
    }

    // MARK: - The list

    private mutating func list(in body: Rect) {
        guard let page = state.page else {
            if let error = state.error {
                notice(
                    "The products could not be loaded", [error.screenText, "\(keyName(.retry)) tries again"],
                    in: body, .error)
            } else {
                notice("Loading the products\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        let (top, rest) = body.splitTop(1)
        write(
            "\(ProductsWords.heading(state)) \(glyphs.separator) \(keyName(.findProducts)) finds", top.x + 2,
            top.y, .textMuted, width: top.width - 4)
        guard !page.products.isEmpty else {
            let what =
                state.sought.isEmpty && !state.showsArchived
                ? "\(keyName(.newProduct)) adds the first one." : "\(keyName(.back)) shows what is sold."
            return notice("No products", [what], in: rest)
        }
        let columns = [
            TableColumn("SKU", minWidth: 10, idealWidth: 16, priority: 5),
            TableColumn(
                "Name", minWidth: 12, idealWidth: 44, priority: 9, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Category", minWidth: 10, idealWidth: 20, priority: 4),
            TableColumn("Stock", minWidth: 7, alignment: .right, priority: 6),
            TableColumn("Price", minWidth: 10, alignment: .right, priority: 8),
        ]
        let (context, products) = (context, page.products)
        table(columns, count: products.count, selection: state.list.row(of: products.count) ?? 0, in: rest) {
            row, column in
            let product = products[row]
            switch column {
            case 0: return [TextRun(product.sku ?? "", context.style(.textMuted))]
            case 1: return [TextRun(product.name, context.style(.textStrong))]
            case 2: return [TextRun(product.category ?? "", context.style(.textMuted))]
            case 3:
                return [TextRun(product.stock.count?.grouped ?? "not kept", context.style(.text))]
            default: return [TextRun(product.price.displayText, context.style(.price))]
            }
        }
    }

    // MARK: - The form

    /// A line for each field, as many as there is room for, the one that has the keys among them; what is wrong with
    /// that one below.
    private mutating func page(_ form: ProductForm, in body: Rect) {
        let width = min(76, body.width - 4)
        let rows = max(1, min(form.form.fields.count, body.height - 4))
        let page = body.centered(Size(width: width, height: min(body.height, rows + 4)))
        write(ProductsWords.title(of: form), page.x, page.y, .textStrong, width: width, cut: .middle)
        fields(form.form, in: Rect(x: page.x, y: page.y + 2, width: width, height: rows))
        let foot = page.y + 2 + rows
        if form.isBusy {
            write("Saving\(glyphs.ellipsis)", page.x, foot, .info, width: width)
        } else if let problem = form.form.focused.problem ?? form.error {
            paragraph(
                "\(glyphs.cross) \(problem)",
                in: Rect(x: page.x, y: foot, width: width, height: max(0, body.maxY - foot)), .error)
        } else if let cost = form.cost {
            write(ProductsWords.cost(cost), page.x, foot, .textMuted, width: width)
        }
    }

    private mutating func fields(_ form: Form, in rect: Rect) {
        let label = form.labelWidth + 2
        let viewport = ListViewport(count: form.fields.count, height: rect.height, selection: form.focus)
        for (offset, index) in viewport.visible.enumerated() {
            let field = form.fields[index]
            let y = rect.y + offset
            let isFocused = index == form.focus
            target(Rect(x: rect.x, y: y, width: rect.width, height: 1), .row(index))
            if field.problem != nil { write(glyphs.cross, rect.x, y, .error) }
            write(
                field.label, rect.x + 2, y, isFocused ? .textStrong : .text, width: max(0, label - 3))
            self.field(
                field.input, in: Rect(x: rect.x + label, y: y, width: rect.width - label, height: 1),
                isFocused: isFocused && isInFront, placeholder: field.placeholder,
                isWrong: field.problem != nil)
        }
    }

    // MARK: - Somebody else changed it

    private mutating func draw(_ conflict: ProductConflict, in body: Rect) {
        let inside = Rect(x: body.x + 2, y: body.y, width: body.width - 4, height: body.height)
        write(
            "\(glyphs.warning) Somebody has changed \(conflict.now.name) meanwhile", inside.x, inside.y,
            .warning, width: inside.width, cut: .middle)
        write(
            conflict.rows.isEmpty
                ? "What you typed does not touch it: \(keyName(.saveProduct)) saves."
                : "\(keyName(.open)) takes the other one, \(keyName(.saveProduct)) saves.",
            inside.x, inside.y + 1, .textMuted, width: inside.width)
        guard !conflict.rows.isEmpty else { return }
        let columns = [
            TableColumn("Field", minWidth: 11, priority: 9),
            TableColumn("Was", minWidth: 10, idealWidth: 16, priority: 4),
            TableColumn(
                "Theirs", minWidth: 10, idealWidth: 24, priority: 8, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Yours", minWidth: 10, idealWidth: 20, priority: 7),
            TableColumn("Saved", minWidth: 6, priority: 9),
        ]
        let (context, rows) = (context, conflict.rows)
        table(
            columns, count: rows.count, selection: conflict.list.row(of: rows.count) ?? 0,
            in: Rect(x: body.x, y: body.y + 3, width: body.width, height: max(0, body.height - 3))
        ) { row, column in
            let line = rows[row]
            switch column {
            case 0: return [TextRun(line.field.label, context.style(.textStrong))]
            case 1: return [TextRun(line.before, context.style(.textMuted))]
            case 2: return [TextRun(line.theirs, context.style(line.takesTheirs ? .textStrong : .textMuted))]
            case 3:
                return [
                    TextRun(
                        line.isContested ? line.mine : "(untouched)",
                        context.style(line.takesTheirs ? .textMuted : .textStrong))
                ]
            default: return [TextRun(line.takesTheirs ? "theirs" : "yours", context.style(.text))]
            }
        }
    }

    // MARK: - Prices

    private mutating func history(_ product: Product, _ changes: [PriceChange], in body: Rect) {
        let inside = Rect(x: body.x + 2, y: body.y, width: min(body.width - 4, 100), height: body.height)
        write(product.name, inside.x, inside.y, .heading, width: inside.width, cut: .middle)
        pair(
            "Price now", product.price.displayText, inside.x, inside.y + 1, width: min(inside.width, 40),
            .total)
        let area = Rect(
            x: inside.x, y: inside.y + 3, width: inside.width, height: max(0, inside.height - 3))
        let lines = changes.map { ProductsWords.change($0, zone) }
        guard !lines.isEmpty else {
            write("It has had no other price.", area.x, area.y, .textMuted, width: area.width)
            return
        }
        let bar = Rect(x: body.maxX - 1, y: area.y, width: 1, height: area.height)
        let skip = scrolled(state.scroll ?? 0, lines: lines.count, visible: area.height, bar: bar)
        for (offset, line) in lines.dropFirst(skip).prefix(area.height).enumerated() {
            write(line, area.x, area.y + offset, .text, width: area.width)
        }
        frame.surface.cursor = area.origin
    }

    private mutating func draw(_ pricing: PriceChanging, in body: Rect) {
        switch pricing {
        case .asking(let goods, let form):
            let width = min(64, body.width - 4)
            let page = body.centered(Size(width: width, height: min(body.height, 10)))
            write("New prices for \(goods.words)", page.x, page.y, .textStrong, width: width, cut: .middle)
            fields(form, in: Rect(x: page.x, y: page.y + 2, width: width, height: form.fields.count))
            if let problem = form.focused.problem {
                let y = page.y + 3 + form.fields.count
                paragraph(
                    "\(glyphs.cross) \(problem)",
                    in: Rect(x: page.x, y: y, width: width, height: max(0, body.maxY - y)), .error)
            }
        case .preview(let draft, let plan, let list): preview(draft, plan, list, in: body)
        case .batches(let batches, let list): self.batches(batches, list, in: body)
        }
    }

    private mutating func preview(
        _ draft: PriceBatchDraft, _ plan: PricePlan, _ list: List, in body: Rect
    ) {
        let (top, rest) = body.splitTop(1)
        write(
            ProductsWords.preview(draft, plan, zone), top.x + 2, top.y, .textStrong, width: top.width - 4,
            cut: .middle)
        guard !plan.lines.isEmpty else {
            return notice("No price changes", ["They are what the rule makes of them."], in: rest)
        }
        let columns = [
            TableColumn("SKU", minWidth: 10, idealWidth: 16, priority: 4),
            TableColumn(
                "Name", minWidth: 12, idealWidth: 44, priority: 7, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Old", minWidth: 10, alignment: .right, priority: 8),
            TableColumn("New", minWidth: 10, alignment: .right, priority: 9),
        ]
        let (context, lines) = (context, plan.lines)
        table(columns, count: lines.count, selection: list.row(of: lines.count) ?? 0, in: rest) {
            row, column in
            let line = lines[row]
            switch column {
            case 0: return [TextRun(line.sku ?? "", context.style(.textMuted))]
            case 1: return [TextRun(line.name, context.style(.text))]
            case 2: return [TextRun(line.old.displayText, context.style(.textMuted))]
            default: return [TextRun(line.new.displayText, context.style(.price))]
            }
        }
    }

    private mutating func batches(_ batches: [PriceBatch], _ list: List, in body: Rect) {
        guard !batches.isEmpty else {
            return notice("No price batches", ["No prices were changed together."], in: body)
        }
        let columns = [
            TableColumn("When", minWidth: 16, priority: 8),
            TableColumn("What", minWidth: 12, idealWidth: 30, priority: 9, grows: true),
            TableColumn("Prices", minWidth: 6, alignment: .right, priority: 6),
            TableColumn("Standing", minWidth: 35, priority: 7),
        ]
        let (context, zone) = (context, zone)
        table(columns, count: batches.count, selection: list.row(of: batches.count) ?? 0, in: body) {
            row, column in
            let batch = batches[row]
            switch column {
            case 0: return [TextRun(zone.minuteText(batch.at), context.style(.textMuted))]
            case 1: return [TextRun(batch.title, context.style(.textStrong))]
            case 2: return [TextRun(batch.count.grouped, context.style(.text))]
            default:
                return [TextRun(batch.standing(in: zone), context.style(.textMuted))]
            }
        }
    }
}
