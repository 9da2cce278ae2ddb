import Foundation

/// Wakes one thread that sleeps in the kernel.
final class Bell: Sendable {
    private let ends: (read: Int32, write: Int32)

    /// - Returns: nil when the system has no more descriptors.
    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        self.ends = (ends[0], ends[1])
    }

    deinit {
        close(ends.read)
        close(ends.write)
    }

    /// A full pipe has woken the thread already.
    func ring() {
        var byte: UInt8 = 0
        _ = write(ends.write, &byte, 1)
    }

    /// Forgets that it has rung.
    func quieten() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(ends.read, &bytes, bytes.count) > 0 {}
    }

    /// Returns when it rings or when something can be read from `descriptor`.
    func wait(beside descriptor: Int32) {
        var both = [ends.read, descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        poll(&both, 2, -1)
    }

    /// Returns when it rings, or after so many milliseconds.
    func wait(atMost milliseconds: Int32) {
        var bell = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
        poll(&bell, 1, milliseconds)
    }
}
