import StoreDomain
import StorefrontCore
import TerminalKit

/// What every view needs beside the state: looks, keys, and how to tell the time here.
public struct ViewContext: Sendable {
    public var render: RenderContext
    public var keyMap: KeyMap
    /// Has the shop's zone.
    public var zones: any ZoneSource
    /// No moving parts.
    public var reducedMotion: Bool
    /// Says that the session is recorded; nil where it is not.
    public var recording: RecordingMark?

    public init(
        render: RenderContext, keyMap: KeyMap = .standard,
        zones: any ZoneSource = OnlyUTC(), reducedMotion: Bool = false
    ) {
        self.render = render
        self.keyMap = keyMap
        self.zones = zones
        self.reducedMotion = reducedMotion
    }

    var glyphs: GlyphSet { render.glyphs }

    func style(_ role: ThemeRole) -> Style { render.style(role) }
}

/// A place on the screen and what a click on it means.
public struct ClickTarget: Hashable, Sendable {
    public enum Meaning: Hashable, Sendable {
        case command(Command)
        /// A row of the list in front; a second click on the selected one opens it.
        case row(Int)
        case category(Int)
        case choice(Choice)
        /// A place on the way here, counted from 0.
        case place(Int)
        case pane(ShopPane)
    }

    public let rect: Rect
    public let meaning: Meaning
}

/// A screen as it was painted, with what can be clicked on it.
public struct Frame: Sendable {
    public var surface: Surface
    public var targets: [ClickTarget] = []
    /// The text in front that can be scrolled; nil where there is none.
    public var scroller: Scroller?

    public init(size: Size, context: ViewContext) {
        surface = context.render.surface(size)
    }

    /// What a click there means: what was painted last is in front.
    public func meaning(at point: Point) -> ClickTarget.Meaning? {
        targets.last { $0.rect.contains(point) }?.meaning
    }
}

/// Which part of a text is in sight.
public struct Scroller: Hashable, Sendable {
    /// The line at the top.
    public let first: Int
    /// The line at the top when the end is in sight.
    public let limit: Int

    /// The line at the top after a movement, never beyond the ends.
    public func first(after walk: Walk) -> Int {
        let wanted =
            switch walk {
            case .up: first - 1
            case .down: first + 1
            case .halfPageUp: first - 5
            case .halfPageDown: first + 5
            case .pageUp: first - 10
            case .pageDown: first + 10
            case .first: 0
            case .last: limit
            }
        return max(0, min(limit, wanted))
    }
}

/// Paints one screen, overlay or edge: the frame being made, and what it is made of. It knows the state of what
/// it paints and the desk, nothing else.
struct Painter<State> {
    var frame: Frame
    let state: State
    let desk: Desk
    /// Nothing lies over what is painted, so that it has the cursor.
    let isInFront: Bool
    /// A text field has the keys: hints name keys that work there.
    let isTyping: Bool
    let context: ViewContext

    var glyphs: GlyphSet { context.glyphs }
    var currency: Currency { desk.currency }
    var zone: ShopZone { context.zones.shown(by: desk.policy) }

    func style(_ role: ThemeRole) -> Style { context.style(role) }

    @discardableResult
    mutating func write(
        _ text: String, _ x: Int, _ y: Int, _ role: ThemeRole = .text, width: Int? = nil,
        align: TextAlignment = .left, cut: TextCut = .end, clip: Rect? = nil
    ) -> Int {
        frame.surface.write(
            text, at: Point(x: x, y: y), style: style(role), width: width, align: align, cut: cut, clip: clip)
    }

    mutating func target(_ rect: Rect, _ meaning: ClickTarget.Meaning) {
        if !rect.isEmpty { frame.targets.append(ClickTarget(rect: rect, meaning: meaning)) }
    }

    /// Text of several lines, wrapped; returns the row below the last one written.
    @discardableResult
    mutating func paragraph(_ text: String, in rect: Rect, _ role: ThemeRole = .text, skipping skip: Int = 0)
        -> Int
    {
        let lines = TextWidth.wrap(text, width: rect.width).dropFirst(skip)
        for (offset, line) in lines.prefix(rect.height).enumerated() {
            write(line, rect.x, rect.y + offset, role)
        }
        return rect.y + min(rect.height, lines.count)
    }

