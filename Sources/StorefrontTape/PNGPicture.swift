import TerminalKit

/// A picture of the screen as a PNG file, drawn with the dots of `PictureFont`: for tickets and chats that show nothing
/// else. A sign that the font lacks is a frame of its width.
public enum PNGPicture {
    public static func bytes(of surface: Surface) -> [UInt8] {
        var canvas = Canvas(surface.size, ground: Paint(surface.style).background)
        for y in 0..<surface.size.height {
            for (x, cell) in surface.row(y).enumerated() where cell.width > 0 { canvas.draw(cell, x, y) }
        }
        if let cursor = surface.cursor { canvas.underline(cursor) }
        return canvas.file
    }

    struct RGB: Hashable {
        var red: UInt8
        var green: UInt8
        var blue: UInt8

        /// Half-way to another one.
        func mixed(with other: RGB) -> RGB {
            func middle(_ one: UInt8, _ other: UInt8) -> UInt8 { UInt8((UInt16(one) + UInt16(other)) / 2) }
            return RGB(
                red: middle(red, other.red), green: middle(green, other.green), blue: middle(blue, other.blue)
            )
        }
    }

    /// What a style is painted in; the terminal's own colours are light on dark.
    struct Paint {
        var foreground: RGB
        var background: RGB

        init(_ style: Style) {
            func rgb(_ color: Color?, _ otherwise: RGB) -> RGB {
                color?.components.map { RGB(red: $0.red, green: $0.green, blue: $0.blue) } ?? otherwise
            }
            foreground = rgb(style.foreground, RGB(red: 0xd0, green: 0xd0, blue: 0xd0))
            background = rgb(style.background, RGB(red: 0x10, green: 0x10, blue: 0x10))
            if style.attributes.contains(.reverse) { swap(&foreground, &background) }
            if style.attributes.contains(.dim) { foreground = foreground.mixed(with: background) }
        }
    }

    /// Dots with the number of their colour.
    private struct Canvas {
        let width: Int
        let height: Int
        private var dots: [UInt8]
        private var palette: [RGB]
        private var numbers: [RGB: UInt8]

        init(_ size: Size, ground: RGB) {
            width = max(1, size.width * PictureFont.width)
            height = max(1, size.height * PictureFont.height)
            dots = Array(repeating: 0, count: width * height)
            palette = [ground]
            numbers = [ground: 0]
        }

        /// The number of a colour; of the nearest one where a file can hold no more.
        private mutating func number(of color: RGB) -> UInt8 {
            if let number = numbers[color] { return number }
            if palette.count < 256 {
                palette.append(color)
            } else {
                let nearest = palette.indices.min {
                    palette[$0].distance(to: color) < palette[$1].distance(to: color)
                }
                return UInt8(nearest ?? 0)
            }
            let number = UInt8(palette.count - 1)
            numbers[color] = number
            return number
        }

        mutating func draw(_ cell: Cell, _ x: Int, _ y: Int) {
            let paint = Paint(cell.style)
            let (left, top) = (x * PictureFont.width, y * PictureFont.height)
            let ground = number(of: paint.background)
            let ink = number(of: paint.foreground)
            let span = Int(cell.width) * PictureFont.width
            fill(left, top, span, PictureFont.height, ground)
            if cell.content.scalar != " " {
                if let rows = PictureFont.rows(of: cell.content.scalar), cell.width == 1 {
                    for (row, bits) in rows.enumerated() {
                        // Bold is drawn twice, one dot apart.
                        let bits = cell.style.attributes.contains(.bold) ? bits | bits >> 1 : bits
                        for column in 0..<PictureFont.width
                        where bits >> (PictureFont.width - 1 - column) & 1 == 1 {
                            set(left + column, top + row, ink)
                        }
                    }
                } else {
                    outline(left + 1, top + 2, span - 2, PictureFont.height - 5, ink)
                }
            }
            if cell.style.attributes.contains(.underline) { fill(left, top + 13, span, 1, ink) }
            if cell.style.attributes.contains(.strikethrough) { fill(left, top + 7, span, 1, ink) }
        }

        mutating func underline(_ cursor: Point) {
            let ink = number(of: RGB(red: 0xff, green: 0xd7, blue: 0x00))
            fill(cursor.x * PictureFont.width, cursor.y * PictureFont.height + 13, PictureFont.width, 2, ink)
        }

        private mutating func outline(_ left: Int, _ top: Int, _ span: Int, _ rows: Int, _ ink: UInt8) {
            fill(left, top, span, 1, ink)
            fill(left, top + rows - 1, span, 1, ink)
            fill(left, top, 1, rows, ink)
            fill(left + span - 1, top, 1, rows, ink)
        }

        private mutating func fill(_ left: Int, _ top: Int, _ span: Int, _ rows: Int, _ number: UInt8) {
            for y in top..<(top + rows) { for x in left..<(left + span) { set(x, y, number) } }
        }

        private mutating func set(_ x: Int, _ y: Int, _ number: UInt8) {
            guard x >= 0, x < width, y >= 0, y < height else { return }
            dots[y * width + x] = number
        }

        // MARK: - The file

        var file: [UInt8] {
            var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            // Eight bits a dot, by palette.
            add("IHDR", Self.big(UInt32(width)) + Self.big(UInt32(height)) + [8, 3, 0, 0, 0], to: &file)
            add("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }, to: &file)
            var rows: [UInt8] = []
            rows.reserveCapacity((width + 1) * height)
            for y in 0..<height {
                rows.append(0)
                rows += dots[(y * width)..<((y + 1) * width)]
            }
            add("IDAT", Deflate.zlib(rows, rowLength: width + 1), to: &file)
            add("IEND", [], to: &file)
            return file
        }

        private func add(_ kind: String, _ data: [UInt8], to file: inout [UInt8]) {
            file += Self.big(UInt32(data.count))
            let content = Array(kind.utf8) + data
            file += content + Self.big(ZipArchive.checksum(content))
        }

        private static func big(_ number: UInt32) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
        }
    }
}

extension PNGPicture.RGB {
    fileprivate func distance(to other: PNGPicture.RGB) -> Int {
        [(red, other.red), (green, other.green), (blue, other.blue)].reduce(0) {
            $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1))
        }
    }
}
