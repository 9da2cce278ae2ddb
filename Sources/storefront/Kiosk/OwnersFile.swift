import Glibc

/// A file that a kiosk's session believes, as only root and its own account can have written it.
enum OwnersFile {
    /// None is longer.
    private static let longest = 65_536

    /// - Throws: for a file that is missing, that others may have written, or that is no text.
    static func text(at path: String) throws(KioskRefusal) -> String {
        try checkFolder(of: path)
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard file >= 0 else { throw .settings("\(path) cannot be read: storefront kiosk setup writes it") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .settings("\(path) is no file")
        }
        guard !isWritableByOthers(status) else {
            throw .settings("\(path) can be written by others than root and this account; chmod go-w")
        }
        var bytes = [UInt8](repeating: 0, count: longest + 1)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0, count <= longest, let text = String(validating: bytes[..<count], as: UTF8.self)
        else {
            throw .settings("\(path) is no text of at most \(longest) bytes")
        }
        return text
    }

    /// Whoever may write the folder may put another file in the place of this one.
    private static func checkFolder(of path: String) throws(KioskRefusal) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        var status = stat()
        guard stat(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, &status) == 0 else { return }
        guard !isWritableByOthers(status) || status.st_mode & S_ISVTX != 0 else {
            throw .settings("The folder of \(path) can be written by others; chmod go-w")
        }
    }

    private static func isWritableByOthers(_ status: stat) -> Bool {
        status.st_mode & 0o022 != 0 || (status.st_uid != 0 && status.st_uid != geteuid())
    }
}
