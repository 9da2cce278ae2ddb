import TerminalKit

/// A picture of a film as a build writes it down for another one: the signs of each row with their looks.
public struct TapedPicture: Hashable, Sendable {
    public struct Row: Hashable, Sendable, Codable {
        /// Without the blanks at its end.
        public var text: String
        /// How the row looks, from the left: so many cells, and their style in words.
        public var looks: [Look]
    }

    public struct Look: Hashable, Sendable, Codable {
        public var cells: Int
        public var style: String
    }

    /// After so many steps of the tape.
    public let step: Int
    public let screen: String
    public let size: Size
    /// nil where no cursor shows.
    public let cursor: Point?
    public let rows: [Row]

    public init(step: Int, screen: String, size: Size, cursor: Point?, rows: [Row]) {
        self.step = step
        self.screen = screen
        self.size = size
        self.cursor = cursor
        self.rows = rows
    }

    init(_ surface: Surface, step: Int, screen: String) {
        self.init(
            step: step, screen: screen, size: surface.size, cursor: surface.cursor,
            rows: (0..<surface.size.height).map { Row(surface, $0) })
    }
}

extension TapedPicture.Row {
    fileprivate init(_ surface: Surface, _ y: Int) {
        text = surface.text(ofRow: y)
        looks = surface.row(y).reduce(into: []) { looks, cell in
            let style = cell.style.summary
            if looks.last?.style == style {
                looks[looks.count - 1].cells += 1
            } else {
                looks.append(TapedPicture.Look(cells: 1, style: style))
            }
        }
    }

    /// What stands in each cell: a sign in its first one, nothing in its second.
    func signs(_ width: Int) -> [String] {
        var signs: [String] = []
        for character in text {
            signs.append(String(character))
            if TextWidth.width(of: String(character)) > 1 { signs.append("") }
        }
        return Array((signs + Array(repeating: " ", count: max(0, width - signs.count))).prefix(width))
    }

    /// The style of each cell.
    func styles(_ width: Int) -> [String] {
        let styles = looks.flatMap { Array(repeating: $0.style, count: min(max(0, $0.cells), width)) }
        return Array((styles + Array(repeating: "", count: max(0, width - styles.count))).prefix(width))
    }
}

extension Film {
    /// The picture now.
    public var picture: TapedPicture { TapedPicture(surface, step: step, screen: "\(state.kind)") }

    /// The pictures from the beginning of the tape to its end, one a step.
    public func pictures() -> [TapedPicture] {
        var film = self
        film.go(to: 0)
        var pictures = [film.picture]
        while film.forward() { pictures.append(film.picture) }
        return pictures
    }
}

/// Pictures as lines of a file: of each the rows that are not as they were in the one before.
public enum PictureFile {
    private struct Header: Codable {
        var format: Int
        var program: String
    }

    private struct Line: Codable {
        var step: Int
        var screen: String
        var size: [Int]
        var cursor: [Int]?
        var rows: [String: TapedPicture.Row]
    }

    private static let format = 1

    public static func text(of pictures: [TapedPicture], program: String) -> String {
        var text = TapeCoder.text(of: Header(format: format, program: program)) + "\n"
        var before: TapedPicture?
        for picture in pictures {
            let known = before?.size == picture.size ? before?.rows ?? [] : []
            let rows = picture.rows.enumerated().filter { y, row in y >= known.count || known[y] != row }
            text += TapeCoder.text(
                of: Line(
                    step: picture.step, screen: picture.screen,
                    size: [picture.size.width, picture.size.height],
                    cursor: picture.cursor.map { [$0.x, $0.y] },
                    rows: Dictionary(uniqueKeysWithValues: rows.map { (String($0.offset), $0.element) })))
            text += "\n"
            before = picture
        }
        return text
    }

    /// - Throws: `TapeProblem` for what is no such file, with the line that is wrong.
    public static func read(_ text: String) throws(TapeProblem) -> (program: String, pictures: [TapedPicture])
    {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
        guard let first = lines.popFirst(), let header = TapeCoder.value(Header.self, of: first) else {
            throw TapeProblem("These are no pictures of a tape")
        }
        guard header.format == format else {
            throw TapeProblem(
                "These pictures have the format \(header.format), and this build reads \(format)")
        }
        var pictures: [TapedPicture] = []
        for (index, text) in lines.enumerated() {
            guard let line = TapeCoder.value(Line.self, of: text), let picture = picture(line, pictures.last)
            else { throw TapeProblem("Line \(index + 2) of the pictures cannot be read") }
            pictures.append(picture)
        }
        return (header.program, pictures)
    }

    private static func picture(_ line: Line, _ before: TapedPicture?) -> TapedPicture? {
        guard line.size.count == 2, (line.cursor?.count ?? 2) == 2 else { return nil }
        let size = Size(width: line.size[0], height: line.size[1])
        // A terminal is no bigger than this.
        guard size.width <= 1_000, size.height <= 400 else { return nil }
        var rows = before?.size == size ? before?.rows ?? [] : []
        for y in 0..<size.height {
            if let row = line.rows[String(y)] {
                if y < rows.count { rows[y] = row } else { rows.append(row) }
            } else if y >= rows.count {
                return nil
            }
        }
        return TapedPicture(
            step: line.step, screen: line.screen, size: size,
            cursor: line.cursor.map { Point(x: $0[0], y: $0[1]) }, rows: rows)
    }
}
