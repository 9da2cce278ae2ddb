/// Where the parts of a dialog came to stand, for the mouse and for what is drawn inside.
public struct DialogPlaces: Hashable, Sendable {
    public let frame: Rect
    /// Within the border and its margin.
    public let inside: Rect
    /// One per button, in their order; empty rectangles for those that had no room.
    public let buttons: [Rect]
}

extension Surface {
    /// Clears the middle of `area` for something above everything else, with a border and a title. The cells next to
    /// it are cleared too, so that no text touches the border.
    ///
    /// - Parameters:
    ///   - size: as `area` allows.
    ///   - anchor: where `size` may change while it is looked at, the greatest it comes to: the upper left corner stands
    ///     where it would stand then.
    /// - Returns: the room within, one blank column inside the border.
    @discardableResult
    public mutating func drawPanel(
        _ size: Size, title: String, in area: Rect? = nil, anchor: Size? = nil, context: RenderContext
    ) -> (frame: Rect, inside: Rect) {
        let area = area ?? bounds
        let place = area.centered(anchor ?? size)
        let frame = Rect(
            x: place.x, y: place.y, width: min(size.width, place.width),
            height: min(size.height, place.height))
        let margin = Rect(x: frame.x - 1, y: frame.y - 1, width: frame.width + 2, height: frame.height + 2)
        fill(margin.intersection(area), style: context.style(.ui))
        fill(frame, style: context.style(.dialog))
        box(
            frame, style: context.style(.dialogBorder), title: title,
            titleStyle: context.style(.dialogBorder).merging(Style(attributes: .bold)))
        return (frame, frame.inset(dx: 2, dy: 1))
    }

    /// Draws a question with its buttons in the middle of `area`, as large as its text needs and as `area`
    /// allows. The cursor goes to the button with the focus.
    @discardableResult
    public mutating func drawDialog(
        title: String, body: [String], buttons: [String], focus: Int, in area: Rect? = nil,
        context: RenderContext
    ) -> DialogPlaces {
        let area = area ?? bounds
        let buttonsWidth = buttons.reduce(0) { $0 + TextWidth.width(of: $1) + 6 } - (buttons.isEmpty ? 0 : 2)
        let longest = body.map { TextWidth.width(of: $0) }.max() ?? 0
        let wanted = max(longest, buttonsWidth, TextWidth.width(of: title) + 4, 24)
        let width = min(wanted, 64, max(0, area.width - 4))
        let lines = body.flatMap { TextWidth.wrap($0, width: width) }
        let height = lines.count + 2 + (buttons.isEmpty ? 0 : 2)
        let (frame, inside) = drawPanel(
            Size(width: width + 4, height: height), title: title, in: area, context: context)
        let (text, row) = inside.splitBottom(buttons.isEmpty ? 0 : 1)
        for (index, line) in lines.prefix(text.height).enumerated() {
            write(line, at: Point(x: text.x, y: text.y + index), width: text.width)
        }
        let places = drawButtons(buttons, focus: focus, in: row, context: context)
        return DialogPlaces(frame: frame, inside: inside, buttons: places)
    }

    /// Draws buttons side by side, centred in the first row of `rect`; the focused one is also marked by its
    /// arrows, and the cursor stands on it.
    public mutating func drawButtons(
        _ buttons: [String], focus: Int?, in rect: Rect, context: RenderContext
    ) -> [Rect] {
        let widths = buttons.map { TextWidth.width(of: $0) + 4 }
        let total = widths.reduce(0, +) + 2 * max(0, buttons.count - 1)
        var x = rect.x + max(0, (rect.width - total) / 2)
        var places: [Rect] = []
        for (index, label) in buttons.enumerated() {
            let place = Rect(x: x, y: rect.y, width: widths[index], height: 1).intersection(rect)
            places.append(place)
            x += widths[index] + 2
            guard !place.isEmpty else { continue }
            let isFocused = index == focus
            fill(place, style: context.style(isFocused ? .buttonFocus : .button))
            let text = isFocused ? "[ \(label) ]" : "  \(label)  "
            write(text, at: place.origin, width: place.width, clip: place)
            if isFocused { cursor = Point(x: min(place.x + 2, place.maxX - 1), y: place.y) }
        }
        return places
    }
}
