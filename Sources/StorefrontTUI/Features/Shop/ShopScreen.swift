import StoreDomain
import StorefrontCore
import TerminalKit

/// The shared grid with the shop's side bar, from 110 columns, at its left.
struct ShopAreas {
    let filter: Rect
    let sideBar: Rect?
    let table: Rect
    let pageLine: Rect
    let detail: Rect?

    init(_ body: Rect) {
        let grid = BodyGrid(body)
        filter = grid.top
        detail = grid.side
        var rest = grid.main
        if body.width >= 110 {
            let (bar, right) = rest.splitLeft(body.width >= 160 ? 28 : 22)
            sideBar = bar
            rest = right
        } else {
            sideBar = nil
        }
        (table, pageLine) = rest.splitBottom(1)
    }
}

extension Painter<ShopState> {
    mutating func draw(in body: Rect) {
        let areas = ShopAreas(body)
        filterBar(in: areas.filter)
        if let bar = areas.sideBar { sideBar(in: bar) }
        productTable(in: areas.table)
        pageLine(in: areas.pageLine)
        if let detail = areas.detail { detailPane(in: detail) }
    }

    // MARK: - Filters

    private mutating func filterBar(in rect: Rect) {
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
        if ShopAreas(rect).sideBar == nil, x + 8 < room {
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

    private mutating func productTable(in rect: Rect) {
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
        let isNarrow = rect.width < 60
        var columns: [(ProductColumn, TableColumn)] = [
            (
                .name,
                TableColumn("Product", minWidth: isNarrow ? 14 : 18, idealWidth: 40, priority: 9, grows: true)
            ),
            (.category, TableColumn("Category", minWidth: 10, idealWidth: 18, priority: 1)),
            (.price, TableColumn("Price", minWidth: 9, idealWidth: 10, alignment: .right, priority: 8)),
            (.stock, TableColumn("Stock", minWidth: isNarrow ? 7 : 12, alignment: .right, priority: 7)),
            (.inCart, TableColumn("Cart", minWidth: 5, alignment: .right, priority: 6)),
        ]
        // Names come first: only where they have room does it go to more.
        if rect.width >= 110 {
            columns.insert((.sku, TableColumn("SKU", minWidth: 10, idealWidth: 16, priority: 2)), at: 1)
        }
        let viewport = ListViewport(
            count: page.products.count, height: Surface.tableRows(in: rect), selection: shop.selection)
        let (desk, context) = (desk, context)
        frame.surface.drawTable(
            columns.map(\.1), in: rect, viewport: viewport, context: context.render,
            isFocused: shop.pane == .table && isInFront,
            position: ListPosition(first: page.firstRow - 1, count: page.total.value)
        ) { row, column in
            let product = page.products[row]
            let isSelected = row == shop.selection
            switch columns[column].0 {
            case .name: return [TextRun(product.name, context.style(isSelected ? .textStrong : .text))]
            case .sku: return [TextRun(product.sku ?? "", context.style(.textMuted))]
            case .category: return [TextRun(product.category ?? "", context.style(.textMuted))]
            case .price: return [TextRun(product.price.displayText, context.style(.price))]
            case .stock:
                let level = StockLevel(product.stock, policy: desk.context.policy)
                return [
                    TextRun(isNarrow ? level.shortText : level.columnText, context.style(level.columnRole))
                ]
            case .inCart:
                let count = desk.basket.cart.quantity(of: product.id)
                return count == 0
                    ? [] : [TextRun("\(context.glyphs.times)\(count)", context.style(.textAccent))]
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
