import CNcurses
import Glibc
import Synchronization
import TerminalKit

/// Standard input and output line by line, whatever they are: a terminal of any type, a pipe, a file. ncurses
/// has no part in it; one thread reads.
public final class StandardLines: LineTerminal {
    public let input: LineQueue
    public let isUnicode: Bool
    public var echoes: Bool { isTerminal }
    private let isTerminal = isatty(STDIN_FILENO) == 1
    private let endWatch: EndWatch
    /// Ends the reading thread, or lets it go on once there is room.
    private let wake: Pipe
    /// Nothing is written any more: nobody reads it, or the program is to end.
    private let isOver: Flag
    /// The modes of the terminal from before typing was hidden; nil while it shows.
    private let shownModes = Mutex<termios?>(nil)

    private let isClosed = Atomic(false)

    private final class Flag: Sendable { let value = Atomic(false) }

    /// No line of a person is longer; the rest of one is dropped.
    private static let longestLine = 65_536

    private let inputLimit: Int?

    /// - Parameters:
    ///   - asciiOnly: keeps to ASCII even where the locale knows more.
    ///   - inputLimit: bytes that may come within ten seconds; more is the end. nil for any number.
    public init(asciiOnly: Bool = false, inputLimit: Int? = nil) throws(TerminalError) {
        self.inputLimit = inputLimit
        isUnicode = TerminalType.usesUTF8() && !asciiOnly
        let isOver = Flag()
        self.isOver = isOver
        let wake = try Pipe()
        self.wake = wake
        let input = LineQueue { wake.write(0) }
        self.input = input
        endWatch = try EndWatch { reason in
            isOver.value.store(true, ordering: .relaxed)
            input.send(.ended(reason))
        }
        cn_signals_save()
        cn_ends_install(endWatch.pipe.writeEnd)
        endWatch.catchUp()
        endWatch.start()
        startThread { [self] in read() }
    }

    public func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty, !isOver.value.load(ordering: .relaxed) {
            // What fits a pipe's buffer never blocks once the pipe takes anything, so that a signal is heard
            // although nobody reads.
            var target = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            guard poll(&target, 1, 100) > 0 else { continue }
            let count = rest.prefix(Int(PIPE_BUF)).withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR, errno != EAGAIN {
                return endWatch.tell(.hangup)
            }
        }
    }

    public func hideTyping(_ isHidden: Bool) {
        guard isTerminal else { return }
        shownModes.withLock { shown in
            if isHidden, shown == nil {
                var modes = termios()
                guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
                shown = modes
                modes.c_lflag &= ~tcflag_t(ECHO)
                // Who comes back from a stop would find it shown.
                withUnsafeMutableBytes(of: &modes.c_cc) { $0[Int(VSUSP)] = 0 }
                tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
            } else if !isHidden, var modes = shown {
                shown = nil
                tcsetattr(STDIN_FILENO, TCSANOW, &modes)
            }
        }
    }

    public func close() {
        guard isClosed.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged else {
            return
        }
        hideTyping(false)
        wake.write(0)
        endWatch.stop()
        input.finish()
        cn_signals_restore()
    }

    // MARK: - On the thread

    private func read() {
        var line: [UInt8] = []
        var allowance = inputLimit.map { InputAllowance(limit: $0) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        // That nobody reads on is heard at once, not with the next line written.
        let output = fcntl(STDOUT_FILENO, F_GETFD) < 0 ? -1 : STDOUT_FILENO
        while true {
            var sources = [
                pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0),
                input.isFull
                    // A pipe whose writer has gone would be ready at once, over and over.
                    ? pollfd(fd: isTerminal ? STDIN_FILENO : -1, events: 0, revents: 0)
                    : pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: output, events: 0, revents: 0),
            ]
            guard poll(&sources, 3, -1) > 0 else { continue }
            if sources[0].revents != 0 {
                if isClosed.load(ordering: .acquiring) { return }
                _ = wake.read()
            }
            guard sources[2].revents == 0 else { return endWatch.tell(.hangup) }
            guard sources[1].revents != 0 else { continue }
            // Whatever was typed before a terminal's line went has nobody to read what comes of it.
            if isTerminal, Int32(sources[1].revents) & (POLLHUP | POLLERR) != 0 {
                return endWatch.tell(.hangup)
            }
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else {
                if !line.isEmpty { send(line) }
                if count < 0 { endWatch.tell(.hangup) } else { input.send(.ended(nil)) }
                return
            }
            if allowance?.take(count, at: monotonicNanoseconds()) == false {
                return endWatch.tell(.flooded)
            }
            for byte in buffer[..<count] {
                if byte == 0x0A {
                    send(line)
                    line.removeAll()
                } else if line.count < Self.longestLine {
                    line.append(byte)
                }
            }
        }
    }

    /// A line as serial lines end it too, with CR before LF.
    private func send(_ line: [UInt8]) {
        input.send(
            .line(String(decoding: line.last == 0x0D ? line.dropLast() : line[...], as: UTF8.self)))
    }
}
