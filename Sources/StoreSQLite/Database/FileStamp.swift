import Foundation

/// Tells whether a file, or the log that SQLite keeps beside it, was written since.
struct FileStamp: Hashable, Sendable {
    private let file: Part?
    private let log: Part?

    private struct Part: Hashable, Sendable {
        let inode: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int

        /// nil for a file that is not there, or is empty.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0, status.st_size > 0 else { return nil }
            inode = UInt(status.st_ino)
            size = Int(status.st_size)
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
        }
    }

    init(_ path: String) {
        file = Part(path)
        log = Part(path + "-wal")
    }
}
