import StoreDomain
import TerminalKit

/// A till as those see it who look on: scene → picture. Pure.
public struct DisplayView: Sendable {
    /// For whom.
    public enum Viewer: Hashable, Sendable {
        /// Large, and nothing but what is theirs.
        case customer(idleText: String)
        case owner
    }

    private let viewer: Viewer
    private let till: String
    private let render: RenderContext

    public init(for viewer: Viewer, till: String, render: RenderContext) {
        self.viewer = viewer
        self.till = till
        self.render = render
    }

    /// - Parameter scene: nil where the till is not open.
    public func picture(of scene: TillScene?, size: Size) -> Surface {
        var surface = render.surface(size)
        guard size.width >= 20, size.height >= 5 else { return surface }
        switch viewer {
        case .customer(let text): customer(scene, text, on: &surface)
        case .owner: owner(scene, on: &surface)
        }
        return surface
    }

    // MARK: - The customer

    private func customer(_ scene: TillScene?, _ text: String, on surface: inout Surface) {
        let whole = surface.bounds.inset(dx: 2, dy: 1)
        guard let scene, scene.stage != .idle else {
            return idle(
                text.isEmpty ? scene?.shop ?? "" : text, isOpen: scene != nil, in: whole, on: &surface)
        }
        let all = code(of: scene, in: whole, on: &surface)
        let hasTitle = all.height >= 14
        if hasTitle { write(scene.shop, in: all.row(0), .textMuted, .center, on: &surface) }
        let digits = digits(of: scene, in: all)
        let height = scene.main == nil ? 2 : BigDigits.height * digits.rows + 3
        let figures = min(scene.figures.count, max(0, (all.height - height) / 3))
        let (upper, lower) = all.splitBottom(min(all.height - 1, height + figures))
        lines(of: scene, in: upper.dropping(hasTitle ? 2 : 0), on: &surface)
        sums(of: scene, in: lower, digits, on: &surface)
    }

    /// After a sale, the code that finds its receipt again, where there is room beside the rest; returns that room.
    private func code(of scene: TillScene, in all: Rect, on surface: inout Surface) -> Rect {
        guard case .sold(let receipt?) = scene.stage, !render.glyphs.isPlain,
            let lines = QRCode(receipt)?.halfBlocks, let width = lines.first?.count,
            all.height >= lines.count + 1, all.width >= width + 40
        else { return all }
        let (left, rest) = all.splitLeft(width + 3)
        let top = left.height - lines.count - 1
        // Light on dark whatever the theme is: few scanners read the opposite.
        let look = Style(foreground: .indexed(7), background: .indexed(0))
        for (offset, line) in lines.enumerated() {
            surface.write(line, at: left.row(top + offset).origin, style: look, clip: left)
        }
        write("Receipt \(receipt)", in: left.row(left.height - 1), .textMuted, .left, on: &surface)
        return rest
    }

    /// How many cells one dot of a figure takes: cells are about twice as high as wide.
    private typealias Dots = (columns: Int, rows: Int)

    /// The largest figures that leave half of the rows for the goods; the smallest where none do.
    private func digits(of scene: TillScene, in all: Rect) -> Dots {
        let smallest: Dots = (1, 1)
        guard let text = scene.main?.amount.decimalText else { return smallest }
        let sizes: [Dots] = [smallest, (2, 1), (4, 2), (6, 3), (8, 4)]
        return sizes.last { size in
            BigDigits.height * size.rows + 3 <= max(8, all.height / 2)
                && BigDigits.width(of: text, columns: size.columns) <= all.width
        } ?? smallest
    }

    /// The latest lines, the last one at the bottom.
    private func lines(of scene: TillScene, in rect: Rect, on surface: inout Surface) {
        guard rect.height > 0 else { return }
        let shown = scene.lines.suffix(rect.height)
        for (offset, line) in shown.enumerated() {
            let isLast = offset == shown.count - 1 && scene.stage == .selling
            pair(
                line.words, line.amount.displayText, in: rect.row(offset), isLast ? .textStrong : .text,
                on: &surface)
        }
    }

