import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter {
    mutating func product(in body: Rect) {
        guard let product = state.product.product else { return }
        let width = min(92, body.width - 4)
        let page = Rect(
            x: body.x + max(2, (body.width - width) / 2), y: body.y + 1, width: width, height: body.height - 1
        )
        productFacts(product, in: page, isPane: false)
    }

    /// Everything about one product: in the shop's pane and on its own screen.
    mutating func productFacts(_ product: Product, in rect: Rect, isPane: Bool) {
        var y = paragraph(
            product.name, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: min(3, rect.height)),
            .textStrong)
        if let category = product.category {
            write(category, rect.x, y, .textMuted, width: rect.width, clip: rect)
            y += 1
        }
        y += 1
        write(product.price.displayText, rect.x, y, .total, clip: rect)
        let level = StockLevel(stock: product.stock, policy: state.context.policy)
        write(
            "\(level.mark(glyphs)) \(level.words)", rect.x, y, level.role, width: rect.width, align: .right,
            clip: rect)
        if rect.height >= 14 {
            y += 1
            stockBar(level, of: product, in: rect, y)
        }
        y += 2
        if !isPane { y = stepper(product, rect, y) }
        for (label, value) in [("SKU", product.sku), ("Barcode", product.barcode)] {
            guard let value, y < rect.maxY else { continue }
            write(label, rect.x, y, .textMuted)
            write(value, rect.x + 10, y, .text, width: rect.width - 10, clip: rect)
            y += 1
        }
        y += 1
        let text = Rect(x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y))
        guard !product.description.isEmpty, text.height > 0 else { return }
        let lines = TextWidth.wrap(product.description, width: text.width).count
        let bar = Rect(
            x: min(rect.maxX + 1, frame.surface.size.width - 1), y: text.y, width: 1, height: text.height)
        let skip =
            isPane ? 0 : scrolled(state.product.scroll, lines: lines, visible: text.height, bar: bar)
        paragraph(product.description, in: text, .text, skipping: skip)
    }

    /// Full at ten times what counts as low; the words stand above.
    private mutating func stockBar(_ level: StockLevel, of product: Product, in rect: Rect, _ y: Int) {
        let width = min(24, rect.width / 2)
        frame.surface.drawBar(
            value: product.stock, of: max(1, state.context.policy.lowStock) * 10,
            in: Rect(x: rect.maxX - width, y: y, width: width, height: 1), style: style(level.role),
            emptyStyle: style(.chartAxis))
    }

    private mutating func stepper(_ product: Product, _ rect: Rect, _ y: Int) -> Int {
        let count = state.cart.cart.quantity(of: product.id)
        write("In cart", rect.x, y, .textMuted)
        var x = rect.x + 10
        let less = Rect(x: x, y: y, width: 5, height: 1)
        write("[ \(glyphs.isASCII ? "-" : "−") ]", x, y, count > 0 ? .textAccent : .disabled)
        target(less, .command(.takeOne))
        write(String(count), x + 6, y, .textStrong, width: 5, align: .center)
        frame.surface.cursor = Point(x: x + 8, y: y)
        x += 12
        write("[ + ]", x, y, state.availability(of: .addOne).isEnabled ? .textAccent : .disabled)
        target(Rect(x: x, y: y, width: 5, height: 1), .command(.addOne))
        if count > 0 {
            let amount = PricedLine(name: product.name, unitPrice: product.price, quantity: count).total
            write("= \(amount.displayText)", x + 7, y, .text, clip: rect)
        }
        return y + 2
    }
}
