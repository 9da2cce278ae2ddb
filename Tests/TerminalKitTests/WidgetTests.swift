import TerminalKit
import Testing

@Suite struct WidgetTests {
    private let context = RenderContext(theme: .standard, glyphs: .unicode)

    // MARK: - Viewport

    @Test(arguments: [(0, 0..<10), (9, 0..<10), (12, 3..<13), (99, 90..<100), (500, 90..<100), (-3, 0..<10)])
    func theSelectionIsInSight(_ selection: Int, _ visible: Range<Int>) {
        let list = ListViewport(count: 100, height: 10, selection: selection)
        #expect(list.visible == visible)
        #expect(list.selection == min(max(0, selection), 99))
    }

    @Test(arguments: [11] as [UInt64]) func anyViewportIsWhole(seed: UInt64) {
        var numbers = HostileText(seed: seed)
        for round in 0..<5_000 {
            let list = ListViewport(
                count: numbers.number(-2...40), height: numbers.number(-2...12),
                selection: numbers.number(-30...50))
            #expect((list.selection == nil) == (list.count == 0), "round \(round)")
            #expect(list.visible.upperBound <= list.count, "round \(round)")
            if let row = list.selection, list.height > 0 {
                #expect(list.visible.contains(row), "round \(round): \(list)")
                #expect(list.visible.count == min(list.height, list.count), "round \(round): \(list)")
            }
        }
    }

    // MARK: - Table

    private let columns = [
        TableColumn("Name", minWidth: 8, idealWidth: 20, priority: 3, grows: true),
        TableColumn("Category", minWidth: 6, idealWidth: 10, priority: 1),
        TableColumn("Price", minWidth: 6, alignment: .right, priority: 2),
    ]

    @Test(arguments: [
        (50, [0, 1, 2], [30, 10, 6]), (40, [0, 1, 2], [20, 10, 6]), (34, [0, 1, 2], [18, 6, 6]),
        (24, [0, 1, 2], [8, 6, 6]), (23, [0, 2], [15, 6]), (15, [0], [15]), (3, [0], [3]), (0, [], []),
    ])
    func columnsFit(_ width: Int, _ indices: [Int], _ widths: [Int]) {
        let layout = TableLayout(columns, width: width)
        #expect(layout.placed.map(\.index) == indices)
        #expect(layout.placed.map(\.width) == widths)
        #expect((layout.placed.last.map { $0.x + $0.width } ?? 0) <= width)
    }

