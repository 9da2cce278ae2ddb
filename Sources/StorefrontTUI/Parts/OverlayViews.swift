import StoreDomain
import StorefrontCore
import TerminalKit

extension Overlay {
    /// The frame with this overlay in front.
    func drawn(in body: Rect, over screen: ScreenKind, by edges: Painter<AppState>) -> Frame {
        switch self {
        case .help(let help): edges.painting(help) { $0.draw(in: body, over: screen) }
        case .picker(let picker): edges.painting(picker) { $0.draw(in: body) }
        case .prompt(let prompt): edges.painting(prompt) { $0.draw(in: body) }
        case .confirm(let confirm): edges.painting(confirm) { $0.draw(in: body) }
        case .explain(let scroll): edges.painting(self) { $0.explanation(from: scroll, in: body) }
        case .about: edges.painting(self) { $0.about(in: body) }
        }
    }
}

extension Painter<Overlay> {
    fileprivate mutating func explanation(from scroll: Int, in body: Rect) {
        let steps = desk.basket.quote?.steps ?? []
        let width = min(78, body.width - 2)
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: min(body.height, steps.count * 2 + 3)),
            title: "How each figure came about",
            in: body, context: context.render)
        let visible = max(1, inside.height / 2)
        let bar = Rect(x: inside.maxX, y: inside.y, width: 1, height: inside.height)
        let first = scrolled(scroll, lines: steps.count, visible: visible, bar: bar)
        for (offset, step) in steps.dropFirst(first).prefix(visible).enumerated() {
            let y = inside.y + offset * 2
            let isTotal = if case .total = step { true } else { false }
            pair(
                step.title, step.amount?.displayText ?? "", inside.x, y, width: inside.width,
                isTotal ? .total : .text, figureRole: isTotal ? .total : .price)
            write(step.derivation(in: zone), inside.x + 2, y + 1, .textMuted, width: inside.width - 2)
        }
        frame.surface.cursor = inside.origin
    }

    fileprivate mutating func about(in body: Rect) {
        let facts = [
            ("storefront", desk.context.version), ("Shop", desk.context.policy.shopName),
            ("Store", desk.context.storePath.isEmpty ? desk.context.storeLabel : desk.context.storePath),
            ("Tax", desk.taxText),
            ("Theme", desk.context.theme),
        ]
        let (_, inside) = frame.surface.drawPanel(
            Size(width: min(72, body.width - 2), height: facts.count + 4), title: "About", in: body,
            context: context.render)
        for (offset, fact) in facts.enumerated() {
            write(fact.0, inside.x, inside.y + 1 + offset, .textMuted, width: 12)
            write(fact.1, inside.x + 13, inside.y + 1 + offset, .text, width: inside.width - 13)
        }
        frame.surface.cursor = inside.origin
    }
}
