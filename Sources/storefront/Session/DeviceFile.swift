import Foundation
import StoreDomain
import Synchronization

/// A device beside the program that is a file, such as `/dev/usb/lp0`: bytes are written there.
struct DeviceFile: Sendable {
    /// What the device is called in sentences.
    let device: String
    let path: String
    /// How long it may take: a device that is switched off must not hold up the sale.
    let patience: Duration

    init(_ device: String, path: String, patience: Duration = .seconds(15)) {
        self.device = device
        self.path = path
        self.patience = patience
    }

    /// Writes all of it, on a thread of its own; gives up when `patience` is over, also where the system keeps that
    /// thread waiting.
    ///
    /// - Throws: `device` … a sentence with what to do.
    func send(_ bytes: [UInt8]) async throws(StoreError) {
        let problem = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            Thread.detachNewThread {
                let outcome = Outcome()
                Thread.detachNewThread { outcome.set(write(bytes)) }
                continuation.resume(returning: outcome.wait(patience + .seconds(1)))
            }
        }
        if let problem { throw .device("The \(device) \(path) \(problem)") }
    }

    /// How writing ended, handed from one thread to another.
    private final class Outcome: Sendable {
        private let problem = Mutex<String?>(nil)
        private let isThere = DispatchSemaphore(value: 0)

        func set(_ problem: String?) {
            self.problem.withLock { $0 = problem }
            isThere.signal()
        }

        func wait(_ limit: Duration) -> String? {
            let milliseconds = Int(limit / .milliseconds(1))
            guard isThere.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
                return DeviceFile.late
            }
            return problem.withLock { $0 }
        }
    }

    private static let late = "did not take all of it in time; has it paper, and is its cover closed?"

    /// What went wrong; nil when all is written.
    private func write(_ bytes: [UInt8]) -> String? {
        // Never made where it is missing, and never waited for.
        let file = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else { return words(for: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, [S_IFCHR, S_IFIFO].contains(status.st_mode & S_IFMT) else {
            return "is no device; nothing is written there"
        }
        passUnchanged(file)
        let deadline = ContinuousClock.now + patience
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            let code = errno
            guard count < 0, [EAGAIN, EINTR, ENOSPC].contains(code) else { return words(for: code) }
            let left = (deadline - .now) / .milliseconds(1)
            guard left > 0 else { return Self.late }
            var source = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
            // A printer without paper says that it could be written to, and takes nothing.
            if code == ENOSPC { usleep(200_000) }
            _ = poll(&source, 1, Int32(left.rounded(.up)))
            if source.revents & Int16(POLLERR | POLLNVAL) != 0 { return words(for: EIO) }
        }
        return nil
    }

    /// On a serial line, bytes are not to be taken for text.
    private func passUnchanged(_ file: Int32) {
        var line = termios()
        guard tcgetattr(file, &line) == 0, line.c_oflag & tcflag_t(OPOST) != 0 else { return }
        line.c_oflag &= ~tcflag_t(OPOST)
        tcsetattr(file, TCSANOW, &line)
    }

    private func words(for code: Int32) -> String {
        switch code {
        case ENOENT, ENODEV, ENXIO: "is not there; is it switched on and plugged in?"
        case EACCES, EPERM: "may not be written to by this account; the group lp often may"
        case EBUSY: "is used by another program"
        default: "cannot be written to: \(String(cString: strerror(code)))"
        }
    }
}
