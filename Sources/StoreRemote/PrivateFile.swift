import Foundation
import StoreDomain

/// A small file that its owner alone reads (0600), replaced as a whole.
struct PrivateFile: Sendable {
    let path: String

    /// - Returns: false when it cannot be written.
    func write(_ bytes: [UInt8]) -> Bool {
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { return false }
        let part = "\(path).part"
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(bytes))
            try file.close()
        } catch { return false }
        return rename(part, path) == 0
    }

    /// nil for a file that others can read, that belongs to somebody else, or of more than 64 KiB.
    func read() -> Data? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0,
            status.st_uid == getuid(), status.st_size <= 65_536
        else { return nil }
        return FileManager.default.contents(atPath: path)
    }

    func remove() { unlink(path) }
}
