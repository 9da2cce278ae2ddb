import TerminalKit

/// Draws a report of the state at the right of a picture, or over all of one that is too narrow for both.
public struct StatePane: Sendable {
    /// From so many columns on it stands beside what it is about.
    public static let columnsBeside = 120
    private static let width = 44

    private let report: StateReport
    private let context: RenderContext

    public init(_ report: StateReport, _ context: RenderContext) {
        self.report = report
        self.context = context
    }

    /// Where it stands on a screen of that size.
    ///
    /// - Parameter picture: how wide what it is about is.
    public static func place(on size: Size, beside picture: Int) -> Rect {
        let left = size.width < columnsBeside ? 0 : min(picture, size.width - width)
        return Rect(x: left, y: 0, width: size.width - left, height: size.height)
    }

    private static func inside(_ rect: Rect) -> Rect {
        Rect(x: rect.x + 2, y: rect.y + 1, width: rect.width - 3, height: rect.height - 1)
    }

    private func rows(_ inside: Rect) -> [(StateReport.Line.Kind, String)] {
        report.lines.flatMap { line -> [(StateReport.Line.Kind, String)] in
            switch line.kind {
            case .heading: [(.heading, line.text)]
            case .text, .refused:
                TextWidth.wrap(line.text, width: max(8, inside.width - 2)).enumerated().map {
                    (line.kind, $0 == 0 ? $1 : "  " + $1)
                }
            }
        }
    }

    /// How many parts it has there.
    public func pages(in rect: Rect) -> Int {
        let inside = Self.inside(rect)
        let height = max(1, inside.height)
        return max(1, (rows(inside).count + height - 1) / height)
    }

    /// - Parameter page: which part of it, counted from 0; begins anew after the last.
    public func draw(on surface: inout Surface, in rect: Rect, title: String, page: Int) {
        surface.fill(rect, style: context.style(.dialog))
        surface.verticalLine(
            at: rect.origin, length: rect.height, style: context.style(.dialogBorder))
        let inside = Self.inside(rect)
        let rows = rows(inside)
        let height = max(1, inside.height)
        let pages = pages(in: rect)
        let page = page % pages
        let heading = pages > 1 ? "\(title) (\(page + 1)/\(pages))" : title
        surface.write(
            heading, at: Point(x: inside.x, y: rect.y), style: context.style(.dialogBorder),
            width: inside.width)
        for (offset, row) in rows.dropFirst(page * height).prefix(height).enumerated() {
            let point = Point(x: row.0 == .heading ? inside.x : inside.x + 1, y: inside.y + offset)
            let role: ThemeRole =
                switch row.0 {
                case .heading: .heading
                case .text: .text
                case .refused: .textMuted
                }
            surface.write(row.1, at: point, style: context.style(role), width: rect.maxX - point.x)
        }
    }
}
