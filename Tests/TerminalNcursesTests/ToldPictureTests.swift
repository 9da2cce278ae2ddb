import TerminalKit
import Testing

@testable import TerminalNcurses

@Suite("What of a picture is told", .timeLimit(.minutes(20))) struct ToldPictureTests {
    private static let size = Size(width: 24, height: 4)
    private static let ground = Style(foreground: .indexed(7), background: .indexed(0))
    private static let quiet = Style(foreground: .indexed(8))
    private static let styles = [
        .none, quiet, Style(foreground: .indexed(3), attributes: .bold),
        Style(background: .indexed(4)), Style(attributes: .underline), Style(attributes: .reverse),
        Style(foreground: .rgb(1, 2, 3), attributes: [.dim]),
    ]

    /// A terminal that shows what it is told, cell by cell.
    private struct Shown {
        var cells: [Seen] = Array(repeating: Seen(glyph: "?", style: .none), count: 24 * 4)

        struct Seen: Equatable {
            var glyph: String
            var style: Style

            /// As it looks: of a blank only the ground is seen, unless it is underlined or the other way round.
            var looks: Seen {
                let bare = style.attributes.isDisjoint(with: [.underline, .reverse, .dim])
                return glyph == " " && bare
                    ? Seen(glyph: glyph, style: Style(background: style.background)) : self
            }
        }

        mutating func hear(_ cell: Cell, _ style: Style, _ x: Int, _ y: Int) {
            cells[y * 24 + x] = Seen(glyph: cell.glyph, style: style)
            if cell.width == 2 { cells[y * 24 + x + 1] = Seen(glyph: "", style: style) }
        }

        func looks(as surface: Surface) -> Bool {
            (0..<4).allSatisfy { y in
                (0..<24).allSatisfy { x in
                    cells[y * 24 + x].looks
                        == Seen(glyph: surface[x, y].glyph, style: surface[x, y].style).looks
                }
            }
        }
    }

    private func picture(_ draw: (inout Surface) -> Void) -> Surface {
        var surface = Surface(size: Self.size, style: Self.ground)
        draw(&surface)
        return surface
    }

    @Test func whateverComesAfterTheOtherLooksAsItIs() {
        var (told, shown, number) = (ToldPicture(), Shown(), UInt64(1))
        func next(_ limit: Int) -> Int {
            number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(number >> 33) % limit
        }
        let texts = ["Tea", "  ", "けん玉 x", " a  b ", "é", "────", "       "]
        for _ in 0..<400 {
            let surface = picture { surface in
                for _ in 0..<next(12) {
                    let (place, style) = (
                        Point(x: next(24), y: next(4)), Self.styles[next(Self.styles.count)]
                    )
                    if next(4) == 0 {
                        surface.fill(Rect(x: place.x, y: place.y, width: next(9), height: 1), style: style)
                    } else {
                        surface.write(texts[next(texts.count)], at: place, style: style)
                    }
                }
            }
            if next(20) == 0 { told.forget() }
            _ = told.change(to: surface, within: Self.size) { shown.hear($0, $1, $2, $3) }
            #expect(shown.looks(as: surface))
        }
    }

    @Test func theSamePictureIsNotToldAgain() {
        var told = ToldPicture()
        let first = picture { $0.write("Tea", at: Point(x: 1, y: 1)) }
        #expect(told.change(to: first, within: Self.size) { _, _, _, _ in })
        #expect(!told.change(to: first, within: Self.size) { _, _, _, _ in Issue.record("told again") })
        var second = first
        second.cursor = Point(x: 1, y: 1)
        #expect(told.change(to: second, within: Self.size) { _, _, _, _ in Issue.record("told again") })
        told.forget()
        var count = 0
        #expect(told.change(to: second, within: Self.size) { _, _, _, _ in count += 1 })
        #expect(count == 24 * 4)
    }

    @Test func blanksBetweenWordsTakeTheStyleOfTheWordBefore() {
        var told = ToldPicture()
        var styles: [Style] = []
        let row = picture {
            $0.write("Garden", at: Point(x: 0, y: 0), style: Self.quiet)
            $0.write("9.00", at: Point(x: 12, y: 0), style: Style(foreground: .indexed(3)))
            $0.restyle(Rect(x: 20, y: 0, width: 2, height: 1), Style(attributes: .underline))
        }
        _ = told.change(to: row, within: Size(width: 24, height: 1)) { _, style, _, _ in
            if styles.last != style { styles.append(style) }
        }
        let underlined = Self.ground.merging(Style(attributes: .underline))
        // What is underlined is seen; behind it the row's own ground begins again.
        #expect(
            styles == [
                Self.ground.merging(Self.quiet), Self.ground.merging(Style(foreground: .indexed(3))),
                underlined, Self.ground,
            ])
    }

    /// A word that comes and goes leaves the blanks beside it alone.
    @Test func blanksThatStayAreNotToldInAnotherStyle() {
        var told = ToldPicture()
        let short = picture { $0.write("Tea", at: Point(x: 0, y: 0), style: Self.quiet) }
        let long = picture { $0.write("Teapot", at: Point(x: 0, y: 0)) }
        _ = told.change(to: short, within: Self.size) { _, _, _, _ in }
        var places: [Int] = []
        _ = told.change(to: long, within: Self.size) { _, _, x, _ in places.append(x) }
        #expect(places == Array(0..<6))
    }
}
