import Glibc
import StoreDomain
import TerminalKit

/// Standard output for results, standard error for everything else. Text is made harmless before it gets
/// here or, for messages, here.
enum Console {
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }
    static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Writes a result as it is. When nobody reads any more (`| head`), the program ends in silence.
    static func write(_ text: String) {
        if case .failure(let code) = writeAll(text, to: STDOUT_FILENO) {
            if code != EPIPE { complain("standard output: \(String(cString: strerror(code)))") }
            exit(1)
        }
    }

    /// A line of a result, its controls made harmless.
    static func line(_ text: String) { write(Sanitizer.harmless(text) + "\n") }

    /// One line on standard error: `storefront: …`.
    static func complain(_ sentence: String) {
        _ = writeAll("storefront: \(Sanitizer.harmless(sentence))\n", to: STDERR_FILENO)
    }

    /// A line on standard error for whoever watches, without the program's name.
    static func tell(_ text: String) { _ = writeAll(Sanitizer.harmless(text) + "\n", to: STDERR_FILENO) }

    /// Text on standard error as it is: prompts and progress.
    static func writeError(_ text: String) { _ = writeAll(text, to: STDERR_FILENO) }

    private enum Written { case all, failure(Int32) }

    private static func writeAll(_ text: String, to descriptor: Int32) -> Written {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR, errno != EAGAIN {
                return .failure(errno)
            }
        }
        return .all
    }
}

/// A line on standard error that counts up, at most ten times a second, only when somebody watches.
struct Progress: Sendable {
    private let label: String
    private let isShown = Console.isErrorTerminal
    private var lastShown: ContinuousClock.Instant?

    init(_ label: String) { self.label = label }

    mutating func show(_ count: Int, of total: Int? = nil) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastShown, lastShown.duration(to: now) < .milliseconds(100) { return }
        lastShown = now
        Console.writeError("\r\(label) \(count.grouped)\(total.map { " of \($0.grouped)" } ?? "")\u{1B}[K")
    }

    /// Takes the line away.
    mutating func finish() {
        if lastShown != nil { Console.writeError("\r\u{1B}[K") }
        lastShown = nil
    }
}
