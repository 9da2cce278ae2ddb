import Glibc

/// Who may change what a path leads to.
struct PathSafety {
    /// Of the account that must not be able to.
    let user: uid_t
    let group: gid_t

    /// A user who is nobody in particular: what he may do, everybody may.
    static let nobody = PathSafety(user: .max, group: .max)

    init(user: uid_t, group: gid_t) { (self.user, self.group) = (user, group) }

    init(_ account: UnsafePointer<passwd>) {
        self.init(user: account.pointee.pw_uid, group: account.pointee.pw_gid)
    }

    /// The first of a path, of what links on it lead to, and of the folders above it that the account may write, and so
    /// replace what lies below; nil when there is none.
    func writable(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return Self.chain(String(cString: resolved)).first { mayWrite($0) }
    }

    /// The first folder above a path that the account cannot enter, or the path itself where it cannot read it.
    func unreachable(_ path: String) -> String? {
        let chain = Self.chain(path)
        return chain.dropFirst().reversed().first { !has(0o1, on: $0) } ?? (has(0o4, on: path) ? nil : path)
    }

    /// Whether the account has a permission, of 4 for reading, 2 for writing and 1 for entering or running.
    func has(_ permission: UInt32, on path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        let shift: UInt32 = status.st_uid == user ? 6 : status.st_gid == group ? 3 : 0
        return status.st_mode >> shift & permission == permission
    }

    private func mayWrite(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        // The owner may give himself the permission. In a folder like /tmp nobody replaces what is another's.
        if status.st_uid == user { return true }
        let isShared = status.st_mode & S_IFMT == S_IFDIR && status.st_mode & S_ISVTX != 0
        return !isShared && has(0o2, on: path)
    }

    /// A path and every folder above it.
    private static func chain(_ path: String) -> [String] {
        var (chain, rest) = ([path], path)
        while rest != "/" {
            rest = PathParts(rest).folder
            chain.append(rest)
        }
        return chain
    }
}
