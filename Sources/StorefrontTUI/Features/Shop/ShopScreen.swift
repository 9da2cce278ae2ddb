import StoreDomain
import StorefrontCore
import TerminalKit

/// The shared grid with the shop's side bar in its margin.
struct ShopAreas {
    let grid: BodyGrid
    let filter: Rect
    /// Nil in a window whose margin has no room for it.
    let sideBar: Rect?
    let table: Rect
    let pageLine: Rect
    let detail: Rect?

    init(_ body: Rect) {
        grid = BodyGrid(body)
        filter = grid.top
        detail = grid.side
        sideBar = grid.margin.width >= 18 ? grid.margin : nil
        (table, pageLine) = grid.main.splitBottom(1)
    }
}

extension Painter<ShopState> {
    mutating func draw(in body: Rect) {
        let areas = ShopAreas(body)
        filterBar(in: areas.filter, hasSideBar: areas.sideBar != nil)
        if let bar = areas.sideBar { sideBar(in: bar) }
        productTable(in: areas.table, areas.grid)
        pageLine(in: areas.pageLine)
        if let detail = areas.detail { detailPane(in: detail) }
    }

    // MARK: - Filters

    private mutating func filterBar(in rect: Rect, hasSideBar: Bool) {
        let shop = state
        let isFocused = shop.pane == .search && isInFront
        let fieldWidth = min(44, max(16, rect.width * 2 / 5))
        let place = Rect(x: rect.x + 1, y: rect.y, width: fieldWidth, height: 1)
        field(
            shop.search, in: place, isFocused: isFocused,
            placeholder: isFocused
                ? "name, description, SKU, code" : "\(keyName(.search)) search name, SKU, code")
        target(place, .pane(.search))

        let category = shop.category ?? "All categories"
        let sort = shop.sort.title(searching: !shop.query.words.isEmpty)
        var x = place.maxX + 2
        let room = rect.maxX - 1
        if !hasSideBar, x + 8 < room {
            let label = TextWidth.truncate(
                category, to: max(4, min(22, room - x - 20)), ellipsis: glyphs.ellipsis)
            x = filterLabel(.category, label, isSet: shop.category != nil, x, rect.y, room: room)
        }
        _ = filterLabel(.sort, sort, isSet: shop.sort != .automatic, x, rect.y, room: room)
    }

    /// The key that changes a filter and what it is set to; returns where the next one may stand.
    private mutating func filterLabel(
        _ command: Command, _ label: String, isSet: Bool, _ x: Int, _ y: Int, room: Int
    ) -> Int {
        let key = anyKeyName(command)
        let width = TextWidth.width(of: key) + 1 + TextWidth.width(of: label)
        guard x + width <= room else { return x }
        let start = x + write(key, x, y, .keyOnPage) + 1
        write(label, start, y, isSet ? .textStrong : .textMuted)
        target(Rect(x: x, y: y, width: width, height: 1), .command(command))
        return x + width + 3
    }

    private mutating func sideBar(in rect: Rect) {
        let shop = state
        let hasFocus = shop.pane == .categories
        let list = Rect(x: rect.x, y: rect.y + 1, width: rect.width - 2, height: rect.height - 1)
        write("Categories", rect.x + 2, rect.y, .heading, width: list.width - 2)
        let entries = [CategoryCount(name: "All", count: shop.totalCount)] + shop.categories
        let selected = shop.categorySelection
        let viewport = ListViewport(count: entries.count, height: list.height, selection: selected)
        for (line, index) in viewport.visible.enumerated() {
            let row = Rect(x: list.x, y: list.y + line, width: list.width, height: 1)
            let isSelected = index == selected
            if isSelected {
                ground(row, isFocused: hasFocus)
                if hasFocus { frame.surface.cursor = Point(x: row.x + 2, y: row.y) }
            }
            let count = entries[index].count.grouped
            write(
                entries[index].name, row.x + 2, row.y, isSelected ? .textStrong : .text,
                width: row.width - count.count - 4)
            write(count, row.x, row.y, .textMuted, width: row.width - 1, align: .right)
            if isSelected { mark(row, isFocused: hasFocus) }
            target(row, .category(index))
        }
        frame.surface.verticalLine(
            at: Point(x: rect.maxX - 1, y: rect.y), length: rect.height, style: style(.border))
    }

    // MARK: - Table

