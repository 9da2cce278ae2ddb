import Foundation
import StoreCrypto

/// Reads and changes the host's files: whole or not at all, and never through a link that somebody laid.
enum HostFiles {
    /// What a path leads to now.
    enum Found: Hashable {
        case nothing
        case text(String)
        case link(to: String)
        /// A folder, a device, or a file that is no text.
        case other
    }

    static func look(at path: String) throws -> Found {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return .nothing }
            throw CommandFailure("\(path) cannot be looked at: \(String(cString: strerror(errno)))")
        }
        switch status.st_mode & S_IFMT {
        case S_IFLNK: return .link(to: try FileManager.default.destinationOfSymbolicLink(atPath: path))
        case S_IFREG:
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure("\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
            return String(validating: data, as: UTF8.self).map(Found.text) ?? .other
        default: return .other
        }
    }

    /// What a manifest would have to say of a path for it to be unchanged; nil when nothing is there.
    static func fingerprint(of path: String) throws -> String? {
        switch try look(at: path) {
        case .nothing: nil
        case .text(let text): Fingerprint.hex(of: text)
        case .link(let target): Fingerprint.hex(of: target)
        case .other: "other"
        }
    }

    /// Puts a file in its place under its name at once, so that nobody ever reads a half of it.
    static func put(_ file: HostFile) throws {
        let draft = "\(file.path).\(getpid())-new"
        unlink(draft)
        switch file.content {
        case .link(let target):
            guard symlink(target, draft) == 0 else { throw failure(file.path) }
        case .text(let text):
            let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw failure(file.path) }
            defer { close(descriptor) }
            let bytes = Array(text.utf8)
            guard write(descriptor, bytes, bytes.count) == bytes.count, fchmod(descriptor, file.mode) == 0,
                fsync(descriptor) == 0
            else {
                let reason = failure(file.path)
                unlink(draft)
                throw reason
            }
        }
        guard rename(draft, file.path) == 0 else {
            let reason = failure(file.path)
            unlink(draft)
            throw reason
        }
    }

    /// Makes a folder and those above it that are missing, root's and readable by all; returns those it made.
    static func makeFolder(_ path: String) throws -> [String] {
        guard case .nothing = try look(at: path) else { return [] }
        let above = try makeFolder(PathParts(path).folder)
        guard mkdir(path, 0o755) == 0 else { throw failure(path) }
        return above + [path]
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}

/// The two halves of a path.
struct PathParts: Hashable, Sendable {
    /// Without its last slash; `/` for what lies there.
    let folder: String

    /// - Parameter path: one that begins with `/`.
    init(_ path: String) {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        folder = end == path.startIndex ? "/" : String(path[..<end])
    }
}
