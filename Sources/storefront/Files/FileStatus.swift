import Glibc

enum FileStatus {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether it is a file, and no folder, device or pipe.
    static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Takes away a store that this program has just made and could not fill.
    static func removeStore(_ path: String) {
        for part in ["", "-wal", "-shm", "-lock"] { unlink(path + part) }
    }
}
