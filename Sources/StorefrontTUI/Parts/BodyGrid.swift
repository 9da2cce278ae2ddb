import TerminalKit

/// The grid that the screens share: a line on top that says what is shown, below it what is worked on, and in a wide
/// window a pane at the right for what goes with it, in the same column on every screen. Text begins two columns from
/// the left of what is worked on.
///
/// Names come first. They are laid out in `measure` columns, which are never fewer in a wider window: a pane or a
/// margin opens only in what lies beyond them. Amounts end before `edge`, on every screen, and what is worked on is
/// never so wide that they are far from their names.
struct BodyGrid {
    /// Columns from which there is a pane at the right.
    static let wide = 120
    /// Columns from which pane and main part share what is beyond the margin.
    static let roomy = 160
    /// Columns of the whole grid at most; a wider window has it in its middle.
    static let widest = 216
    /// Up to here, other columns take no room from names that they can do without.
    static let idealName = 34
    /// A name is not shown wider than this.
    static let widestName = 48

    let top: Rect
    /// Left of what is worked on; empty in a window that is not roomy. The shop has its side bar there.
    let margin: Rect
    let main: Rect
    /// Nil in a window that is not wide.
    let side: Rect?
    /// The columns of `main` by which names are measured.
    let measure: Int

    init(_ body: Rect) {
        let pane = 36
        let width = min(body.width, Self.widest)
        let isWide = width >= Self.wide
        let beyond = max(0, width - Self.roomy)
        let sideWidth = isWide ? pane + min(28, beyond / 2) : 0
        let marginWidth = isWide ? max(0, min(24, width - pane - 100)) : 0
        let mainWidth = isWide ? width - sideWidth - marginWidth : min(width, 100)
        measure = isWide ? min(width - pane, 96) : min(width, Self.wide - pane)

        let grid = Rect(
            x: body.x + (body.width - width) / 2, y: body.y, width: width, height: body.height)
        let (left, rest) = grid.splitLeft(marginWidth)
        margin = left
        let (upper, below) = rest.splitTop(body.height >= 24 ? 2 : 1)
        top = Rect(x: upper.x, y: upper.y, width: mainWidth, height: min(1, upper.height))
        main = below.splitLeft(mainWidth).left
        side = isWide ? below.splitRight(sideWidth).right : nil
    }

    /// The column before which amounts end.
    var edge: Int { main.maxX - 2 }

    /// Where text stands in `main`, `width` columns at most: longer lines are hard to read.
    func column(_ width: Int) -> Rect {
        Rect(x: main.x + 2, y: main.y, width: max(1, min(width, main.width - 4)), height: main.height)
    }

    /// The rows of `rect` in the columns of what is worked on.
    func rows(of rect: Rect) -> Rect {
        Rect(x: main.x, y: rect.y, width: main.width, height: rect.height)
    }

    /// The same without the columns of mark and scroll bar: where text begins, and amounts end.
    func text(in rect: Rect) -> Rect { rows(of: rect).inset(dx: 2, dy: 0) }

    /// Rows of `rect` for labels and their figures, as far right as amounts stand.
    func figures(in rect: Rect, width: Int = 44) -> Rect {
        let width = max(1, min(width, main.width - 4))
        return Rect(x: edge - width, y: rect.y, width: width, height: rect.height)
    }
}

extension Painter {
    /// The line before a pane at the right; returns the room within.
    mutating func sidePane(_ rect: Rect) -> Rect {
        frame.surface.verticalLine(at: rect.origin, length: rect.height, style: style(.border))
        return Rect(x: rect.x + 2, y: rect.y, width: max(0, rect.width - 3), height: rect.height)
    }
}
