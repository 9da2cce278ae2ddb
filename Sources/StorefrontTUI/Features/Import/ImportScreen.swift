import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ImportState> {
    mutating func draw(in body: Rect) {
        let page = body.inset(dx: 2, dy: 0)
        let width = min(page.width - 2, 100)
        write(state.file, page.x, page.y, .textStrong, width: width, cut: .middle)
        var rows: [(text: String, role: ThemeRole)] = []
        for line in ImportText.lines(of: state) {
            let (mark, role) = look(of: line.kind)
            let lines = TextWidth.wrap(line.text.withCapitalStart, width: width - 2)
            rows += lines.enumerated().map {
                ($0.offset == 0 ? "\(mark) \($0.element)" : "  \($0.element)", role)
            }
        }
        var y = page.y + 2
        if case .importing(let preview, let done) = state.stage {
            frame.surface.drawBar(
                value: done, of: max(1, preview.products), in: Rect(x: page.x, y: y, width: width, height: 1),
                style: style(.chartBar), emptyStyle: style(.border))
            y += 2
        }
        let room = max(0, body.maxY - y)
        let bar = Rect(x: page.x + width + 1, y: y, width: 1, height: room)
        let skip = scrolled(state.scroll ?? 0, lines: rows.count, visible: room, bar: bar)
        for (offset, row) in rows.dropFirst(skip).prefix(room).enumerated() {
            write(row.text, page.x, y + offset, row.role, width: width)
        }
        frame.surface.cursor = Point(x: page.x, y: y)
    }

    private func look(of kind: ImportText.Kind) -> (mark: String, role: ThemeRole) {
        switch kind {
        case .figure: (glyphs.check, .textStrong)
        case .caution: ("!", .warning)
        case .note: (" ", .text)
        case .problem: (glyphs.cross, .error)
        }
    }
}
