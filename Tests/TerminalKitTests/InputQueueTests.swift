import Synchronization
import TerminalKit
import Testing

@Suite struct InputQueueTests {
    private func key(_ character: Character) -> TimedEvent {
        TimedEvent(.key(.character(character)), nanoseconds: 0)
    }

    private func taken(_ queue: EventQueue) -> [TerminalEvent] {
        var all: [TerminalEvent] = []
        while let next = queue.take() { all.append(next.event) }
        return all
    }

    @Test func keepsTheOrderAndTellsOfRoom() {
        let room = Counter()
        let queue = InputQueue<Int>(limit: 10, onRoom: { room.add() })
        for number in 0..<10 {
            #expect(!queue.isFull)
            queue.add(number)
        }
        #expect(queue.isFull && queue.count == 10)
        for number in 0..<5 {
            #expect(room.count == 0)
            #expect(queue.take() == number)
        }
        #expect(room.count == 1 && !queue.isFull)
        queue.add(10)
        #expect((5...10).allSatisfy { queue.take() == $0 } && queue.take() == nil)
        #expect(room.count == 1)
    }

    @Test func theEndOvertakesAndDropsAllThatWaits() {
        let queue = EventQueue()
        for _ in 0..<100_000 { queue.send(key("j")) }
        #expect(queue.isFull)
        queue.send(TimedEvent(.ended(.hangup), nanoseconds: 0))
        #expect(!queue.isFull)
        #expect(taken(queue) == [.ended(.hangup)])
    }

    @Test func controlCDropsWhatWasTypedBeforeIt() {
        let queue = EventQueue()
        let size = TerminalEvent.resize(Size(width: 3, height: 4))
        let sent: [TerminalEvent] = [
            .key(.character("j")), size, .paste("x"), .key(.control("c")), .key(.character("y")),
            .key(.control("c")), .key(.enter),
        ]
        for event in sent { queue.send(TimedEvent(event, nanoseconds: 0)) }
        #expect(taken(queue) == [.key(.control("c")), .key(.control("c")), size, .key(.enter)])
    }

    @Test func pastedTextCountsByItsLength() {
        let queue = EventQueue()
        queue.send(TimedEvent(.paste(String(repeating: "x", count: 100_000)), nanoseconds: 0))
        #expect(queue.isFull)
        #expect(queue.take() != nil && !queue.isFull)
    }

    @Test func whatIsHeldWaitsAndWhatOvertakesDoesNot() {
        let queue = EventQueue()
        queue.hold(true)
        queue.send(key("j"))
        #expect(queue.take() == nil)
        queue.send(TimedEvent(.resumed, nanoseconds: 0))
        queue.send(TimedEvent(.key(.control("c")), nanoseconds: 0))
        #expect(queue.take()?.event == .key(.control("c")) && queue.take() == nil)
        queue.hold(false)
        #expect(queue.take()?.event == .resumed)
    }

    @Test func whatWasNotUsedComesFirstAgain() {
        let queue = LineQueue()
        queue.send(.line("c"))
        queue.putBack([.line("a"), .line("b")])
        #expect([queue.take(), queue.take(), queue.take()] == [.line("a"), .line("b"), .line("c")])
    }

    /// Held back or not, and what comes until all who want it have said that it is enough.
    @Test func whatIsTypedIsForgottenUntilTheLastOneHasEnough() {
        let queue = EventQueue()
        let size = TerminalEvent.resize(Size(width: 3, height: 4))
        queue.hold(true)
        for event in [.key(.enter), size, .paste("x"), .key(.control("c"))] as [TerminalEvent] {
            queue.send(TimedEvent(event, nanoseconds: 0))
        }
        for _ in 0..<20_000 { queue.send(key("j")) }
        #expect(queue.isFull)
        #expect(queue.beginDroppingInput() == 20_001 && queue.count == 1 && !queue.isFull)
        #expect(queue.beginDroppingInput() == 0)
        queue.send(key("k"))
        queue.endDropping()
        queue.send(TimedEvent(.key(.control("c")), nanoseconds: 0))
        queue.send(TimedEvent(.focus(true), nanoseconds: 0))
        queue.endDropping()
        queue.send(key("l"))
        queue.hold(false)
        #expect(taken(queue) == [size, .focus(true), .key(.character("l"))])
        _ = queue.beginDroppingInput()
        queue.send(TimedEvent(.ended(.hangup), nanoseconds: 0))
        #expect(taken(queue) == [.ended(.hangup)])
    }

    @Test func aReaderWaitsUntilSomethingComesOrItIsCancelled() async {
        let queue = InputQueue<Int>(limit: 10)
        async let first = queue.next()
        queue.add(1)
        #expect(await first == 1)
        let reader = Task { await queue.next() }
        reader.cancel()
        #expect(await reader.value == nil)
        // Nothing went to the one that gave up.
        queue.add(2)
        queue.finish()
        var rest: [Int] = []
        for await number in queue { rest.append(number) }
        #expect(rest == [2])
    }

    /// Taken one by one, in every mixture with adding, as from a plain array.
    @Test(arguments: 0..<20) func isTheSameAsAPlainArray(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let queue = InputQueue<Int>(limit: 1_000)
        var plain: [Int] = []
        for number in 0..<20_000 {
            if Int.random(in: 0..<100, using: &random) < (number % 5_000 < 2_500 ? 70 : 30) {
                queue.add(number)
                plain.append(number)
            } else {
                #expect(queue.take() == (plain.isEmpty ? nil : plain.removeFirst()))
            }
        }
        #expect(queue.count == plain.count)
    }
}

private final class Counter: Sendable {
    private let value = Atomic(0)
    func add() { value.add(1, ordering: .relaxed) }
    var count: Int { value.load(ordering: .relaxed) }
}
