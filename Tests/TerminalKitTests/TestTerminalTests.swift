import TerminalKit
import Testing

@Suite struct TestTerminalTests {
    private func frame(_ text: String) -> Surface {
        var surface = Surface(size: Size(width: 20, height: 1))
        surface.write(text, at: Point(x: 0, y: 0))
        return surface
    }

    @Test func waitsForWhatIsShown() async throws {
        let terminal = TestTerminal()
        terminal.present(frame("one"))
        #expect(try await terminal.waitForText("one").text == "one")
        async let later = terminal.waitForText("two")
        terminal.present(frame("nothing"))
        terminal.present(frame("two"))
        #expect(try await later.text == "two")
        #expect(terminal.frameCount == 3)
    }

    @Test func givesUpWithWhatIsThere() async {
        let terminal = TestTerminal()
        terminal.present(frame("something else"))
        let error = await #expect(throws: TestTerminal.Timeout.self) {
            try await terminal.waitForText("never", within: .milliseconds(1))
        }
        #expect(error?.lastScreen == "something else")
    }

    @Test func eventsCarryTheirTime() async {
        let terminal = TestTerminal(size: Size(width: 10, height: 5))
        terminal.type("ab", after: 1_000)
        terminal.resize(Size(width: 9, height: 4))
        terminal.close()
        var events: [TimedEvent] = []
        for await event in terminal.events { events.append(event) }
        #expect(
            events == [
                TimedEvent(.key(.character("a")), nanoseconds: 1_000),
                TimedEvent(.key(.character("b")), nanoseconds: 2_000),
                TimedEvent(.resize(Size(width: 9, height: 4)), nanoseconds: 1_000_002_000),
            ])
        #expect(terminal.size == Size(width: 9, height: 4))
    }

    @Test func closingEndsEveryWait() async {
        let terminal = TestTerminal()
        let waiting = Task { try await terminal.waitForText("never") }
        terminal.close()
        await #expect(throws: TestTerminal.Timeout.self) { try await waiting.value }
    }
}
