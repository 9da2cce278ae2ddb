import StoreDomain
import StorefrontCore
import TerminalKit

/// A screen of its own for a product: what of it is in sight, and whether it can be added.
struct FactsPage {
    let scroll: Int
    let canAdd: Bool
}

extension Painter {
    /// Everything about one product in one column: in the shop's pane, and on its own screen.
    ///
    /// - Parameter page: where it can be scrolled, and put into the cart.
    mutating func productFacts(
        _ product: Product, cost: ProductCost? = nil, in rect: Rect, page: FactsPage? = nil
    ) {
        var y = productTitle(product, in: rect) + 1
        y = stock(product, in: rect, y)
        if let page { y = stepper(product, rect, y, canAdd: page.canAdd) }
        y = codes(product, cost: cost, in: rect, y) + 1
        description(
            product, in: Rect(x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y)),
            page: page)
    }

    /// Returns the row below.
    mutating func productTitle(_ product: Product, in rect: Rect) -> Int {
        let y = paragraph(
            product.name, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: min(3, rect.height)),
            .textStrong)
        guard let category = product.category else { return y }
        write(category, rect.x, y, .textMuted, width: rect.width, clip: rect)
        return y + 1
    }

    /// The price, how many there are in words, and as a bar where looking beats reading: full at ten times
    /// what counts as low. Returns the row for what comes next.
    mutating func stock(_ product: Product, in rect: Rect, _ y: Int) -> Int {
        let width = rect.width <= 64 ? rect.width : 44
        write(product.price.displayText, rect.x, y, .total, clip: rect)
        let level = StockLevel(product.stock, policy: desk.context.policy)
        write(
            "\(level.mark(glyphs)) \(level.words)", rect.x, y, level.role, width: width, align: .right,
            clip: rect)
        // What nobody counts has no bar.
        guard rect.height >= 14, let count = product.stock.count else { return y + 2 }
        let full = max(1, desk.context.policy.lowStock) * 10
        let length = count <= 0 ? 0 : max(1, min(count, full) * width / full)
        frame.surface.horizontalLine(
            at: Point(x: rect.x, y: y + 1), length: width, style: style(.border))
        frame.surface.horizontalLine(
            at: Point(x: rect.x, y: y + 1), length: length, style: style(level.role), glyph: glyphs.heavyLine)
        return y + 3
    }

    mutating func stepper(_ product: Product, _ rect: Rect, _ y: Int, canAdd: Bool) -> Int {
        let count = desk.basket.cart.quantity(of: product.id)
        write("In cart", rect.x, y, .textMuted)
        var x = rect.x + 10
        let less = Rect(x: x, y: y, width: 5, height: 1)
        write("[ \(glyphs.minus) ]", x, y, count > 0 ? .textAccent : .disabled)
        target(less, .command(.takeOne))
        write(String(count), x + 6, y, .textStrong, width: 5, align: .center)
        frame.surface.cursor = Point(x: x + 8, y: y)
        x += 12
        write("[ + ]", x, y, canAdd ? .textAccent : .disabled)
        target(Rect(x: x, y: y, width: 5, height: 1), .command(.addOne))
        let amount = "= \((product.price * count).displayText)"
        // In a narrow pane the cart below says it.
        if count > 0, x + 7 + TextWidth.width(of: amount) <= rect.maxX { write(amount, x + 7, y) }
        return y + 2
    }

    @discardableResult
    mutating func codes(_ product: Product, cost: ProductCost? = nil, in rect: Rect, _ y: Int) -> Int {
        var y = y
        let facts: [(String, String?)] =
            [("SKU", product.sku), ("Barcode", product.barcode)]
            + (cost.map(CostWords.facts) ?? []).map { ($0.label, $0.text) }
        for (label, value) in facts {
            guard let value, y < rect.maxY else { continue }
            write(label, rect.x, y, .textMuted)
            write(value, rect.x + 10, y, .text, width: rect.width - 10, clip: rect)
            y += 1
        }
        return y
    }

    mutating func description(_ product: Product, in rect: Rect, page: FactsPage?) {
        guard !product.description.isEmpty, rect.height > 0 else { return }
        let text = Rect(x: rect.x, y: rect.y, width: min(76, rect.width), height: rect.height)
        let lines = TextWidth.wrap(product.description, width: text.width)
        let bar = Rect(x: text.maxX + 1, y: text.y, width: 1, height: text.height)
        let skip =
            page.map { scrolled($0.scroll, lines: lines.count, visible: text.height, bar: bar) } ?? 0
        for (offset, line) in lines.dropFirst(skip).prefix(text.height).enumerated() {
            write(line, text.x, text.y + offset)
        }
    }
}
