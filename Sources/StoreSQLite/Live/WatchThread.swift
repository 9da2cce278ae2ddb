import Foundation

/// A thread that looks once, and again whenever a file is written to. In between it sleeps in the kernel.
final class WatchThread: Sendable {
    private let endings: (read: Int32, write: Int32)
    private let hasEnded = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - pause: milliseconds between two looks at least.
    /// - Returns: nil where there is no such file or the system has no more descriptors: then nothing is watched.
    init?(path: String, pause: Int32, look: @escaping @Sendable () -> Void) {
        let notices = inotify_init1(O_CLOEXEC | O_NONBLOCK)
        guard notices >= 0 else { return nil }
        var ends: [Int32] = [0, 0]
        guard inotify_add_watch(notices, path, UInt32(IN_MODIFY)) >= 0, pipe(&ends) == 0 else {
            Foundation.close(notices)
            return nil
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let endings = (read: ends[0], write: ends[1])
        self.endings = endings
        let hasEnded = hasEnded
        Thread.detachNewThread {
            Self.blockSignals()
            repeat {
                Self.empty(notices)
                look()
            } while Self.waits(for: notices, endings.read, pause: pause)
            for descriptor in [notices, endings.read, endings.write] { Foundation.close(descriptor) }
            hasEnded.signal()
        }
    }

    /// Has the thread end. Called once.
    func end() {
        var byte: UInt8 = 0
        _ = Foundation.write(endings.write, &byte, 1)
    }

    /// Returns when the thread has ended.
    func wait() { hasEnded.wait() }

    /// False when the thread is to end.
    private static func waits(for notices: Int32, _ ending: Int32, pause: Int32) -> Bool {
        var end = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
        // Many commits in a row are one look.
        if poll(&end, 1, pause) > 0 { return false }
        var both = [end, pollfd(fd: notices, events: Int16(POLLIN), revents: 0)]
        while poll(&both, 2, -1) < 0 {}
        return both[0].revents == 0
    }

    /// What the notices say is known: the file was written to.
    private static func empty(_ notices: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while read(notices, &buffer, buffer.count) > 0 {}
    }

    /// Signals are for the threads that wait for them; faults stay open, so that a crash here is reported as anywhere
    /// else.
    private static func blockSignals() {
        var blocked = sigset_t()
        sigfillset(&blocked)
        for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&blocked, fault) }
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
    }
}
