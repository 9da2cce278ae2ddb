import StoreDomain
import StorefrontCore
import TerminalKit

extension Overlay {
    /// Paints this overlay in front.
    func draw(in body: Rect, by edges: inout Painter<AppState>) {
        switch self {
        case .help(let help):
            let screen = edges.state.screen
            edges.painting(help) { $0.draw(in: body, over: screen) }
        case .picker(let picker): edges.painting(picker) { $0.draw(in: body) }
        case .prompt(let prompt): edges.painting(prompt) { $0.draw(in: body) }
        case .confirm(let confirm): edges.painting(confirm) { $0.draw(in: body) }
        case .explain(let scroll): edges.painting(self) { $0.explanation(from: scroll, in: body) }
        case .reckoning(let reckoning, let scroll):
            edges.painting(reckoning) { $0.draw(from: scroll, in: body) }
        case .about(let scroll): edges.painting(self) { $0.about(from: scroll, in: body) }
        case .pointing(let pointing): edges.painting(pointing) { $0.draw() }
        }
    }
}

extension Painter<Reckoning> {
    private enum Line {
        case figure(Reckoning.Row)
        case how(String)
    }

    /// What each figure is, and below it how it came about.
    fileprivate mutating func draw(from scroll: Int, in body: Rect) {
        let width = min(78, body.width - 2)
        let lines = state.rows.flatMap { row in
            [Line.figure(row)] + TextWidth.wrap(row.how, width: max(1, width - 6)).map { .how($0) }
        }
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: min(body.height, lines.count + 2)), title: state.title, in: body,
            context: context.render)
        let bar = Rect(x: inside.maxX, y: inside.y, width: 1, height: inside.height)
        let first = scrolled(scroll, lines: lines.count, visible: inside.height, bar: bar)
        for (offset, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            let y = inside.y + offset
            switch line {
            case .figure(let row):
                pair(
                    row.title, row.figure, inside.x, y, width: inside.width,
                    row.isTotal ? .total : .text, figureRole: row.isTotal ? .total : .price, cut: .middle)
            case .how(let how): write(how, inside.x + 2, y, .textMuted, width: inside.width - 2)
            }
        }
        frame.surface.cursor = inside.origin
    }
}

extension Painter<Overlay> {
    fileprivate mutating func explanation(from scroll: Int, in body: Rect) {
        let steps = desk.basket.quote?.steps ?? []
        let width = min(78, body.width - 2)
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: min(body.height, steps.count * 2 + 2)),
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

    fileprivate mutating func about(from scroll: Int, in body: Rect) {
        let facts = desk.about + [(name: "Theme", text: desk.context.theme)]
        let nameWidth = (facts.map { TextWidth.width(of: $0.name) }.max() ?? 0) + 2
        let widest = facts.map { TextWidth.width(of: $0.text) }.max() ?? 0
        let width = min(max(40, nameWidth + widest + 4), 76, body.width - 2)
        let lines = facts.flatMap { fact in
            // A long path keeps its ends.
            let text =
                fact.text.contains(" ")
                ? TextWidth.wrap(fact.text, width: max(1, width - 4 - nameWidth)) : [fact.text]
            return text.enumerated().map { (name: $0.offset == 0 ? fact.name : "", text: $0.element) }
        }
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: min(body.height, lines.count + 2)), title: "About", in: body,
            context: context.render)
        let bar = Rect(x: inside.maxX, y: inside.y, width: 1, height: inside.height)
        let first = scrolled(scroll, lines: lines.count, visible: inside.height, bar: bar)
        for (offset, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            write(line.name, inside.x, inside.y + offset, .textMuted, width: nameWidth)
            write(
                line.text, inside.x + nameWidth, inside.y + offset, .text, width: inside.width - nameWidth,
                cut: .middle)
        }
        frame.surface.cursor = inside.origin
    }
}
