/// A form in which a picture of the screen leaves the program.
public enum SurfaceForm: String, Sendable, CaseIterable {
    /// The rows as they read.
    case text
    /// With the colours as a terminal is sent them: `cat` shows it.
    case ansi
    /// For browsers and documents.
    case svg
}

extension Surface {
    /// The whole picture in a form; ends in a line's end.
    ///
    /// - Parameter title: what the picture is called, where the form has a place for that.
    public func export(as form: SurfaceForm, title: String = "") -> String {
        switch form {
        case .text: text + "\n"
        case .ansi: ansi
        case .svg: svg(title: title)
        }
    }

    // MARK: - ANSI

    /// Some cells of one row, with the colours as a terminal is sent them.
    ///
    /// - Parameter looks: makes of a style what the terminal shows for it.
    public func ansi(of cells: Rect, _ looks: (Style) -> Style) -> String {
        runs(ofRow: cells.y, from: cells.x, to: cells.maxX)
            .map { "\u{1b}[\(looks($0.style).sgr)m\($0.text)" }.joined() + "\u{1b}[0m"
    }

    private var ansi: String {
        (0..<size.height).map { y in
            runs(ofRow: y).map { "\u{1b}[\($0.style.sgr)m\($0.text)" }.joined() + "\u{1b}[0m\n"
        }.joined()
    }

    // MARK: - SVG

    /// Of one cell, in the picture's own unit.
    private static let (cellWidth, cellHeight) = (8, 17)

    /// Every run has its place and width of its own, so that no font can move what comes after it.
    private func svg(title: String) -> String {
        let (width, height) = (size.width * Self.cellWidth, size.height * Self.cellHeight)
        let page = style.painted
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" font-family="monospace" font-size="14" xml:space="preserve">
            <title>\(Self.escaped(title))</title>
            <rect width="\(width)" height="\(height)" fill="\(page.background)"/>

            """
        for y in 0..<size.height {
            for run in runs(ofRow: y) { svg += element(run, y: y, page: page) }
        }
        return svg + "</svg>\n"
    }

    private func element(_ run: StyledRun, y: Int, page: Style.Painted) -> String {
        let paint = run.style.painted
        let (x, top, width) = (run.x * Self.cellWidth, y * Self.cellHeight, run.width * Self.cellWidth)
        var element = ""
        if paint.background != page.background {
            element +=
                "<rect x=\"\(x)\" y=\"\(top)\" width=\"\(width)\" height=\"\(Self.cellHeight)\""
                + " fill=\"\(paint.background)\"/>\n"
        }
        let isBlank = run.text.allSatisfy { $0 == " " }
        guard !isBlank || run.style.attributes.contains(.underline) else { return element }
        var looks = ""
        if run.style.attributes.contains(.bold) { looks += " font-weight=\"bold\"" }
        if run.style.attributes.contains(.italic) { looks += " font-style=\"italic\"" }
        if run.style.attributes.contains(.dim) { looks += " opacity=\"0.7\"" }
        let lines = [(Attributes.underline, "underline"), (.strikethrough, "line-through")]
            .filter { run.style.attributes.contains($0.0) }.map(\.1)
        if !lines.isEmpty { looks += " text-decoration=\"\(lines.joined(separator: " "))\"" }
        return element
            + "<text x=\"\(x)\" y=\"\(top + 13)\" textLength=\"\(width)\" lengthAdjust=\"spacingAndGlyphs\""
            + " fill=\"\(paint.foreground)\"\(looks)>\(Self.escaped(run.text))</text>\n"
    }

    private static func escaped(_ text: String) -> String {
        Sanitizer.harmless(text).map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }

    // MARK: - Runs

    /// Neighbouring cells of one style.
    private struct StyledRun {
        let x: Int
        let style: Style
        var width = 0
        var text = ""
    }

    private func runs(ofRow y: Int, from start: Int = 0, to end: Int = .max) -> [StyledRun] {
        var runs: [StyledRun] = []
        for (x, cell) in row(y).enumerated() where cell.width > 0 && x >= start && x < end {
            if runs.last?.style != cell.style { runs.append(StyledRun(x: x, style: cell.style)) }
            runs[runs.count - 1].width += Int(cell.width)
            runs[runs.count - 1].text += cell.glyph
        }
        return runs
    }
}

extension Style {
    fileprivate struct Painted {
        let foreground: String
        let background: String
    }

    /// The terminal's own colours are light on dark here.
    fileprivate var painted: Painted {
        let text = foreground.flatMap(Self.hexadecimal) ?? "#d0d0d0"
        let ground = background.flatMap(Self.hexadecimal) ?? "#101010"
        return attributes.contains(.reverse)
            ? Painted(foreground: ground, background: text) : Painted(foreground: text, background: ground)
    }

    private static func hexadecimal(_ color: Color) -> String? {
        color.components.map { Color.rgb($0.red, $0.green, $0.blue).description }
    }

    /// The parameters that bring a terminal from anything to this style.
    fileprivate var sgr: String {
        let codes: [(Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
            (.strikethrough, "9"),
        ]
        var parameters = ["0"] + codes.filter { attributes.contains($0.0) }.map(\.1)
        parameters += foreground.flatMap { Self.sgr($0, "38") }.map { [$0] } ?? []
        parameters += background.flatMap { Self.sgr($0, "48") }.map { [$0] } ?? []
        return parameters.joined(separator: ";")
    }

    private static func sgr(_ color: Color, _ kind: String) -> String? {
        switch color {
        case .terminal: nil
        case .indexed(let index): "\(kind);5;\(index)"
        case .rgb(let red, let green, let blue): "\(kind);2;\(red);\(green);\(blue)"
        }
    }
}
