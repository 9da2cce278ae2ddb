import Testing

@testable import TerminalKit

@Suite struct SurfaceTests {
    private let red = Style(foreground: .indexed(1))
    private let onBlue = Style(background: .indexed(4))

    private func surface(_ width: Int, _ height: Int) -> Surface {
        Surface(size: Size(width: width, height: height))
    }

    @Test func writesAndAligns() {
        var surface = surface(10, 3)
        #expect(surface.write("ab", at: Point(x: 0, y: 0), width: 10, align: .right) == 2)
        #expect(surface.write("ab", at: Point(x: 0, y: 1), width: 10, align: .center) == 2)
        #expect(surface.write("abcdefghijklmn", at: Point(x: 0, y: 2), width: 5) == 5)
        #expect(surface.text == "        ab\n    ab\nabcd…")
    }

    @Test func clipsAtEverySide() {
        var surface = surface(4, 2)
        surface.write("abcdef", at: Point(x: -2, y: 0))
        surface.write("xyz", at: Point(x: 2, y: 1))
        surface.write("no", at: Point(x: 0, y: 2))
        surface.write("no", at: Point(x: 0, y: -1))
        surface.write("no", at: Point(x: 99, y: 0))
        #expect(surface.text == "cdef\n  xy")
    }

    @Test func staysWithinItsClip() {
        var surface = surface(8, 1)
        surface.write("日本語字", at: Point(x: 0, y: 0), clip: Rect(x: 1, y: 0, width: 4, height: 1))
        #expect(surface.text == "  本")
        #expect(surface[1, 0].glyph == " " && surface[4, 0].glyph == " ")
    }

    @Test func wideGlyphsAreNeverHalf() {
        var surface = surface(5, 1)
        surface.write("日本", at: Point(x: 0, y: 0))
        surface.write("x", at: Point(x: 1, y: 0))
        #expect(surface.text == " x本")
        surface.write("y", at: Point(x: 2, y: 0))
        #expect(surface.text == " xy")
        surface.write("語", at: Point(x: 4, y: 0))
        #expect(surface.text == " xy")
        surface.write("語", at: Point(x: -1, y: 0))
        #expect(surface.text == " xy")
        #expect(surface[0, 0].glyph == " ")
    }

    @Test func cutsWideTextAtCells() {
        var surface = surface(10, 1)
        #expect(surface.write("日本語", at: Point(x: 0, y: 0), width: 4) == 3)
        #expect(surface.text == "日…")
    }

    @Test func writingKeepsTheBackgroundAndFillingDoesNot() {
        var surface = Surface(size: Size(width: 3, height: 1), style: Style(foreground: .indexed(7)))
        surface.fill(Rect(x: 0, y: 0, width: 3, height: 1), style: onBlue)
        surface.write("a", at: Point(x: 0, y: 0), style: red)
        #expect(surface[0, 0].style == Style(foreground: .indexed(1), background: .indexed(4)))
        surface.fill(Rect(x: 0, y: 0, width: 1, height: 1), glyph: "·", style: .none)
        #expect(surface[0, 0].style == Style(foreground: .indexed(7)))
        #expect(surface[0, 0].glyph == "·")
        surface.restyle(Rect(x: 1, y: 0, width: 9, height: 9), Style(attributes: .bold))
        #expect(surface[2, 0].style.attributes == .bold)
        #expect(surface[2, 0].style.background == .indexed(4))
    }

    @Test func fillingBreaksUpWideGlyphsAtItsEdges() {
        var surface = surface(6, 1)
        surface.write("日本語", at: Point(x: 0, y: 0))
        surface.fill(Rect(x: 1, y: 0, width: 4, height: 1), glyph: "-", style: .none)
        #expect(surface.text == " ----")
    }

