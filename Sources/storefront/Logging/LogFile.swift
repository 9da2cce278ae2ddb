import Dispatch
import Glibc
import StoreDomain
import Synchronization

/// A file of lines that several programs may write: each line goes to its end in one call. When it has grown to
/// its limit it is set aside as `NAME.1`, which was `NAME.1` before becomes `NAME.2`, and so on.
///
/// Lines are written by a queue of its own, so that no sale waits for a slow disk; what cannot be written is
/// dropped, and said once.
final class LogFile: Sendable {
    private let path: String
    private let limit: Int
    private let kept: Int
    private let queue = DispatchQueue(label: "log")
    private let state = Mutex(State())
    /// Says once why nothing could be written.
    let trouble: AsyncStream<String>
    private let tell: AsyncStream<String>.Continuation

    private struct State {
        var descriptor: Int32 = -1
        var hasTold = false
        /// Lines that wait to be written, and how many found no room.
        var waiting = 0
        var dropped = 0
    }

    /// More lines are not kept while the disk is slow.
    private static let mostWaiting = 10_000

    /// - Parameters:
    ///   - limit: bytes from which on the file is set aside; 0 for never.
    ///   - kept: how many files that were set aside are kept.
    init(path: String, limit: Int, kept: Int) {
        self.path = path
        self.limit = limit
        self.kept = kept
        (trouble, tell) = AsyncStream.makeStream(of: String.self)
    }

    /// Writes a line soon.
    ///
    /// - Parameter line: without its end.
    func add(_ line: String) {
        let dropped = state.withLock { state -> Int? in
            guard state.waiting < Self.mostWaiting else {
                state.dropped += 1
                return nil
            }
            state.waiting += 1
            defer { state.dropped = 0 }
            return state.dropped
        }
        guard let dropped else { return }
        queue.async { [self] in
            if dropped > 0 { write("(\(dropped) lines are missing here)\n") }
            write(line + "\n")
            state.withLock { $0.waiting -= 1 }
        }
    }

    /// Waits for what is to be written, but no longer than a moment.
    func close() {
        let done = DispatchSemaphore(value: 0)
        queue.async { [self] in
            state.withLock { state in
                if state.descriptor >= 0 { Glibc.close(state.descriptor) }
                state.descriptor = -1
            }
            done.signal()
        }
        _ = done.wait(timeout: .now() + .milliseconds(300))
        tell.finish()
    }

    // MARK: - On the queue

    private func write(_ text: String) {
        guard let descriptor = openFile() else { return fail(errno) }
        let bytes = Array(text.utf8)
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count != bytes.count { fail(count < 0 ? errno : ENOSPC) }
    }

    /// The file that is at the path now: another program may have set aside the one that was.
    private func openFile() -> Int32? {
        var descriptor = state.withLock { $0.descriptor }
        var own = stat()
        var named = stat()
        let isThere = descriptor >= 0 && fstat(descriptor, &own) == 0 && stat(path, &named) == 0
        if !isThere || own.st_ino != named.st_ino || own.st_dev != named.st_dev {
            guard let new = reopen(descriptor), fstat(new, &own) == 0 else { return nil }
            descriptor = new
        }
        guard limit > 0, own.st_size >= limit, own.st_mode & S_IFMT == S_IFREG else { return descriptor }
        setAside(descriptor)
        return reopen(descriptor)
    }

    private func reopen(_ old: Int32) -> Int32? {
        if old >= 0 { Glibc.close(old) }
        // A pipe without a reader must not keep anybody waiting.
        let new = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
        state.withLock { $0.descriptor = new }
        return new < 0 ? nil : new
    }

    /// One program does it; the others wait, and then see that it is done.
    private func setAside(_ descriptor: Int32) {
        guard flock(descriptor, LOCK_EX) == 0 else { return }
        defer { flock(descriptor, LOCK_UN) }
        var own = stat()
        var named = stat()
        guard fstat(descriptor, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino else {
            return
        }
        for number in stride(from: kept - 1, to: 0, by: -1) {
            rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        if rename(path, "\(path).1") != 0 { fail(errno) }
    }

    private func fail(_ code: Int32) {
        let isFirst = state.withLock { state in
            defer { state.hasTold = true }
            return !state.hasTold
        }
        guard isFirst else { return }
        tell.yield("The log \(path) cannot be written: \(String(cString: strerror(code)))")
    }
}
