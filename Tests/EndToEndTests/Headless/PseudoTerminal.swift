import Foundation
import Testing

/// Both ends of a terminal: a program gets one, the test sits at the other.
final class PseudoTerminal {
    /// What a child takes for its terminal.
    let program: FileHandle
    private let keyboard: Int32
    private(set) var seen = ""

    init() throws {
        keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // What unlockpt and ptsname do; Glibc's module map leaves those out.
        var lock: Int32 = 0
        var number: UInt32 = 0
        let unlocking: UInt = 0x4004_5431
        let numbering: UInt = 0x8004_5430
        try #require(keyboard >= 0)
        try #require(ioctl(keyboard, unlocking, &lock) == 0 && ioctl(keyboard, numbering, &number) == 0)
        let descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(descriptor >= 0)
        program = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    deinit { close(keyboard) }

    /// Whether what is typed is shown.
    var echoes: Bool {
        var state = termios()
        return tcgetattr(program.fileDescriptor, &state) == 0 && state.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) throws {
        let bytes = Array(text.utf8)
        try #require(write(keyboard, bytes, bytes.count) == bytes.count)
    }

    /// Reads until `text` was shown; fails after half a minute.
    func wait(for text: String) throws {
        let deadline = Date().addingTimeInterval(30)
        while !seen.contains(text) {
            var request = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
            let left = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
            try #require(left > 0 && poll(&request, 1, left) == 1, "\(text) did not come; seen: \(seen)")
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(keyboard, &buffer, buffer.count)
            try #require(count > 0, "the terminal was closed; seen: \(seen)")
            seen += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
