import StoreDomain
import StorefrontCore
import TerminalKit

/// The keys as a text to scroll and to search: what this place offers first.
extension Painter<HelpState> {
    mutating func draw(in body: Rect, over screen: Screen) {
        let sections = HelpText.sections(
            for: screen.kind, isTyping: screen.feature.field != nil,
            macros: screen.kind == .till ? desk.context.macros?.macros ?? [] : [], keyMap: context.keyMap,
            ascii: glyphs.isPlain)
        let sheet = HelpSheet(sections, room: min(84, body.width - 2) - 5)
        let lines = sheet.lines(matching: state.filter.text)
        let isLow = body.height < 16
        // Border, field, and a blank row where there is room for it.
        let edges = isLow ? 3 : 4
        let (_, inside) = frame.surface.drawPanel(
            Size(width: sheet.width + 5, height: max(1, lines.count) + edges), title: "Help", in: body,
            anchor: Size(width: sheet.width + 5, height: sheet.lines(matching: "").count + edges),
            context: context.render)
        field(
            state.filter, in: inside.splitTop(1).top, isFocused: true,
            placeholder: inside.width < 38 ? "type to find a key" : "type to find a key or what it does")
        let list = inside.splitTop(isLow ? 1 : 2).rest
        let bar = Rect(x: list.maxX, y: list.y, width: 1, height: list.height)
        if lines.isEmpty { write("Nothing matches", list.x, list.y, .textMuted) }
        let scroll = scrolled(state.scroll, lines: lines.count, visible: list.height, bar: bar)
        for (offset, line) in lines.dropFirst(scroll).prefix(list.height).enumerated() {
            let y = list.y + offset
            switch line {
            case .blank: break
            case .title(let title): write(title, list.x, y, .heading, width: list.width)
            case .row(let key, let text):
                write(key, list.x, y, .textAccent, width: sheet.keyWidth)
                write(
                    text, list.x + sheet.keyWidth + HelpSheet.gap, y, .text,
                    width: list.width - sheet.keyWidth - HelpSheet.gap)
            }
        }
    }
}

/// Help's sections as lines of a width: keys at the left, what they do beside them, both wrapped.
private struct HelpSheet {
    enum Line {
        case blank
        case title(String)
        case row(key: String, text: String)
    }

    static let gap = 2

    private let sections: [HelpText.Section]
    let keyWidth: Int
    /// As wide as the text is, `room` at most.
    let width: Int
    private let textWidth: Int

    init(_ sections: [HelpText.Section], room: Int) {
        self.sections = sections
        let rows = sections.flatMap(\.rows)
        let keys = rows.map { TextWidth.width(of: $0.keys) }.max() ?? 0
        // Keys of one command may stand below each other; one key is never cut.
        let longest = rows.flatMap { $0.keys.split(separator: " ") }.map { TextWidth.width(of: String($0)) }
            .max()
        keyWidth = max(longest ?? 0, min(keys, room / 4))
        let texts = rows.map { TextWidth.width(of: Self.text($0)) }.max() ?? 0
        textWidth = max(1, min(texts, room - keyWidth - Self.gap))
        width = max(1, min(room, keyWidth + Self.gap + textWidth))
    }

    /// - Parameter filter: a part of a key, of a title or of what a command does; all lines where it is empty.
    func lines(matching filter: String) -> [Line] {
        let wanted = filter.folded
        var lines: [Line] = []
        for section in sections {
            let rows = section.rows.filter { row in
                wanted.isEmpty
                    || [row.keys, row.title, row.help].contains { $0.folded.contains(wanted) }
            }
            guard !rows.isEmpty else { continue }
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.title(section.title))
            lines += rows.flatMap(self.lines(of:))
        }
        return lines
    }

    private func lines(of row: HelpText.Row) -> [Line] {
        let keys = row.keys.isEmpty ? [] : TextWidth.wrap(row.keys, width: keyWidth)
        let texts = TextWidth.wrap(Self.text(row), width: textWidth)
        return (0..<max(keys.count, texts.count)).map { index in
            .row(
                key: keys.indices.contains(index) ? keys[index] : "",
                text: texts.indices.contains(index) ? texts[index] : "")
        }
    }

    private static func text(_ row: HelpText.Row) -> String { "\(row.title): \(row.help)" }
}
