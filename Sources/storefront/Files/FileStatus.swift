import Glibc

enum FileStatus {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Takes away a store that this program has just made and could not fill.
    static func removeStore(_ path: String) {
        for part in ["", "-wal", "-shm", "-lock"] { unlink(path + part) }
    }
}