    private mutating func productTable(in rect: Rect, _ grid: BodyGrid) {
        let shop = state
        guard let page = shop.page else {
            if let error = shop.error {
                notice(
                    "The products could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: rect, .error)
            } else {
                notice("Loading products\(glyphs.ellipsis)", [], in: rect, .textMuted)
            }
            return
        }
        guard !page.products.isEmpty else {
            emptyShop(in: rect)
            return
        }
        // Stock in words where there is room for them.
        let hasWords = grid.measure >= Self.widthForWords
        let columns = productColumns(hasWords: hasWords)
        let layout = TableLayout(
            columns.map(\.1), width: Surface.tableWidth(in: rect), measure: grid.measure - 4)
        let viewport = ListViewport(
            count: page.products.count, height: Surface.tableRows(in: rect), selection: shop.selection)
        let (desk, context) = (desk, context)
        let headings = frame.surface.drawTable(
            columns.map(\.1), in: rect, viewport: viewport, context: context.render, layout: layout,
            isFocused: shop.pane == .table && isInFront,
            position: ListPosition(first: page.firstRow - 1, count: page.total.value)
        ) { row, column in
            let product = page.products[row]
            let isSelected = row == shop.selection
            switch columns[column].0 {
            case .name:
                return [
                    TextRun(product.name, context.style(isSelected ? .textStrong : .text), cut: .middle)
                ]
            case .sku: return [TextRun(product.sku ?? "", context.style(.textMuted))]
            case .category: return [TextRun(product.category ?? "", context.style(.textMuted))]
            case .price: return [TextRun(product.price.displayText, context.style(.price))]
            case .stock:
                let level = StockLevel(product.stock, policy: desk.context.policy)
                return [
                    TextRun(hasWords ? level.columnText : level.shortText, context.style(level.columnRole))
                ]
            case .inCart:
                let count = desk.basket.cart.quantity(of: product.id)
                return count == 0
                    ? [] : [TextRun("\(context.glyphs.times)\(count)", context.style(.textAccent))]
            }
        }
        for heading in headings {
            if let sort = sort(after: columns[heading.column].0) {
                target(heading.place, .choice(.sort(sort)))
            }
        }
        let firstRow = rect.y + 1
        for (line, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: firstRow + line, width: rect.width, height: 1), .row(row))
        }
        if shop.pane == .table, isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: firstRow + shop.selection - viewport.offset)
        }
    }

    /// The order that a click on a column's title leads to; nil where there is none.
    private func sort(after column: ProductColumn) -> ProductSort? {
        switch column {
        case .name: state.sort.afterNameTitle
        case .price: state.sort.afterPriceTitle
        case .sku, .category, .stock, .inCart: nil
        }
    }

    /// A column's title, with an arrow where the products are sorted by it.
    private func title(_ title: String, _ column: ProductColumn) -> String {
        switch (column, state.sort) {
        case (.name, .name), (.price, .priceUp): "\(title) \(glyphs.up)"
        case (.price, .priceDown): "\(title) \(glyphs.down)"
        case (_, _): title
        }
    }

    private static let widthForWords = 60

    /// Columns without anything in them leave their room to the names: the category where one is chosen, the cart
    /// while it is empty. It comes with the first product and stays from page to page, so that nothing jumps there.
    private func productColumns(hasWords: Bool) -> [(ProductColumn, TableColumn)] {
        let hasCart = !desk.basket.cart.isEmpty
        let hasCodes = state.page?.products.contains { $0.sku != nil } ?? false
        let words = TextWidth.width(of: StockLevel.low(desk.context.policy.lowStock).words)
        let longestCategory = state.categories.map { TextWidth.width(of: $0.name) }.max() ?? 10
        // Before words take room from them, names are no wider than beside the words.
        let nameWidth =
            hasWords ? BodyGrid.widestName : Self.widthForWords - 4 - 11 - words - 2 - (hasCart ? 7 : 0)
        let columns: [(ProductColumn, TableColumn)?] = [
            (
                .name,
                TableColumn(
                    title("Product", .name), minWidth: 12, idealWidth: min(nameWidth, BodyGrid.idealName),
                    priority: 9, grows: true,
                    maxWidth: nameWidth)
            ),
            hasCodes
                ? (.sku, TableColumn("SKU", minWidth: 10, idealWidth: 16, priority: 2, room: .rest)) : nil,
            state.category == nil
                ? (
                    .category,
                    TableColumn(
                        "Category", minWidth: 10, idealWidth: min(18, longestCategory), priority: 3,
                        room: .leaving(32))
                ) : nil,
            (
                .price,
                TableColumn(
                    title("Price", .price), minWidth: 9, alignment: .right, priority: 8)
            ),
            (.stock, TableColumn("Stock", minWidth: hasWords ? words : 7, alignment: .right, priority: 7)),
            hasCart
                ? (
                    .inCart,
                    TableColumn("Cart", minWidth: 5, alignment: .right, priority: 6, room: .leaving(16))
                ) : nil,
        ]
        return columns.compactMap { $0 }
    }

    private mutating func emptyShop(in rect: Rect) {
        let shop = state
        if shop.hasFilters {
            let what =
                shop.search.isEmpty
                ? "No products here" : "Nothing matches \u{201C}\(shop.search.text)\u{201D}"
            let place = shop.category.map { " in \($0)" } ?? ""
            notice(
                what + place,
                [
                    shop.pane == .search
                        ? "Fewer letters find more. \(keyName(.back)) clears the search."
                        : "Fewer letters find more. \(keyName(.clearFilters)) shows all products again."
                ], in: rect)
        } else {
            notice(
                "The shop has no products yet",
                [
                    "storefront product import FILE brings in a catalogue, storefront product add a single one. "
                        + "\(keyName(.retry)) looks again"
                        + (desk.isFresh ? ", \(keyName(.back)) goes back to the choices." : ".")
                ], in: rect)
        }
    }

    private mutating func pageLine(in rect: Rect) {
        guard let page = state.page, !page.products.isEmpty else { return }
        let total = page.total.value.grouped + (page.total.isExact ? "" : "+")
        let rows = "\(page.firstRow.grouped)–\(page.lastRow.grouped) of \(total)"
        let pages = page.total.pages(perPage: page.perPage).map { " of \($0.grouped)" } ?? ""
        let text = "\(rows) \(glyphs.separator) page \(page.number.grouped)\(pages)"
        write(text, rect.x + 2, rect.y, .textMuted, width: rect.width - 3)
    }

    // MARK: - Detail

    private mutating func detailPane(in rect: Rect) {
        let inside = sidePane(rect)
        guard let product = state.selected else { return }
        let (upper, lower) = inside.splitBottom(cartPreviewRows(in: inside))
        productFacts(product, in: upper)
        cartPreview(in: lower)
    }
}

private enum ProductColumn { case name, sku, category, price, stock, inCart }
