import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<HelpState> {
    mutating func draw(in body: Rect, over screen: ScreenKind) {
        let help = state
        let sections = HelpText.sections(for: screen, keyMap: context.keyMap, ascii: glyphs.isPlain)
        let wanted = help.filter.text.lowercased()
        let width = min(84, body.width - 2)
        let keyWidth = min(20, (width - 4) / 3)
        let textWidth = max(1, width - 4 - keyWidth - 2)
        var lines: [(key: String, text: String, isTitle: Bool)] = []
        for section in sections {
            let rows = section.rows.filter {
                wanted.isEmpty || $0.keys.lowercased().contains(wanted)
                    || $0.title.lowercased().contains(wanted)
                    || $0.help.lowercased().contains(wanted)
            }
            guard !rows.isEmpty else { continue }
            if !lines.isEmpty { lines.append(("", "", false)) }
            lines.append(("", section.title, true))
            for row in rows {
                let text = TextWidth.wrap("\(row.title): \(row.help)", width: textWidth)
                lines += text.enumerated().map { ($0.offset == 0 ? row.keys : "", $0.element, false) }
            }
        }
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: body.height), title: "Help", in: body,
            context: context.render)
        field(
            help.filter, in: Rect(x: inside.x, y: inside.y, width: inside.width, height: 1), isFocused: true,
            placeholder: "type to find a key or what it does")
        let list = inside.splitTop(2).rest
        let bar = Rect(x: list.maxX, y: list.y, width: 1, height: list.height)
        if lines.isEmpty { write("Nothing matches", list.x, list.y, .textMuted) }
        let scroll = scrolled(help.scroll, lines: lines.count, visible: list.height, bar: bar)
        for (offset, line) in lines.dropFirst(scroll).prefix(list.height).enumerated() {
            let y = list.y + offset
            if line.isTitle {
                write(line.text, list.x, y, .heading, width: list.width)
            } else {
                write(line.key, list.x, y, .textAccent, width: keyWidth)
                write(line.text, list.x + keyWidth + 1, y, .text, width: list.width - keyWidth - 2)
            }
        }
    }
}
