import Foundation

/// Advisory locks between processes, on bytes of a side file. The file is never removed: whoever locks must
/// lock the same one.
///
/// The locks belong to the open file (OFD locks), so two stores opened in one process exclude each other as
/// two processes do, and a killed process holds nothing.
final class FileLock: Sendable {
    /// What a byte of the side file stands for. It need not have that byte.
    struct Part: Sendable {
        fileprivate let offset: off_t

        /// Held while writing, checkpointing, opening or creating.
        static let writing = Part(offset: 0)
        /// Held, shared, by whoever has the file open.
        static let presence = Part(offset: 1)

        /// Held by the session of that number as long as it lives.
        static func session(_ number: Int64) -> Part { Part(offset: 1024 + off_t(number)) }
    }

    private let descriptor: Int32
    // `F_OFD_GETLK` and `F_OFD_SETLK` of Linux, which Swift's view of the C library leaves out.
    private static let getOFDLock: Int32 = 36
    private static let setOFDLock: Int32 = 37

    /// Opens the side file, making it (0600) when it is missing.
    ///
    /// - Throws: `POSIXError`.
    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError.current }
    }

    deinit { close(descriptor) }

    /// Waits up to `seconds` for the lock; false when somebody else held it all that time.
    func acquire(_ part: Part, waitingUpTo seconds: Double) -> Bool {
        let deadline = DispatchTime.now() + seconds
        var pause: useconds_t = 50
        while !set(part, F_WRLCK) {
            guard DispatchTime.now() < deadline else { return false }
            usleep(pause)
            pause = min(2 * pause, 2_000)
        }
        return true
    }

    func tryExclusive(_ part: Part) -> Bool { set(part, F_WRLCK) }
    func share(_ part: Part) { _ = set(part, F_RDLCK) }
    func release(_ part: Part) { _ = set(part, F_UNLCK) }

    /// Tells those who watch the side file that what it guards has changed. Costs no write to the disk; where it
    /// fails, they hear of it with the next change.
    func announce() {
        var byte: UInt8 = 0
        _ = pwrite(descriptor, &byte, 1, 0)
    }

    /// Whether somebody else holds it; also where the system cannot tell.
    func isHeldElsewhere(_ part: Part) -> Bool {
        var lock = part.lock(F_WRLCK)
        return fcntl(descriptor, Self.getOFDLock, &lock) != 0 || Int32(lock.l_type) != F_UNLCK
    }

    private func set(_ part: Part, _ type: Int32) -> Bool {
        var lock = part.lock(type)
        return fcntl(descriptor, Self.setOFDLock, &lock) == 0
    }
}

extension FileLock.Part {
    fileprivate func lock(_ type: Int32) -> flock {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = offset
        lock.l_len = 1
        return lock
    }
}

extension POSIXError {
    /// What the last failed system call of this thread said.
    static var current: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