    private func sums(of scene: TillScene, in rect: Rect, _ digits: Dots, on surface: inout Surface) {
        var y = 0
        surface.horizontalLine(at: rect.origin, length: rect.width, style: render.style(.border))
        y += 1
        let room = max(0, rect.height - 1 - (scene.main == nil ? 0 : 2 + BigDigits.height * digits.rows))
        for figure in scene.figures.suffix(room) {
            pair(figure.title, figure.amount.displayText, in: rect.row(y), .text, on: &surface)
            y += 1
        }
        guard let main = scene.main else {
            if case .sold = scene.stage {
                write("Thank you!", in: rect.row(y), .success, .left, on: &surface)
            }
            return
        }
        let isSold = scene.stage != .selling
        pair(
            main.title.uppercased(), main.amount.displayText, in: rect.row(y), isSold ? .success : .total,
            on: &surface)
        y += 1
        if let cash = scene.inCash, rect.height - y > BigDigits.height * digits.rows {
            pair("in cash", cash.displayText, in: rect.row(y), .textMuted, on: &surface)
        }
        y += 1
        let text = main.amount.decimalText
        let columns = BigDigits.width(of: text, columns: digits.columns)
        guard rect.height - y >= BigDigits.height * digits.rows, columns <= rect.width else { return }
        surface.drawBigDigits(
            text, at: Point(x: rect.maxX - columns, y: rect.y + y),
            style: render.style(isSold ? .success : .textStrong), context: render, clip: rect,
            columns: digits.columns, rows: digits.rows)
    }

    private func idle(_ text: String, isOpen: Bool, in rect: Rect, on surface: inout Surface) {
        let lines = TextWidth.wrap(Sanitizer.harmless(text), width: rect.width)
        let top = max(0, (rect.height - lines.count) / 2)
        for (offset, line) in lines.prefix(rect.height).enumerated() {
            write(line, in: rect.row(top + offset), .textStrong, .center, on: &surface)
        }
        guard !isOpen, top + lines.count + 1 < rect.height else { return }
        write(
            "Till \(till) is not open", in: rect.row(rect.height - 1), .textMuted, .center, on: &surface)
    }

    // MARK: - The owner

    private func owner(_ scene: TillScene?, on surface: inout Surface) {
        let all = surface.bounds.inset(dx: 1, dy: 0)
        guard let scene else {
            return idle(
                "Till \(till) is not open. It shows here when it is.", isOpen: true, in: all, on: &surface)
        }
        pair(
            "\(scene.shop) \(render.glyphs.breadcrumb) Till \(scene.till)", "watching", in: all.row(0),
            .textStrong, on: &surface)
        write(scene.staffWords(render.glyphs), in: all.row(1), .textMuted, .left, on: &surface)
        let sums = [scene.main].compactMap { $0 } + scene.figures.reversed()
        let (upper, lower) = all.dropping(2).splitBottom(
            min(max(1, sums.count + 2), max(1, (all.height - 2) / 2)))
        lines(of: scene, in: upper, on: &surface)
        surface.horizontalLine(at: lower.origin, length: lower.width, style: render.style(.border))
        for (offset, figure) in sums.prefix(max(0, lower.height - 2)).reversed().enumerated() {
            let isMain = figure == scene.main
            pair(
                figure.title, figure.amount.displayText, in: lower.row(1 + offset), isMain ? .total : .text,
                on: &surface)
        }
        write("q ends watching", in: all.row(all.height - 1), .textMuted, .left, on: &surface)
    }

    // MARK: - Parts

    private func write(
        _ text: String, in row: Rect, _ role: ThemeRole, _ alignment: TextAlignment, on surface: inout Surface
    ) {
        surface.write(
            text, at: row.origin, style: render.style(role), width: row.width, align: alignment, cut: .end,
            clip: row)
    }

    private func pair(
        _ left: String, _ right: String, in row: Rect, _ role: ThemeRole, on surface: inout Surface
    ) {
        let room = max(0, row.width - TextWidth.width(of: right) - 1)
        write(left, in: Rect(x: row.x, y: row.y, width: room, height: row.height), role, .left, on: &surface)
        write(right, in: row, role, .right, on: &surface)
    }
}

extension Rect {
    /// One row of it, empty below its end.
    fileprivate func row(_ offset: Int) -> Rect {
        Rect(x: x, y: y + offset, width: width, height: offset < height ? 1 : 0)
    }

    fileprivate func dropping(_ rows: Int) -> Rect { splitTop(min(rows, height)).1 }
}

extension TillScene.Line {
    /// "3 × Walnut chopping board, 10 % off"
    var words: String {
        "\(quantity == 1 ? "" : "\(quantity) \u{D7} ")\(name)\(note.map { ", \($0)" } ?? "")"
    }
}

extension TillScene {
    /// "Émile · shift 42 · at Orders"
    func staffWords(_ glyphs: GlyphSet) -> String {
        var parts: [String] = []
        parts.append(staff?.cashier ?? "nobody is signed in")
        if let shift = staff?.shift { parts.append("shift \(shift)") }
        if let screen = staff?.screen { parts.append("at \(screen)") }
        if let customer = staff?.customer { parts.append("for \(customer)") }
        if let note = staff?.note { parts.append("note: \(note)") }
        if case .sold(let receipt?) = stage { parts.append("sold as \(receipt)") }
        return parts.joined(separator: " \(glyphs.separator) ")
    }
}
