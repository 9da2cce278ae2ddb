import TerminalKit
import Testing

@Suite struct SpilledEventsTests {
    private static let odd: [TerminalEvent] = [
        .paste("a\nb"), .resize(Size(width: 80, height: 24)), .focus(true), .resumed, .key(.enter),
        .key(.escape),
        .scan(Scan("123456")),
    ]

    /// More different ones than have a number.
    private static let many: [TerminalEvent] = (0..<2_000).map { number in
        switch number % 7 {
        case 0: .mouse(MouseEvent(kind: .press, position: Point(x: number, y: 1)))
        case 1: odd[number / 7 % odd.count]
        default: .key(.character(Character(Unicode.Scalar(UInt32(0x4e00 + number % 400)) ?? "x")))
        }
    }

    @Test func keepsEachInItsOrder() {
        var spilled = SpilledEvents()
        var taken: [TerminalEvent] = []
        for (index, event) in Self.many.enumerated() {
            spilled.add(event)
            if index % 3 == 0, let event = spilled.take() { taken.append(event) }
        }
        while let event = spilled.take() { taken.append(event) }
        #expect(taken == Self.many)
        #expect(spilled.isEmpty && spilled.take() == nil)
    }

    @Test func isFullAtItsLimit() {
        var spilled = SpilledEvents()
        for _ in 1..<SpilledEvents.limit { spilled.add(.key(.down)) }
        #expect(!spilled.isFull)
        spilled.add(.key(.down))
        #expect(spilled.isFull)
        _ = spilled.take()
        #expect(!spilled.isFull)
        spilled.add(.paste(String(repeating: "x", count: SpilledEvents.limit)))
        #expect(spilled.isFull)
    }

    @Test func droppingWhatWasTypedKeepsTheRest() {
        var spilled = SpilledEvents()
        for event in Self.many { spilled.add(event) }
        spilled.dropInput()
        var left: [TerminalEvent] = []
        while let event = spilled.take() { left.append(event) }
        let kept: [TerminalEvent] = [.resize(Size(width: 80, height: 24)), .focus(true), .resumed]
        #expect(left == Self.many.filter(kept.contains) && !left.isEmpty)
    }
}
