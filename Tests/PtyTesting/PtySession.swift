import Foundation
import Glibc
import Synchronization
import Testing

/// A program on a pseudo terminal of its own: what it writes there is kept byte by byte, what it reports on
/// descriptor 3 line by line.
package final class PtySession: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private struct State {
        var bytes: [UInt8] = []
        var ledger = TerminalLedger()
        var report: [UInt8] = []
        var master: Int32
        let reportEnd: Int32
        var status: Int32?
    }

    package let process: pid_t
    /// The terminal's other end, kept open so that its termios can be asked for after the program's end.
    private let slave: Int32
    private let state: Mutex<State>

    package static let limit = Duration.seconds(120)

    /// - Parameters:
    ///   - term: the value of TERM; unset when nil.
    ///   - environment: added to a small fixed one.
    package init(
        _ arguments: [String], term: String? = "xterm-256color", columns: Int = 80, rows: Int = 24,
        environment: [String: String] = [:], keepsSlave: Bool = true
    ) throws {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // What unlockpt and ptsname do; Glibc does not offer those to Swift.
        let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        var (locked, number): (CInt, CUnsignedInt) = (0, 0)
        guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, getNumber, &number) == 0 else {
            throw Failure(description: "no pseudo terminal: \(errno)")
        }
        let path = "/dev/pts/\(number)"
        let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else { throw Failure(description: "cannot open \(path): \(errno)") }
        try Self.setSize(master, columns: columns, rows: rows)
        var pipeEnds: [Int32] = [-1, -1]
        guard pipe(&pipeEnds) == 0 else { throw Failure(description: "no pipe: \(errno)") }
        _ = fcntl(pipeEnds[0], F_SETFD, FD_CLOEXEC)
        _ = fcntl(pipeEnds[0], F_SETFL, O_NONBLOCK)
        _ = fcntl(master, F_SETFL, O_NONBLOCK)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that the leader of a new session opens becomes its controlling one.
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        posix_spawn_file_actions_adddup2(&actions, pipeEnds[1], 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let setSession: Int16 = 0x80
        posix_spawnattr_setflags(
            &attributes, setSession | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)

        var variables = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PS1": "$ ", "HOME": "/",
            "SWIFT_BACKTRACE": "enable=no",
        ]
        variables["TERM"] = term
        variables.merge(environment) { $1 }
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var process = pid_t()
        let code = posix_spawn(&process, arguments[0], &actions, &attributes, argv, envp)
        Glibc.close(pipeEnds[1])
        guard code == 0 else { throw Failure(description: "cannot start \(arguments[0]): \(code)") }
        self.process = process
        if !keepsSlave { Glibc.close(slave) }
        self.slave = keepsSlave ? slave : -1
        state = Mutex(State(master: master, reportEnd: pipeEnds[0]))
    }

    deinit {
        if state.withLock({ $0.status }) == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        state.withLock { state in
            if state.master >= 0 { Glibc.close(state.master) }
            Glibc.close(state.reportEnd)
        }
        if slave >= 0 { Glibc.close(slave) }
    }

    // MARK: - What a test does

    package func send(_ text: String) { send(Array(text.utf8)) }

    package func send(_ bytes: [UInt8]) {
        let master = state.withLock { $0.master }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Full; with nobody left to read, it stays so.
                guard exit == nil else { return }
                pump(milliseconds: 10)
            } else {
                return
            }
        }
    }

    /// Sends as much of it as the program and the kernel take, and gives up once neither takes more. Returns
    /// how many bytes went.
    package func fill(_ bytes: [UInt8]) -> Int {
        let master = state.withLock { $0.master }
        var rest = bytes[...]
        var refusals = 0
        while !rest.isEmpty, refusals < 50 {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                refusals = 0
            } else {
                refusals += 1
                pump(milliseconds: 10)
            }
        }
        return bytes.count - rest.count
    }

    package func resize(columns: Int, rows: Int) throws {
        try Self.setSize(state.withLock { $0.master }, columns: columns, rows: rows)
    }

    package func signal(_ number: Int32) { kill(process, number) }

    /// Hangs up, as a dropped line does.
    package func hangUp() {
        state.withLock { state in
            Glibc.close(state.master)
            state.master = -1
        }
    }

    /// What the program wrote to the terminal so far.
    package var output: [UInt8] { state.withLock { $0.bytes } }
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    /// What its bytes made of the terminal so far.
    package var ledger: TerminalLedger { state.withLock { $0.ledger } }

    /// Drops what was written so far, though not what it made of the terminal.
    package func forgetOutput() {
        state.withLock { state in
            state.bytes = []
            state.ledger.forgetText()
        }
    }

    /// Whole lines of the report so far.
    package var report: [String] {
        let bytes = state.withLock { $0.report }
        guard let end = bytes.lastIndex(of: 0x0a) else { return [] }
        return String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\n")
    }

    package func waitForReport(_ line: String) throws {
        try wait(for: "the report \"\(line)\"") { $0.report.contains(line) }
    }

    /// Waits for a report that begins so, and returns it.
    package func waitForReport(beginning: String) throws -> String {
        try wait(for: "a report that begins with \"\(beginning)\"") { session in
            session.report.contains { $0.hasPrefix(beginning) }
        }
        return report.first { $0.hasPrefix(beginning) } ?? ""
    }

    package func waitForOutput(_ text: String) throws {
        try wait(for: "\"\(text)\" on the terminal") { $0.outputText.contains(text) }
    }

    package func wait(for what: String, until condition: (PtySession) -> Bool) throws {
        let deadline = ContinuousClock.now + Self.limit
        while !condition(self) {
            guard ContinuousClock.now < deadline else {
                throw Failure(
                    description:
                        "waited in vain for \(what)\nreport: \(report)\noutput: \(outputText.suffix(20_000).debugDescription)"
                )
            }
            pump(milliseconds: 20)
        }
    }

    package enum Exit: Equatable {
        case code(Int32)
        case signal(Int32)
    }

    /// How the program ended; everything it wrote is read by then.
    package func waitForExit() throws -> Exit {
        try wait(for: "its end") { $0.exit != nil }
        while pump(milliseconds: 0) {}
        return try #require(exit)
    }

    /// How the program ended, while nothing that it writes is read.
    package func waitForExitWithoutReading() throws -> Exit {
        let deadline = ContinuousClock.now + Self.limit
        while exit == nil {
            guard ContinuousClock.now < deadline else { throw Failure(description: "it does not end") }
            usleep(10_000)
        }
        return try #require(exit)
    }

    /// nil while it runs.
    package var exit: Exit? {
        let status = state.withLock { state -> Int32? in
            if state.status == nil {
                var status: Int32 = 0
                if waitpid(process, &status, WNOHANG) == process { state.status = status }
            }
            return state.status
        }
        return status.map { $0 & 0x7f == 0 ? .code($0 >> 8 & 0xff) : .signal($0 & 0x7f) }
    }

    /// The terminal's settings, to be compared.
    package func settings() -> [UInt32] {
        var settings = termios()
        guard tcgetattr(slave, &settings) == 0 else { return [] }
        let characters = withUnsafeBytes(of: settings.c_cc) { $0.map(UInt32.init) }
        return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag] + characters
    }

    /// Whether the program has read all that was sent.
    package var isInputTaken: Bool {
        var count: CInt = 0
        return ioctl(slave, UInt(FIONREAD), &count) == 0 && count == 0
    }

    // MARK: - Reading

    /// Takes in what is there, waiting at most so long for something. False when there was nothing.
    @discardableResult
    package func pump(milliseconds: Int32) -> Bool {
        let (master, reportEnd) = state.withLock { ($0.master, $0.reportEnd) }
        var sources = [
            pollfd(fd: master, events: Int16(POLLIN), revents: 0),
            pollfd(fd: reportEnd, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&sources, 2, milliseconds) > 0 else { return false }
        var isSomething = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        for (index, source) in sources.enumerated() where source.revents != 0 {
            let count = read(source.fd, &buffer, buffer.count)
            guard count > 0 else { continue }
            isSomething = true
            state.withLock { state in
                if index == 0 {
                    state.bytes += buffer[..<count]
                    state.ledger.feed(buffer[..<count])
                } else {
                    state.report += buffer[..<count]
                }
            }
        }
        // A closed end is always ready; do not run in circles.
        if !isSomething, milliseconds > 0 { usleep(1_000) }
        return isSomething
    }

    private static func setSize(_ descriptor: Int32, columns: Int, rows: Int) throws {
        var size = winsize(
            ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0 else {
            throw Failure(description: "cannot set the size: \(errno)")
        }
    }
}