    /// A label and its figure at both ends of a row.
    mutating func pair(
        _ label: String, _ figure: String, _ x: Int, _ y: Int, width: Int, _ role: ThemeRole = .text,
        figureRole: ThemeRole? = nil, cut: TextCut = .end
    ) {
        let figureWidth = TextWidth.width(of: figure)
        write(label, x, y, role, width: max(0, width - figureWidth - 1), cut: cut)
        write(figure, x, y, figureRole ?? role, width: width, align: .right)
    }

    /// A field for one line of text, its cursor where the keys go.
    mutating func field(
        _ input: TextInput, in rect: Rect, isFocused: Bool, placeholder: String = "", isSecret: Bool = false,
        isWrong: Bool = false
    ) {
        frame.surface.drawTextField(
            TextFieldContent(
                input.text, textBeforeCursor: input.textBeforeCursor, placeholder: placeholder,
                isSecret: isSecret, isSelected: input.isAllSelected),
            in: rect, context: context.render, isFocused: isFocused,
            isWrong: isWrong && (!isFocused || context.render.readsErrorsWithKeys))
    }

    /// The first line to show of a text that is in front, and the bar that tells where that is.
    mutating func scrolled(_ scroll: Int, lines: Int, visible: Int, bar: Rect) -> Int {
        let limit = max(0, lines - visible)
        let first = min(scroll, limit)
        frame.scroller = Scroller(first: first, limit: limit)
        frame.surface.drawScrollBar(
            in: bar, count: lines, offset: first, visible: visible, context: context.render)
        return first
    }

    /// The ground of a selected row, before its text is written.
    mutating func ground(_ row: Rect, isFocused: Bool = true) {
        frame.surface.fill(row, style: style(isFocused ? .selection : .selectionInactive))
    }

    /// Its one text colour, the only one that every theme makes legible there, and its mark: once the text is
    /// written.
    mutating func mark(_ row: Rect, isFocused: Bool = true) {
        let colour = style(isFocused ? .selection : .selectionInactive).foreground
        frame.surface.restyle(row, Style(foreground: colour))
        for y in row.y..<row.maxY {
            write(glyphs.selection, row.x, y, isFocused ? .selectionMark : .textAccent)
        }
    }

    /// A list whose selected row has the cursor, and whose rows can be clicked.
    mutating func table(
        _ columns: [TableColumn], count: Int, selection: Int, in rect: Rect,
        cell: (_ row: Int, _ column: Int) -> [TextRun]
    ) {
        let viewport = ListViewport(
            count: count, height: Surface.tableRows(in: rect), selection: selection)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront, cell: cell)
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }

    /// A message in the middle of an area: what happened, and which key helps.
    mutating func notice(
        _ title: String, _ lines: [String], in rect: Rect, _ role: ThemeRole = .textStrong
    ) {
        let wrapped = lines.flatMap { TextWidth.wrap($0, width: max(10, min(60, rect.width - 4))) }
        let top = rect.y + max(0, (rect.height - wrapped.count - 2) / 2)
        write(title, rect.x, top, role, width: rect.width, align: .center, clip: rect)
        for (offset, line) in wrapped.enumerated() {
            write(line, rect.x, top + 2 + offset, .textMuted, width: rect.width, align: .center, clip: rect)
        }
    }

    /// The key a person would press for a command, as hints name it.
    func keyName(_ command: Command) -> String {
        context.keyMap.primaryKey(command, isTyping: isTyping)?.name(ascii: glyphs.isPlain) ?? ""
    }

    /// The key of a command in a list, whatever has the keys now: for what stays where it is while one types.
    func anyKeyName(_ command: Command) -> String {
        context.keyMap.keys(of: command).first?.name(ascii: glyphs.isPlain) ?? ""
    }

    func isEnabled(_ command: Command, on feature: any Feature) -> Bool {
        CommandSpec[command]?.availability(on: feature, desk).isEnabled ?? false
    }
}

extension RenderContext {
    /// Whether the colour of an error can be read on the ground of the field that has the keys; where it cannot, what is
    /// said of the field is enough.
    fileprivate var readsErrorsWithKeys: Bool {
        let quantizer = ColorQuantizer(depth: colors)
        let shown = quantizer.shown(
            Style(foreground: style(.fieldError).foreground, background: style(.fieldFocus).background))
        guard shown.foreground >= 0, shown.background >= 0 else { return true }
        return quantizer.contrast(shown.foreground, shown.background) >= ColorQuantizer.leastContrast
    }
}