    /// Whatever columns there are, the growing one never becomes narrower where there is more room, and nothing overlaps
    /// or leaves the width.
    @Test func theGrowingColumnNeverShrinks() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var thresholds = (0..<5).map { _ in Int.random(in: 0...40, using: &random) }.sorted()
            let name = TableColumn(
                "Name", minWidth: Int.random(in: 4...14, using: &random),
                idealWidth: Int.random(in: 14...50, using: &random), priority: 9, grows: true,
                maxWidth: Int.random(in: 50...60, using: &random))
            let others = (0..<Int.random(in: 0...5, using: &random)).map { index in
                let least = Int.random(in: 2...12, using: &random)
                return TableColumn(
                    "C", minWidth: least, idealWidth: least + Int.random(in: 0...8, using: &random),
                    alignment: Bool.random(using: &random) ? .left : .right, priority: 8 - index,
                    room: Int.random(in: 0...4, using: &random) == 0
                        ? .rest : .leaving(name.minWidth + thresholds.removeFirst()))
            }
            let columns = ([name] + others).shuffled(using: &random)
            let index = columns.firstIndex(of: name) ?? 0
            var before = 0
            for width in 0...160 {
                let layout = TableLayout(columns, width: width + 20, measure: width)
                let now = layout.width(of: index) ?? 0
                let tight = TableLayout(columns, width: width).width(of: index) ?? 0
                #expect(tight == now || width < 14, "\(width): \(columns)")
                #expect(now >= before, "\(width): \(columns)")
                before = max(before, now)
                var x = -2
                for place in layout.placed {
                    #expect(place.x >= x + 2, "\(width): \(columns)")
                    x = place.x + place.width
                }
                #expect(x <= width + 20, "\(width): \(columns)")
            }
        }
    }

    @Test func whatIsLeftOverIsSpreadSoThatTheLastColumnEndsAtTheEdge() {
        let columns = [
            TableColumn("Name", minWidth: 8, idealWidth: 20, priority: 3, grows: true, maxWidth: 20),
            TableColumn("SKU", minWidth: 6, priority: 1),
            TableColumn("Price", minWidth: 6, alignment: .right, priority: 2),
        ]
        let layout = TableLayout(columns, width: 50)
        #expect(layout.placed.map(\.x) == [0, 29, 44])
        #expect(layout.placed.map(\.width) == [20, 6, 6])
    }

    @Test func aColumnOfTheRestIsShownOnlyThere() {
        let columns = [
            TableColumn("Name", minWidth: 8, idealWidth: 20, priority: 3, grows: true, maxWidth: 20),
            TableColumn("SKU", minWidth: 6, priority: 1, room: .rest),
        ]
        #expect(TableLayout(columns, width: 27).placed.map(\.index) == [0])
        #expect(TableLayout(columns, width: 28).placed.map(\.index) == [0, 1])
        #expect(TableLayout(columns, width: 28, measure: 10).width(of: 0) == 10)
    }

    @Test func drawsATable() {
        var surface = context.surface(Size(width: 30, height: 4))
        let list = ListViewport(count: 9, height: Surface.tableRows(in: surface.bounds), selection: 1)
        surface.drawTable(columns, in: surface.bounds, viewport: list, context: context) { row, column in
            [TextRun(["Bicycle bell \(row)", "Bells & horns", "\(row).00"][column])]
        }
        #expect(
            surface.text == """
                  Name        Categ…   Price
                  Bicycle b…  Bells…    0.00 ▐
                ▌ Bicycle b…  Bells…    1.00
                  Bicycle b…  Bells…    2.00
                """)
        #expect(surface[5, 2].style.background == Theme.standard.style(.selection).background)
        #expect(surface[5, 1].style == Theme.standard.style(.ui))
    }

    /// A theme may make the mark for the ground of a focused row alone, such as black on yellow.
    @Test func theMarkOfATableWithoutFocusIsSeenOnItsGround() {
        var styles = Theme.standard.styles
        styles[ThemeRole.selectionMark.rawValue] = styles[ThemeRole.selectionInactive.rawValue].map {
            Style(foreground: $0.background)
        }
        let context = RenderContext(theme: Theme(name: "test", summary: "", styles: styles), glyphs: .unicode)
        var surface = context.surface(Size(width: 30, height: 3))
        surface.drawTable(
            columns, in: surface.bounds, viewport: ListViewport(count: 2, height: 2), context: context,
            isFocused: false
        ) { _, _ in [] }
        #expect(surface[0, 1].glyph == context.glyphs.selection)
        #expect(surface[0, 1].style.foreground != surface[0, 1].style.background)
    }

    @Test func theScrollBarTellsOfAllPages() {
        var surface = context.surface(Size(width: 30, height: 4))
        surface.drawTable(
            columns, in: surface.bounds, viewport: ListViewport(count: 3, height: 3), context: context,
            position: ListPosition(first: 6, count: 9)
        ) { _, _ in [] }
        #expect((0..<4).map { surface[29, $0].glyph } == [" ", " ", " ", "▐"])
    }

    @Test(arguments: [(0, 0, 2), (50, 4, 6), (90, 8, 10)])
    func scrollBars(_ offset: Int, _ first: Int, _ end: Int) {
        var surface = context.surface(Size(width: 1, height: 10))
        surface.drawScrollBar(in: surface.bounds, count: 100, offset: offset, visible: 10, context: context)
        let thumb = (0..<10).filter { surface[0, $0].glyph == "▐" }
        #expect(thumb.count == 1)
        #expect(thumb.allSatisfy((first..<end).contains))
    }

    @Test func noScrollBarWhereAllFits() {
        var surface = context.surface(Size(width: 1, height: 5))
        surface.drawScrollBar(in: surface.bounds, count: 5, offset: 0, visible: 5, context: context)
        #expect(surface.text == "\n\n\n\n")
    }

    // MARK: - Others

    @Test func drawsADialog() {
        var surface = context.surface(Size(width: 44, height: 9))
        let places = surface.drawDialog(
            title: "Leave?", body: ["The cart is kept for next time."], buttons: ["Leave", "Stay"], focus: 1,
            context: context)
        #expect(
            surface.text == """


                    ╭─ Leave? ────────────────────────╮
                    │ The cart is kept for next time. │
                    │                                 │
                    │         Leave    [ Stay ]       │
                    ╰─────────────────────────────────╯


                """)
        #expect(places.buttons.map(\.width) == [9, 8])
        #expect(surface.cursor.map { places.buttons[1].contains($0) } == true)
    }

    /// A panel over wide text leaves no half of a glyph, and no text touches its border.
    @Test(arguments: [20, 21]) func aPanelClearsWhatIsBesideIt(_ width: Int) {
        var surface = context.surface(Size(width: 41, height: 9))
        let wide = String(repeating: "漢", count: 21)
        for y in 0..<9 { surface.write(y.isMultiple(of: 2) ? wide : " " + wide, at: Point(x: 0, y: y)) }
        let (frame, _) = surface.drawPanel(Size(width: width, height: 5), title: "Title", context: context)
        for y in frame.y - 1...frame.maxY {
            for x in [frame.x - 1, frame.maxX] {
                #expect(surface[x, y].glyph == " ", "\(x) \(y)\n\(surface.text)")
            }
        }
        for x in frame.x - 1...frame.maxX {
            for y in [frame.y - 1, frame.maxY] {
                #expect(surface[x, y].glyph == " ", "\(x) \(y)\n\(surface.text)")
            }
        }
        for y in 0..<9 {
            for x in 0..<41 where surface[x, y].width == 2 { #expect(surface[x + 1, y].width == 0) }
        }
    }

    @Test func aPanelThatShrinksKeepsItsCorner() {
        var surface = context.surface(Size(width: 40, height: 20))
        let whole = surface.drawPanel(Size(width: 30, height: 16), title: "Help", context: context).frame
        surface = context.surface(Size(width: 40, height: 20))
        let part = surface.drawPanel(
            Size(width: 30, height: 6), title: "Help", anchor: Size(width: 30, height: 16), context: context
        ).frame
        #expect(part.origin == whole.origin && part.height == 6)
    }

    @Test(arguments: [(1, 1), (2, 2), (5, 3), (12, 4), (0, 0)])
    func everythingDrawsAtAnySize(_ width: Int, _ height: Int) {
        var surface = context.surface(Size(width: width, height: height))
        let places = surface.drawDialog(
            title: "Title", body: ["A longer text that has to be wrapped."], buttons: ["Yes", "No"], focus: 0,
            context: context)
        #expect(places.buttons.count == 2)
        surface.drawTable(
            columns, in: surface.bounds, viewport: ListViewport(count: 3, height: height), context: context
        ) {
            _, _ in [TextRun("x")]
        }
        surface.drawBar(value: 1, of: 2, in: surface.bounds, style: .none)
        surface.drawColumns([1, 2, 3], in: surface.bounds, style: .none)
        surface.drawKeyHints([KeyHint(key: "Enter", label: "open")], in: surface.bounds, context: context)
        #expect(surface.size == Size(width: width, height: height))
    }

    @Test func hintsThatDoNotFitAreLeftOutFromTheRight() {
        let hints = [
            KeyHint(key: "Enter", label: "open"), KeyHint(key: "/", label: "search"),
            KeyHint(key: "q", label: "quit"),
        ]
        var surface = context.surface(Size(width: 22, height: 1))
        let places = surface.drawKeyHints(hints, in: surface.bounds, context: context)
        #expect(surface.text == " Enter open  / search")
        #expect(places == [Rect(x: 1, y: 0, width: 10, height: 1), Rect(x: 13, y: 0, width: 8, height: 1)])
    }

    @Test(arguments: [(0, "░░░░"), (1, "▌░░░"), (4, "██░░"), (8, "████"), (99, "████"), (-1, "░░░░")])
    func bars(_ value: Int, _ expected: String) {
        var surface = context.surface(Size(width: 4, height: 1))
        surface.drawBar(value: value, of: 8, in: surface.bounds, style: .none)
        #expect(surface.text == expected)
    }

    @Test func columnsOfACart() {
        var surface = context.surface(Size(width: 4, height: 2))
        surface.drawColumns([9, 0, 4, 8, 16], in: surface.bounds, style: .none)
        #expect(surface.text == "   █\n ▄██")
    }
}
