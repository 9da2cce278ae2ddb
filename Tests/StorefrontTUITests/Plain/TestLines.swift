import Synchronization
import TerminalKit

/// A terminal of lines in memory: a test sends lines and reads all that was printed, its own lines among it.
final class TestLines: LineTerminal {
    private struct State {
        var output = ""
        var isHidden = false
    }

    let input = LineQueue()
    let isUnicode: Bool
    let echoes = false
    private let state = Mutex(State())

    init(isUnicode: Bool) {
        self.isUnicode = isUnicode
    }

    var output: String { state.withLock { $0.output } }
    var hidesTyping: Bool { state.withLock { $0.isHidden } }

    func write(_ text: String) { state.withLock { $0.output += text } }
    func hideTyping(_ isHidden: Bool) { state.withLock { $0.isHidden = isHidden } }
    func send(_ input: LineInput) { self.input.send(input) }
    func close() { input.finish() }
}
