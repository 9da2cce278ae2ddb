import TerminalKit
import Testing

@Suite struct GeometryTests {
    private let rect = Rect(x: 2, y: 3, width: 10, height: 5)

    @Test func splitsAreWholeAndClamped() {
        #expect(rect.splitTop(2).top == Rect(x: 2, y: 3, width: 10, height: 2))
        #expect(rect.splitTop(2).rest == Rect(x: 2, y: 5, width: 10, height: 3))
        #expect(rect.splitBottom(2).bottom == Rect(x: 2, y: 6, width: 10, height: 2))
        #expect(rect.splitBottom(2).rest == Rect(x: 2, y: 3, width: 10, height: 3))
        #expect(rect.splitLeft(3).rest == Rect(x: 5, y: 3, width: 7, height: 5))
        #expect(rect.splitRight(3).right == Rect(x: 9, y: 3, width: 3, height: 5))
        #expect(rect.splitTop(99).rest.isEmpty)
        #expect(rect.splitBottom(99).bottom == rect)
        #expect(rect.splitLeft(-1).left.isEmpty)
        #expect(rect.splitRight(-1).rest == rect)
    }

    @Test func insetsNeverTurnInsideOut() {
        #expect(rect.inset(by: 1) == Rect(x: 3, y: 4, width: 8, height: 3))
        #expect(rect.inset(by: 9).isEmpty)
        #expect(Rect(x: 0, y: 0, width: -3, height: 2).width == 0)
    }

    @Test func meetingsAndMiddles() {
        #expect(
            rect.intersection(Rect(x: 0, y: 0, width: 4, height: 4)) == Rect(x: 2, y: 3, width: 2, height: 1))
        #expect(rect.intersection(Rect(x: 50, y: 50, width: 4, height: 4)).isEmpty)
        #expect(rect.centered(Size(width: 4, height: 1)) == Rect(x: 5, y: 5, width: 4, height: 1))
        #expect(rect.centered(Size(width: 99, height: 99)) == rect)
        #expect(rect.contains(Point(x: 11, y: 7)))
        #expect(!rect.contains(Point(x: 12, y: 7)))
    }
}
