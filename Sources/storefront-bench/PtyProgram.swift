import ArgumentParser
import Foundation

/// A program on a pseudo terminal of its own.
struct PtyProgram {
    let process: pid_t
    /// The terminal's other end; -1 once it has hung up.
    var line: Int32

    init(_ command: [String], columns: Int, rows: Int, variables: [String]) throws {
        let line = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        // What unlockpt and ptsname do; Glibc does not offer those to Swift.
        let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        var (locked, number): (CInt, CUnsignedInt) = (0, 0)
        guard line >= 0, ioctl(line, unlock, &locked) == 0, ioctl(line, getNumber, &number) == 0 else {
            throw ValidationError("no pseudo terminal: error \(errno)")
        }
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(line, UInt(TIOCSWINSZ), &size)
        do {
            process = try Launch.start(
                command, .terminal("/dev/pts/\(number)"), variables: variables)
        } catch {
            close(line)
            throw error
        }
        self.line = line
    }

    /// What it wrote until it was quiet for a while.
    struct Output {
        var bytes: [UInt8] = []
        /// When the last of them came.
        var last: ContinuousClock.Instant?

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Reads until nothing has come for `quiet` milliseconds since the last byte.
    ///
    /// - Parameter patience: how many milliseconds the first byte may take.
    func read(quiet: Int32, patience: Int32, atMost seconds: Double = 30) -> Output {
        var output = Output()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            var source = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
            guard poll(&source, 1, output.last == nil ? patience : quiet) > 0 else { break }
            let count = Foundation.read(line, &buffer, buffer.count)
            guard count > 0 else { break }
            output.last = .now
            output.bytes += buffer[..<count]
        }
        return output
    }

    func send(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(line, $0.baseAddress, $0.count) }
    }

    /// Hangs up, which ends it in its own way, and waits for that.
    func hangUp() {
        close(line)
        Children.shared.end(process, by: SIGHUP)
    }

    /// What a process has of its own, in MiB.
    static func ownMemory(_ process: pid_t) throws -> Double {
        try memory(process, lines: "Private_")
    }

    /// Sums lines of what the kernel tells of a process's memory, in MiB.
    static func memory(_ process: pid_t, lines: String) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix(lines) }
            .compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Double($0) } }
            .reduce(0, +) / 1024
    }

    /// How often its threads gave up the processor and were given it again.
    static func wakes(_ process: pid_t) throws -> Int {
        let folder = "/proc/\(process)/task"
        return try FileManager.default.contentsOfDirectory(atPath: folder).map { thread in
            let text = try String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8)
            return text.split(separator: "\n").filter { $0.contains("voluntary_ctxt_switches") }
                .compactMap { $0.split(separator: "\t").last.flatMap { Int($0) } }.reduce(0, +)
        }.reduce(0, +)
    }
}
