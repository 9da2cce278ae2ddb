import TerminalKit

/// A terminal whose lines came through another reader before, which passes on those that are not its own.
final class ContinuedLines: LineTerminal {
    let input: AsyncStream<LineInput>
    private let terminal: any LineTerminal

    init(_ terminal: any LineTerminal, input: AsyncStream<LineInput>) {
        self.terminal = terminal
        self.input = input
    }

    var isUnicode: Bool { terminal.isUnicode }
    var echoes: Bool { terminal.echoes }

    func write(_ text: String) { terminal.write(text) }
    func hideTyping(_ isHidden: Bool) { terminal.hideTyping(isHidden) }
    func close() { terminal.close() }
}