    @Test func boxesAndLines() {
        var surface = surface(12, 3)
        surface.box(surface.bounds, style: red, title: "Cart")
        #expect(surface.text == "╭─ Cart ───╮\n│          │\n╰──────────╯")
        var tiny = self.surface(1, 1)
        tiny.box(Rect(x: 0, y: 0, width: 1, height: 1), style: red, title: "x")
        #expect(tiny.text == "")
    }

    @Test func runsShareOneField() {
        var surface = surface(20, 3)
        let runs = [TextRun("abc", red), TextRun(" def"), TextRun(" ghi")]
        surface.write(runs, at: Point(x: 0, y: 0), width: 20, align: .right)
        surface.write(runs, at: Point(x: 0, y: 1), width: 8)
        surface.write(runs, at: Point(x: 0, y: 2), width: 7)
        #expect(surface.text == "         abc def ghi\nabc def…\nabc de…")
        #expect(surface[9, 0].style == red)
        #expect(surface[12, 0].style == .none)
    }

    @Test func blitCopiesCellsStylesAndCursor() {
        var small = Surface(size: Size(width: 3, height: 1), style: onBlue)
        small.write("日x", at: Point(x: 0, y: 0), style: red)
        small.cursor = Point(x: 2, y: 0)
        var big = surface(6, 2)
        big.blit(small, at: Point(x: 4, y: 1))
        #expect(big.text == "\n    日")
        #expect(big[4, 1].style == Style(foreground: .indexed(1), background: .indexed(4)))
        #expect(big.cursor == nil)
        big.blit(small, at: Point(x: 1, y: 0))
        #expect(big.text == " 日x\n    日")
        #expect(big.cursor == Point(x: 3, y: 0))
        big.blit(small, at: Point(x: -1, y: 0))
        #expect(big[0, 0].glyph == " ")
    }

    @Test func asciiSurfacesHoldNothingElse() {
        var surface = Surface(size: Size(width: 12, height: 3), glyphs: .ascii)
        surface.box(surface.bounds, style: .none, title: "Größe")
        surface.write("日本 é abc", at: Point(x: 1, y: 1), width: 9)
        #expect(surface.text == "+- Grose --+\n|???? e a~ |\n+----------+")
        #expect(surface.text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func styleLayerNamesWhatDiffers() {
        var surface = surface(4, 2)
        surface.write("ab", at: Point(x: 1, y: 0), style: red)
        surface.write(
            "c", at: Point(x: 0, y: 1), style: Style(foreground: .rgb(1, 2, 255), attributes: .bold))
        #expect(surface.styleLayer() == " aa\nb\na = 1\nb = #0102ff bold")
        #expect(surface.styleLayer(legend: [red: "R"]) == " RR\na\nR = 1\na = #0102ff bold")
    }

    @Test(arguments: [5] as [UInt64]) func hostileWritesKeepTheGridWhole(seed: UInt64) {
        var hostile = HostileText(seed: seed)
        for round in 0..<3_000 {
            var surface = surface(hostile.number(0...9), hostile.number(0...3))
            for _ in 0..<4 {
                let text = hostile.next()
                let start = Point(x: hostile.number(-4...10), y: hostile.number(-1...3))
                let width = hostile.number(0...9)
                let used =
                    hostile.number(0...1) == 0
                    ? surface.write(text, at: start, style: red)
                    : surface.write(text, at: start, style: red, width: width, align: .center)
                #expect(used <= max(width, TextWidth.width(of: text)))
                surface.fill(
                    Rect(x: hostile.number(-2...9), y: 0, width: hostile.number(0...3), height: 2),
                    style: .none)
            }
            for y in 0..<surface.size.height {
                let row = Array(surface.row(y))
                for x in row.indices {
                    let isRightHalf = x > 0 && row[x - 1].width == 2
                    #expect((row[x].width == 0) == isRightHalf, "round \(round)")
                    #expect(row[x].width != 2 || x + 1 < row.count, "round \(round)")
                    #expect(TextWidth.width(of: row[x].glyph) == Int(row[x].width), "round \(round)")
                }
            }
        }
    }
}
